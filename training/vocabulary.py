"""Trims the vocabulary of multilingual-e5-small to the scripts that the program serves.

A piece stays unless it holds a letter or a combining mark of a script other than Latin, Cyrillic
and Greek: so all digits, punctuation and symbols stay as well. A text of these scripts can
only be spelt with pieces that stay, whose scores do not change, and so it is cut exactly as before;
everything else becomes ``<unk>``.

The original file lets a text spell the control pieces ("<s>" in left-over HTML becomes the piece
that starts every text). Here they are renamed to contain a space, which never reaches the pieces,
because normalisation turns it into a word boundary.
"""

import copy
import unicodedata
from collections.abc import Sequence
from typing import Any

SERVED = ("LATIN", "CYRILLIC", "GREEK", "COMBINING", "MODIFIER")
"""First words of the Unicode names of the letters and marks that are served."""

CONTROL = ("<s>", "<pad>", "</s>", "<unk>")
"""The pieces that no text contains; their ids are their places here."""

MASK = "<mask>"
"""Used only when the model was first trained; dropped."""


def served(piece: str) -> bool:
    """Whether a piece is made of scripts that the program serves."""
    return all(
        unicodedata.category(char)[0] not in "LM" or unicodedata.name(char, "").startswith(SERVED)
        for char in piece
    )


def kept_ids(tokenizer: dict[str, Any]) -> list[int]:
    """The ids of the pieces that stay, in their old order."""
    vocabulary = tokenizer["model"]["vocab"]
    return [id for id, (piece, _) in enumerate(vocabulary) if piece != MASK and served(piece)]


def trimmed(tokenizer: dict[str, Any], ids: Sequence[int]) -> dict[str, Any]:
    """The tokenizer with only these pieces, numbered by their place in ``ids``.

    Raises:
        ValueError: it is not the expected kind of tokenizer, or trimming would change how the
            remaining pieces compete (an unknown character costs 10 more than the rarest piece).
    """
    vocabulary = tokenizer["model"]["vocab"]
    kept = [vocabulary[id] for id in ids]
    if tuple(piece for piece, _ in kept[: len(CONTROL)]) != CONTROL:
        raise ValueError(f"the vocabulary does not start with {CONTROL}")
    if min(score for _, score in kept) != min(score for _, score in vocabulary):
        raise ValueError("the rarest piece would be lost, and with it the cost of unknown ones")
    for place, piece in enumerate(CONTROL):
        kept[place] = [f" {piece}", kept[place][1]]
    result = copy.deepcopy({key: value for key, value in tokenizer.items() if key != "model"})
    result["added_tokens"] = []
    result["post_processor"] = None
    result["model"] = tokenizer["model"] | {"vocab": kept}
    return result
