"""Quantities: numbers with what they measure and how they limit it."""

from collections.abc import Sequence
from itertools import zip_longest

from tracker.claims.numbers import CURRENCY_SIGNS, Number, find_numbers
from tracker.languages import LanguagePack
from tracker.languages.comparison import ComparisonTable
from tracker.languages.reading import Reading
from tracker.types import Bound, Quantity

_NOUN_DISTANCE = 3
"""How many words after a number its noun is looked for."""
_DASHES = frozenset("-–—")


def quantities(reading: Reading, pack: LanguagePack) -> tuple[Quantity, ...]:
    """The quantities of a text in order; a range is two, "at least" and "at most"."""
    table = pack.comparison
    found: list[Quantity] = []
    before: Number | None = None
    numbers = find_numbers(reading, table)
    for number, after in zip_longest(numbers, numbers[1:]):
        bound, last = number.bound or Bound.EXACT, number.last
        if before and _is_range(reading, before, number, table):
            bound = Bound.AT_MOST
        elif after and _is_range(reading, number, after, table):
            bound, last = Bound.AT_LEAST, after.last
        unit, end = _unit(reading, number, last, table)
        text = reading.words_between(number.start, end)
        found.append(Quantity(value=number.value, unit=unit, bound=bound, text=text))
        before = number
    return tuple(found)


def _is_range(reading: Reading, low: Number, high: Number, table: ComparisonTable) -> bool:
    """ "40-50 de copii", "between 10 and 12 tests"."""
    gap = reading.text[reading.words[low.last - 1].end : reading.words[high.first].start]
    opened = low.first > 0 and reading.words[low.first - 1].folded in table.between
    joined = gap.strip() in _DASHES or (opened and len(gap.split()) == 1)
    return joined and low.value < high.value


def _unit(reading: Reading, number: Number, last: int, table: ComparisonTable) -> tuple[str, int]:
    """The unit or counted noun after the word ``last``, and where it ends."""
    folded: Sequence[str] = [word.folded for word in reading.words]
    if number.first and folded[number.first - 1] in CURRENCY_SIGNS:
        sign = table.units.at(folded, number.first - 1)
        return (sign.value if sign else ""), last
    after = last + 1 if last < len(folded) and folded[last] in table.partitives else last
    if after < len(folded) and (hit := table.units.at(folded, after)):
        return hit.value, hit.last
    return _counted_noun(reading, last, after, table)


def _counted_noun(
    reading: Reading, last: int, after: int, table: ComparisonTable
) -> tuple[str, int]:
    """The noun among the next words; without one the unit is empty."""
    run: list[int] = []
    for n in range(after, min(after + _NOUN_DISTANCE, len(reading.words))):
        gap = reading.text[reading.words[n - 1].end : reading.words[n].start].strip()
        if not reading.terms[n] or gap not in ("", "-"):
            break
        run.append(n)
    if not run:
        return "", last
    noun = run[0] if table.adjectives_follow else run[-1]
    return _name_of(reading.terms[noun]), noun + 1


def _name_of(terms: frozenset[str]) -> str:
    """The concept where the tables know one, so that the unit is the same in every language."""
    return min(terms, key=lambda term: (not term.startswith("concept:"), term)).partition(":")[2]
