"""Names compared: surnames, given names, initials."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.languages import fold, in_latin
from tracker.sources.spelling import sound

_PART = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_GENERATIONS = {
    "jr": "junior", "junior": "junior", "sr": "senior", "senior": "senior",
    "ii": "ii", "iii": "iii",
}  # fmt: skip
_SHORTEST_STEM = 4
"""Letters that must remain of a name when an ending is taken off."""
_MOST_INITIALS = 3
"""Letters that a word of initials may have."""


@lru_cache(maxsize=16384)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name, folded and in Latin letters."""
    return tuple(_PART.findall(fold(in_latin(name))))


@dataclass(frozen=True)
class PersonName:
    """A name read as a person's; its words are folded."""

    given: tuple[str, ...]
    """Every given name, those before a hyphen too."""
    surnames: tuple[str, ...]
    """How the surname sounds; each half of a double one."""
    generation: str | None
    """What tells father and son apart."""


@lru_cache(maxsize=16384)
def read_person(name: str) -> PersonName | None:
    """The parts of a person's name; None where there is no word in it."""
    words = parts(name)
    generation = _GENERATIONS.get(words[-1]) if len(words) > 1 else None
    if generation:
        words = words[:-1]
    if not words:
        return None
    given = tuple(half for word in words[:-1] for half in word.split("-"))
    return PersonName(given, tuple(dict.fromkeys(map(sound, words[-1].split("-")))), generation)


def same_name(a: str, b: str) -> bool:
    """Whether two names can be one person's or body's.

    A bare surname meets a full name; two full names need given names that go together, so that
    two people called Popescu stay two. Half of a double surname is enough.
    """
    first, second = read_person(a), read_person(b)
    if first is None or second is None or first.generation != second.generation:
        return False
    if set(first.surnames).isdisjoint(second.surnames):
        return False
    fewer, more = sorted((first.given, second.given), key=len)
    return all(_goes_with(given, more) for given in fewer)


def same_word(a: str, b: str) -> bool:
    """Whether two folded words are one name in two spellings."""
    return a == b or sound(a) == sound(b)


def surnames(name: str) -> tuple[str, ...]:
    """How the surname sounds; names that ``same_name`` takes for one share one of these."""
    person = read_person(name)
    return person.surnames if person else ()


def is_initial(given: str) -> bool:
    """Whether a given name may stand for longer ones: "J", or "JD" for "John Dean"."""
    return len(given) <= _MOST_INITIALS


def _goes_with(given: str, others: Sequence[str]) -> bool:
    return any(
        same_word(given, other) or (1 in (len(given), len(other)) and given[0] == other[0])
        for other in others
    ) or _is_initials(given, others)


def _is_initials(given: str, others: Sequence[str]) -> bool:
    """JD stands for J. D."""
    return is_initial(given) and given == "".join(other[0] for other in others[: len(given)])


def bare_name(name: str, endings: Iterable[tuple[str, str]]) -> str:
    """A proper name without the article or case ending that a language adds to it."""
    folded = fold(name)
    for ending, instead in endings:
        if folded.endswith(ending) and len(name) - len(ending) >= _SHORTEST_STEM:
            return name[: len(name) - len(ending)] + instead
    return name
