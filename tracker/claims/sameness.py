"""When two claims are one printed twice: the very words, or these but for slips of the pen."""

import re
from collections.abc import Sequence
from hashlib import blake2b

from rapidfuzz.distance import OSA

from tracker.languages import fold
from tracker.types import Statement

FEW = 4
"""Fewer words than these may be said of two matters on one day ("constructive")."""
LONG = 5
"""Letters from which a word with another letter in it is the same word, misprinted."""
_TOKENS = re.compile(r"\w+|[?%$€£¥°+]|(?<!\w)-(?=\d)")
_DASHES = str.maketrans("−–‒", "---")


def words_key(said: Statement) -> str:
    """Equal for the same words, but for case, diacritics, spaces and punctuation.

    Few words are the same only in the same context, and denied ones only if both are denied.
    """
    words = _tokens(said.text)
    about = _tokens(said.about) if len(words) < FEW else []
    whole = "\n".join((" ".join(words), " ".join(about), str(said.details.is_denied)))
    return blake2b(whole.encode(), digest_size=16).hexdigest()


def same_but_for_slips(a: Statement, b: Statement) -> bool:
    """Whether two statements have the same words, some of them misprinted in one.

    Not by a ratio of letters: "12 people" and "13 people", "closed" and "not closed" are alike.
    """
    if words_key(a) == words_key(b):
        return True
    one, other = _tokens(a.text), _tokens(b.text)
    return (
        a.details.is_denied == b.details.is_denied
        and len(one) == len(other) >= FEW
        and _differ_by_slips(one, other)
    )


def _differ_by_slips(one: Sequence[str], other: Sequence[str]) -> bool:
    return all(x == y or _is_slip(x, y) for x, y in zip(one, other, strict=True))


def _is_slip(a: str, b: str) -> bool:
    return (
        min(len(a), len(b)) >= LONG
        and a[0] == b[0]  # or "moral" and "amoral", "million" and "billion" would be one word
        and (a + b).isalpha()
        and OSA.distance(a, b) == 1
    )


def _tokens(text: str) -> list[str]:
    return _TOKENS.findall(fold(text).translate(_DASHES))
