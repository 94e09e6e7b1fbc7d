"""The step ``compare``: matches are judged, and conflicts gathered around what is new."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from tracker.comparison import Cascade, Pairing, fingerprint
from tracker.conflicts import homes
from tracker.sources import same_voice
from tracker.storage import Storage, Transaction
from tracker.types import Claim, Match


@dataclass(frozen=True)
class _Waiting:
    """A match that waits for its relation, with what is compared."""

    match: Match
    premise: Claim
    hypothesis: Claim

    @property
    def claims(self) -> tuple[int, int]:
        return self.premise.id, self.hypothesis.id

    @cached_property
    def pairing(self) -> Pairing:
        return pairing_of(self.premise, self.hypothesis)

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(self.pairing)


def pairing_of(premise: Claim, hypothesis: Claim) -> Pairing:
    """What is compared of two claims."""
    voices = (premise.source, hypothesis.source)
    return Pairing(premise.statement, hypothesis.statement, same_voice(*voices))


@dataclass(frozen=True)
class Comparing:
    """The step, over a store and a cascade."""

    storage: Storage
    cascade: Cascade
    clock: Callable[[], datetime]
    lease: timedelta

    def compare(self, article_id: int, holder: str) -> Iterable[int]:
        """Judge the article's matches, store every verdict, and open or join conflicts.

        What another ``holder`` has taken, who compares an article that this one meets, is left to
        it, unless that is longer ago than ``lease``. Answers the conflicts of which to tell.
        """
        now = self.clock()
        with self.storage.transaction() as tx:
            taken = tx.matches.take(article_id, holder, now, expired=now - self.lease)
            waiting = [_Waiting(*each) for each in taken]
            known = tx.matches.known([each.fingerprint for each in waiting])
        if not waiting:
            return ()
        judged = self.cascade.judge([each.pairing for each in waiting], known)
        with self.storage.transaction() as tx:
            tx.conflicts.lock()
            found = {
                each.match.id: (judgement, each.fingerprint)
                for each, judgement in zip(waiting, judged, strict=True)
            }
            new = tx.matches.record(found, self.clock())
            claims = {claim for each in waiting if each.match.id in new for claim in each.claims}
            return dict.fromkeys(self._gather(tx, claims))

    def _gather(self, tx: Transaction, claims: set[int]) -> Iterator[int]:
        """Let the conflicts around claims be what they have to; answers of which to tell."""
        gathered: set[int] = set()
        for claim in tx.groups.tied(claims):
            if claim in gathered:
                continue
            near = tx.groups.around(claim)
            for home in homes(near):
                told = tx.groups.settle(home, self.clock())
                if told is not None:
                    yield told
            if near.is_whole:
                gathered.update(near.order)
