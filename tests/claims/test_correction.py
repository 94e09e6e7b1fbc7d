"""Words that somebody says a claim has: found again in the article, character by character."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.claims.correction import find_words
from tracker.errors import InvalidCorrection

TEXT = "„Podul e închis”, a spus primarul. „Podul e închis”, a repetat el, „până joi”."


def test_the_place_next_to_the_old_one_counts() -> None:
    first, second = TEXT.index("Podul"), TEXT.rindex("Podul")
    assert find_words(TEXT, "Podul e închis", near=0)[0].start == first
    assert find_words(TEXT, "Podul e închis", near=second - 3)[0].start == second


def test_a_quotation_in_pieces_has_a_line_for_each() -> None:
    spans = find_words(TEXT, "Podul e închis\r\npână joi\r\n", near=len(TEXT))
    assert [TEXT[span.start : span.end] for span in spans] == ["Podul e închis", "până joi"]
    assert spans[0].start == TEXT.rindex("Podul")


@pytest.mark.parametrize(
    "words",
    ["", " \r\n ", "podul e închis", "Podul  e închis", "până joi\nPodul e închis", "joi?\n"],
)
def test_words_that_do_not_stand_there_are_refused(words: str) -> None:
    with pytest.raises(InvalidCorrection, match="do not stand in the article"):
        find_words(TEXT, words, near=0)


@given(st.data())
def test_whatever_stands_in_a_text_is_found_as_it_stands(data: st.DataObject) -> None:
    text = data.draw(st.text("aăâ\u0306\U0001f469\n .", min_size=1))
    start = data.draw(st.integers(0, len(text) - 1))
    words = text[start : data.draw(st.integers(start + 1, len(text)))].strip()
    if not words:
        return
    [span] = find_words(text, words.replace("\n", "\r\n"), near=start)
    assert text[span.start : span.end] == words


@given(st.lists(st.text("abcd", min_size=1, max_size=4), min_size=2, max_size=5))
def test_pieces_are_found_in_their_order(pieces: list[str]) -> None:
    text = " | ".join(pieces)
    spans = find_words(text, "\n".join(pieces), near=0)
    assert [text[span.start : span.end] for span in spans] == pieces
    assert list(spans) == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
