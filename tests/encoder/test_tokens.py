"""Pieces and their places in the text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.encoder import END, PADDING, START, UNKNOWN, ModelFolder, Tokenizer


@pytest.fixture(scope="session")
def tokenizer(models: ModelFolder) -> Tokenizer:
    return models.tokenizer


def words(tokenizer: Tokenizer, text: str) -> list[str]:
    (tokens,) = tokenizer.tokens([text])
    return [text[span.start : span.end] for span in tokens.spans]


@settings(max_examples=300)
@given(st.text(alphabet=st.characters(), max_size=80))
def test_spans_lie_in_the_text_and_do_not_overlap(tokenizer: Tokenizer, text: str) -> None:
    (tokens,) = tokenizer.tokens([text])
    assert len(tokens.spans) == len(tokens.ids)
    reached = 0
    for span in tokens.spans:
        assert reached <= span.start <= span.end <= len(text)
        reached = span.end


@settings(max_examples=200)
@given(st.text(alphabet="aăâbcîsșştțţxЖжδΩ .,!?„”«»'-–0159%€\n", max_size=80))
def test_every_visible_character_of_the_scripts_we_serve_is_in_one_piece(
    tokenizer: Tokenizer, text: str
) -> None:
    assert "".join("".join(words(tokenizer, text)).split()) == "".join(text.split())


def test_pieces_carry_no_space(tokenizer: Tokenizer) -> None:
    text = "  „Nu știu\nnimic”, a spus  Ana."
    pieces = words(tokenizer, text)
    assert all(piece == piece.strip() for piece in pieces)
    assert "".join(pieces) == "„Nuștiunimic”,aspusAna."


@pytest.mark.parametrize(
    "text",
    [
        "Președintele a declarat că nu există niciun acord.",
        "Preşedintele a declarat câ nu exista niciun acord.",
        "The €5.2bn deal — “a mistake” — was signed on 3/12/2025 @ 10:30 → 40%.",
        "Пресс-секретарь заявил, что переговоры продолжаются. Ґанок, їжак, Џон.",
        "Ο πρωθυπουργός δήλωσε ότι δεν υπάρχει συμφωνία.",
        "Größe, façade, señor, žluťoučký, łódź, ığdır, đường.",
    ],
)
def test_latin_cyrillic_and_greek_have_no_unknown_pieces(tokenizer: Tokenizer, text: str) -> None:
    (ids,) = tokenizer.ids([text])
    assert UNKNOWN not in ids


def test_other_scripts_become_unknown_pieces_with_their_places(tokenizer: Tokenizer) -> None:
    text = "Ziarul 日本 scrie"
    (tokens,) = tokenizer.tokens([text])
    unknown = [span for id, span in zip(tokens.ids, tokens.spans, strict=True) if id == UNKNOWN]
    assert [text[span.start : span.end] for span in unknown] == ["日本"]


@pytest.mark.parametrize("markup", ["<s>", "</s>", "<pad>", "<unk>", "<mask>", " <s> text </s> "])
def test_no_text_can_spell_a_control_piece(tokenizer: Tokenizer, markup: str) -> None:
    (ids,) = tokenizer.ids([markup])
    assert not set(ids.tolist()) & {START, PADDING, END, UNKNOWN}


def test_an_empty_text_has_no_pieces(tokenizer: Tokenizer) -> None:
    (tokens,) = tokenizer.tokens([""])
    assert len(tokens.ids) == 0
    assert tokens.spans == ()


def test_ids_and_tokens_agree(tokenizer: Tokenizer) -> None:
    texts = ["Un text.", "", "Ещё один текст", "And \ud800 another"]
    for ids, tokens in zip(tokenizer.ids(texts), tokenizer.tokens(texts), strict=True):
        np.testing.assert_array_equal(ids, tokens.ids)
