"""What a language table says about the content of claims: the section ``[comparison]``.

Entries are words or phrases in ordinary spelling; a word that ends in ``*`` stands for every
ending (``progres*``). Names, topics, opposites and attitudes carry English identifiers that all
languages share, which is what lets a claim in one language be held against one in another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from tracker.languages.entries import flag, lexicon, strings, words
from tracker.languages.fold import fold
from tracker.languages.lexicon import Lexicon
from tracker.types import Bound, Modality

V = TypeVar("V")
_POLES = {"yes": 1, "no": -1}


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word says, as a concept that all languages share."""

    concept: str
    """English identifier such as ``progress`` or ``rise``."""
    pole: int = 0
    """1 where the word affirms the concept, -1 where it names its opposite, 0 for mere topics."""
    judges: bool = False
    """Whether the word judges (``progress``, ``failure``): 1 is praise then, and -1 is blame."""


@dataclass(frozen=True, kw_only=True)
class ComparisonTable:
    """The words of one language that decide what a claim says and denies."""

    negators: Lexicon[bool]
    """Words that negate what follows in their clause, several of them only once ("nu", "not")."""
    denials: Lexicon[bool]
    """Words that turn over what follows and whatever negates them ("fără", "denied")."""
    lacks: Lexicon[bool]
    """Denials that take the thing for granted where what follows would not be ("without")."""
    exceptions: Lexicon[bool]
    """Phrases with a negator in them that negate nothing ("nu numai", "not only")."""
    conditions: Lexicon[bool]
    """What opens a condition ("dacă", "unless")."""
    openers: Lexicon[bool]
    """What opens a clause of its own ("dar", "because")."""
    complements: Lexicon[bool]
    """What opens a clause that a negation before it reaches into ("că", "that")."""
    asides: Lexicon[bool]
    """What opens a clause that is not the point of the sentence ("care", "although")."""
    modality: Lexicon[Modality]
    settled: Lexicon[bool]
    """Words by which a speaker takes back or corrects what was said ("de fapt", "in fact")."""
    others: Lexicon[bool]
    """What makes the next noun another one than the one spoken of ("o nouă", "another")."""
    unasserted: frozenset[str]
    """Folded words that leave open whether there is such a thing ("orice", "any")."""
    prepositions: frozenset[str]
    """Folded words that lead from a judgement to what it is said of ("pe", "on")."""
    future: Lexicon[bool]
    """Words that put a weekday after the day of speaking."""
    stop_words: frozenset[str]
    """Folded words that say too little to be a key."""
    name_endings: tuple[str, ...]
    """Case endings that names take, longest first, folded."""
    decimal: str
    """The decimal separator; the other one of ``.`` and ``,`` groups digits."""
    adjectives_follow: bool
    """Whether a counted noun stands before its adjectives."""
    joints: frozenset[str]
    """Folded words inside a number ("patruzeci și doi")."""
    partitives: frozenset[str]
    """Folded words between a number and what it counts ("20 de ani")."""
    ordinals: tuple[str, ...]
    """What follows the digits of an ordinal ("3rd", "3-lea")."""
    ones: Lexicon[bool]
    """Words for one that are mostly articles; they count after a bound or before a magnitude."""
    numbers: Lexicon[float]
    magnitudes: Lexicon[float]
    units: Lexicon[str]
    bounds: Lexicon[Bound]
    months: Lexicon[int]
    month_openers: frozenset[str]
    """Folded words after which even a name of a month that is also a common word is a month."""
    clock: Lexicon[bool]
    """Words beside a number that make it a time of day ("ora", "p.m.")."""
    between: Lexicon[bool]
    """What opens a range of two numbers joined by a word ("between 10 and 12")."""
    weekdays: Lexicon[int]
    """Monday is 0, as in ``date.weekday``."""
    days: Lexicon[int]
    """Relative days as an offset from the day of speaking."""
    next_period: Lexicon[bool]
    last_period: Lexicon[bool]
    names: Lexicon[str]
    """Places and bodies that have a name of their own in the language."""
    senses: Lexicon[tuple[Sense, ...]]

    @property
    def concepts(self) -> frozenset[str]:
        """The English identifiers of all that its words say."""
        return frozenset(sense.concept for senses in self.senses.values for sense in senses)


def read_comparison(table: Mapping[str, Any]) -> ComparisonTable:
    """Check a ``[comparison]`` section and make it searchable.

    Raises:
        KeyError: an entry is missing.
        ValueError: an entry has the wrong form; the message names it.
    """
    return ComparisonTable(
        negators=lexicon(table, "negators"),
        denials=lexicon(table, "denials"),
        lacks=lexicon(table, "lacks"),
        exceptions=lexicon(table, "exceptions"),
        conditions=lexicon(table, "conditions"),
        openers=lexicon(table, "openers"),
        complements=lexicon(table, "complements"),
        asides=lexicon(table, "asides"),
        modality=_groups(table, "modality", Modality),
        settled=lexicon(table, "settled"),
        others=lexicon(table, "others"),
        unasserted=words(table, "unasserted"),
        prepositions=words(table, "prepositions"),
        future=lexicon(table, "future"),
        stop_words=words(table, "stop_words"),
        name_endings=_endings(table),
        decimal=_decimal(table),
        adjectives_follow=flag(table, "adjectives_follow"),
        joints=words(table, "joints"),
        partitives=words(table, "partitives"),
        ordinals=tuple(sorted(words(table, "ordinals"))),
        ones=lexicon(table, "ones"),
        numbers=_numbers(table, "numbers"),
        magnitudes=_numbers(table, "magnitudes"),
        units=_groups(table, "units", str),
        bounds=_groups(table, "bounds", Bound),
        months=_ordered(table, "months", count=12, first=1),
        month_openers=words(table, "month_openers"),
        clock=lexicon(table, "clock"),
        between=lexicon(table, "between"),
        weekdays=_ordered(table, "weekdays", count=7, first=0),
        days=_days(table),
        next_period=lexicon(table, "next_period"),
        last_period=lexicon(table, "last_period"),
        names=_groups(table, "names", str),
        senses=_senses(table),
    )


def _lexicon(pairs: Iterable[tuple[str, V]], entry: str) -> Lexicon[V]:
    """Refuses a phrase with two meanings: which of them won would be an accident of order."""
    entries: dict[str, V] = {}
    for phrase, value in pairs:
        folded = fold(phrase)
        if entries.setdefault(folded, value) != value:
            raise ValueError(f"{entry}: {phrase!r} is listed twice")
    return Lexicon(entries)


def _groups(table: Mapping[str, Any], entry: str, value: Callable[[str], V]) -> Lexicon[V]:
    pairs = [
        (word, value(name))
        for name in _section(table, entry)
        for word in strings(table[entry], name)
    ]
    return _lexicon(pairs, entry)


def _section(table: Mapping[str, Any], entry: str) -> dict[str, Any]:
    section = table[entry]
    if not isinstance(section, dict):
        raise ValueError(f"{entry} must be a table")
    return section


def _numbers(table: Mapping[str, Any], entry: str) -> Lexicon[float]:
    section = _section(table, entry)
    for word, value in section.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise ValueError(f"{entry}: {word!r} must be a number above 0")
    return _lexicon(((word, float(value)) for word, value in section.items()), entry)


def _days(table: Mapping[str, Any]) -> Lexicon[int]:
    section = _section(table, "days")
    for word, value in section.items():
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"days: {word!r} must be a number of days")
    return _lexicon(section.items(), "days")


def _ordered(table: Mapping[str, Any], entry: str, *, count: int, first: int) -> Lexicon[int]:
    rows = table[entry]
    if not isinstance(rows, list) or len(rows) != count:
        raise ValueError(f"{entry} must have {count} rows")
    pairs = [
        (word, n)
        for n, row in enumerate(rows, start=first)
        for word in strings({entry: row}, entry)
    ]
    return _lexicon(pairs, entry)


def _endings(table: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(words(table, "name_endings"), key=lambda ending: (-len(ending), ending)))


def _decimal(table: Mapping[str, Any]) -> str:
    decimal = table["decimal"]
    if decimal not in (".", ","):
        raise ValueError(f"decimal must be '.' or ',', not {decimal!r}")
    return str(decimal)


def _senses(table: Mapping[str, Any]) -> Lexicon[tuple[Sense, ...]]:
    """Topics, opposites and attitudes together, so that the longest phrase wins among them all."""
    senses: dict[str, list[Sense]] = {}
    for phrase, sense in _all_senses(table):
        known = senses.setdefault(fold(phrase), [])
        if any(sense.concept == other.concept and sense != other for other in known):
            raise ValueError(f"{phrase!r} is its own opposite in {sense.concept!r}")
        known.append(sense)
    return Lexicon({phrase: tuple(dict.fromkeys(found)) for phrase, found in senses.items()})


def _all_senses(table: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    for concept in _section(table, "topics"):
        for word in strings(table["topics"], concept):
            yield word, Sense(concept)
    for entry in ("opposites", "attitudes"):
        for concept, poles in _section(table, entry).items():
            for pole, phrases in _poles(poles, f"{entry}.{concept}").items():
                for phrase in phrases:
                    yield phrase, Sense(concept, pole, judges=entry == "attitudes")


def _poles(value: object, entry: str) -> dict[int, list[str]]:
    if not isinstance(value, dict) or not value or not value.keys() <= _POLES.keys():
        raise ValueError(f"{entry} must have 'yes', 'no' or both")
    return {_POLES[side]: strings(value, side) for side in value}
