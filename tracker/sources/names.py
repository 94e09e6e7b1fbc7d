"""Names compared: surnames, initials, spellings of one name in several languages."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from tracker.languages import fold

_PART = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_VOWELS = re.compile("[aeiou]")
_LONG_WORD = 5
"""Letters of words that may differ in vowels; shorter ones are too often other names."""
_SAME_SPELLING = 78.0
"""Least similarity (0 to 100) of two such spellings."""
_SHORTEST_STEM = 4
"""Letters that must remain of a name when an ending is taken off."""
_SOUNDS = (
    ("sch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("zh", "j"), ("ts", "t"), ("tz", "t"),
    ("ck", "c"), ("ph", "f"), ("th", "t"), ("iy", "i"), ("yi", "i"), ("ii", "i"), ("ij", "i"),
    ("ei", "e"), ("ey", "e"), ("yu", "u"), ("iu", "u"), ("ya", "a"), ("ia", "a"), ("ye", "e"),
    ("ea", "a"), ("y", "i"), ("w", "v"), ("k", "c"), ("x", "cs"), ("z", "s"), ("j", "i"), ("h", ""),
)  # fmt: skip


@lru_cache(maxsize=4096)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name, folded."""
    return tuple(_PART.findall(fold(name)))


def same_name(a: str, b: str) -> bool:
    """Whether two names can be one person's or body's.

    A bare surname meets a full name; two full names need given names that go together, so that
    two people called Popescu stay two.
    """
    first, second = parts(a), parts(b)
    if not first or not second:
        return False
    if len(first) > len(second):
        first, second = second, first
    if not same_word(first[-1], second[-1]):
        return False
    return all(_goes_with(given, second[:-1]) for given in first[:-1])


@lru_cache(maxsize=16384)
def same_word(a: str, b: str) -> bool:
    """Whether two folded words are one name in two spellings."""
    if a == b:
        return True
    left, right = _sound(a), _sound(b)
    if left == right:
        return True
    return (
        len(left) == len(right) >= _LONG_WORD
        and left[-1] == right[-1]
        and _VOWELS.sub("", left) == _VOWELS.sub("", right)
        and fuzz.ratio(left, right) >= _SAME_SPELLING
    )


def name_key(name: str) -> str:
    """The same for all spellings of a surname that ``same_name`` takes for one."""
    return _VOWELS.sub("", _sound(parts(name)[-1]))


def _goes_with(given: str, others: tuple[str, ...]) -> bool:
    return any(
        same_word(given, other) or (1 in (len(given), len(other)) and given[0] == other[0])
        for other in others
    ) or _is_initials(given, others)


def _is_initials(given: str, others: tuple[str, ...]) -> bool:
    """JD stands for J. D."""
    return len(given) <= 3 and given == "".join(other[0] for other in others[: len(given)])


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", word)


def bare_name(name: str, endings: Iterable[tuple[str, str]]) -> str:
    """A proper name without the article or case ending that a language adds to it."""
    folded = fold(name)
    for ending, instead in endings:
        if folded.endswith(ending) and len(name) - len(ending) >= _SHORTEST_STEM:
            return name[: len(name) - len(ending)] + instead
    return name
