"""Partial scores between two claims, each from 0 to 1."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from tracker.encoder import cosine
from tracker.languages import fold
from tracker.types import Claim

_UNRELATED = 0.7
"""The cosine of the encoder between sentences that have nothing to do with each other."""
_MONTH = 30.0
"""Days after which the score for time has fallen to a half."""


def names(a: Claim, b: Claim) -> float:
    """Shared names of people, places and bodies."""
    return _overlap(_keys(a, "entity:"), _keys(b, "entity:"))


def words(a: Claim, b: Claim) -> float:
    """Shared concepts and content words."""
    return _overlap(_keys(a, "lemma:", "concept:"), _keys(b, "lemma:", "concept:"))


def numbers(a: Claim, b: Claim) -> float:
    """Shared figures."""
    return _overlap(_keys(a, "number:"), _keys(b, "number:"))


def wording(a: Claim, b: Claim) -> float | None:
    """Similar strings, whatever the order of the words; for claims in one language."""
    if a.statement.language != b.statement.language:
        return None
    return fuzz.token_set_ratio(fold(a.statement.text), fold(b.statement.text)) / 100


def time(a: Claim, b: Claim) -> float:
    """Nearness in time."""
    return 1 / (1 + abs((a.statement.said_on - b.statement.said_on).days) / _MONTH)


def voice(a: Claim, b: Claim) -> float:
    """Whether one source made both."""
    return float(a.source.id == b.source.id)


def meaning(a: Claim, b: Claim) -> float | None:
    """Nearness of the sentence embeddings, where both claims have one."""
    if a.embedding is None or b.embedding is None:
        return None
    return max((cosine(a.embedding, b.embedding) - _UNRELATED) / (1 - _UNRELATED), 0.0)


def _keys(claim: Claim, *prefixes: str) -> frozenset[str]:
    return frozenset(key for key in claim.statement.details.keys if key.startswith(prefixes))


def _overlap(a: Iterable[str], b: Iterable[str]) -> float:
    """The share of the smaller set that is in the other (overlap coefficient)."""
    first, second = frozenset(a), frozenset(b)
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0
