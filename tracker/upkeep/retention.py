"""What has had its time is removed: articles on request, logs by the settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.config import Settings
from tracker.storage import Storage
from tracker.types import Dropped, Expiry, Log
from tracker.upkeep.turns import turn

ARTICLES = 20
"""How many go in one transaction, with hundreds of claims and thousands of matches."""
SOURCES = 200
ENTRIES = 500


@dataclass(frozen=True)
class Keeping:
    """How long logs are kept."""

    logs: timedelta
    audit: timedelta | None
    """None for ever."""

    @classmethod
    def of(cls, settings: Settings) -> "Keeping":
        """As the settings say."""
        audit = settings.keep_audit_days
        return cls(
            logs=timedelta(days=settings.keep_logs_days),
            audit=None if audit is None else timedelta(days=audit),
        )

    def from_when(self, log: Log, now: datetime) -> datetime | None:
        """The moment from which on a log is kept; None for ever."""
        match log:
            case Log.SIGN_INS:
                return now  # one that has ended is of no use
            case Log.AUDIT:
                return None if self.audit is None else now - self.audit
            case _:
                return now - self.logs


def drop_articles(storage: Storage, expiry: Expiry) -> Iterator[Dropped]:
    """Remove the articles that have had their time and are not needed; tells of each batch."""
    after = 0
    while True:
        with storage.snapshot() as tx:
            ids = tx.retention.expired(expiry, after, ARTICLES)
        if not ids:
            return
        with turn(), storage.transaction() as tx:
            dropped = tx.retention.drop(ids, expiry)
        yield dropped
        after = ids[-1]


def drop_sources(storage: Storage) -> int:
    """Remove the sources without claims, of which nobody decided anything; answers how many."""
    total = 0
    while True:
        with turn(), storage.transaction() as tx:
            dropped = tx.retention.drop_sources(SOURCES)
        if not dropped:
            return total
        total += dropped


def old_logs(storage: Storage, keeping: Keeping, now: datetime) -> dict[Log, int]:
    """How many entries of each log have had their time."""
    with storage.snapshot() as tx:
        return {log: tx.logs.count(log, before) for log, before in _ends(keeping, now)}


def drop_logs(storage: Storage, keeping: Keeping, now: datetime) -> dict[Log, int]:
    """Remove the entries that have had their time; answers how many of each log."""
    return {log: _drop_log(storage, log, before) for log, before in _ends(keeping, now)}


def _ends(keeping: Keeping, now: datetime) -> Iterator[tuple[Log, datetime]]:
    for log in Log:
        before = keeping.from_when(log, now)
        if before is not None:
            yield log, before


def _drop_log(storage: Storage, log: Log, before: datetime) -> int:
    total = 0
    while True:
        with turn(), storage.transaction() as tx:
            dropped = tx.logs.drop(log, before, ENTRIES)
        if not dropped:
            return total
        total += dropped
