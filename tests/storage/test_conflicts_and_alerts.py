from dataclasses import replace

from tests.storage.samples import (
    NOON,
    add,
    article,
    begin,
    claim,
    home,
    later,
    opened,
    pair,
    store,
)
from tracker.storage import Storage
from tracker.types import (
    ConflictFilter,
    ConflictOrder,
    ConflictState,
    RelationLabel,
)


def test_an_opened_conflict_has_both_sides_and_its_reason(storage: Storage) -> None:
    conflict_id, found = opened(storage)
    with storage.snapshot() as tx:
        conflict = tx.conflicts.get(conflict_id)
        assert tx.conflicts.counts()[ConflictState.NEW] == 1
    assert conflict.sides == ((found.premise.id,), (found.hypothesis.id,))
    assert (conflict.state, conflict.severity) == (ConflictState.NEW, 0.6)
    assert conflict.reason == found.relation.reason
    [entry] = conflict.history
    assert (entry.event, entry.reason) == ("opened", found.relation.reason)
    assert entry.note == str(found.relation.reason)


def test_joining_twice_changes_nothing_the_second_time(storage: Storage) -> None:
    conflict_id, first = opened(storage)
    [third] = store(storage, claim(40), external_id="a2")
    joining = pair(storage, first.premise, third)
    sides = ((first.premise.id,), (first.hypothesis.id, third.id))
    grown = home(joining, 0.6, sides, conflict_id=conflict_id)
    with storage.transaction() as tx:
        told = tx.groups.settle(replace(grown, evidence=(third.id,)), at=later())
        assert told == conflict_id
        assert tx.groups.settle(grown, at=later(2)) is None
        conflict = tx.conflicts.get(conflict_id)
    assert set(conflict.sides[1]) == {first.hypothesis.id, third.id}
    assert conflict.severity == 0.6


def test_the_list_filters_by_state_relation_source_and_language(storage: Storage) -> None:
    conflict_id, first = opened(storage)

    def listed(**wanted: object) -> list[int]:
        with storage.snapshot() as tx:
            page = tx.conflicts.page(ConflictFilter(**wanted), limit=10, offset=0)  # type: ignore[arg-type]
        return [conflict.id for conflict in page]

    assert listed() == [conflict_id]
    assert listed(states=frozenset({ConflictState.NEW})) == [conflict_id]
    assert listed(states=frozenset({ConflictState.CONFIRMED})) == []
    assert listed(label=RelationLabel.CONTRADICTION, language="ro") == [conflict_id]
    assert listed(label=RelationLabel.TENSION) == []
    assert listed(source_id=first.premise.source.id) == [conflict_id]
    assert listed(source_id=999) == []
    assert listed(language="en") == []


def test_what_lies_around_a_pair_includes_conflicts_of_its_repeats(storage: Storage) -> None:
    conflict_id, first = opened(storage)
    [again, other] = store(storage, claim(40), claim(60), external_id="a2")
    pair(storage, first.premise, again, RelationLabel.REPEAT)
    new = pair(storage, other, again)
    with storage.transaction() as tx:
        around = tx.groups.around(new.premise.id)
    assert [conflict.id for conflict in around.conflicts] == [conflict_id]
    assert around.order.keys() == {first.premise.id, first.hypothesis.id, again.id, other.id}
    repeated = {first.premise.id, again.id}
    assert [tie.label for tie in around.ties if tie.ends == repeated] == [RelationLabel.REPEAT]


def test_a_conflict_is_unalerted_until_stamped(storage: Storage) -> None:
    conflict_id, _ = opened(storage)
    with storage.transaction() as tx:
        assert tx.conflicts.unalerted(NOON) == [conflict_id]
        tx.conflicts.mark_alerted(tx.conflicts.get(conflict_id), later())
        assert tx.conflicts.unalerted(later(5)) == []


def test_the_list_finds_words_of_either_side(storage: Storage) -> None:
    a, b = store(storage, claim(0, "podul rămâne închis"), claim(20, "circulația s-a reluat"))
    found = pair(storage, a, b)
    with storage.transaction() as tx:
        id = begin(tx, found)

    def listed(words: str) -> list[int]:
        with storage.snapshot() as tx:
            return [each.id for each in tx.conflicts.page(ConflictFilter(words=words), 10, 0)]

    for words in ("ramane inchis", "PODUL", "reluat", "circula", "Olt"):
        assert listed(words) == [id], words
    for words in ("deschis", "inchis reluat", '"', "x:*&|!("):
        assert listed(words) == [], words


def test_the_list_begins_with_what_is_asked_for(storage: Storage) -> None:
    def opened_at(severity: float, minute: int, name: str) -> int:
        a, b = store(storage, claim(0), claim(20), external_id=name)
        found = pair(storage, a, b)
        with storage.transaction() as tx:
            return begin(tx, found, severity, later(minute))

    old, mild = opened_at(0.9, 0, "a1"), opened_at(0.2, 60 * 24, "b1")

    def listed(order: ConflictOrder) -> list[int]:
        with storage.snapshot() as tx:
            return [each.id for each in tx.conflicts.page(ConflictFilter(order=order), 10, 0)]

    assert listed(ConflictOrder.LATEST) == [mild, old]
    assert listed(ConflictOrder.SEVERITY) == [old, mild]


def test_a_conflict_knows_how_many_outlets_carry_it(storage: Storage) -> None:
    conflict_id, first = opened(storage)
    with storage.transaction() as tx:
        assert tx.conflicts.get(conflict_id).outlets == 1
        other, _ = tx.articles.add(article("x", outlet="Monitorul"), received_at=NOON)
        third = add(tx, other, claim(40))
    joining = pair(storage, first.premise, third)
    sides = ((first.premise.id,), (first.hypothesis.id, third.id))
    with storage.transaction() as tx:
        grown = home(joining, 0.6, sides, conflict_id=conflict_id, evidence=(third.id,))
        tx.groups.settle(grown, at=later())
        assert tx.conflicts.get(conflict_id).outlets == 2
    with storage.snapshot() as tx:
        listed = tx.conflicts.page(ConflictFilter(order=ConflictOrder.OUTLETS), 9, 0)
        assert [each.id for each in listed] == [conflict_id]
