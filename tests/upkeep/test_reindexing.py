"""What claims are found by, computed anew: all of it, once, whatever comes in between."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.storage.samples import MAYOR, NOON, add, article, begin, claim, home, pair, store
from tracker.claims.correction import Correction, with_words
from tracker.languages import LanguagePack, Languages, languages
from tracker.storage import Storage
from tracker.types import ArticleState, Claim, SourceDraft, SourceKind
from tracker.upkeep import Reindexing

STALE, FRESH = b"\x00\x3c", b"\x00\x38"


@dataclass
class FreshEncoder:
    """Gives every text the same new vector, remembers the texts, and does what it is told first."""

    version: str = "2"
    embedded: list[str] = field(default_factory=list)
    before: Callable[[], object] = lambda: None

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        self.before()
        self.embedded += texts
        return [FRESH for _ in texts]


@pytest.fixture
def encoder() -> FreshEncoder:
    return FreshEncoder()


@pytest.fixture
def work(storage: Storage, encoder: FreshEncoder) -> Reindexing:
    return Reindexing(storage, encoder, languages(), program="1")


def run(work: Reindexing, batch: int = 2, **how: bool) -> dict[str, int]:
    """Do everything in small batches; answers how much of each part was done."""
    return {part.name: sum(work.run(replace(part, batch=batch))) for part in work.parts(**how)}


def left(work: Reindexing) -> dict[str, int]:
    return {part.name: work.left(part) for part in work.parts()}


def read(storage: Storage, *numbers: int, language: str = "ro") -> list[Claim]:
    """One claim each of as many articles, which count as read."""
    claims = []
    for number in numbers:
        with storage.transaction() as tx:
            text = f"Podul {number} e închis, spune Ana Rusu."
            draft = article(f"a{number}", text, language=language)
            stored, _ = tx.articles.add(draft, received_at=NOON)
            claims.append(add(tx, stored, claim(text=f"podul {number} e închis")))
            tx.articles.settle(stored.id, "extracted", NOON)  # type: ignore[arg-type]
    return claims


def again(storage: Storage, *claims: Claim) -> list[Claim]:
    with storage.snapshot() as tx:
        return tx.claims.get_many([each.id for each in claims])


def test_all_that_claims_are_found_by_is_computed_anew(
    storage: Storage, work: Reindexing, encoder: FreshEncoder, database_url: str
) -> None:
    [first, second] = read(storage, 1, 2)
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM source_word"))
    engine.dispose()
    assert run(work) == {"names of sources": 1, "words in ro": 2, "prints in ro": 2, "meanings": 2}
    assert encoder.embedded == [
        "podul 1 e închis (podul de peste Olt)",
        "podul 2 e închis (podul de peste Olt)",
    ]
    now, other = again(storage, first, second)
    assert now.embedding == other.embedding == FRESH
    assert "number:1" in now.statement.details.keys
    assert "entity:olt" not in now.statement.details.keys, "that was only in the old keys"
    assert now.statement.text == first.statement.text
    with storage.snapshot() as tx:
        assert [each.name for each in tx.sources.called("rusu", 9)] == ["Ana Rusu"]
        near = tx.claims.candidates(now, window=timedelta(days=9), limit=9)
        assert [each.id for each in near] == [second.id]


def test_keys_that_are_gone_are_no_longer_shared(
    storage: Storage, work: Reindexing, database_url: str
) -> None:
    read(storage, 1, 2)
    run(work)
    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        stored = set(connection.execute(sa.text("SELECT key FROM claim_key")).scalars())
    engine.dispose()
    with storage.snapshot() as tx:
        claims = tx.claims.by_id([1, 2]).values()
    assert stored == set().union(*(each.statement.details.keys for each in claims))


def test_what_was_done_is_not_done_again(
    storage: Storage, work: Reindexing, encoder: FreshEncoder
) -> None:
    read(storage, 1, 2, 3)
    run(work)
    encoder.embedded.clear()
    assert set(left(work).values()) == set(run(work).values()) == {0}
    assert encoder.embedded == []
    [new] = read(storage, 4)
    assert left(work) == {"names of sources": 0, "words in ro": 1, "prints in ro": 1, "meanings": 1}
    run(work)
    assert again(storage, new)[0].embedding == FRESH


def test_after_an_interruption_it_goes_on_where_it_stopped(
    storage: Storage, work: Reindexing, encoder: FreshEncoder
) -> None:
    claims = read(storage, 1, 2, 3, 4, 5)

    def fail() -> None:
        if encoder.embedded:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        run(replace(work, encoder=replace(encoder, before=fail)))
    assert [each.embedding for each in again(storage, *claims)] == [FRESH] * 2 + [STALE] * 3
    assert left(work) == {"names of sources": 0, "words in ro": 0, "prints in ro": 0, "meanings": 3}
    encoder.embedded.clear()
    assert run(work) == {"names of sources": 0, "words in ro": 0, "prints in ro": 0, "meanings": 3}
    assert len(encoder.embedded) == 3
    assert [each.embedding for each in again(storage, *claims)] == [FRESH] * 5


def test_another_model_is_asked_about_everything_and_only_about_meanings(
    storage: Storage, work: Reindexing
) -> None:
    read(storage, 1, 2, 3)
    run(work)
    other = replace(work, encoder=FreshEncoder(version="3"))
    assert run(other) == {"names of sources": 0, "words in ro": 0, "prints in ro": 0, "meanings": 3}


def test_another_table_is_read_by_for_its_own_language(storage: Storage, work: Reindexing) -> None:
    read(storage, 1, 2)
    read(storage, 3, language="en")
    read(storage, 4, language="hu")
    expected = {"names of sources": 1, "words in en": 1, "words in hu": 1, "words in ro": 2}
    expected |= {"prints in en": 1, "prints in hu": 1, "prints in ro": 2}
    assert run(work) == expected | {"meanings": 4}
    packs = dict[str, LanguagePack](languages())
    packs["ro"] = replace(packs["ro"], version="new")
    done = run(replace(work, packs=Languages(packs)))
    assert {name for name, number in done.items() if number} == {"words in ro"}


def test_another_program_reads_names_and_words_again(storage: Storage, work: Reindexing) -> None:
    read(storage, 1)
    run(work)
    assert left(replace(work, program="2")) == {
        "names of sources": 1,
        "words in ro": 1,
        "prints in ro": 1,
        "meanings": 0,
    }


def test_started_over_everything_is_done_again(storage: Storage, work: Reindexing) -> None:
    read(storage, 1, 2)
    run(work)
    work.start_over()
    assert left(work) == {"names of sources": 1, "words in ro": 2, "prints in ro": 2, "meanings": 2}


def test_claims_from_before_there_were_sightings_become_sightings(
    storage: Storage, work: Reindexing, database_url: str
) -> None:
    [other] = read(storage, 1)
    prints = []
    for hour, outlet in ((3, "B"), (2, "A"), (4, "C")):
        with storage.transaction() as tx:
            when = NOON + timedelta(hours=hour)
            draft = article(outlet, "Podul e deschis.", outlet=outlet, published_at=when)
            stored, _ = tx.articles.add(draft, received_at=NOON)
            prints.append(add(tx, stored, claim(text="podul e deschis pentru toți")))
            tx.articles.settle(stored.id, ArticleState.EXTRACTED, NOON)
    pairs = [pair(storage, other, each) for each in prints[:2]]
    with storage.transaction() as tx:
        tx.conflicts.lock()
        kept = begin(tx, pairs[0])
        tx.groups.settle(
            home(pairs[1], conflict_id=kept, sides=((other.id,), (prints[0].id, prints[1].id))),
            NOON,
        )
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE claim SET words_key = NULL"))
    engine.dispose()
    run(work)
    with storage.snapshot() as tx:
        found = tx.conflicts.get(kept)
        sightings = tx.sightings.of([prints[1].id])[prints[1].id]
        assert tx.claims.articles_unmatched(NOON) == [other.article_id, prints[1].article_id]
    assert found.sides == ((other.id,), (prints[1].id,))
    assert found.outlets == 4
    assert [each.outlet for each in sightings] == ["B", "C"]


def test_a_claim_that_is_corrected_meanwhile_keeps_its_new_words(
    storage: Storage, work: Reindexing, encoder: FreshEncoder
) -> None:
    [first, second] = read(storage, 1, 2)
    by_hand = b"\x00\x40"

    def correct() -> None:
        with storage.transaction() as tx:
            now = tx.claims.get(first.id)
            printed = tx.articles.get(first.article_id)
            fixed = with_words(now, printed, "e închis", languages()["ro"])
            fixed = replace(fixed, embedding=by_hand)
            tx.corrections.save(now, fixed, Correction(by="Ana", quotation="e închis"), NOON)

    run(replace(work, encoder=replace(encoder, before=correct)))
    now, other = again(storage, first, second)
    assert (now.statement.text, now.embedding) == ("e închis", by_hand)
    assert "number:1" not in now.statement.details.keys
    assert other.embedding == FRESH


def test_words_are_not_read_into_a_claim_that_was_corrected_meanwhile(
    storage: Storage, work: Reindexing
) -> None:
    [first] = read(storage, 1)
    [_, words, *_] = work.parts()
    write = words.prepare([first.article_id])
    with storage.transaction() as tx:
        fixed = with_words(first, tx.articles.get(1), "e închis", languages()["ro"])
        tx.corrections.save(first, fixed, Correction(by="Ana", quotation="e închis"), NOON)
    with storage.transaction() as tx:
        write(tx)
    assert again(storage, first)[0].statement.details == fixed.statement.details


def test_what_comes_and_goes_meanwhile_is_no_hindrance(
    storage: Storage, work: Reindexing, encoder: FreshEncoder, database_url: str
) -> None:
    [gone, stays] = read(storage, 1, 2)
    came: list[Claim] = []

    def come_and_go() -> None:
        if not came:
            came.extend(read(storage, 3))
            engine = sa.create_engine(database_url)
            with engine.begin() as connection:
                connection.execute(sa.text(f"DELETE FROM claim WHERE id = {gone.id}"))
            engine.dispose()

    run(replace(work, encoder=replace(encoder, before=come_and_go)))
    assert [each.embedding for each in again(storage, stays, *came)] == [FRESH, FRESH]


def test_claims_are_matched_once_more_where_that_is_asked_for(
    storage: Storage, work: Reindexing
) -> None:
    claims = [*read(storage, 1, 2), *store(storage, claim(), external_id="a9")]
    for each in claims:
        with storage.transaction() as tx:
            tx.claims.mark_matched(each.id, NOON)
    run(work)
    with storage.snapshot() as tx:
        assert tx.claims.articles_unmatched(NOON) == []
    assert run(work, match=True)["matches"] == 3
    with storage.snapshot() as tx:
        assert tx.claims.articles_unmatched(NOON) == [each.article_id for each in claims]
    assert run(work, match=True)["matches"] == 0
    assert run(replace(work, program="2"), match=True)["matches"] == 3


def test_names_learned_by_a_merge_are_kept(storage: Storage, work: Reindexing) -> None:
    office = SourceDraft(name="Primăria", kind=SourceKind.ORGANISATION)
    [one] = store(storage, claim(source=MAYOR))
    [other] = store(storage, claim(source=office), external_id="a2")
    with storage.transaction() as tx:
        tx.speakers.merge(one.source.id, other.source.id, "Ana", NOON)
    run(work)
    with storage.snapshot() as tx:
        assert [each.id for each in tx.sources.called("primaria", 9)] == [one.source.id]
