"""Dates, days and periods named in a claim, resolved against the day it was made."""

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta

from tracker.languages import LanguagePack
from tracker.languages.comparison import ComparisonTable
from tracker.languages.lexicon import Lexicon
from tracker.languages.reading import Reading
from tracker.types import TimeMention

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d{2})")
_ISO = re.compile(r"((?:19|20)\d{2})-(\d{2})-(\d{2})")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DAY = re.compile(r"[12]?\d|3[01]")

Period = tuple[date, date]


def times(reading: Reading, pack: LanguagePack, said_on: date) -> tuple[TimeMention, ...]:
    """The times of a text in order.

    A month without a year is the nearest one to ``said_on``; a weekday is the one before it,
    unless the clause speaks of the future.
    """
    resolver = _Resolver(reading, pack.comparison, said_on)
    found: list[TimeMention] = []
    position = 0
    while position < len(reading.words):
        period, last = resolver.at(position)
        if period:
            text = reading.words_between(position, last)
            found.append(TimeMention(first=period[0], last=period[1], text=text))
        position = max(last, position + 1)
    return tuple(found)


class _Resolver:
    """Tries the forms of a time at one word after another."""

    def __init__(self, reading: Reading, table: ComparisonTable, said_on: date) -> None:
        self._reading = reading
        self._words = reading.words
        self._folded: Sequence[str] = [word.folded for word in reading.words]
        self._table = table
        self._said_on = said_on

    def at(self, n: int) -> tuple[Period | None, int]:
        """The period that starts at a word, and the word after its last."""
        forms = (self._in_digits, self._day_and_month, self._month, self._weekday, self._relative)
        for form in forms:
            try:
                period, last = form(n)
            except (OverflowError, ValueError):  # a day before or after all that a date can say
                continue
            if period:
                return period, last
        return None, n

    def _in_digits(self, n: int) -> tuple[Period | None, int]:
        text, start = self._reading.text, self._words[n].start
        if match := _ISO.match(text, start):
            year, month, day = match.groups()
        elif match := _DOTTED.match(text, start):
            day, month, year = match.groups()
        elif _YEAR.fullmatch(self._folded[n]) and not self._counts(n):
            year = self._folded[n]
            return _whole_year(int(year)), n + 1
        else:
            return None, n
        last = next(
            (i for i in range(n, len(self._words)) if self._words[i].start >= match.end()),
            len(self._words),
        )
        return _one_day(int(year), int(month), int(day)), last

    def _counts(self, n: int) -> bool:
        """Whether the four digits measure something: "2000 de euro"."""
        joined = n + 1 < len(self._folded) and self._folded[n + 1] in self._table.partitives
        after = n + 2 if joined else n + 1
        return after < len(self._folded) and self._table.units.at(self._folded, after) is not None

    def _day_and_month(self, n: int) -> tuple[Period | None, int]:
        """ "3 martie 2026", "March 3, 2026"."""
        day, month = self._day(n), self._month_number(n + 1)
        if day is None or month is None:
            month, day = self._month_number(n), self._day(n + 1)
        if day is None or month is None:
            return None, n
        year, last = self._year(n + 2)
        return self._dated(year, month, day), last

    def _month(self, n: int) -> tuple[Period | None, int]:
        month = self._month_number(n)
        if not month:
            return None, n
        year, last = self._year(n + 1)
        if year is None and not self._is_surely_month(n):
            return None, n
        return _whole_month(year or self._nearest_year(month, 15), month), last

    def _is_surely_month(self, n: int) -> bool:
        """Names of months that are also common words need a capital letter or an opener."""
        if self._folded[n] not in self._table.stop_words:
            return True
        return n > 0 and (
            self._words[n].text[0].isupper() or self._folded[n - 1] in self._table.month_openers
        )

    def _weekday(self, n: int) -> tuple[Period | None, int]:
        hit = self._table.weekdays.at(self._folded, n)
        if hit is None or (n and self._folded[n - 1][0].isdigit()):
            return None, n
        back = (self._said_on.weekday() - hit.value) % 7
        if self._around(self._table.next_period, n, hit.last) or self._future(n):
            day = self._said_on + timedelta(days=(7 - back) % 7 or 7)
        else:
            day = self._said_on - timedelta(days=back)
        return (day, day), hit.last

    def _relative(self, n: int) -> tuple[Period | None, int]:
        if hit := self._table.days.at(self._folded, n):
            day = self._said_on + timedelta(days=hit.value)
            return (day, day), hit.last
        unit = self._table.units.at(self._folded, n)
        if unit and unit.value in ("week", "month", "year"):
            if self._around(self._table.next_period, n, unit.last):
                return self._shifted(unit.value, 1), unit.last
            if self._around(self._table.last_period, n, unit.last):
                return self._shifted(unit.value, -1), unit.last
        return None, n

    def _shifted(self, unit: str, by: int) -> Period:
        day = self._said_on
        if unit == "week":
            monday = day - timedelta(days=day.weekday()) + timedelta(weeks=by)
            return monday, monday + timedelta(days=6)
        if unit == "year":
            return _whole_year(day.year + by)
        months = day.year * 12 + day.month - 1 + by
        return _whole_month(months // 12, months % 12 + 1)

    def _around(self, words: Lexicon[bool], first: int, last: int) -> bool:
        """Whether the word before or after is one of these."""
        beside = [*self._folded[max(first - 1, 0) : first], *self._folded[last : last + 1]]
        return any(word in words for word in beside)

    def _future(self, n: int) -> bool:
        clause = self._reading.clauses[self._reading.clause_at(self._words[n].start)]
        return bool(self._table.future.find(self._folded[clause.first : clause.last]))

    def _month_number(self, n: int) -> int | None:
        if n >= len(self._folded):
            return None
        hit = self._table.months.at(self._folded, n)
        return hit.value if hit else None

    def _day(self, n: int) -> int | None:
        if n < len(self._folded) and _DAY.fullmatch(self._folded[n]) and self._folded[n] != "0":
            return int(self._folded[n])
        return None

    def _year(self, n: int) -> tuple[int | None, int]:
        if n < len(self._folded) and _YEAR.fullmatch(self._folded[n]):
            return int(self._folded[n]), n + 1
        return None, n

    def _dated(self, year: int | None, month: int, day: int) -> Period | None:
        return _one_day(year or self._nearest_year(month, day), month, day)

    def _nearest_year(self, month: int, day: int) -> int:
        year = self._said_on.year
        day = min(day, 28)  # the choice of a year does not hang on the end of a month
        return min(
            (y for y in (year, year - 1, year + 1) if date.min.year <= y <= date.max.year),
            key=lambda y: abs(date(y, month, day) - self._said_on),
        )


def _one_day(year: int, month: int, day: int) -> Period | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found, found


def _whole_month(year: int, month: int) -> Period:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _whole_year(year: int) -> Period:
    return date(year, 1, 1), date(year, 12, 31)
