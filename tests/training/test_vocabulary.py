"""Trimming the vocabulary keeps what the served scripts need, and says so when it cannot."""

import pytest

from training.vocabulary import kept_ids, served, trimmed

PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "▁și",
    "日本",
    "▁что",
    "λό",
    "€",
    "▁日a",
    "ấ",
    "<mask>",
]


def tokenizer(pieces: list[str], lowest: str = "ấ") -> dict[str, object]:
    vocabulary = [[piece, -20.0 if piece == lowest else -3.0] for piece in pieces]
    return {"added_tokens": [1], "post_processor": {}, "model": {"unk_id": 3, "vocab": vocabulary}}


@pytest.mark.parametrize("piece", ["▁", "șț", "s\u0326", "ъ", "ά", "10%", "→", "🙂", "”", "ʼ"])
def test_latin_cyrillic_greek_digits_and_symbols_are_served(piece: str) -> None:
    assert served(piece)


@pytest.mark.parametrize("piece", ["日", "▁עם", "مر", "a日", "क", "ი"])
def test_letters_of_other_scripts_are_not_served(piece: str) -> None:
    assert not served(piece)


def test_what_stays_keeps_its_order_and_its_score() -> None:
    whole = tokenizer(PIECES)
    ids = kept_ids(whole)
    vocabulary = trimmed(whole, ids)["model"]["vocab"]
    assert [piece for piece, _ in vocabulary[4:]] == ["▁", "▁și", "▁что", "λό", "€", "ấ"]
    assert vocabulary[-1][1] == -20.0
    assert ids == [0, 1, 2, 3, 4, 5, 7, 8, 9, 11]


def test_control_pieces_keep_their_ids_under_names_that_no_text_can_spell() -> None:
    whole = tokenizer(PIECES)
    result = trimmed(whole, kept_ids(whole))
    assert all(" " in piece for piece, _ in result["model"]["vocab"][:4])
    assert result["added_tokens"] == []
    assert whole["model"]["vocab"][0][0] == "<s>", "the original is left alone"


def test_another_order_of_control_pieces_is_refused() -> None:
    whole = tokenizer(["<pad>", "<s>", "</s>", "<unk>", "a"], lowest="a")
    with pytest.raises(ValueError, match="does not start with"):
        trimmed(whole, kept_ids(whole))


def test_losing_the_rarest_piece_is_refused() -> None:
    whole = tokenizer(PIECES, lowest="日本")
    with pytest.raises(ValueError, match="rarest piece"):
        trimmed(whole, kept_ids(whole))
