"""Articles of one story that come in any order, one after the other or all at once."""

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from tests.fakes import (
    RecordingNotifier,
    SameVectorEncoder,
    ScriptedExtractor,
    believing,
    certain,
)
from tracker.matching import Matcher
from tracker.pipeline import Tracker
from tracker.storage import Storage
from tracker.types import (
    ArticleDraft,
    Attribution,
    AttributionType,
    ClaimDetails,
    ClaimDraft,
    Conflict,
    ConflictFilter,
    ConflictState,
    Decision,
    Dismissal,
    Event,
    Kind,
    Modality,
    Polarity,
    Reason,
    RelationLabel,
    Sentence,
    SourceDraft,
    SourceKind,
    Span,
    Statement,
    SubscriptionDraft,
    Verdict,
    VerdictLabel,
)

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
CLOSED, OPEN, PASSABLE = "The bridge is closed.", "The bridge is open.", "Cars cross the bridge."
REOPENED, BLOCKED = "The bridge has been reopened.", "Nobody gets over the bridge."
TWELVE, THIRTY = "Twelve people were hurt.", "Thirty people were hurt."
WELL, BADLY = "The works go well.", "The works go badly."
SPEAKERS = {
    CLOSED: "Mara Quill",
    OPEN: "Tom Hale",
    PASSABLE: "Ada Finch",
    REOPENED: "Mara Quill",
    BLOCKED: "Ben Rook",
    TWELVE: "Tom Hale",
    THIRTY: "Ada Finch",
    WELL: "Mara Quill",
    BADLY: "Ben Rook",
}
SAID: Mapping[tuple[str, str], tuple[RelationLabel, Kind | None]] = {
    (CLOSED, OPEN): (RelationLabel.CONTRADICTION, Kind.NEGATION),
    (CLOSED, PASSABLE): (RelationLabel.CONTRADICTION, Kind.NEGATION),
    (BLOCKED, OPEN): (RelationLabel.CONTRADICTION, Kind.NEGATION),
    (BLOCKED, PASSABLE): (RelationLabel.CONTRADICTION, Kind.NEGATION),
    (CLOSED, REOPENED): (RelationLabel.CONTRADICTION, Kind.NEGATION),
    (OPEN, REOPENED): (RelationLabel.UPDATE, None),
    (TWELVE, THIRTY): (RelationLabel.CONTRADICTION, Kind.NUMERIC),
    (WELL, BADLY): (RelationLabel.TENSION, Kind.EVALUATION),
}


@dataclass(frozen=True)
class Told:
    """An article and what is quoted in it."""

    name: str
    outlet: str
    hour: int
    quotations: tuple[str, ...]

    def draft(self) -> ArticleDraft:
        return ArticleDraft(
            outlet=self.outlet,
            text=" ".join(self.quotations),
            language="en",
            published_at=NOON + timedelta(hours=self.hour),
            external_id=self.name,
        )

    def claims(self) -> list[ClaimDraft]:
        return [_claim(text, self.draft()) for text in self.quotations]


def _claim(text: str, article: ArticleDraft) -> ClaimDraft:
    start = article.text.index(text)
    return ClaimDraft(
        attribution=Attribution(
            content=(Span(start, start + len(text)),), type=AttributionType.DIRECT
        ),
        source=SourceDraft(name=SPEAKERS[text], kind=SourceKind.PERSON),
        statement=Statement(
            speaker=SPEAKERS[text],
            text=text,
            language="en",
            said_on=date(2026, 5, 4),
            about="the bridge",
            details=ClaimDetails(
                polarity=Polarity.POSITIVE,
                modality=Modality.ASSERTED,
                keys=frozenset({"lemma:bridge"}),
            ),
        ),
        extractor="test/1",
    )


OUTLETS = [f"Outlet {n}" for n in range(10)]
STORY = [
    Told("a1", "Ashby Post", 1, (CLOSED, WELL)),
    *(Told(f"r{n}", outlet, 2 + n % 3, (OPEN,)) for n, outlet in enumerate(OUTLETS)),
    Told("b1", "Calder Times", 4, (PASSABLE, TWELVE)),
    Told("b2", "Calder Times", 2, (CLOSED,)),
    Told("b3", "Calder Times", 3, (BLOCKED,)),
    Told("c1", "Ashby Post", 5, (THIRTY, BADLY)),
    Told("c2", "Outlet 1", 5, (REOPENED, THIRTY)),
]


class Reader:
    """Says of two texts what it was told, whichever comes first."""

    name = "scripted"
    version = "1"

    def compare(self, pairs: Sequence[tuple[Statement, Statement]]) -> list[Verdict]:
        return [self._verdict(a.text, b.text) for a, b in pairs]

    def _verdict(self, a: str, b: str) -> Verdict:
        nothing = (RelationLabel.NONE, None)
        label, kind = SAID.get((a, b)) or SAID.get((b, a)) or nothing
        agrees = label in (RelationLabel.REPEAT, RelationLabel.NONE)
        return Verdict(
            comparer=self.name,
            version=self.version,
            label=VerdictLabel.NEUTRAL if agrees else VerdictLabel.CONTRADICTION,
            entailment=0.0,
            neutral=float(agrees),
            contradiction=0.0 if agrees else 0.9,
            kind=kind,
            reason=Reason(Sentence.CANNOT_BOTH, (a, b)),
            leanings=certain(label),
        )


@pytest.fixture
def notifier() -> RecordingNotifier:
    return RecordingNotifier()


@pytest.fixture
def tracker(storage: Storage, notifier: RecordingNotifier) -> Tracker:
    minutes = iter(range(10**6))
    return Tracker(
        storage=storage,
        extractor=ScriptedExtractor({told.name: told.claims() for told in STORY}),
        matcher=Matcher(floor=0),
        encoder=SameVectorEncoder(),
        cascade=believing(Reader()),
        notifier=notifier,
        clock=lambda: NOON + timedelta(days=1, minutes=next(minutes)),
    )


Spoken = tuple[str, str, frozenset[str]]
"""The words of a claim, the outlet that printed them first, and those that did after it."""


def printed(*texts: str) -> frozenset[Spoken]:
    """What the story prints in these words."""
    return frozenset(_prints(text, STORY) for text in texts)


def _prints(text: str, stories: Sequence[Told]) -> Spoken:
    telling = [told for told in stories if text in told.quotations]
    first, *others = sorted(telling, key=lambda told: (told.hour, told.outlet))
    return text, first.outlet, frozenset(told.outlet for told in others)


EXPECTED = {
    (printed(CLOSED, BLOCKED), printed(OPEN, PASSABLE, REOPENED), "contradiction", "negation"),
    (printed(TWELVE), printed(THIRTY), "contradiction", "numeric"),
    (printed(WELL), printed(BADLY), "tension", "evaluation"),
}


def all_conflicts(tracker: Tracker) -> list[Conflict]:
    with tracker.storage.snapshot() as tx:
        return tx.conflicts.page(ConflictFilter(), 100, 0)


def spoken(tracker: Tracker, conflict: Conflict) -> list[frozenset[Spoken]]:
    with tracker.storage.snapshot() as tx:
        sightings = tx.sightings.of(sum(conflict.sides, ()))
        return [
            frozenset(
                (
                    each.statement.text,
                    each.outlet,
                    frozenset(sighting.outlet for sighting in sightings.get(each.id, ())),
                )
                for each in tx.claims.get_many(side)
            )
            for side in conflict.sides
        ]


def content(tracker: Tracker) -> list[tuple[object, ...]]:
    """The conflicts without anything that depends on when they came."""
    return [
        (*spoken(tracker, each), str(each.label), str(each.kind), each.severity, str(each.reason))
        for each in all_conflicts(tracker)
    ]


def check(tracker: Tracker) -> None:
    found = content(tracker)
    assert {each[:4] for each in found} == EXPECTED
    assert len(found) == len(EXPECTED)
    reasons = {each[-1] for each in found}
    assert f"Read together, “{CLOSED}” and “{OPEN}” cannot both be true." in reasons


def take(tracker: Tracker, *stories: Told) -> None:
    """Articles go through the line, one after the other."""
    for told in stories:
        tracker.add_article(told.draft())
        tracker.catch_up()


@pytest.mark.parametrize("seed", range(3))
def test_articles_in_any_order_give_the_same_conflicts(tracker: Tracker, seed: int) -> None:
    take(tracker, *Random(seed).sample(STORY, len(STORY)))
    check(tracker)


@pytest.mark.parametrize("seed", range(2))
def test_steps_in_any_order_give_the_same_conflicts(tracker: Tracker, seed: int) -> None:
    chance = Random(seed)
    left = {
        tracker.add_article(told.draft()).article_id: [
            tracker.extract,
            tracker.match,
            tracker.compare,
        ]
        for told in chance.sample(STORY, len(STORY))
    }
    while any(left.values()):
        article_id = chance.choice([id for id, steps in left.items() if steps])
        left[article_id].pop(0)(article_id)
    tracker.catch_up()
    check(tracker)


def test_articles_all_at_once_give_the_same_conflicts(tracker: Tracker) -> None:
    barrier = threading.Barrier(4)

    def work(stories: Sequence[Told]) -> None:
        barrier.wait()
        for told in stories:
            article_id = tracker.add_article(told.draft()).article_id
            for step in (tracker.extract, tracker.match, tracker.compare):
                step(article_id)

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(work, STORY[n::4]) for n in range(4)]:
            done.result()
    tracker.catch_up()
    check(tracker)


def test_ten_outlets_that_repeat_a_claim_give_one_conflict_and_one_alert(
    tracker: Tracker, notifier: RecordingNotifier
) -> None:
    with tracker.storage.transaction() as tx:
        tx.subscriptions.add(SubscriptionDraft(name="desk", channels=("https://desk.example",)))
    take(tracker, *(told for told in STORY if set(told.quotations) & {CLOSED, OPEN}))
    [conflict] = [each for each in all_conflicts(tracker) if each.kind is Kind.NEGATION]
    [_, [claim]] = conflict.sides
    with tracker.storage.snapshot() as tx:
        sightings = tx.sightings.of([claim])[claim]
        others = [id for each in sightings for id in tx.matches.of_claims([each.id, claim])]
    assert len(sightings) == len(OUTLETS) - 1
    assert not others
    assert conflict.outlets == len(OUTLETS) + 2
    assert notifier.told.count((conflict.id,)) == 1
    assert conflict.history[0].event is Event.OPENED
    assert {each.event for each in conflict.history[1:]} == {Event.REPRINTED}


# --- what people arranged -----------------------------------------------------------------------


def of(tracker: Tracker, *texts: str) -> list[int]:
    """The claims in these words, in the order of saying."""
    with tracker.storage.snapshot() as tx:
        conflicts = tx.conflicts.page(ConflictFilter(), 100, 0)
        claims = tx.claims.get_many(sorted({c for e in conflicts for s in e.sides for c in s}))
    return [claim.id for claim in claims if claim.statement.text in texts]


def story(*names: str) -> list[Told]:
    return [told for told in STORY if told.name in names]


def bridge(tracker: Tracker) -> Conflict:
    """The conflict over the bridge."""
    return max(all_conflicts(tracker), key=lambda each: len(each.sides[0] + each.sides[1]))


@pytest.fixture
def split_up(tracker: Tracker) -> Tracker:
    """Somebody found that two of them speak of another bridge."""
    take(tracker, *story("a1", "b3", "r1", "b1"))
    conflict = bridge(tracker)
    [there], [crossed] = of(tracker, BLOCKED), of(tracker, PASSABLE)
    with tracker.storage.transaction() as tx:
        tx.sides.split(conflict.id, [there, crossed], "Ana", NOON)
    return tracker


@pytest.mark.parametrize("seed", range(2))
def test_a_split_stays_whatever_comes_and_in_whatever_order(split_up: Tracker, seed: int) -> None:
    before = {each.id: each.sides for each in all_conflicts(split_up)}
    assert len(before) == 2
    take(split_up, *Random(seed).sample(STORY, len(STORY)))
    found = {frozenset(spoken(split_up, each)) for each in all_conflicts(split_up)}
    assert found == {
        frozenset({printed(CLOSED), printed(OPEN, REOPENED)}),
        frozenset({printed(BLOCKED), printed(PASSABLE)}),
        *(frozenset(each[:2]) for each in EXPECTED if each[3] != Kind.NEGATION),
    }
    assert before.keys() <= {each.id for each in all_conflicts(split_up)}


def test_a_merge_by_a_person_stays(tracker: Tracker) -> None:
    take(tracker, *story("a1", "r1", "b1", "c1"))
    numbers, works = (
        next(each for each in all_conflicts(tracker) if each.kind is kind)
        for kind in (Kind.NUMERIC, Kind.EVALUATION)
    )
    with tracker.storage.transaction() as tx:
        tx.sides.merge(numbers.id, works.id, "Ana", NOON)
    take(tracker, *STORY)
    found = {frozenset(spoken(tracker, each)) for each in all_conflicts(tracker)}
    assert len(found) == 2
    [merged] = [each for each in all_conflicts(tracker) if each.id == numbers.id]
    assert frozenset().union(*spoken(tracker, merged)) == printed(TWELVE, THIRTY, WELL, BADLY)


def test_what_was_dismissed_is_brought_back_by_more_and_not_by_reprints(tracker: Tracker) -> None:
    take(tracker, *story("a1", "r1"))
    id = bridge(tracker).id
    dismissal = Decision(state=ConflictState.DISMISSED, dismissal=Dismissal.UPDATE, by="Ana")
    with tracker.storage.transaction() as tx:
        tx.reviews.decide([id], dismissal, NOON)
    take(tracker, *story("r2", "b2", "r3"))
    assert bridge(tracker).state is ConflictState.DISMISSED
    take(tracker, *story("c2"))
    assert (bridge(tracker).id, bridge(tracker).state) == (id, ConflictState.REOPENED)
