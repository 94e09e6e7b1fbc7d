"""Names of bodies compared: the order of their words, their initials."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from tracker.languages import fold, languages
from tracker.sources.names import parts
from tracker.sources.spelling import sound

_LETTERS = re.compile(r"[^\W\d_]{3,10}")
_CHUNK = re.compile(r"([A-ZĂÂÎȘŞȚŢ][a-zăâîșşțţ]?)")
_FEWEST_INITIALS = 3
"""Shorter abbreviations stand for too many bodies."""


def same_body(a: str, b: str) -> bool:
    """Whether two names can be one body's: of the same words, or one the other's initials."""
    return (
        (bool(parts(a) and parts(b)) and body_sound(a) == body_sound(b))
        or _abbreviates(initials(a), b)
        or _abbreviates(initials(b), a)
    )


@lru_cache(maxsize=16384)
def body_sound(name: str) -> str:
    """The same for "Ministry of Health" and "the Health Ministry"."""
    return sound("".join(initials(name))) or " ".join(sorted(map(sound, _telling(name))))


@lru_cache(maxsize=16384)
def initials(name: str) -> tuple[str, ...]:
    """The beginnings of words in an abbreviation, folded: MAE, D.N.A., MApN; else nothing."""
    letters = name.replace(".", "")
    chunks = _CHUNK.findall(letters)
    if not _LETTERS.fullmatch(letters) or "".join(chunks) != letters:
        return ()
    return tuple(map(fold, chunks)) if len(chunks) >= _FEWEST_INITIALS else ()


def initial_letters(name: str) -> str:
    """The first letters of the words that an abbreviation of a name gives; the same for it."""
    return "".join(word[0] for word in initials(name) or _telling(name))


def _abbreviates(short: Sequence[str], name: str) -> bool:
    words = _telling(name)
    return (
        len(short) == len(words) > 0
        and not initials(name)
        and all(word.startswith(each) for each, word in zip(short, words, strict=True))
    )


def _telling(name: str) -> tuple[str, ...]:
    """The words of a body's name without prepositions and articles, unless it has no others."""
    words = parts(name)
    return tuple(word for word in words if word not in _small_words()) or words


@cache
def _small_words() -> frozenset[str]:
    """The words of all languages that say nothing by themselves."""
    return frozenset[str]().union(
        *(pack.attribution.function_words for pack in languages().values())
    )
