"""The line: ``add_article → extract → match → compare → alert → bundle → deliver``; ``catch_up``.

The database is the truth and the queue is the doorbell. Each step does its work in one
transaction, may safely run twice, and rings for the next step only after its commit. What a lost
message leaves behind is found again by a query, which is what ``catch_up`` runs.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from tracker.alerting import Alerting
from tracker.alerts import Notifier
from tracker.claims import Extractor
from tracker.claims.correction import Correction, what_differs, with_speaker, with_words
from tracker.comparing import Comparing
from tracker.comparison import Cascade
from tracker.encoder import Encoder
from tracker.languages import languages
from tracker.matching import Matcher
from tracker.reading import Reading, save_source
from tracker.storage import Storage, Transaction
from tracker.types import (
    ArticleDraft,
    ArticleState,
    Claim,
    MatchDraft,
)

log = logging.getLogger(__name__)
T = TypeVar("T")
LEASE = timedelta(minutes=6)
"""How long nobody else reads an article that one worker has taken: longer than a step may take."""


class Step(StrEnum):
    """The steps that are rung for; the id each takes is that of the noun in its name."""

    EXTRACT = "extract"  # article
    MATCH = "match"  # article
    COMPARE = "compare"  # article
    WAKE = "wake"  # conflict
    ALERT = "alert"  # conflict
    BUNDLE = "bundle"  # subscription
    DELIVER = "deliver"  # delivery


class Doorbell(Protocol):
    """Tells somebody, after the commit, that a step has work to do."""

    def ring(self, step: Step, id: int) -> None:
        """Ask for ``step`` to be run on ``id``; losing the message loses nothing."""


class SilentDoorbell:
    """For the queue-less mode: whoever drives the tracker calls ``catch_up``."""

    def ring(self, step: Step, id: int) -> None:
        """Do nothing."""


@dataclass(frozen=True)
class Added:
    """The stored article's id, and whether it was new."""

    article_id: int
    created: bool


def utc_now() -> datetime:
    """The present moment, timezone-aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Tracker:
    """The steps, over a store and the parts that decide."""

    storage: Storage
    extractor: Extractor
    matcher: Matcher
    encoder: Encoder
    cascade: Cascade
    notifier: Notifier
    doorbell: Doorbell = field(default_factory=SilentDoorbell)
    clock: Callable[[], datetime] = utc_now
    candidate_budget: int = 40
    window: timedelta = timedelta(days=120)
    alert_attempts: int = 10
    lease: timedelta = LEASE

    # --- the steps --------------------------------------------------------------------------

    def add_article(self, draft: ArticleDraft) -> Added:
        """Store an article unless it is known already.

        Raises:
            ArticleChanged: the same outlet, identifier and revision are stored with another text.
        """
        with self.storage.transaction() as tx:
            article, created = tx.articles.add(draft, received_at=self.clock())
        if created:
            self.doorbell.ring(Step.EXTRACT, article.id)
        return Added(article.id, created)

    def extract(self, article_id: int) -> None:
        """Find the claims of an article; one that raises is quarantined with its error."""
        with self.storage.snapshot() as tx:
            article = tx.articles.get(article_id)
        if article.state is ArticleState.PENDING:
            self._ring(Step.MATCH, self._reading.read([article]))

    def extract_with_others(self, article_id: int, holder: str) -> None:
        """Find the claims of an article and, with it, of some that wait as well.

        What one worker has taken no other takes, unless it is not done when ``LEASE`` is over;
        ``holder`` tells who takes it, and may come back under the same name.
        """
        now = self.clock()
        with self.storage.transaction() as tx:
            taken = tx.articles.take(article_id, holder, now, expired=now - self.lease)
        self._ring(Step.MATCH, self._reading.read(taken))

    def match(self, article_id: int) -> None:
        """Find earlier and later claims that speak of the same things as an article's claims."""
        with self.storage.snapshot() as tx:
            found = [(each, self._matches(tx, each)) for each in tx.claims.unmatched(article_id)]
        with self.storage.transaction() as tx:
            tx.matches.lock()
            # What somebody corrected meanwhile is matched once more, as it is now.
            unchanged = set(map(_matched_by, tx.claims.unmatched(article_id)))
            for claim, drafts in found:
                if _matched_by(claim) in unchanged:
                    tx.matches.add_all(drafts)
                    tx.claims.mark_matched(claim.id, self.clock())
        self.doorbell.ring(Step.COMPARE, article_id)

    def compare(self, article_id: int, holder: str = "") -> None:
        """Judge the article's matches, store every verdict, and open or join conflicts.

        What another ``holder`` has taken, who compares an article that this one meets, is left to
        it; see ``extract_with_others``.
        """
        self._ring(Step.ALERT, self._comparing.compare(article_id, holder))

    def wake(self, conflict_id: int) -> None:
        """Bring back a conflict that was snoozed until now."""
        with self.storage.transaction() as tx:
            tx.reviews.wake(conflict_id, self.clock())
        self.doorbell.ring(Step.ALERT, conflict_id)

    def alert(self, conflict_id: int) -> None:
        """Store one alert for each subscription that is to hear of what happened to a conflict."""
        self._ring(Step.DELIVER, self._alerting.alert(conflict_id))

    def bundle(self, subscription_id: int) -> None:
        """Put all that waits for a subscription into one message, if its time has come."""
        self._ring(Step.DELIVER, self._alerting.bundle(subscription_id))

    def deliver(self, delivery_id: int) -> None:
        """Send one message that is due to one channel; a failed attempt is due again later."""
        self._alerting.deliver(delivery_id)

    # --- asked for by people ----------------------------------------------------------------

    def try_out(self, subscription_id: int) -> list[int]:
        """Send a test message to each channel of a subscription; answers the deliveries.

        Raises:
            NotFound: no such subscription.
        """
        made = self._alerting.try_out(subscription_id)
        self._ring(Step.DELIVER, made)
        return made

    def send_again(self, delivery_id: int) -> None:
        """Send a message to a channel once more, under the same id.

        Raises:
            NotFound: no such delivery.
        """
        with self.storage.transaction() as tx:
            tx.deliveries.send_again(delivery_id, self.clock())
        self._ring(Step.DELIVER, [delivery_id])

    def retry(self, article_id: int) -> None:
        """Put a quarantined or unsupported article back in line.

        Raises:
            NotFound: no such article.
        """
        with self.storage.transaction() as tx:
            tx.articles.retry(article_id)
        self.doorbell.ring(Step.EXTRACT, article_id)

    def correct(self, claim_id: int, correction: Correction) -> None:
        """Give a claim the words or the speaker that somebody says it has, and match it anew.

        Raises:
            NotFound: no such claim.
            InvalidCorrection: the words do not stand in the article, or nothing would change.
        """
        with self.storage.snapshot() as tx:
            claim = tx.claims.get(claim_id)
            article = tx.articles.get(claim.article_id)
        correction, fixed = what_differs(correction, claim, article), claim
        if correction.quotation is not None:
            pack = languages().nearest(article.language)
            fixed = self._reading.embedded(with_words(claim, article, correction.quotation, pack))
        with self.storage.transaction() as tx:
            if correction.speaker is not None:
                fixed = with_speaker(fixed, save_source(tx, correction.speaker))
            tx.corrections.save(claim, fixed, correction, self.clock())
        self.doorbell.ring(Step.MATCH, article.id)

    # --- whatever is pending ----------------------------------------------------------------

    def pending(self, step: Step, *, older_than: timedelta = timedelta(0)) -> list[int]:
        """The ids that ``step`` has still to be run on, waiting for at least ``older_than``."""
        now = self.clock()
        before = now - older_than
        with self.storage.snapshot() as tx:
            match step:
                case Step.EXTRACT:
                    return tx.articles.unextracted(before)
                case Step.MATCH:
                    return tx.claims.articles_unmatched(before)
                case Step.COMPARE:
                    return tx.matches.articles_uncompared(before)
                case Step.WAKE:
                    return tx.reviews.due(now)
                case Step.ALERT:
                    return tx.conflicts.unalerted(before)
                case Step.BUNDLE:
                    return self._alerting.due(now)
                case Step.DELIVER:
                    return tx.deliveries.due(now)

    def catch_up(self) -> int:
        """Run whatever is pending until nothing is; answers how many steps were run."""
        run = {
            Step.EXTRACT: self.extract,
            Step.MATCH: self.match,
            Step.COMPARE: self.compare,
            Step.WAKE: self.wake,
            Step.ALERT: self.alert,
            Step.BUNDLE: self.bundle,
            Step.DELIVER: self.deliver,
        }
        done = 0
        for step in Step:
            for id in self.pending(step):
                run[step](id)
                done += 1
        return done

    # --- inside the steps -------------------------------------------------------------------

    def _matches(self, tx: Transaction, claim: Claim) -> list[MatchDraft]:
        nearby = tx.claims.candidates(claim, window=self.window, limit=self.candidate_budget)
        return self.matcher.match(claim, nearby)

    @property
    def _reading(self) -> Reading:
        return Reading(self.storage, self.extractor, self.encoder, self.clock)

    @property
    def _comparing(self) -> Comparing:
        return Comparing(self.storage, self.cascade, self.clock, self.lease)

    @property
    def _alerting(self) -> Alerting:
        return Alerting(self.storage, self.notifier, self.clock, self.alert_attempts)

    def _ring(self, step: Step, ids: Iterable[int]) -> None:
        for id in ids:
            self.doorbell.ring(step, id)


def _matched_by(claim: Claim) -> tuple[object, ...]:
    """What of a claim decides on its matches."""
    return claim.id, claim.source.id, claim.statement, claim.embedding
