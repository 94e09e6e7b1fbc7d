"""Speakers that people merge and split: kept by what comes later, and undone."""

from collections.abc import Sequence

import pytest

from tests.storage.samples import MAYOR, NOON, article, claim, later
from tracker.errors import InvalidDecision, NotFound
from tracker.reading import save_source
from tracker.sources import same_voice
from tracker.sources.edits import SourceEvent
from tracker.storage import Storage
from tracker.types import Claim, Source, SourceDraft, SourceKind


def person(name: str, *aliases: str) -> SourceDraft:
    return SourceDraft(name=name, kind=SourceKind.PERSON, aliases=aliases)


OFFICE = SourceDraft(name="Primăria", kind=SourceKind.ORGANISATION)


def says(storage: Storage, draft: SourceDraft, external_id: str) -> Claim:
    """A claim that comes in by the line's own way to find its speaker."""
    with storage.transaction() as tx:
        stored, _ = tx.articles.add(article(external_id, external_id), received_at=NOON)
        source = save_source(tx, draft)
        return tx.claims.add(stored, claim(source=draft), source, at=NOON)


def source(storage: Storage, id: int) -> Source:
    with storage.snapshot() as tx:
        return tx.sources.get(id)


def said(storage: Storage, id: int) -> set[int]:
    with storage.snapshot() as tx:
        return {each.id for each in tx.claims.of_source(id, 99)}


def merge(storage: Storage, id: int, other: int, minute: int = 1) -> None:
    with storage.transaction() as tx:
        tx.speakers.merge(id, other, "Ana", later(minute))


def split(storage: Storage, id: int, name: str, claims: Sequence[int] = (), minute: int = 1) -> int:
    with storage.transaction() as tx:
        return tx.speakers.split(id, name, claims, "Ana", later(minute))


def undo(storage: Storage, source_id: int, minute: int = 9) -> None:
    with storage.transaction() as tx:
        newest = next(e for e in tx.speakers.history(source_id) if e.undone_at is None)
        tx.speakers.undo(newest.id, "Ion", later(minute))


def test_a_merged_speaker_is_found_by_the_names_of_both(storage: Storage) -> None:
    a, b = says(storage, MAYOR, "1"), says(storage, OFFICE, "2")
    merge(storage, a.source.id, b.source.id)
    assert said(storage, a.source.id) == {a.id, b.id}
    for n, draft in enumerate((MAYOR, OFFICE, person("Rusu")), 3):
        assert says(storage, draft, str(n)).source.id == a.source.id
    assert "Primăria" in source(storage, a.source.id).aliases
    with storage.snapshot() as tx:
        assert tx.speakers.bearer(b.source.id).id == a.source.id
        assert [each.id for each, _ in tx.sources.lately(100)] == [a.source.id]


def test_a_name_that_both_bear_is_no_longer_ambiguous(storage: Storage) -> None:
    a, b = says(storage, person("Ion Popa"), "1"), says(storage, person("Vasile Popa"), "2")
    assert says(storage, person("Popa"), "3").source.id not in (a.source.id, b.source.id)
    c, d = says(storage, person("Ion Dinu"), "4"), says(storage, person("Vasile Dinu"), "5")
    merge(storage, c.source.id, d.source.id)
    assert says(storage, person("Dinu"), "6").source.id == c.source.id


def test_merging_does_not_rename(storage: Storage) -> None:
    a, b = says(storage, person("Rusu"), "1"), says(storage, person("Mara Lungu"), "2")
    merge(storage, a.source.id, b.source.id)
    says(storage, person("Mara Lungu"), "3")
    assert source(storage, a.source.id).name == "Rusu"


def test_undoing_a_merge_gives_back_what_came_with_it_and_since(storage: Storage) -> None:
    a, b = says(storage, MAYOR, "1"), says(storage, OFFICE, "2")
    before = source(storage, a.source.id)
    merge(storage, a.source.id, b.source.id)
    c = says(storage, OFFICE, "3")
    own = says(storage, MAYOR, "4")
    undo(storage, a.source.id)
    assert said(storage, a.source.id) == {a.id, own.id}
    assert said(storage, b.source.id) == {b.id, c.id}
    assert source(storage, a.source.id) == before
    assert says(storage, OFFICE, "5").source.id == b.source.id


def test_merges_are_undone_in_turn(storage: Storage) -> None:
    a, b, c = (says(storage, person(name), name) for name in ("Ana Rusu", "Ion Popa", "Mara Lungu"))
    merge(storage, b.source.id, c.source.id, 1)
    merge(storage, a.source.id, b.source.id, 2)
    assert says(storage, person("Mara Lungu"), "more").source.id == a.source.id
    with storage.transaction() as tx, pytest.raises(InvalidDecision, match="undo that first"):
        tx.speakers.undo(tx.speakers.history(c.source.id)[0].id, "Ion", later(3))
    undo(storage, a.source.id)
    assert len(said(storage, b.source.id)) == 3
    undo(storage, b.source.id)
    assert {len(said(storage, each.source.id)) for each in (a, b)} == {1}
    assert len(said(storage, c.source.id)) == 2


def test_a_name_that_was_split_off_stays_apart(storage: Storage) -> None:
    known = person("Ana Rusu", "A. Rusu")
    a, other = says(storage, known, "1"), says(storage, person("A. Rusu"), "2")
    assert other.source.id == a.source.id
    new = split(storage, a.source.id, "A. Rusu")
    assert said(storage, new) == {other.id}
    assert "A. Rusu" not in source(storage, a.source.id).aliases
    assert says(storage, known, "3").source.id == a.source.id
    assert says(storage, person("A. Rusu"), "4").source.id == new
    assert source(storage, a.source.id).aliases == ()
    assert not same_voice(source(storage, a.source.id), source(storage, new))


def test_single_claims_are_split_off_under_a_name_of_their_own(storage: Storage) -> None:
    a, b = says(storage, MAYOR, "1"), says(storage, MAYOR, "2")
    new = split(storage, a.source.id, "Ana Rusu (deputată)", [b.id])
    assert (said(storage, a.source.id), said(storage, new)) == ({a.id}, {b.id})
    assert says(storage, MAYOR, "3").source.id == a.source.id


def test_undoing_a_split_makes_one_of_two_again(storage: Storage) -> None:
    known = person("Ana Rusu", "A. Rusu")
    a = says(storage, known, "1")
    new = split(storage, a.source.id, "A. Rusu")
    b = says(storage, person("A. Rusu"), "2")
    undo(storage, new)
    assert said(storage, a.source.id) == {a.id, b.id}
    assert source(storage, a.source.id).apart == ()
    assert says(storage, person("A. Rusu"), "3").source.id == a.source.id


def test_a_split_holds_for_a_name_that_came_by_a_merge(storage: Storage) -> None:
    a = says(storage, MAYOR, "1")
    b = says(
        storage, SourceDraft(name="Primăria", kind=SourceKind.ORGANISATION, aliases=("PMB",)), "2"
    )
    merge(storage, a.source.id, b.source.id)
    new = split(storage, a.source.id, "PMB", minute=2)
    assert (
        says(storage, SourceDraft(name="PMB", kind=SourceKind.ORGANISATION), "3").source.id == new
    )
    assert says(storage, OFFICE, "4").source.id == a.source.id


def test_a_split_holds_for_other_spellings_of_the_name(storage: Storage) -> None:
    known = person("Igor Peskov", "Dmitri Orlov")
    a, b = says(storage, known, "1"), says(storage, person("Dmitri Orlov"), "2")
    assert b.source.id == a.source.id
    new = split(storage, a.source.id, "Dmitri Orlov")
    for n, name in enumerate(("Dmitry Orlov", "Дмитрий Орлов", "Orlov"), 3):
        assert says(storage, person(name), str(n)).source.id == new
    assert says(storage, person("Peskow"), "6").source.id == a.source.id


def test_two_that_sound_alike_can_be_split(storage: Storage) -> None:
    a, b = says(storage, person("Dmitri Orlov"), "1"), says(storage, person("Dmitry Orlov"), "2")
    assert b.source.id == a.source.id
    new = split(storage, a.source.id, "Dmitry Orlov")
    assert says(storage, person("Dmitry Orlov"), "3").source.id == new
    assert says(storage, person("Dmitri Orlov"), "4").source.id == a.source.id


def test_a_merge_holds_for_other_spellings_of_both_names(storage: Storage) -> None:
    a, b = says(storage, person("Ana Rusu"), "1"), says(storage, person("Iuri Orlov"), "2")
    merge(storage, a.source.id, b.source.id)
    for n, name in enumerate(("Юрий Орлов", "Yuri Orlov", "Orlov", "ANA RUSU"), 3):
        assert says(storage, person(name), str(n)).source.id == a.source.id


def test_a_surname_merged_into_one_is_not_lent_to_another(storage: Storage) -> None:
    first, second = person("Ion Popa"), person("Vasile Popa")
    a, b = says(storage, first, "1"), says(storage, second, "2")
    bare = says(storage, person("Popa"), "3")
    merge(storage, a.source.id, bare.source.id)
    third = says(storage, person("Marin Popa"), "4")
    assert third.source.id not in {a.source.id, b.source.id, bare.source.id}
    assert says(storage, person("Popa"), "5").source.id == a.source.id


def test_the_history_tells_who_did_what(storage: Storage) -> None:
    a, b = says(storage, MAYOR, "1"), says(storage, OFFICE, "2")
    merge(storage, a.source.id, b.source.id)
    undo(storage, a.source.id)
    for id in (a.source.id, b.source.id):
        with storage.snapshot() as tx:
            [edit] = tx.speakers.history(id)
        assert (edit.event, edit.other, edit.by) == (SourceEvent.MERGED, "Primăria", "Ana")
        assert (edit.claims, edit.undone_by, edit.undone_at) == ((b.id,), "Ion", later(9))
    with storage.transaction() as tx, pytest.raises(InvalidDecision, match="undone already"):
        tx.speakers.undo(edit.id, "Ion", later(10))


def test_what_makes_no_sense_is_refused(storage: Storage) -> None:
    a, b = says(storage, MAYOR, "1"), says(storage, OFFICE, "2")
    one = a.source.id
    with storage.transaction() as tx:
        with pytest.raises(InvalidDecision, match="itself"):
            tx.speakers.merge(one, one, "Ana", NOON)
        with pytest.raises(NotFound):
            tx.speakers.merge(one, 999, "Ana", NOON)
        for name in ("", " ", "ana rusu"):
            with pytest.raises(InvalidDecision, match="needs a name"):
                tx.speakers.split(one, name, [a.id], "Ana", NOON)
        with pytest.raises(InvalidDecision, match="already"):
            tx.speakers.split(one, "PRIMARIA", [a.id], "Ana", NOON)
        with pytest.raises(InvalidDecision, match="not this speaker's"):
            tx.speakers.split(one, "Doamna Rusu", [b.id], "Ana", NOON)
