"""Full text: what SQL cannot ask of both databases in one way."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from sqlalchemy import ColumnElement
from sqlmodel import Session

from tracker.languages import fold
from tracker.storage.search_postgres import PostgresSearch
from tracker.storage.search_sqlite import SqliteSearch
from tracker.storage.statements import is_postgres

SHORTEST = 4
"""Shorter words are mostly articles and prepositions, which every claim has."""
STEM = 6
"""Letters by which a word is looked up, so that most endings make no difference."""
MOST_STEMS = 12


class Search(Protocol):
    """The questions that each database answers in its own way."""

    def claims(self, stems: Sequence[str], first: date, last: date, limit: int) -> list[int]:
        """Claims said from ``first`` to ``last`` with words that begin so, best first.

        Sightings are passed over.
        """

    def having(self, words: Sequence[str]) -> ColumnElement[bool]:
        """Whether a claim has all of these folded words, or longer ones that begin so."""


def search(session: Session) -> Search:
    """The search of the database that the session speaks to."""
    return PostgresSearch(session) if is_postgres(session) else SqliteSearch(session)


def folded_words(texts: Iterable[str]) -> list[str]:
    """The distinct words of the texts without case and diacritics, in their order."""
    letters = ("".join(c if c.isalnum() else " " for c in fold(text)) for text in texts)
    return list(dict.fromkeys(word for text in letters for word in text.split()))


def stems(text: str) -> list[str]:
    """What a text is looked up by: the beginnings of its longest words, since those say most."""
    words = [word for word in folded_words([text]) if len(word) >= SHORTEST]
    words.sort(key=len, reverse=True)
    return list(dict.fromkeys(word[:STEM] for word in words))[:MOST_STEMS]
