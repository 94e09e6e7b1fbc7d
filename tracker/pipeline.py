"""The line: ``add_article → extract → match → compare → alert → bundle → deliver``; ``catch_up``.

The database is the truth and the queue is the doorbell. Each step does its work in one
transaction, may safely run twice, and rings for the next step only after its commit. What a lost
message leaves behind is found again by a query, which is what ``catch_up`` runs.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Protocol, TypeVar

from tracker.alerting import Alerting
from tracker.alerts import Notifier
from tracker.articles.likeness import bands
from tracker.claims import Extractor
from tracker.claims.correction import Correction, what_differs, with_speaker, with_words
from tracker.comparison import Cascade, Pairing, fingerprint
from tracker.conflicts import homes
from tracker.encoder import Encoder
from tracker.errors import UnsupportedLanguage
from tracker.languages import languages
from tracker.matching import Matcher
from tracker.sources import identify, is_named, same_voice
from tracker.storage import Storage, Transaction
from tracker.types import (
    Article,
    ArticleDraft,
    ArticleState,
    Claim,
    ClaimDraft,
    Match,
    MatchDraft,
    Source,
    SourceDraft,
    Statement,
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


def meaning_of(statement: Statement) -> str:
    """What of a statement is embedded.

    With its context, because "the talks were productive" alone is close to any talks.
    """
    return f"{statement.text} ({statement.about})"


def _matched_by(claim: Claim) -> tuple[object, ...]:
    """What of a claim decides on its matches."""
    return claim.id, claim.source.id, claim.statement, claim.embedding


def save_source(tx: Transaction, draft: SourceDraft) -> Source:
    """The stored source that a draft is, or a new one."""
    known = identify(draft, tx.sources.similar(draft))
    met = known and tx.sources.knows(draft, known)
    if met is not None or not is_named(draft):
        return met or tx.sources.save(draft, None)
    tx.sources.lock()
    # Somebody may have stored or taught it while this one waited for its turn.
    return tx.sources.save(draft, identify(draft, tx.sources.similar(draft)))


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
            self._extract([article])

    def extract_with_others(self, article_id: int, holder: str) -> None:
        """Find the claims of an article and, with it, of some that wait as well.

        What one worker has taken no other takes, unless it is not done when ``LEASE`` is over;
        ``holder`` tells who takes it, and may come back under the same name.
        """
        now = self.clock()
        with self.storage.transaction() as tx:
            taken = tx.articles.take(article_id, holder, now, expired=now - self.lease)
        self._extract(taken)

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
        now = self.clock()
        with self.storage.transaction() as tx:
            taken = tx.matches.take(article_id, holder, now, expired=now - self.lease)
            waiting = [_Waiting(*each) for each in taken]
            known = tx.matches.known([each.fingerprint for each in waiting])
        if not waiting:
            return
        judged = self.cascade.judge([each.pairing for each in waiting], known)
        with self.storage.transaction() as tx:
            tx.conflicts.lock()
            found = {
                each.match.id: (judgement, each.fingerprint)
                for each, judgement in zip(waiting, judged, strict=True)
            }
            new = tx.matches.record(found, self.clock())
            claims = {claim for each in waiting if each.match.id in new for claim in each.claims}
            touched = dict.fromkeys(self._gather(tx, claims))
        for conflict_id in touched:
            self.doorbell.ring(Step.ALERT, conflict_id)

    def wake(self, conflict_id: int) -> None:
        """Bring back a conflict that was snoozed until now."""
        with self.storage.transaction() as tx:
            tx.reviews.wake(conflict_id, self.clock())
        self.doorbell.ring(Step.ALERT, conflict_id)

    def alert(self, conflict_id: int) -> None:
        """Store one alert for each subscription that is to hear of what happened to a conflict."""
        self._ring_for(self._alerting.alert(conflict_id))

    def bundle(self, subscription_id: int) -> None:
        """Put all that waits for a subscription into one message, if its time has come."""
        self._ring_for(self._alerting.bundle(subscription_id))

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
        self._ring_for(made)
        return made

    def send_again(self, delivery_id: int) -> None:
        """Send a message to a channel once more, under the same id.

        Raises:
            NotFound: no such delivery.
        """
        with self.storage.transaction() as tx:
            tx.deliveries.send_again(delivery_id, self.clock())
        self._ring_for([delivery_id])

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
            fixed = self._embedded(with_words(claim, article, correction.quotation, pack))
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

    def _extract(self, articles: Sequence[Article]) -> None:
        """Find the claims of articles; each is stored, or quarantined, by itself."""
        tried = [(each, self._try(each, self.extractor.extract, each)) for each in articles]
        read = [(article, drafts) for article, drafts in tried if drafts is not None]
        for article, drafts in self._embedded_together(read):
            if drafts is not None:
                for id in self._store_claims(article, drafts):
                    self.doorbell.ring(Step.MATCH, id)

    def _try(
        self, article: Article, find: Callable[[T], list[ClaimDraft]], given: T
    ) -> list[ClaimDraft] | None:
        """What is found; None where that raises, which is told of the article."""
        try:
            return find(given)
        except UnsupportedLanguage:
            self._settle(article.id, ArticleState.UNSUPPORTED)
        except Exception as error:  # whatever one article does must not hold up the others
            log.exception("extraction of article %s failed", article.id)
            self._settle(article.id, ArticleState.QUARANTINED, f"{type(error).__name__}: {error}")
        return None

    def _embedded_together(
        self, read: Sequence[tuple[Article, list[ClaimDraft]]]
    ) -> list[tuple[Article, list[ClaimDraft] | None]]:
        """The claims with their embeddings, made at once or, where that fails, by article."""
        try:
            drafts = iter(self._with_embeddings([each for _, found in read for each in found]))
            return [(article, list(islice(drafts, len(found)))) for article, found in read]
        except Exception:  # one of them is at fault, and is told from the others
            return [(each, self._try(each, self._with_embeddings, found)) for each, found in read]

    def _with_embeddings(self, drafts: list[ClaimDraft]) -> list[ClaimDraft]:
        vectors = self.encoder.embed([meaning_of(draft.statement) for draft in drafts])
        return [
            replace(draft, embedding=vector) for draft, vector in zip(drafts, vectors, strict=True)
        ]

    def _embedded(self, claim: Claim) -> Claim:
        (vector,) = self.encoder.embed([meaning_of(claim.statement)])
        return replace(claim, embedding=vector)

    def _settle(self, article_id: int, state: ArticleState, error: str | None = None) -> None:
        with self.storage.transaction() as tx:
            tx.articles.settle(article_id, state, self.clock(), error=error)

    def _store_claims(self, article: Article, drafts: Sequence[ClaimDraft]) -> list[int]:
        """Store what was found in an article; answers the articles with claims to be matched."""
        found_by = bands(article.text)
        with self.storage.transaction() as tx:
            if not tx.articles.settle(article.id, ArticleState.EXTRACTED, self.clock()):
                return [article.id]
            tx.reprints.keep(article, found_by)
            claims = [
                tx.claims.add(article, draft, save_source(tx, draft.source), at=self.clock())
                for draft in drafts
            ]
            others = tx.sightings.settle(article, claims, self.clock(), new=True)
        return sorted({article.id, *others})

    def _matches(self, tx: Transaction, claim: Claim) -> list[MatchDraft]:
        nearby = tx.claims.candidates(claim, window=self.window, limit=self.candidate_budget)
        return self.matcher.match(claim, nearby)

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

    @property
    def _alerting(self) -> Alerting:
        return Alerting(self.storage, self.notifier, self.clock, self.alert_attempts)

    def _ring_for(self, delivery_ids: Iterable[int]) -> None:
        for delivery_id in delivery_ids:
            self.doorbell.ring(Step.DELIVER, delivery_id)
