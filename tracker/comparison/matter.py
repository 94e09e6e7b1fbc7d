"""Whether two statements speak of the same matter, going by names, dates and lines of context."""

from collections.abc import Iterable

from tracker.comparison.finding import Side
from tracker.languages import fold

_SAME_CONTEXT = 0.5
"""Share of the shorter line of context that must come back in the other to be the same event."""


def different_matters(a: Side, b: Side) -> str | None:
    """A sentence saying why the two speak of different things, or None where nothing says so."""
    if not _comparable(a, b):
        return None
    names_a, names_b = _names(a.about.all_terms), _names(b.about.all_terms)
    if names_a and names_b and names_a.isdisjoint(names_b):
        return "They speak of different people, places or bodies."
    if overlap(a.about.all_terms, b.about.all_terms) < _SAME_CONTEXT and _apart(a, b):
        return "They speak of different events."
    return None


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller set that is in the other."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def _comparable(a: Side, b: Side) -> bool:
    return bool(a.about.words and b.about.words) and fold(a.about.text) != fold(b.about.text)


def _apart(a: Side, b: Side) -> bool:
    """Whether each line of context names something that the other statement knows nothing of."""
    return bool(_names(a.about.all_terms) - b.context) and bool(
        _names(b.about.all_terms) - a.context
    )


def _names(terms: Iterable[str]) -> frozenset[str]:
    return frozenset(term for term in terms if term.startswith("entity:"))
