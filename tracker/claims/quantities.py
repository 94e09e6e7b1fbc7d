"""Quantities: numbers in digits or words, with unit, counted noun and bound."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.languages import LanguagePack
from tracker.languages.comparison import ComparisonTable
from tracker.languages.reading import Reading
from tracker.types import Bound, Quantity

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_NOUN_DISTANCE = 3
"""How many words after a number its noun is looked for."""
_BOUND_WORDS = 4
"""The longest phrase that states a bound, in words."""
_JOINTS = frozenset({"si", "and", "de"})
_RANGE_SIGNS = frozenset("-–—")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number found: its value and the words ``first`` to ``last`` (exclusive)."""

    value: float
    first: int
    last: int


def quantities(reading: Reading, pack: LanguagePack) -> tuple[Quantity, ...]:
    """The quantities of a text in order; years, dates and times of day are none."""
    table = pack.comparison
    folded = [word.folded for word in reading.words]
    numbers = list(_numbers(reading, folded, table))
    found: list[Quantity] = []
    for n, number in enumerate(numbers):
        partner = numbers[n + 1] if n + 1 < len(numbers) else None
        before = numbers[n - 1] if n else None
        if partner and _is_range(reading, number, partner, table):
            bound, last = Bound.AT_LEAST, partner.last
        elif before and _is_range(reading, before, number, table):
            bound, last = Bound.AT_MOST, number.last
        else:
            bound, last = _bound(folded, number, table), number.last
        found.append(_quantity(reading, folded, number, last, bound, table))
    return tuple(found)


def parse_number(digits: str, decimal: str) -> float:
    """A number as a language writes it: ``1.234,5`` and ``1,234.5`` are the same.

    A single separator of the wrong kind that cannot group digits is read as the decimal one.
    """
    other = "," if decimal == "." else "."
    plain = "".join(digits.split())
    groups = plain.split(decimal)[0].split(other)
    if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
        plain, other, decimal = plain, decimal, other
    plain = plain.replace(other, "").replace(decimal, ".")
    head, _, tail = plain.partition(".")
    return float(f"{head}.{tail.replace('.', '')}" if tail else head)


# --- numbers -----------------------------------------------------------------------------------


def _numbers(reading: Reading, folded: Sequence[str], table: ComparisonTable) -> Iterator[_Number]:
    position = 0
    while position < len(folded):
        number = _number_at(reading, folded, position, table)
        if number is None or _is_other(reading, folded, number, table):
            position = number.last if number else position + 1
            continue
        yield number
        position = number.last


def _number_at(
    reading: Reading, folded: Sequence[str], first: int, table: ComparisonTable
) -> _Number | None:
    if folded[first][0].isdigit():
        value, last = parse_number(folded[first], table.decimal), first + 1
    elif table.ones.at(folded, first) and _counts_as_one(reading, folded, first, table):
        value, last = 1.0, first + 1
    elif hit := table.numbers.at(folded, first):
        value, last = _in_words(folded, hit.value, hit.last, table)
    else:
        return None
    return _scaled(reading, folded, _Number(value, first, last), table)


def _in_words(
    folded: Sequence[str], value: float, last: int, table: ComparisonTable
) -> tuple[float, int]:
    """Adds a unit to a ten: "forty-two", "patruzeci și doi"."""
    after = last + 1 if last < len(folded) and folded[last] in _JOINTS else last
    ones = table.numbers.at(folded, after) if after < len(folded) else None
    if ones and value >= 20 and value % 10 == 0 and ones.value < 10:
        return value + ones.value, ones.last
    return value, last


def _counts_as_one(
    reading: Reading, folded: Sequence[str], position: int, table: ComparisonTable
) -> bool:
    """An article counts before a magnitude ("a hundred") or after a bound ("at least one")."""
    if _bound_before(folded, position, table) is not None:
        return True
    following = reading.text[reading.words[position].end :]
    return (
        following[:1].isspace()
        and position + 1 < len(folded)
        and table.magnitudes.at(folded, position + 1) is not None
    )


def _scaled(
    reading: Reading, folded: Sequence[str], number: _Number, table: ComparisonTable
) -> _Number:
    """Multiplies by the magnitudes that follow: "2 milioane", "three hundred thousand"."""
    value, last = number.value, number.last
    while last < len(folded):
        skip = last + 1 if folded[last] == "de" and last + 1 < len(folded) else last
        hit = table.magnitudes.at(folded, skip)
        if hit is None:
            break
        value, last = value * hit.value, hit.last
    return _Number(value, number.first, last)


def _is_other(
    reading: Reading, folded: Sequence[str], number: _Number, table: ComparisonTable
) -> bool:
    """Years, days of a month, times of day, and parts of names like ``A-320`` measure nothing."""
    word = reading.words[number.first]
    before, after = reading.text[: word.start][-1:], reading.text[word.end :][:1]
    if before in ("-", ":", "/", "#") and not _ends_in_digit(reading, number.first):
        return True
    if after == ":" and reading.text[word.end + 1 :][:1].isdigit():
        return True
    if before == ":" or _ordinal(reading, word.end) or _is_clock(folded, number, table):
        return True
    if number.last < len(folded) and table.months.at(folded, number.last):
        return True
    if number.first and _month_before(folded, number.first, table) and number.value <= 31:
        return True
    year = word.folded.isdigit() and len(word.folded) == 4
    return (
        year and _FIRST_YEAR <= number.value <= _LAST_YEAR and not _has_unit(folded, number, table)
    )


def _is_clock(folded: Sequence[str], number: _Number, table: ComparisonTable) -> bool:
    before, after = max(number.first - 1, 0), number.last
    return any(table.clock.at(folded, n) for n in (before, after) if n < len(folded))


def _ends_in_digit(reading: Reading, n: int) -> bool:
    return n > 0 and reading.words[n - 1].folded[-1].isdigit()


def _ordinal(reading: Reading, end: int) -> bool:
    return reading.text[end : end + 2].lower() in ("st", "nd", "rd", "th", "-l", "-a")


def _month_before(folded: Sequence[str], position: int, table: ComparisonTable) -> bool:
    hit = table.months.at(folded, position - 1)
    return hit is not None and hit.last == position and folded[position - 1] not in ("may", "mai")


def _has_unit(folded: Sequence[str], number: _Number, table: ComparisonTable) -> bool:
    after = number.last
    if after < len(folded) and folded[after] == "de":
        after += 1
    return after < len(folded) and table.units.at(folded, after) is not None


# --- what a number measures --------------------------------------------------------------------


def _quantity(
    reading: Reading,
    folded: Sequence[str],
    number: _Number,
    last: int,
    bound: Bound,
    table: ComparisonTable,
) -> Quantity:
    unit, end = _unit(reading, folded, _Number(number.value, number.first, last), table)
    first = _first_word(folded, number.first, table)
    return Quantity(
        value=number.value,
        unit=unit,
        bound=bound,
        text=reading.words_between(first, end),
    )


def _unit(
    reading: Reading, folded: Sequence[str], number: _Number, table: ComparisonTable
) -> tuple[str, int]:
    """The unit or counted noun, and where it ends."""
    if number.first and (sign := table.units.at(folded, number.first - 1)):
        if folded[number.first - 1] in "$€£":
            return sign.value, number.last
    after = number.last
    if after < len(folded) and folded[after] in _JOINTS - {"and", "si"}:
        after += 1
    if after < len(folded) and (hit := table.units.at(folded, after)):
        return hit.value, hit.last
    return _counted_noun(reading, number, after, table)


def _counted_noun(
    reading: Reading, number: _Number, after: int, table: ComparisonTable
) -> tuple[str, int]:
    run: list[int] = []
    for n in range(after, min(after + _NOUN_DISTANCE, len(reading.words))):
        gap = reading.text[reading.words[n - 1].end : reading.words[n].start]
        if not reading.terms[n] or (gap.strip() and gap.strip() != "-"):
            break
        run.append(n)
    if not run:
        return "", number.last
    noun = run[0] if table.adjectives_follow else run[-1]
    return _name_of(reading.terms[noun]), noun + 1


def _name_of(terms: frozenset[str]) -> str:
    """The concept where the tables know one, so that the unit is the same in every language."""
    return min(terms, key=lambda term: (not term.startswith("concept:"), term)).partition(":")[2]


# --- bounds ------------------------------------------------------------------------------------


def _bound(folded: Sequence[str], number: _Number, table: ComparisonTable) -> Bound:
    return _bound_before(folded, number.first, table) or Bound.EXACT


def _bound_before(folded: Sequence[str], position: int, table: ComparisonTable) -> Bound | None:
    for start in range(max(position - _BOUND_WORDS, 0), position):
        hit = table.bounds.at(folded, start)
        if hit is not None and hit.last >= position - _sign(folded, position):
            return hit.value
    return None


def _sign(folded: Sequence[str], position: int) -> int:
    return int(position > 0 and folded[position - 1] in "$€£")


def _first_word(folded: Sequence[str], position: int, table: ComparisonTable) -> int:
    for start in range(max(position - _BOUND_WORDS, 0), position):
        hit = table.bounds.at(folded, start)
        if hit is not None and hit.last >= position - _sign(folded, position):
            return start
    return position - _sign(folded, position)


def _is_range(reading: Reading, low: _Number, high: _Number, table: ComparisonTable) -> bool:
    """ "40-50 de copii", "between 10 and 12 tests"."""
    gap = reading.text[reading.words[low.last - 1].end : reading.words[high.first].start]
    joined = gap.strip() in _RANGE_SIGNS
    if low.first and reading.words[low.first - 1].folded in table.between:
        joined = joined or len(gap.split()) == 1
    return joined and low.value < high.value
