"""Words and phrases of a table, found in a text in one pass."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from tracker.languages.words import split_words

V = TypeVar("V")
_WORDS_KEPT = 8192
"""Words whose phrases a lexicon remembers; an article has a few hundred."""


@dataclass(frozen=True, slots=True)
class Hit(Generic[V]):
    """A phrase found: the words ``first`` to ``last`` (exclusive) and what the table says of it."""

    first: int
    last: int
    value: V


class Lexicon(Generic[V]):
    """Phrases with a value each; a word that ends in ``*`` stands for every ending.

    Phrases are folded, so that spelling variants of one letter are one phrase. Where several
    phrases start at the same word the one with more words wins, then the one without ``*``.
    """

    def __init__(self, entries: Mapping[str, V]) -> None:
        """Index the phrases; one without a word in it is a ``ValueError``."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        for phrase, value in entries.items():
            words = tuple(word.folded for word in split_words(phrase))
            if not words:
                raise ValueError(f"{phrase!r} holds no word")
            self._by_first.setdefault(words[0], []).append((words, value))
        self._phrases = tuple(entries)
        self.values = tuple(entries.values())
        self._starting = lru_cache(maxsize=_WORDS_KEPT)(self._phrases_starting)
        stems = {len(word) - 1 for word in self._by_first if word.endswith("*")}
        self._stem_lengths = sorted(stems, reverse=True)

    def __len__(self) -> int:
        """How many phrases there are."""
        return len(self._phrases)

    def __iter__(self) -> Iterator[str]:
        """The phrases as they were given."""
        return iter(self._phrases)

    def find(self, words: Sequence[str]) -> list[Hit[V]]:
        """All phrases in a sequence of folded words, left to right, none overlapping another."""
        hits: list[Hit[V]] = []
        position = 0
        while position < len(words):
            hit = self.at(words, position)
            if hit is not None:
                hits.append(hit)
            position = hit.last if hit else position + 1
        return hits

    def at(self, words: Sequence[str], position: int) -> Hit[V] | None:
        """The best phrase that starts at a word."""
        for others, value in self._starting(words[position]):
            if not others or _follow(others, words, position + 1):
                return Hit(position, position + 1 + len(others), value)
        return None

    def __contains__(self, word: object) -> bool:
        """Whether a folded word is a phrase of its own."""
        return isinstance(word, str) and self.at([word], 0) is not None

    def _phrases_starting(self, word: str) -> tuple[tuple[tuple[str, ...], V], ...]:
        """The phrases that a word may open, best first, each without its first word."""
        stems = (f"{word[:length]}*" for length in self._stem_lengths if length <= len(word))
        found = [entry for first in (word, *stems) for entry in self._by_first.get(first, ())]
        found.sort(key=lambda entry: _rank(entry[0]), reverse=True)
        return tuple((phrase[1:], value) for phrase, value in found)


def _rank(phrase: tuple[str, ...]) -> tuple[int, bool, int]:
    return len(phrase), not phrase[-1].endswith("*"), len(phrase[-1])


def _follow(others: Sequence[str], words: Sequence[str], position: int) -> bool:
    """Whether the rest of a phrase stands at a position."""
    there = words[position : position + len(others)]
    return len(there) == len(others) and all(map(_same, others, there))


def _same(entry: str, word: str) -> bool:
    return word.startswith(entry[:-1]) if entry.endswith("*") else word == entry
