"""What the pages list: speakers' records, stories, revisions, and what goes on."""

from datetime import date, timedelta

import pytest

from tests.storage.samples import MAYOR, NOON, add, article, begin, claim, later, pair, store
from tracker.errors import InvalidInput, NotFound
from tracker.storage import Storage
from tracker.storage.overview import Review, Waiting
from tracker.types import (
    ArticleState,
    Claim,
    ConflictState,
    Decision,
    Dismissal,
    MatchDraft,
    MessageKind,
    RelationLabel,
    SourceDraft,
    SourceKind,
    SubscriptionDraft,
)

PREFECT = SourceDraft(name="Ion Popa", kind=SourceKind.PERSON, role="prefect", speaks_for="Guvern")


def quoted(storage: Storage, external_id: str, *, day: int = 2, **other: object) -> Claim:
    """A claim in an article of its own, published that day of March."""
    with storage.transaction() as tx:
        draft = article(external_id, external_id, published_at=NOON + timedelta(days=day - 2))
        stored, _ = tx.articles.add(draft, received_at=NOON)
        return add(tx, stored, claim(day=day, **other))  # type: ignore[arg-type]


def conflict(storage: Storage, a: Claim, b: Claim) -> int:
    found = pair(storage, a, b)
    with storage.transaction() as tx:
        return begin(tx, found)


def decide(storage: Storage, id: int, dismissal: Dismissal | None, minute: int = 30) -> None:
    state = ConflictState.DISMISSED if dismissal else ConflictState.CONFIRMED
    with storage.transaction() as tx:
        decision = Decision(state=state, dismissal=dismissal, by="Ana")
        tx.reviews.decide([id], decision, later(minute))


def story(storage: Storage, claim: Claim) -> list[int]:
    with storage.snapshot() as tx:
        return [told.article_id for told in tx.stories.of_article(claim.article_id)]


# --- speakers -----------------------------------------------------------------------------------


def test_roles_are_told_over_time(storage: Storage) -> None:
    deputy = SourceDraft(name="Ana Rusu", kind=SourceKind.PERSON, role="deputată")
    quoted(storage, "1", day=2, source=MAYOR)
    quoted(storage, "2", day=4, source=MAYOR)
    last = quoted(storage, "3", day=5, source=deputy)
    with storage.snapshot() as tx:
        roles = tx.speaking.roles(last.source.id)
    assert [(r.role, r.first, r.last, r.claims) for r in roles] == [
        ("deputată", date(2026, 3, 5), date(2026, 3, 5), 1),
        ("primar", date(2026, 3, 2), date(2026, 3, 4), 2),
    ]


def test_who_speaks_for_a_body(storage: Storage) -> None:
    said = quoted(storage, "1", source=PREFECT)
    with storage.snapshot() as tx:
        assert tx.speaking.spokespeople(("Guvern", "Guvernul")) == [said.source]
        assert tx.speaking.spokespeople(("Parlament",)) == []


def test_opponents_are_counted_by_conflicts(storage: Storage) -> None:
    a, b = quoted(storage, "1"), quoted(storage, "2", source=PREFECT)
    c, own = quoted(storage, "3", source=PREFECT), quoted(storage, "4")
    one, two = conflict(storage, a, b), conflict(storage, a, c)
    conflict(storage, a, own)
    with storage.snapshot() as tx:
        [opponent] = tx.speaking.opponents(a.source.id, 9)
        assert (opponent.source.id, opponent.conflicts) == (b.source.id, (one, two))
    decide(storage, one, Dismissal.BOTH_TRUE)
    with storage.snapshot() as tx:
        assert tx.speaking.opponents(a.source.id, 9)[0].conflicts == (two,)


def test_reversals_are_the_speakers_own(storage: Storage) -> None:
    a, b = quoted(storage, "1"), quoted(storage, "2", day=3)
    other = quoted(storage, "3", source=PREFECT)
    pair(storage, a, b, RelationLabel.REVERSAL)
    pair(storage, a, other, RelationLabel.REVERSAL)
    with storage.snapshot() as tx:
        assert tx.speaking.reversals(a.source.id, 9) == [(a.id, b.id)]
        assert tx.speaking.reversals(other.source.id, 9) == []


# --- stories ------------------------------------------------------------------------------------


def test_what_repeats_updates_or_conflicts_is_one_story(storage: Storage) -> None:
    a, b, c, d, alone = (quoted(storage, name, day=n) for n, name in enumerate("abcde", 2))
    pair(storage, a, b, RelationLabel.REPEAT)
    pair(storage, c, b, RelationLabel.UPDATE)
    conflict(storage, c, d)
    pair(storage, a, alone, RelationLabel.NONE)
    ids = [each.article_id for each in (a, b, c, d)]
    for each in (a, b, c, d):
        assert story(storage, each) == ids
    assert story(storage, alone) == [alone.article_id]
    with storage.snapshot() as tx:
        [found] = tx.stories.since(NOON)
        assert [told.article_id for told in found] == ids
        assert [each.id for each in tx.stories.claims(ids)] == [a.id, b.id, c.id, d.id]
        with pytest.raises(NotFound):
            tx.stories.of_article(999)


def test_a_week_apart_is_another_story(storage: Storage) -> None:
    a, b = quoted(storage, "1", day=2), quoted(storage, "2", day=10)
    pair(storage, a, b, RelationLabel.REPEAT)
    assert story(storage, a) == [a.article_id]
    near = quoted(storage, "3", day=6)
    pair(storage, a, near, RelationLabel.REPEAT)
    pair(storage, near, b, RelationLabel.REPEAT)
    assert story(storage, a) == [a.article_id, near.article_id, b.article_id]


def test_dismissed_as_another_event_links_no_more(storage: Storage) -> None:
    a, b = quoted(storage, "1"), quoted(storage, "2")
    id = conflict(storage, a, b)
    with storage.snapshot() as tx:
        assert tx.stories.conflict_ids([a.article_id]) == {a.article_id: {id}}
    decide(storage, id, Dismissal.OTHER_EVENT)
    assert story(storage, a) == [a.article_id]
    with storage.snapshot() as tx:
        assert tx.stories.since(NOON) == []
        assert tx.stories.conflict_ids([a.article_id]) == {a.article_id: set()}


def test_only_stories_that_still_go_on_are_listed(storage: Storage) -> None:
    a, b = quoted(storage, "1", day=2), quoted(storage, "2", day=4)
    pair(storage, a, b, RelationLabel.REPEAT)
    with storage.snapshot() as tx:
        assert len(tx.stories.since(NOON + timedelta(days=2))) == 1
        assert tx.stories.since(NOON + timedelta(days=3)) == []


def test_stories_are_listed_a_stretch_at_a_time(storage: Storage) -> None:
    told = []
    for day in (2, 12, 22):
        a, b = quoted(storage, f"a{day}", day=day), quoted(storage, f"b{day}", day=day)
        pair(storage, a, b, RelationLabel.REPEAT)
        told.insert(0, a.article_id)
    with storage.snapshot() as tx:
        first = tx.stories.stretch(NOON, 2)
        rest = tx.stories.stretch(NOON, 2, first.cursor)
        assert tx.stories.stretch(NOON, 3).cursor is None
        with pytest.raises(InvalidInput, match="follow the links"):
            tx.stories.stretch(NOON, 2, "x")
    assert [story[0].article_id for story in (*first.items, *rest.items)] == told
    assert rest.cursor is None


# --- revisions and the overview -----------------------------------------------------------------


def test_revisions_of_one_article_are_found_together(storage: Storage) -> None:
    with storage.transaction() as tx:
        second, _ = tx.articles.add(article(text="Mai nou.", revision=2), NOON)
        first, _ = tx.articles.add(article(), NOON)
        tx.articles.add(article(outlet="Curierul"), NOON)
        loose, _ = tx.articles.add(article(None), NOON)
        assert tx.articles.revisions(second) == [first, second]
        assert tx.articles.revisions(loose) == [loose]


def test_a_day_counts_what_came_on_it(storage: Storage) -> None:
    a, b = store(storage, claim(0), claim(20))
    conflict(storage, a, b)
    with storage.transaction() as tx:
        late = NOON.replace(day=3, hour=23, minute=59)
        tx.articles.add(article("late"), received_at=late)
        tx.articles.add(article("old"), received_at=NOON - timedelta(days=9))
    with storage.snapshot() as tx:
        since = NOON - timedelta(days=1)
        assert tx.overview.articles(since) == {date(2026, 3, 2): 1, date(2026, 3, 3): 1}
        assert tx.overview.claims(since) == {date(2026, 3, 2): 2}
        assert tx.overview.conflicts(since) == {date(2026, 3, 2): 1}
        assert sorted(tx.overview.published(since)["Gazeta"]) == [NOON] * 3


def test_the_first_decision_counts_as_review(storage: Storage) -> None:
    a, b = store(storage, claim(0), claim(20))
    id = conflict(storage, a, b)
    decide(storage, id, None)
    with storage.transaction() as tx:
        tx.reviews.decide([id], Decision(state=ConflictState.REOPENED, by="Ana"), later(40))
    decide(storage, id, Dismissal.UPDATE, minute=50)
    with storage.snapshot() as tx:
        expected = [Review(later(30), timedelta(minutes=30))]
        assert tx.overview.reviews(NOON) == expected
        assert tx.overview.reviews(later(31)) == []


def test_the_oldest_that_waits_is_told_for_each_step(storage: Storage) -> None:
    with storage.snapshot() as tx:
        assert tx.overview.to_extract() == Waiting(0, None)
    a, b = store(storage, claim(0), claim(20))
    with storage.transaction() as tx:
        tx.articles.add(article("next"), received_at=later(5))
        tx.articles.settle(a.article_id, ArticleState.EXTRACTED, NOON)
        tx.matches.add(MatchDraft(premise_id=a.id, hypothesis_id=b.id, scores={"total": 0.5}))
    conflict(storage, b, a)
    with storage.snapshot() as tx:
        assert tx.overview.to_extract() == Waiting(1, later(5))
        assert tx.overview.to_match() == Waiting(2, NOON)
        assert tx.overview.to_compare() == Waiting(1, NOON)
        assert tx.overview.to_alert() == Waiting(1, NOON)
        assert tx.overview.to_deliver() == Waiting(0, None)
    with storage.transaction() as tx:
        channels = ("json://one", "json://two")
        desk = tx.subscriptions.add(SubscriptionDraft(name="Desk", channels=channels))
        sent, _ = tx.messages.make(desk, MessageKind.TEST, (), later(7))
        claimed = tx.deliveries.claim(sent, now=later(7), lease=timedelta(minutes=1))
        assert claimed is not None
        tx.deliveries.mark_sent(claimed, None, later(8))
    with storage.snapshot() as tx:
        assert tx.overview.to_deliver() == Waiting(1, later(7))
