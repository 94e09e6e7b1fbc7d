"""Decisions, their undoing, snoozing, notes, and claims that change sides."""

import pytest

from tests.storage.samples import begin, claim, home, later, pair, store
from tracker.errors import InvalidDecision, NotFound
from tracker.storage import Storage
from tracker.types import (
    Claim,
    Conflict,
    ConflictFilter,
    ConflictState,
    Decision,
    Dismissal,
    Event,
)

DISMISSED = Decision(
    state=ConflictState.DISMISSED, dismissal=Dismissal.BOTH_TRUE, by="Ana", note="both true"
)
CONFIRMED = Decision(state=ConflictState.CONFIRMED, by="Ion")


def opened(storage: Storage, external_id: str = "a1") -> tuple[int, Claim, Claim]:
    """A conflict and the claims on its sides."""
    a, b = store(storage, claim(0), claim(20), external_id=external_id)
    found = pair(storage, a, b)
    with storage.transaction() as tx:
        return begin(tx, found), a, b


def grow(storage: Storage, id: int, *, minute: int, evidence: bool = True) -> Claim:
    """Another claim joins the second side."""
    [new] = store(storage, claim(40 + minute), external_id=f"later {minute}")
    with storage.snapshot() as tx:
        first, second = tx.conflicts.get(id).sides
        earliest = tx.claims.get(first[0])
    found = pair(storage, earliest, new)
    came = {"evidence" if evidence else "reprinted": (new.id,)}
    grown = home(found, 0.6, (first, (*second, new.id)), conflict_id=id, **came)
    with storage.transaction() as tx:
        tx.groups.settle(grown, at=later(minute))
    return new


def read(storage: Storage, id: int) -> Conflict:
    with storage.snapshot() as tx:
        return tx.conflicts.get(id)


def events(conflict: Conflict) -> list[Event]:
    return [entry.event for entry in conflict.history]


def decide(storage: Storage, ids: list[int], decision: Decision, minute: int = 1) -> str:
    with storage.transaction() as tx:
        return tx.reviews.decide(ids, decision, later(minute))


def test_a_dismissed_conflict_comes_back_with_the_claim_that_is_new(storage: Storage) -> None:
    id, _, _ = opened(storage)
    decide(storage, [id], DISMISSED)
    assert read(storage, id).dismissal is Dismissal.BOTH_TRUE
    new = grow(storage, id, minute=2)
    conflict = read(storage, id)
    assert (conflict.state, conflict.occurrence) == (ConflictState.REOPENED, 2)
    assert conflict.dismissal is None
    assert conflict.history[-1].event is Event.REOPENED
    assert conflict.history[-1].claims == (new.id,)
    assert conflict.history[1].note == "both true"


def test_the_same_words_once_more_bring_nothing_back(storage: Storage) -> None:
    id, _, _ = opened(storage)
    decide(storage, [id], DISMISSED)
    with storage.transaction() as tx:
        tx.conflicts.mark_alerted(tx.conflicts.get(id), later())
    again = grow(storage, id, minute=2, evidence=False)
    conflict = read(storage, id)
    assert (conflict.state, conflict.occurrence) == (ConflictState.DISMISSED, 1)
    assert again.id in conflict.sides[1]
    assert events(conflict) == [Event.OPENED, Event.DISMISSED, Event.REPRINTED]
    with storage.snapshot() as tx:
        assert tx.conflicts.unalerted(later(9)) == []


def test_evidence_after_a_look_makes_it_ongoing(storage: Storage) -> None:
    id, _, _ = opened(storage)
    grow(storage, id, minute=1)
    assert read(storage, id).state is ConflictState.NEW
    with storage.transaction() as tx:
        tx.reviews.look(id, later(2))
    grow(storage, id, minute=3)
    conflict = read(storage, id)
    assert conflict.state is ConflictState.ONGOING
    assert conflict.looked_at == later(2)
    assert conflict.evidence_at == later(3)


def test_a_snoozed_conflict_wakes_on_its_day(storage: Storage) -> None:
    id, _, _ = opened(storage)
    snooze = Decision(state=ConflictState.SNOOZED, snoozed_until=later(60), by="Ana")
    decide(storage, [id], snooze)
    with storage.transaction() as tx:
        assert tx.reviews.due(later(59)) == []
        assert tx.reviews.due(later(60)) == [id]
        tx.reviews.wake(id, later(59))
        assert tx.conflicts.get(id).state is ConflictState.SNOOZED
        tx.reviews.wake(id, later(60))
        tx.reviews.wake(id, later(61))
    conflict = read(storage, id)
    assert (conflict.state, conflict.snoozed_until) == (ConflictState.REOPENED, None)
    assert events(conflict) == [Event.OPENED, Event.SNOOZED, Event.WOKEN]
    assert conflict.occurrence == 1


def test_a_conflict_snoozed_without_a_day_waits_for_evidence(storage: Storage) -> None:
    id, _, _ = opened(storage)
    decide(storage, [id], Decision(state=ConflictState.SNOOZED, by="Ana"))
    with storage.snapshot() as tx:
        assert tx.reviews.due(later(10**6)) == []
    grow(storage, id, minute=5)
    assert read(storage, id).state is ConflictState.ONGOING


def test_many_are_decided_at_once_or_none(storage: Storage) -> None:
    one, two = opened(storage)[0], opened(storage, "b1")[0]
    decide(storage, [two], CONFIRMED)
    with pytest.raises(InvalidDecision):
        decide(storage, [one, two], DISMISSED, minute=2)
    assert read(storage, one).state is ConflictState.NEW
    with pytest.raises(NotFound):
        decide(storage, [one, 999], DISMISSED, minute=3)
    assert read(storage, one).state is ConflictState.NEW


def test_what_was_decided_in_one_go_is_undone_in_one(storage: Storage) -> None:
    one, two = opened(storage)[0], opened(storage, "b1")[0]
    snooze = Decision(state=ConflictState.SNOOZED, snoozed_until=later(90), by="Ana")
    decide(storage, [two], snooze)
    batch = decide(storage, [one, two], DISMISSED, minute=2)
    with storage.transaction() as tx:
        assert sorted(tx.reviews.undo(batch, "Ana", later(3))) == [one, two]
        assert tx.reviews.undo(batch, "Ana", later(4)) == []
    assert read(storage, one).state is ConflictState.NEW
    again = read(storage, two)
    assert (again.state, again.snoozed_until) == (ConflictState.SNOOZED, later(90))
    assert again.history[-1].event is Event.UNDONE


def test_what_somebody_else_decided_since_is_not_undone(storage: Storage) -> None:
    one, two = opened(storage)[0], opened(storage, "b1")[0]
    batch = decide(storage, [one, two], DISMISSED)
    decide(storage, [one], Decision(state=ConflictState.REOPENED, by="Ion"), minute=2)
    with storage.transaction() as tx:
        assert tx.reviews.undo(batch, "Ana", later(3)) == [two]
        assert tx.reviews.undo("no such batch", "Ana", later(3)) == []
    assert read(storage, one).state is ConflictState.REOPENED


def test_notes_assignments_and_second_opinions_are_history(storage: Storage) -> None:
    id, _, _ = opened(storage)
    with storage.transaction() as tx:
        tx.reviews.note(id, "asked the ministry", "Ana", later(1))
        tx.reviews.assign(id, "Ion", "Ana", later(2))
        tx.reviews.ask_second(id, "Ion", "is it the same bridge?", later(3))
        with pytest.raises(InvalidDecision):
            tx.reviews.note(id, "  ", "Ana", later(4))
    conflict = read(storage, id)
    assert (conflict.assignee, conflict.second_opinion) == ("Ion", True)
    assert [(e.event, e.by, e.note) for e in conflict.history[1:]] == [
        (Event.NOTED, "Ana", "asked the ministry"),
        (Event.ASSIGNED, "Ana", "Ion"),
        (Event.SECOND_ASKED, "Ion", "is it the same bridge?"),
    ]
    decide(storage, [id], CONFIRMED, minute=5)
    assert not read(storage, id).second_opinion


def test_a_claim_is_moved_to_the_other_side(storage: Storage) -> None:
    id, a, b = opened(storage)
    new = grow(storage, id, minute=1)
    with storage.transaction() as tx:
        tx.sides.move(id, new.id, "Ana", later(2))
    conflict = read(storage, id)
    assert conflict.sides == ((a.id, new.id), (b.id,))
    assert conflict.history[-1].claims == (new.id,)
    with storage.transaction() as tx, pytest.raises(InvalidDecision, match="empty"):
        tx.sides.move(id, b.id, "Ana", later(3))
    with storage.transaction() as tx, pytest.raises(InvalidDecision, match="not in this"):
        tx.sides.move(id, 999, "Ana", later(3))


def test_claims_are_split_off_into_a_conflict_of_their_own(storage: Storage) -> None:
    id, a, b = opened(storage)
    c, d = grow(storage, id, minute=1), grow(storage, id, minute=2)
    with storage.transaction() as tx:
        tx.sides.move(id, d.id, "Ana", later(3))
        new = tx.sides.split(id, [c.id, d.id], "Ana", later(4))
    assert read(storage, id).sides == ((a.id,), (b.id,))
    other = read(storage, new)
    assert {frozenset(side) for side in other.sides} == {frozenset({c.id}), frozenset({d.id})}
    assert (other.state, other.severity) == (ConflictState.NEW, 0.6)
    assert read(storage, id).history[-1].event is Event.SPLIT
    with storage.snapshot() as tx:
        assert new not in tx.conflicts.unalerted(later(99))


@pytest.mark.parametrize("chosen", [(), (0,), (0, 1)])
def test_a_split_leaves_no_side_empty(storage: Storage, chosen: tuple[int, ...]) -> None:
    id, a, b = opened(storage)
    grow(storage, id, minute=1)
    claims = [(a.id, b.id)[n] for n in chosen]
    with storage.transaction() as tx, pytest.raises(InvalidDecision, match="either side"):
        tx.sides.split(id, claims, "Ana", later(4))


def test_conflicts_are_merged_into_one(storage: Storage) -> None:
    (one, a, b), (two, c, d) = opened(storage), opened(storage, "b1")
    with storage.transaction() as tx:
        tx.sides.merge(one, two, "Ana", later(2), crossed=True)
    conflict = read(storage, one)
    assert conflict.sides == ((a.id, d.id), (b.id, c.id))
    assert set(conflict.history[-1].claims) == {c.id, d.id}
    assert read(storage, two).merged_into == one
    with storage.snapshot() as tx:
        assert [each.id for each in tx.conflicts.page(ConflictFilter(), 9, 0)] == [one]
        assert tx.conflicts.counts()[ConflictState.NEW] == 1
        assert [each.id for each in tx.conflicts.holding([c.id])] == [one]
        assert [each.id for each in tx.groups.around(c.id).conflicts] == [one]
    with storage.transaction() as tx, pytest.raises(InvalidDecision, match="merged"):
        tx.sides.merge(one, two, "Ana", later(3))


def test_a_merge_that_would_put_a_claim_on_both_sides_is_refused(storage: Storage) -> None:
    one, a, b = opened(storage)
    turned = pair(storage, b, a)
    with storage.transaction() as tx:
        two = begin(tx, turned, 0.5)
    with storage.transaction() as tx:
        with pytest.raises(InvalidDecision, match="both sides"):
            tx.sides.merge(one, two, "Ana", later(2))
        with pytest.raises(InvalidDecision, match="itself"):
            tx.sides.merge(one, one, "Ana", later(2))
        tx.sides.merge(one, two, "Ana", later(3), crossed=True)
    assert read(storage, one).sides == ((a.id,), (b.id,))
