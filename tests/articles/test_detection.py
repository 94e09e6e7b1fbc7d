"""The language of an article that does not say it."""

import pytest

from tracker.articles import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Primăria a anunțat că podul peste canal rămâne închis încă două săptămâni.", "ro"),
        ("Primaria a anuntat ca podul peste canal ramane inchis inca doua saptamani.", "ro"),
        ("The council said the bridge over the canal would stay shut for two more weeks.", "en"),
        ("Le maire a déclaré que le pont resterait fermé pendant deux semaines encore.", "fr"),
        ("Мэр заявил, что мост через канал останется закрытым ещё на две недели.", "ru"),
    ],
)
def test_the_language_of_a_sentence_is_told(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "  \n", "12 : 7", "…—„”"])
def test_a_text_without_letters_has_none(text):
    assert detect_language(text) is None


def test_the_same_text_gets_the_same_answer_every_time():
    text = "Podul, the bridge, le pont"
    assert len({detect_language(text) for _ in range(20)}) == 1


def test_a_language_without_a_two_letter_code_gets_its_nearest_kin():
    assert len(detect_language("佢哋話條橋仲要封兩個禮拜，啲居民好嬲。") or "") == 2
