"""Entries of a language table, checked as they are read.

All raise ``KeyError`` where an entry is missing and ``ValueError``, naming it, where it has the
wrong form.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from tracker.languages.fold import fold
from tracker.languages.lexicon import Lexicon


def strings(table: Mapping[str, Any], key: str, *, optional: bool = False) -> list[str]:
    """A list of strings; an empty one for an optional key that is missing."""
    entry = table.get(key, []) if optional else table[key]
    if not isinstance(entry, list) or not all(isinstance(item, str) for item in entry):
        raise ValueError(f"{key}: a list of strings was expected")
    return entry


def words(table: Mapping[str, Any], key: str, *, optional: bool = False) -> frozenset[str]:
    """A list of words, folded."""
    return frozenset(fold(word) for word in strings(table, key, optional=optional))


def lexicon(table: Mapping[str, Any], key: str) -> Lexicon[bool]:
    """A list of words or phrases."""
    try:
        return Lexicon(dict.fromkeys(strings(table, key), True))
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from error


def flag(table: Mapping[str, Any], key: str) -> bool:
    """True or false."""
    if not isinstance(table[key], bool):
        raise ValueError(f"{key}: true or false was expected")
    return bool(table[key])


def quote_pairs(table: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Pairs of an opening and a closing mark."""
    pairs = strings(table, "quotes")
    for pair in pairs:
        if len(pair) != 2:
            raise ValueError(f"quotes: {pair!r} is not a pair of marks")
    return tuple((pair[0], pair[1]) for pair in pairs)


def pairs(table: Mapping[str, Any], key: str) -> list[tuple[str, str]]:
    """Pairs of a folded word and another as it is spelt, each written "one/other"."""
    entries = strings(table, key)
    for entry in entries:
        if entry.count("/") != 1:
            raise ValueError(f"{key}: {entry!r} is not a pair of words")
    return [(fold(one), other) for one, other in (entry.split("/") for entry in entries)]


def endings(table: Mapping[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    """Pairs of a folded ending and what takes its place."""
    entries: Iterable[Any] = table[key]
    for entry in entries:
        if len(entry) != 2:
            raise ValueError(f"{key}: {entry!r} is not an ending and its nominative")
    return tuple((fold(oblique), nominative) for oblique, nominative in entries)
