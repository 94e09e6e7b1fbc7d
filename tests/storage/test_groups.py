"""Conflicts that are merged, split and joined by the program; what is stored and told of that."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from tests.storage.samples import NOON, claim, later, pair, relation, store
from tests.storage.test_reviews import CONFIRMED, DISMISSED, events
from tracker.comparison import Judgement
from tracker.conflicts import homes
from tracker.storage import Storage
from tracker.storage.migrating import MIGRATIONS
from tracker.types import (
    Claim,
    Conflict,
    ConflictFilter,
    ConflictState,
    Event,
    MatchDraft,
    RelationLabel,
)


def gather(storage: Storage, claim: Claim, minute: int = 0) -> list[int]:
    """Gather what is around a claim; answers the conflicts of which there is to tell."""
    with storage.transaction() as tx:
        tx.conflicts.lock()
        told = [tx.groups.settle(home, later(minute)) for home in homes(tx.groups.around(claim.id))]
    return [id for id in told if id is not None]


def differ(storage: Storage, a: Claim, b: Claim, minute: int = 0) -> list[int]:
    pair(storage, a, b)
    return gather(storage, a, minute)


def tell(storage: Storage, *ids: int) -> None:
    """Everybody is told of all there is."""
    with storage.transaction() as tx:
        for id in ids:
            tx.conflicts.mark_alerted(tx.conflicts.get(id), later(5))


def listed(storage: Storage) -> list[Conflict]:
    with storage.snapshot() as tx:
        found = tx.conflicts.page(ConflictFilter(), 20, 0)
    return sorted(found, key=lambda each: each.id)


def read(storage: Storage, id: int) -> Conflict:
    with storage.snapshot() as tx:
        return tx.conflicts.get(id)


def test_two_conflicts_that_turn_out_to_be_one_are_merged(storage: Storage) -> None:
    a, b, c, d, e = store(storage, *(claim(20 * n) for n in range(5)))
    [one], [two] = differ(storage, a, b, 1), differ(storage, c, d, 2)
    tell(storage, one, two)
    with storage.transaction() as tx:
        tx.reviews.assign(two, "Ion", "Ana", later(6))
    pair(storage, b, e)
    pair(storage, d, e)
    assert gather(storage, e, 7) == [one]
    [conflict] = listed(storage)
    assert conflict.sides == ((a.id, c.id, e.id), (b.id, d.id))
    assert conflict.assignee == "Ion"
    assert events(conflict) == [Event.OPENED, Event.MERGED, Event.JOINED]
    merged, joined = conflict.history[1:]
    assert (merged.note, merged.by, set(merged.claims)) == (str(two), "tracker", {c.id, d.id})
    assert joined.claims == (e.id,), "who was told of the others is not told again"
    assert read(storage, two).merged_into == one


def test_a_merge_alone_is_told_to_nobody_and_brings_nothing_back(storage: Storage) -> None:
    a, b, c, d = store(storage, *(claim(20 * n) for n in range(4)))
    [one], [two] = differ(storage, a, b, 1), differ(storage, c, d, 2)
    tell(storage, one, two)
    with storage.transaction() as tx:
        tx.reviews.decide([two], DISMISSED, later(6))
        tx.conflicts.mark_alerted(tx.conflicts.get(two), later(6))
    pair(storage, a, c, RelationLabel.REPEAT)
    pair(storage, b, d, RelationLabel.REPEAT)
    assert gather(storage, a, 7) == []
    [conflict] = listed(storage)
    assert (conflict.id, conflict.state) == (two, ConflictState.DISMISSED)
    assert events(conflict) == [Event.OPENED, Event.DISMISSED, Event.MERGED]
    with storage.snapshot() as tx:
        assert tx.conflicts.unalerted(later(99)) == []


def test_what_was_confirmed_stays_so_in_the_merged_conflict(storage: Storage) -> None:
    a, b, c, d = store(storage, *(claim(20 * n) for n in range(4)))
    [one], [two] = differ(storage, a, b, 1), differ(storage, c, d, 2)
    tell(storage, one, two)
    with storage.transaction() as tx:
        tx.reviews.decide([two], CONFIRMED, later(6))
    pair(storage, a, c, RelationLabel.REPEAT)
    assert gather(storage, a, 7) == []
    [conflict] = listed(storage)
    assert (conflict.id, conflict.state) == (two, ConflictState.CONFIRMED)


def test_a_part_of_a_dismissed_conflict_stays_dismissed(storage: Storage) -> None:
    a, b, c = store(storage, *(claim(20 * n) for n in range(3)))
    pair(storage, a, c)
    [one] = differ(storage, b, c, 1)
    assert read(storage, one).sides == ((a.id, b.id), (c.id,))
    tell(storage, one)
    with storage.transaction() as tx:
        tx.reviews.decide([one], DISMISSED, later(6))
        tx.conflicts.mark_alerted(tx.conflicts.get(one), later(6))
    told = differ(storage, a, b, 7)
    found = {each.sides: each for each in listed(storage)}
    assert found.keys() == {((a.id,), (b.id,)), ((a.id,), (c.id,)), ((b.id,), (c.id,))}
    fresh, kept, parted = (found[(x.id,), (y.id,)] for x, y in ((a, b), (a, c), (b, c)))
    assert told == [fresh.id]
    assert (kept.id, kept.state) == (one, ConflictState.DISMISSED)
    assert (parted.state, parted.dismissal) == (ConflictState.DISMISSED, kept.dismissal)
    assert {Event.SPLIT, Event.REGROUPED} < set(events(kept))
    assert parted.history[0].note == str(one)


def test_a_claim_that_is_still_being_compared_is_no_evidence_yet(storage: Storage) -> None:
    a, b, again = store(storage, claim(0), claim(20), claim(40))
    [one] = differ(storage, a, b, 1)
    with storage.transaction() as tx:
        tx.reviews.decide([one], DISMISSED, later(2))
        waiting = tx.matches.add(
            MatchDraft(premise_id=b.id, hypothesis_id=again.id, scores={"total": 1.0})
        )
    assert differ(storage, a, again, 3) == []
    assert read(storage, one).sides == ((a.id,), (b.id,))
    with storage.transaction() as tx:
        found = Judgement((), relation(RelationLabel.REPEAT))
        tx.matches.record({waiting.id: (found, "print")}, NOON)
    assert gather(storage, again, 4) == []
    assert read(storage, one).sides == ((a.id,), (b.id, again.id))
    assert read(storage, one).state is ConflictState.DISMISSED


def test_where_too_much_hangs_together_pairs_join_as_they_come(storage: Storage) -> None:
    a, b, c, d, new = store(storage, *(claim(20 * n) for n in range(5)))
    [one], [two] = differ(storage, a, b, 1), differ(storage, c, d, 2)
    pair(storage, b, new)
    pair(storage, d, new)
    with storage.transaction() as tx:
        near = tx.groups.around(new.id, most=4)
        assert not near.is_whole
        told = [tx.groups.settle(home, later(3)) for home in homes(near)]
        assert told == [one, None]
    assert {each.id: each.sides for each in listed(storage)} == {
        one: ((a.id, new.id), (b.id, d.id)),
        two: ((c.id,), (d.id,)),
    }, "the first that fits, and no conflicts made one"
    with storage.transaction() as tx:
        again = homes(tx.groups.around(new.id, most=4))
        assert [tx.groups.settle(home, later(4)) for home in again] == [None, None]


@pytest.mark.parametrize("event", [Event.SPLIT, Event.MERGED, Event.MOVED])
def test_what_people_arranged_before_is_known_after_an_upgrade(
    storage: Storage, database_url: str, event: Event
) -> None:
    a, b, c, d = store(storage, *(claim(20 * n) for n in range(4)))
    [one], [two] = differ(storage, a, b, 1), differ(storage, c, d, 2)
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.downgrade(config, "0008")
        note = "" if event is Event.MOVED else str(two)
        told = "INSERT INTO conflict_history (conflict_id, at, event, by, note, claims) VALUES "
        values = f"({one}, '2026-03-02 12:00:00+00:00', '{event}', 'Ana', '{note}', '[]')"
        connection.execute(sa.text(told + values))
    engine.dispose()
    storage.migrate()
    with storage.snapshot() as tx:
        [kept], [other] = tx.groups.around(a.id).conflicts, tx.groups.around(c.id).conflicts
    assert kept.arranged == kept.sides
    assert other.family == (None if event is Event.MOVED else kept.family)
