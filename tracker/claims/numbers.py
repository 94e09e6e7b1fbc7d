"""Numbers in digits or words, told from years, days of a month and times of day."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.languages.comparison import ComparisonTable
from tracker.languages.reading import Reading
from tracker.types import Bound

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_BOUND_WORDS = 4
"""The longest phrase that states a bound, in words."""
_LAST_DAY = 31
_CODE_SIGNS = ("-", ":", "/", "#")
CURRENCY_SIGNS = frozenset("$€£")
"""Signs that stand before their number."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number found: its value, its bound if one is stated, and its words, ``last`` exclusive."""

    value: float
    bound: Bound | None
    start: int
    """The first word of the number with its bound and currency sign."""
    first: int
    last: int


def find_numbers(reading: Reading, table: ComparisonTable) -> list[Number]:
    """The numbers of a text that measure or count something."""
    return list(_Scanner(reading, table).numbers())


def parse_number(digits: str, decimal: str) -> float:
    """A number as a language writes it: with a decimal comma ``1.234,5`` is 1234.5.

    A separator that cannot group digits where it stands is read as the decimal one.
    """
    grouping = "," if decimal == "." else "."
    plain = "".join(digits.split())
    if any(len(group) != 3 for group in plain.split(decimal)[0].split(grouping)[1:]):
        decimal, grouping = grouping, decimal
    whole, _, fraction = plain.replace(grouping, "").partition(decimal)
    return float(f"{whole}.{fraction.replace(decimal, '') or '0'}")


class _Scanner:
    """Goes through the words of a text once."""

    def __init__(self, reading: Reading, table: ComparisonTable) -> None:
        self._text = reading.text
        self._words = reading.words
        self._folded = [word.folded for word in reading.words]
        self._table = table

    def numbers(self) -> Iterator[Number]:
        position = 0
        while position < len(self._folded):
            number = self._at(position)
            if number and math.isfinite(number.value) and not self._is_other(number):
                yield number
            position = number.last if number else position + 1

    def _at(self, first: int) -> Number | None:
        bound, start = self._bound_before(first)
        if self._folded[first][0].isdigit():
            value, last = parse_number(self._folded[first], self._table.decimal), first + 1
        elif self._table.ones.at(self._folded, first) and (bound or self._is_scaled(first)):
            value, last = 1.0, first + 1
        elif hit := self._table.numbers.at(self._folded, first):
            value, last = self._with_ones(hit.value, hit.last)
        else:
            return None
        value, last = self._scaled(value, last)
        return Number(value, bound, start, first, last)

    def _with_ones(self, value: float, last: int) -> tuple[float, int]:
        """Adds ones to a ten: "forty-two", "patruzeci și doi"."""
        after = last + 1 if self._is(last, self._table.joints) else last
        ones = self._table.numbers.at(self._folded, after) if self._has(after) else None
        if ones and value >= 20 and value % 10 == 0 and ones.value < 10:
            return value + ones.value, ones.last
        return value, last

    def _is_scaled(self, position: int) -> bool:
        """Whether an article stands for one: "a hundred", "un milion"."""
        follows = self._text[self._words[position].end :][:1].isspace()
        return follows and self._scaled(1.0, position + 1)[1] > position + 1

    def _scaled(self, value: float, last: int) -> tuple[float, int]:
        """Multiplies by the magnitudes that follow: "2 milioane", "two hundred thousand"."""
        after = last + 1 if self._is(last, self._table.partitives) else last
        hit = self._table.magnitudes.at(self._folded, after) if self._has(after) else None
        return self._scaled(value * hit.value, hit.last) if hit else (value, last)

    def _bound_before(self, position: int) -> tuple[Bound | None, int]:
        """The bound that ends before a number, and where number and bound start."""
        signed = (
            position - 1 if position and self._folded[position - 1] in CURRENCY_SIGNS else position
        )
        for start in range(max(signed - _BOUND_WORDS, 0), signed):
            hit = self._table.bounds.at(self._folded, start)
            if hit and hit.last >= signed:
                return hit.value, start
        return None, signed

    # --- numbers that measure nothing ------------------------------------------------------

    def _is_other(self, number: Number) -> bool:
        return (
            self._is_code(number)
            or self._is_time_of_day(number)
            or self._is_day(number)
            or self._is_year(number)
        )

    def _is_code(self, number: Number) -> bool:
        """Parts of names and scores (``A-320``, ``3:1``) and ordinals."""
        word = self._words[number.first]
        before, after = self._text[: word.start][-1:], self._text[word.end :][:2].lower()
        glued = number.first > 0 and self._words[number.first - 1].end == word.start - 1
        code = before in _CODE_SIGNS and glued and not self._ends_in_digit(number.first - 1)
        score = (before == ":" and glued) or (after[:1] == ":" and after[1:].isdigit())
        return code or score or self._text.startswith(self._table.ordinals, word.end)

    def _ends_in_digit(self, position: int) -> bool:
        return self._folded[position][-1].isdigit()

    def _is_time_of_day(self, number: Number) -> bool:
        around = (number.first - 1, number.last)
        return any(self._table.clock.at(self._folded, n) for n in around if self._has(n))

    def _is_day(self, number: Number) -> bool:
        if self._has(number.last) and self._table.months.at(self._folded, number.last):
            return True
        before = number.first - 1
        follows = self._has(before) and self._table.months.at(self._folded, before) is not None
        common = follows and self._folded[before] in self._table.stop_words
        return follows and not common and number.value <= _LAST_DAY

    def _is_year(self, number: Number) -> bool:
        word = self._folded[number.first]
        plain = len(word) == 4 and word.isdigit() and number.last == number.first + 1
        if not plain or not _FIRST_YEAR <= number.value <= _LAST_YEAR:
            return False
        after = number.last + 1 if self._is(number.last, self._table.partitives) else number.last
        return not (self._has(after) and self._table.units.at(self._folded, after))

    def _has(self, position: int) -> bool:
        return 0 <= position < len(self._folded)

    def _is(self, position: int, words: frozenset[str]) -> bool:
        return self._has(position) and self._folded[position] in words
