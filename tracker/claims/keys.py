"""Blocking keys: what two claims must share to be worth comparing."""

from collections.abc import Iterable

from tracker.claims.matters import Matter
from tracker.languages.reading import Reading
from tracker.types import Quantity


def keys(
    reading: Reading,
    about: Iterable[frozenset[str]],
    quantities: Iterable[Quantity],
    matters: Iterable[Matter],
) -> frozenset[str]:
    """``entity:``, ``concept:``, ``lemma:``, ``number:`` and ``matter:`` keys of a claim.

    Of the terms of the line of context only the names count: they tell the matter apart, whereas
    its other words belong to every claim of the article.
    """
    names = {term for terms in about for term in terms if term.startswith("entity:")}
    numbers = {f"number:{quantity.value:g}" for quantity in quantities}
    meant = frozenset().union(*(matter.keys for matter in matters))
    return reading.all_terms | names | numbers | meant
