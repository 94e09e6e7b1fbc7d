"""Nearest claims in SQLite: the bits of all embeddings are looked through in memory.

The table ``claim_near`` has a narrow row a claim, numbered in the order of writing, so that a
process reads what is new since it last looked and nothing twice. What was found by its bits is put
in order by the embeddings themselves.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sqlalchemy import text
from sqlmodel import Session

from tracker.encoder.bits import WIDTH, Words, bits_of, difference, words_of
from tracker.encoder.vectors import values_of

CLOSER_LOOK = 5
"""How many times more claims than asked for are compared by their embeddings."""
MOST_NEW = 4096
"""Claims from which new ones are sorted in among the others, and a sixteenth of those."""
_FORGET = text("DELETE FROM claim_near WHERE claim_id = :claim_id")
_PUT = text("INSERT INTO claim_near (claim_id, day, bits) VALUES (:claim_id, :day, :bits)")
_EMBEDDINGS = text(
    "SELECT id, embedding FROM claim"
    " WHERE id IN (SELECT value FROM json_each(:claims))"
    " AND sighting_of IS NULL AND embedding IS NOT NULL"
)
_NEW = text(
    "SELECT number, claim_id, day, bits FROM claim_near WHERE number > :last ORDER BY number"
)


@dataclass(frozen=True)
class Block:
    """Claims with the day on which each was said and the bits of its embedding."""

    claims: npt.NDArray[np.int64]
    days: npt.NDArray[np.int32]
    words: Words

    @classmethod
    def of(cls, rows: Sequence[Any]) -> Self:
        """What the table's rows say."""
        bits = b"".join(row.bits for row in rows)
        words = words_of(bits, len(rows)) if rows else np.empty((0, WIDTH // 64), np.uint64)
        return cls(
            np.array([row.claim_id for row in rows], np.int64),
            np.array([row.day for row in rows], np.int32),
            words,
        )

    def __len__(self) -> int:
        return len(self.claims)

    def at(self, places: Any) -> "Block":
        """Those in some places."""
        return Block(self.claims[places], self.days[places], self.words[places])

    def with_more(self, other: "Block") -> "Block":
        """These and others, in no order."""
        return Block(
            np.concatenate([self.claims, other.claims]),
            np.concatenate([self.days, other.days]),
            np.concatenate([self.words, other.words]),
        )

    def by_day(self) -> "Block":
        """The same in the order of days; a word of all claims lies together, to be read fast."""
        found = self.at(np.argsort(self.days, kind="stable"))
        return Block(found.claims, found.days, np.asfortranarray(found.words))


class Bits:
    """The bits of every claim that was read so far; one for all threads of a process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last = 0
        self._sorted, self._new = Block.of(()), Block.of(())

    def refresh(self, session: Session) -> None:
        """Read what was written since the last time."""
        with self._lock:
            rows = session.execute(_NEW, {"last": self._last}).all()
            if not rows:
                return
            self._last = rows[-1].number
            self._new = self._new.with_more(Block.of(rows))
            if len(self._new) > max(MOST_NEW, len(self._sorted) // 16):
                self._sorted = self._sorted.with_more(self._new).by_day()
                self._new = Block.of(())

    def nearest(self, bits: bytes, first: date, last: date, limit: int) -> list[int]:
        """Claims of these days with the fewest bits that differ, and what differs in as many."""
        with self._lock:
            old, new = self._sorted, self._new
        start, end = first.toordinal(), last.toordinal()
        place = slice(*np.searchsorted(old.days, [start, end + 1]))
        days = np.flatnonzero((new.days >= start) & (new.days <= end))
        claims = np.concatenate([old.claims[place], new.claims[days]])
        apart = np.concatenate(
            [difference(bits, old.words[place]), difference(bits, new.words[days])]
        )
        return [int(claim) for claim in claims[_least(apart, limit)]]


def _least(numbers: npt.NDArray[np.uint16], limit: int) -> npt.NDArray[np.intp]:
    """The places of the smallest numbers, by counting each: they are few, and sorting is slow."""
    so_far = np.cumsum(np.bincount(numbers))
    return np.flatnonzero(numbers <= np.searchsorted(so_far, limit))


class SqliteNear:
    """Reads and writes ``claim_near``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, claim_id: int, said_on: date, embedding: bytes | None) -> None:
        """Let a claim be found by this embedding, and by none that it had before."""
        self._session.execute(_FORGET, {"claim_id": claim_id})
        bits = None if embedding is None else bits_of(embedding)
        if bits is not None:
            row = {"claim_id": claim_id, "day": said_on.toordinal(), "bits": bits}
            self._session.execute(_PUT, row)

    def claims(self, embedding: bytes, first: date, last: date, limit: int) -> list[int]:
        """Claims said from ``first`` to ``last``, the nearest first."""
        bits = bits_of(embedding)
        if bits is None:
            return []
        known: Bits = self._session.info["bits"]
        if not self._session.info["writes"]:  # what a writer sees may yet be taken back
            known.refresh(self._session)
        return self._in_order(
            embedding, known.nearest(bits, first, last, CLOSER_LOOK * limit), limit
        )

    def _in_order(self, embedding: bytes, claims: Sequence[int], limit: int) -> list[int]:
        """Those that are still stored and have not become sightings, the nearest first."""
        rows = self._session.execute(_EMBEDDINGS, {"claims": json.dumps(claims)}).all()
        if not rows:
            return []
        alike = np.stack([values_of(row.embedding) for row in rows]) @ values_of(embedding)
        return [rows[place].id for place in np.argsort(-alike, kind="stable")[:limit]]
