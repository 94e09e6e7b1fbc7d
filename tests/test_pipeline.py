"""The line as a whole: the real parts over a real store, and the order in which bells ring."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from tests.fakes import RecordingNotifier, ScriptedComparer, believing
from tracker.assembly import build_tracker
from tracker.claims.correction import Correction
from tracker.config import Settings
from tracker.matching import Matcher
from tracker.pipeline import Step, Tracker
from tracker.types import (
    AlertState,
    Article,
    ArticleDraft,
    ArticleState,
    Change,
    Claim,
    ClaimDraft,
    ConflictFilter,
    ConflictState,
    Decision,
    Delivery,
    Dismissal,
    MatchDraft,
    MessageKind,
    Rhythm,
    Statement,
    SubscriptionDraft,
    Verdict,
)

GOLD = Path(__file__).parents[2] / "shared" / "gold" / "dev" / "articles.jsonl"
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
FIRST = (
    "Podul peste Crișul Alb este închis circulației, a declarat primarul comunei Vărad, "
    "Dorin Lupșa. Constructorul lucrează de luni la repararea podului."
)
SECOND = (
    "Podul peste Crișul Alb nu este închis circulației, a afirmat prefectul Mioara Tănase, "
    "după o vizită la fața locului."
)
THIRD = (
    "Podul peste Crișul Alb nu este închis circulației de luni, a precizat purtătorul de cuvânt "
    "al drumarilor, Sorin Bratu."
)
UNNAMED = (
    "Podul peste Crișul Alb nu este închis circulației, a afirmat un oficial, după o vizită la "
    "fața locului."
)


class Bells:
    """Remembers who was rung for."""

    def __init__(self) -> None:
        self.rung: list[Step] = []

    def ring(self, step: Step, id: int) -> None:
        self.rung.append(step)


class BrokenExtractor:
    def extract(self, article: Article) -> list[ClaimDraft]:
        raise ValueError(f"cannot read article {article.external_id}")


class InterruptedMatcher:
    """Answers what another one does, after something has happened in the meantime."""

    def __init__(self, matcher: Matcher, meanwhile: Callable[[], None]) -> None:
        self._matcher = matcher
        self._meanwhile = meanwhile

    def match(self, claim: Claim, nearby: Sequence[Claim]) -> list[MatchDraft]:
        self._meanwhile()
        return self._matcher.match(claim, nearby)


def draft(external_id: str, text: str, **other: object) -> ArticleDraft:
    fields = {"outlet": "Gazeta", "language": "ro", "published_at": NOW} | other
    return ArticleDraft(external_id=external_id, text=text, **fields)  # type: ignore[arg-type]


@pytest.fixture
def notifier() -> RecordingNotifier:
    return RecordingNotifier()


@pytest.fixture
def bells() -> Bells:
    return Bells()


@pytest.fixture
def tracker(database_url: str, notifier: RecordingNotifier, bells: Bells) -> Iterator[Tracker]:
    built = build_tracker(Settings(database_url=database_url), bells)
    yield replace(built, notifier=notifier, clock=lambda: NOW, alert_attempts=2)
    built.storage.close()


def conflicts(tracker: Tracker) -> list[tuple[ConflictState, tuple[str, ...]]]:
    with tracker.storage.snapshot() as tx:
        return [
            (
                each.state,
                tuple(claim.source.name for claim in tx.claims.get_many(sum(each.sides, ()))),
            )
            for each in tx.conflicts.page(ConflictFilter(), limit=50, offset=0)
        ]


def test_an_article_goes_in_and_a_conflict_comes_out(tracker: Tracker) -> None:
    tracker.add_article(draft("1", FIRST))
    later = NOW + timedelta(hours=1)
    tracker.add_article(draft("2", SECOND, outlet="Curierul", published_at=later))
    tracker.catch_up()
    assert conflicts(tracker) == [(ConflictState.NEW, ("Dorin Lupșa", "Mioara Tănase"))]


def test_what_is_corrected_while_it_is_matched_is_matched_once_more(tracker: Tracker) -> None:
    article_id = tracker.add_article(draft("1", FIRST)).article_id
    tracker.extract(article_id)
    with tracker.storage.snapshot() as tx:
        [claim] = tx.claims.of_article(article_id)
    fix = Correction(by="Ana", quotation="Podul peste Crișul Alb este închis")
    matcher = InterruptedMatcher(tracker.matcher, lambda: tracker.correct(claim.id, fix))
    replace(tracker, matcher=matcher).match(article_id)
    assert tracker.pending(Step.MATCH) == [article_id]
    tracker.match(article_id)
    assert tracker.pending(Step.MATCH) == []


def test_each_step_rings_for_the_next(tracker: Tracker, bells: Bells) -> None:
    tracker.add_article(draft("1", FIRST))
    tracker.add_article(draft("2", SECOND))
    tracker.catch_up()
    assert bells.rung == [
        Step.EXTRACT,
        Step.EXTRACT,
        Step.MATCH,
        Step.MATCH,
        Step.COMPARE,
        Step.COMPARE,
        Step.ALERT,
    ]


def test_every_step_may_run_twice(tracker: Tracker, notifier: RecordingNotifier) -> None:
    with tracker.storage.transaction() as tx:
        tx.subscriptions.add(SubscriptionDraft(name="desk", channels=("https://desk.example",)))
    ids = {
        tracker.add_article(article).article_id
        for article in 2 * (draft("1", FIRST), draft("2", SECOND))
    }
    tracker.catch_up()
    before = conflicts(tracker)
    for id in ids:
        tracker.extract(id)
        tracker.match(id)
        tracker.compare(id)
    tracker.alert(1)
    tracker.deliver(1)
    assert tracker.catch_up() == 0
    assert len(ids) == 2
    assert conflicts(tracker) == before
    assert len(before) == 1
    assert len(notifier.sent) == 1


class CountingComparer:
    """Finds nothing, and counts what it was asked."""

    name = "counting"
    version = "1"

    def __init__(self) -> None:
        self.asked = 0
        self._comparer = ScriptedComparer([])

    def compare(self, pairs: Sequence[tuple[Statement, Statement]]) -> list[Verdict]:
        self.asked += len(pairs)
        found = self._comparer.compare(pairs)
        return [replace(each, comparer=self.name, version=self.version) for each in found]


def test_words_printed_again_are_compared_with_nobody(tracker: Tracker) -> None:
    tracker.add_article(draft("1", FIRST))
    tracker.add_article(draft("2", SECOND, outlet="Curierul"))
    tracker.add_article(draft("3", SECOND, outlet="Monitorul"))
    tracker.catch_up()
    with tracker.storage.snapshot() as tx:
        [conflict] = tx.conflicts.page(ConflictFilter(), limit=9, offset=0)
        assert len(tx.matches.scores()) == 1
    assert (len(conflict.sides[1]), conflict.outlets) == (1, 3)


def test_the_same_words_of_unnamed_speakers_are_not_judged_again(tracker: Tracker) -> None:
    comparer = CountingComparer()
    tracker = replace(tracker, cascade=believing(comparer))
    tracker.add_article(draft("1", FIRST))
    tracker.add_article(draft("2", UNNAMED, outlet="Curierul"))
    tracker.catch_up()
    first = comparer.asked
    tracker.add_article(draft("3", UNNAMED, outlet="Monitorul"))
    tracker.catch_up()
    with tracker.storage.snapshot() as tx:
        matches = len(tx.matches.scores())
    assert first == 1
    assert matches == 3
    assert comparer.asked == 2  # the two prints with each other; the third pair was known
    comparer.version = "2"
    tracker.add_article(draft("4", UNNAMED, outlet="Jurnalul"))
    tracker.catch_up()
    assert comparer.asked == 4  # a new version has said nothing yet, and is asked once a wording


def test_an_article_that_arrives_late_meets_the_later_ones(tracker: Tracker) -> None:
    tracker.add_article(draft("2", SECOND, published_at=NOW + timedelta(days=1)))
    tracker.catch_up()
    tracker.add_article(draft("1", FIRST))
    tracker.catch_up()
    assert conflicts(tracker) == [(ConflictState.NEW, ("Dorin Lupșa", "Mioara Tănase"))]


def test_an_article_that_cannot_be_read_holds_up_nothing(tracker: Tracker) -> None:
    broken = replace(tracker, extractor=BrokenExtractor())
    bad = broken.add_article(draft("bad", "…")).article_id
    broken.catch_up()
    tracker.add_article(draft("1", FIRST))
    tracker.catch_up()
    with tracker.storage.snapshot() as tx:
        assert tx.articles.get(bad).state is ArticleState.QUARANTINED
        assert tx.articles.get(bad).error == "ValueError: cannot read article bad"
        assert tx.articles.counts()[ArticleState.EXTRACTED] == 1
    tracker.retry(bad)
    tracker.catch_up()
    with tracker.storage.snapshot() as tx:
        assert tx.articles.get(bad).state is ArticleState.EXTRACTED


def test_an_unsupported_language_is_kept_and_counted(tracker: Tracker) -> None:
    added = tracker.add_article(draft("ka", "ხიდი დაკეტილია, თქვა მერმა.", language="ka"))
    tracker.catch_up()
    with tracker.storage.snapshot() as tx:
        assert tx.articles.get(added.article_id).state is ArticleState.UNSUPPORTED
        assert tx.claims.of_article(added.article_id) == []
        assert tx.articles.counts_by_language() == {"ka": 1}


def test_an_alert_that_keeps_failing_is_given_up(
    tracker: Tracker, notifier: RecordingNotifier
) -> None:
    with tracker.storage.transaction() as tx:
        tx.subscriptions.add(SubscriptionDraft(name="desk", channels=("https://desk.example",)))
    notifier.failing = True
    tracker.add_article(draft("1", FIRST))
    tracker.add_article(draft("2", SECOND))
    tracker.catch_up()
    waiting = delivery(tracker)
    assert (waiting.state, waiting.attempts) == (AlertState.PENDING, 1)
    assert waiting.next_attempt_at is not None
    assert waiting.next_attempt_at > NOW
    later = replace(tracker, clock=lambda: NOW + timedelta(days=1))
    later.catch_up()
    failed = delivery(tracker)
    assert (failed.state, failed.attempts) == (AlertState.FAILED, 2)
    assert failed.error == "desk: answered 503"


def delivery(tracker: Tracker) -> Delivery:
    """The last delivery there is."""
    with tracker.storage.snapshot() as tx:
        [last] = tx.deliveries.recent(1)
    return last


def subscribe(tracker: Tracker, **other: object) -> int:
    fields: dict[str, object] = {"name": "desk", "channels": ("https://desk.example",)}
    with tracker.storage.transaction() as tx:
        return tx.subscriptions.add(SubscriptionDraft(**(fields | other))).id  # type: ignore[arg-type]


def decide(tracker: Tracker, state: ConflictState, **other: object) -> str:
    decision = Decision(state=state, by="Ana", **other)  # type: ignore[arg-type]
    with tracker.storage.transaction() as tx:
        return tx.reviews.decide([1], decision, NOW)


def open_conflict(tracker: Tracker) -> None:
    tracker.add_article(draft("1", FIRST))
    tracker.add_article(draft("2", SECOND, outlet="Curierul"))
    tracker.catch_up()


def changes(notifier: RecordingNotifier) -> list[list[Change]]:
    """What each message told."""
    return [[each.alert.change for each in parcel.alerted] for parcel in notifier.sent]


def test_new_evidence_is_told_once_and_a_reprint_not_at_all(
    tracker: Tracker, notifier: RecordingNotifier
) -> None:
    subscribe(tracker)
    open_conflict(tracker)
    assert changes(notifier) == [[Change.OPENED]]
    tracker.add_article(draft("3", SECOND, outlet="Monitorul"))
    tracker.catch_up()
    assert changes(notifier) == [[Change.OPENED]], "printed again"
    tracker.add_article(draft("4", THIRD, outlet="Jurnalul"))
    tracker.catch_up()
    assert tracker.catch_up() == 0
    assert changes(notifier) == [[Change.OPENED], [Change.NEW_EVIDENCE]]


def test_decisions_are_told_to_those_who_asked_for_them(
    tracker: Tracker, notifier: RecordingNotifier
) -> None:
    subscribe(tracker, changes=frozenset({Change.CONFIRMED, Change.DISMISSED}))
    open_conflict(tracker)
    assert changes(notifier) == []
    undo = decide(tracker, ConflictState.CONFIRMED)
    with tracker.storage.transaction() as tx:
        tx.reviews.undo(undo, "Ana", NOW)
    tracker.catch_up()
    assert changes(notifier) == [], "it was undone before anybody was told"
    decide(tracker, ConflictState.DISMISSED, dismissal=Dismissal.BOTH_TRUE)
    tracker.catch_up()
    assert changes(notifier) == [[Change.DISMISSED]]


def test_what_is_dismissed_before_its_digest_is_left_out_until_it_comes_back(
    tracker: Tracker, notifier: RecordingNotifier
) -> None:
    subscribe(tracker, rhythm=Rhythm.DAILY)
    open_conflict(tracker)
    undo = decide(tracker, ConflictState.DISMISSED, dismissal=Dismissal.UPDATE)
    tomorrow = replace(tracker, clock=lambda: NOW + timedelta(days=1))
    tomorrow.catch_up()
    assert tomorrow.catch_up() == 0
    assert notifier.sent == []
    with tracker.storage.transaction() as tx:
        tx.reviews.undo(undo, "Ana", NOW)
    tomorrow.catch_up()
    assert changes(notifier) == [[Change.OPENED]]


def test_what_is_dismissed_before_the_next_attempt_is_withdrawn(
    tracker: Tracker, notifier: RecordingNotifier
) -> None:
    subscribe(tracker)
    notifier.failing = True
    open_conflict(tracker)
    notifier.failing = False
    decide(tracker, ConflictState.SNOOZED, snoozed_until=NOW + timedelta(days=7))
    replace(tracker, clock=lambda: NOW + timedelta(days=1)).catch_up()
    assert delivery(tracker).state is AlertState.WITHDRAWN
    assert notifier.sent == []
    week = replace(tracker, clock=lambda: NOW + timedelta(days=7))
    week.catch_up()
    assert week.catch_up() == 0
    assert changes(notifier) == [[Change.CAME_BACK]]


def test_what_falls_into_quiet_hours_comes_in_one_message_when_they_end(
    tracker: Tracker, notifier: RecordingNotifier
) -> None:
    subscribe(tracker, quiet_from=time(11), quiet_to=time(14))
    open_conflict(tracker)
    tracker.add_article(draft("4", THIRD, outlet="Jurnalul"))
    tracker.catch_up()
    assert notifier.sent == []
    assert tracker.pending(Step.BUNDLE) == []
    later = replace(tracker, clock=lambda: NOW + timedelta(hours=2))
    later.catch_up()
    assert later.catch_up() == 0
    assert changes(notifier) == [[Change.OPENED]]
    [parcel] = notifier.sent
    assert len(parcel.alerted[0].claims) == 3, "with what came meanwhile"


def test_a_failed_attempt_waits_for_the_end_of_quiet_hours(
    tracker: Tracker, notifier: RecordingNotifier
) -> None:
    subscribe(tracker, quiet_from=time(12, 0, 1), quiet_to=time(14))
    notifier.failing = True
    open_conflict(tracker)
    assert delivery(tracker).next_attempt_at == NOW + timedelta(hours=2)


def test_a_muted_subscription_hears_afterwards_what_it_missed(
    tracker: Tracker, notifier: RecordingNotifier
) -> None:
    id = subscribe(tracker)
    with tracker.storage.transaction() as tx:
        tx.subscriptions.mute(id, NOW + timedelta(days=3))
    open_conflict(tracker)
    replace(tracker, clock=lambda: NOW + timedelta(days=2)).catch_up()
    assert notifier.sent == []
    replace(tracker, clock=lambda: NOW + timedelta(days=3)).catch_up()
    assert notifier.told == [(1,)]


def test_a_channel_that_is_gone_holds_up_no_other_and_loses_nothing(
    tracker: Tracker, notifier: RecordingNotifier
) -> None:
    gone, fine = "https://gone.example", "https://desk.example"
    both, alone = subscribe(tracker, channels=(gone, fine)), subscribe(tracker, channels=(gone,))
    notifier.gone = {gone}
    open_conflict(tracker)
    assert [parcel.delivery.channel for parcel in notifier.sent] == [fine]
    decide(tracker, ConflictState.CONFIRMED)
    tracker.add_article(draft("4", THIRD, outlet="Jurnalul"))
    tracker.catch_up()
    assert [parcel.subscription.id for parcel in notifier.sent] == [both, both]
    notifier.gone = set()
    with tracker.storage.transaction() as tx:
        assert tx.subscriptions.get(alone).open_channels == ()
        tx.subscriptions.open_again(alone)
    tracker.catch_up()
    assert [parcel.subscription.id for parcel in notifier.sent] == [both, both, alone]


def test_a_test_message_is_tried_once(tracker: Tracker, notifier: RecordingNotifier) -> None:
    id = subscribe(tracker)
    notifier.failing = True
    tracker.try_out(id)
    tracker.catch_up()
    failed = delivery(tracker)
    assert (failed.kind, failed.state) == (MessageKind.TEST, AlertState.FAILED)


@pytest.mark.skipif(not GOLD.exists(), reason="the gold articles are not beside this checkout")
def test_every_stored_quotation_is_found_again_in_its_article(tracker: Tracker) -> None:
    for number, line in enumerate(GOLD.read_text(encoding="utf-8").splitlines()[:6]):
        gold = json.loads(line)
        tracker.add_article(draft(str(number), gold["text"], language=gold["lang"]))
    tracker.catch_up()
    with tracker.storage.snapshot() as tx:
        for article in tx.articles.recent(50):
            claims = tx.claims.of_article(article.id)
            assert claims
            for claim in claims:
                spans = claim.attribution.content
                pieces = [article.text[span.start : span.end] for span in spans]
                assert " ".join(pieces) == claim.statement.text
                assert all(pieces)


def test_the_names_of_those_who_speak_do_not_tell_matters_apart(tracker: Tracker) -> None:
    quill = "The Arva ferry was late on Monday, said Mara Quill, the harbour master."
    hale = "The Arva ferry was not late on Monday, said Tom Hale, who runs the line."
    tracker.add_article(draft("1", quill, language="en"))
    tracker.add_article(draft("2", hale, language="en"))
    tracker.catch_up()
    assert conflicts(tracker) == [(ConflictState.NEW, ("Mara Quill", "Tom Hale"))]
