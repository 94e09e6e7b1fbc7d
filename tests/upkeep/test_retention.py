"""What has had its time goes with all that hangs on it; what people need stays."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.fakes import EveryPairMatcher, RecordingNotifier, ScriptedExtractor
from tests.storage.samples import MAYOR, NOON, add, article, begin, claim, pair
from tracker.assembly import build_tracker
from tracker.claims.correction import Correction, with_speaker
from tracker.config import Settings
from tracker.pipeline import Tracker
from tracker.reading import save_source
from tracker.storage import Storage, open_storage
from tracker.storage.tables import Table
from tracker.types import (
    ArticleState,
    Claim,
    ClaimFilter,
    ConflictState,
    Decision,
    Dismissal,
    Dropped,
    Expiry,
    MatchDraft,
    SourceDraft,
    SourceKind,
)
from tracker.upkeep import drop_articles, drop_sources, turn

OLD, NEW = NOON - timedelta(days=400), NOON
EXPIRY = Expiry(before=NOON - timedelta(days=365))
PREFECT = SourceDraft(name="Mioara Tănase", kind=SourceKind.PERSON)
REOPENED = ConflictState.REOPENED
OF_ACCOUNTS = {"account", "audit", "sign_in", "token"}


def read(storage: Storage, name: str, *, at: object = OLD, **other: object) -> Claim:
    """An article that is through with all its steps, and its claim."""
    said = other.pop("source", MAYOR)
    with storage.transaction() as tx:
        draft = article(name, f"{name} e închis.", published_at=at, **other)
        stored, _ = tx.articles.add(draft, received_at=NOON)
        tx.articles.settle(stored.id, ArticleState.EXTRACTED, NOON)
        found = add(tx, stored, claim(text=f"{name} e închis", source=said))
        tx.claims.mark_matched(found.id, NOON)
    return found


def drop(storage: Storage, expiry: Expiry = EXPIRY) -> int:
    """How many articles went."""
    return sum(each.articles for each in drop_articles(storage, expiry))


def articles(storage: Storage) -> set[str | None]:
    with storage.snapshot() as tx:
        return {each.external_id for each in tx.articles.recent(999)}


def conflict_of(storage: Storage, a: Claim, b: Claim) -> int:
    found = pair(storage, a, b)
    with storage.transaction() as tx:
        return begin(tx, found)


def rows(url: str) -> dict[str, int]:
    """How many rows each table has, but those of accounts; no reference leads nowhere."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
        counts = {
            name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for name, table in Table.metadata.tables.items()
            if name not in OF_ACCOUNTS
        }
    engine.dispose()
    return {name: number for name, number in counts.items() if number}


def test_old_articles_go_and_young_ones_stay(storage: Storage) -> None:
    read(storage, "Podul")
    read(storage, "Tunelul", at=EXPIRY.before - timedelta(seconds=1))
    read(storage, "Barajul", at=EXPIRY.before)
    assert drop(storage) == 2
    assert articles(storage) == {"Barajul"}
    assert drop(storage) == 0


def test_all_that_was_found_in_them_goes_along(storage: Storage, database_url: str) -> None:
    a, b = read(storage, "Podul"), read(storage, "Tunelul", source=PREFECT)
    pair(storage, a, b)
    pair(storage, b, read(storage, "Barajul", at=NEW))
    with storage.transaction() as tx:
        tx.requests.save("key", "print", a.article_id, NOON, created=True)
    assert drop(storage) == 2
    assert drop_sources(storage) == 1
    left = rows(database_url)
    assert left.pop("source_word") == 2  # the mayor's
    assert left.pop("source_key") > 0
    assert left.pop("claim_key") == 2
    assert left == {"article": 1, "claim": 1, "source": 1}


def test_the_search_finds_nothing_that_went(storage: Storage) -> None:
    old, new = read(storage, "Tunelul"), read(storage, "Barajul", at=NEW)
    assert found(storage, "tunelul") == [old.id]
    with storage.snapshot() as tx:
        assert [each.id for each in tx.claims.candidates(new, timedelta(days=900), 9)] == [old.id]
    drop(storage)
    assert (found(storage, "tunelul"), found(storage, "inchis")) == ([], [new.id])
    with storage.snapshot() as tx:
        assert tx.claims.candidates(new, timedelta(days=900), 9) == []
    again = read(storage, "Viaductul")  # ids may come back, words must not
    assert (found(storage, "tunelul"), found(storage, "viaductul")) == ([], [again.id])


def found(storage: Storage, words: str) -> list[int]:
    with storage.snapshot() as tx:
        return [each.id for each in tx.claims.stretch(ClaimFilter(words=words), 9).items]


def test_of_some_outlets_only(storage: Storage) -> None:
    for outlet in ("Gazeta", "Curierul", "Monitorul"):
        read(storage, outlet, outlet=outlet)
    assert drop(storage, replace(EXPIRY, outlets=frozenset({"Gazeta", "Monitorul"}))) == 2
    assert articles(storage) == {"Curierul"}


@pytest.mark.parametrize(
    "decisions",
    [
        [],
        [Decision(state=ConflictState.CONFIRMED, by="Ana")],
        [Decision(state=ConflictState.DISMISSED, by="Ana", dismissal=Dismissal.UPDATE)],
        [Decision(state=ConflictState.SNOOZED, by="Ana", snoozed_until=NOON + timedelta(days=1))],
        [Decision(state=each, by="Ana") for each in (ConflictState.CONFIRMED, REOPENED)],
    ],
    ids=["new", "confirmed", "dismissed", "snoozed", "reopened"],
)
def test_what_a_conflict_depends_on_stays(storage: Storage, decisions: list[Decision]) -> None:
    a, b = read(storage, "Podul"), read(storage, "Tunelul")
    read(storage, "Barajul")
    id = conflict_of(storage, a, b)
    for decision in decisions:
        with storage.transaction() as tx:
            tx.reviews.decide([id], decision, NOON)
    with storage.snapshot() as tx:
        before = tx.conflicts.get(id)
    assert drop(storage) == 1
    assert articles(storage) == {"Podul", "Tunelul"}
    with storage.snapshot() as tx:
        assert tx.conflicts.get(id) == before
        assert len(tx.matches.of_claims([a.id, b.id])) == 1


def test_a_conflict_that_was_merged_away_keeps_nothing(storage: Storage, database_url: str) -> None:
    one = conflict_of(storage, read(storage, "a", at=NEW), read(storage, "b", at=NEW))
    c, d = read(storage, "c"), read(storage, "d")
    other = conflict_of(storage, c, d)
    with storage.transaction() as tx:
        tx.sides.merge(one, other, "Ana", NOON)
    assert drop(storage) == 0, "they stand in the conflict that is left"
    with storage.transaction() as tx:
        new = tx.sides.split(one, [c.id, d.id], "Ana", NOON)
        third = tx.conflicts.get(new)
        tx.sides.merge(one, third.id, "Ana", NOON)
    forget_members(database_url, one, c.id, d.id)
    assert drop(storage) == 2
    assert articles(storage) == {"a", "b"}
    with storage.snapshot() as tx:
        assert sum(tx.conflicts.counts().values()) == 1
        assert len(tx.conflicts.get(one).sides) == 2
    assert rows(database_url)["conflict"] == 1


def forget_members(url: str, conflict_id: int, *claims: int) -> None:
    """Leave claims in the conflicts that were merged away, and in no other."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        ids = ", ".join(map(str, claims))
        connection.execute(
            sa.text(
                f"DELETE FROM conflict_claim WHERE conflict_id = {conflict_id} "
                f"AND claim_id IN ({ids})"
            )
        )
    engine.dispose()


def correct(storage: Storage, wrong: Claim) -> None:
    """Say that somebody else said it."""
    with storage.transaction() as tx:
        now = tx.claims.get(wrong.id)
        fixed = with_speaker(now, save_source(tx, PREFECT))
        tx.corrections.save(now, fixed, Correction(by="Ana", speaker=PREFECT), NOON)
        tx.claims.mark_matched(wrong.id, NOON)


def test_what_somebody_corrected_stays(storage: Storage) -> None:
    correct(storage, read(storage, "Podul"))
    read(storage, "Tunelul")
    assert drop(storage) == 1
    assert articles(storage) == {"Podul"}


def test_what_a_step_is_still_to_do_stays(storage: Storage) -> None:
    with storage.transaction() as tx:
        tx.articles.add(article("unread", "1", published_at=OLD), received_at=NOON)
        broken, _ = tx.articles.add(article("broken", "2", published_at=OLD), received_at=NOON)
        tx.articles.settle(broken.id, ArticleState.QUARANTINED, NOON, error="oops")
        unmatched, _ = tx.articles.add(
            article("unmatched", "3", published_at=OLD), received_at=NOON
        )
        tx.articles.settle(unmatched.id, ArticleState.EXTRACTED, NOON)
        add(tx, unmatched, claim())
    a, b = read(storage, "premise"), read(storage, "hypothesis")
    with storage.transaction() as tx:
        tx.matches.add(MatchDraft(premise_id=a.id, hypothesis_id=b.id, scores={"total": 1.0}))
    assert drop(storage) == 1
    assert articles(storage) == {"unread", "unmatched", "premise", "hypothesis"}


def test_what_is_corrected_between_choosing_and_removing_stays(storage: Storage) -> None:
    late, other = read(storage, "Podul"), read(storage, "Tunelul")
    with storage.snapshot() as tx:
        chosen = tx.retention.expired(EXPIRY, after=0, limit=9)
    assert chosen == [late.article_id, other.article_id]
    correct(storage, late)
    with storage.transaction() as tx:
        assert tx.retention.drop(chosen, EXPIRY) == Dropped(articles=1, claims=1)
    assert articles(storage) == {"Podul"}


def test_after_an_interruption_the_rest_goes(storage: Storage) -> None:
    for number in range(50):
        read(storage, f"Podul {number}")
    batches = drop_articles(storage, EXPIRY)
    assert next(batches).articles == 20
    batches.close()  # type: ignore[attr-defined]
    assert len(articles(storage)) == 30
    assert drop(storage) == 30


def test_sources_of_which_somebody_decided_stay(storage: Storage) -> None:
    office = SourceDraft(name="Primăria Vărad", kind=SourceKind.ORGANISATION)
    council = SourceDraft(name="Consiliul", kind=SourceKind.ORGANISATION)
    said = [
        read(storage, str(n), source=each)
        for n, each in enumerate((MAYOR, PREFECT, office, council))
    ]
    mayor, prefect, vard, lone = (each.source.id for each in said)
    with storage.transaction() as tx:
        tx.speakers.merge(mayor, prefect, "Ana", NOON)
        other = tx.speakers.split(vard, "Viceprimarul", [said[2].id], "Ana", NOON)
    assert drop(storage) == 4
    assert drop_sources(storage) == 1
    with storage.snapshot() as tx:
        kept = {mayor, prefect, vard, other}
        assert {tx.sources.get(id).id for id in kept} == kept
        assert tx.speakers.bearer(prefect).id == mayor
        assert [s.id for s in tx.sources.called("consiliul", 9)] == []
    assert lone not in kept


def test_a_forecast_is_what_comes_about_and_changes_nothing(
    storage: Storage, database_url: str
) -> None:
    read(storage, "Podul")
    read(storage, "Tunelul", source=PREFECT)
    correct(storage, read(storage, "Gara"))
    read(storage, "Barajul", at=NEW)
    office = SourceDraft(name="Primăria", kind=SourceKind.ORGANISATION)
    read(storage, "Casa", source=office)
    before = rows(database_url)
    with storage.snapshot() as tx:
        forecast = tx.retention.forecast(EXPIRY)
    assert forecast == Dropped(articles=3, claims=3, sources=1, kept=1)
    assert rows(database_url) == before
    gone = list(drop_articles(storage, EXPIRY))
    assert sum(each.articles for each in gone) == forecast.articles
    assert sum(each.claims for each in gone) == forecast.claims
    assert drop_sources(storage) == forecast.sources


# --- beside the workers ---------------------------------------------------------------------------


class VacuumingMatcher(EveryPairMatcher):
    """Is overtaken by somebody who removes what is old."""

    def __init__(self, vacuum: Callable[[], object]) -> None:
        self._vacuum = vacuum

    def match(self, claim: Claim, nearby: Sequence[Claim]) -> list[MatchDraft]:
        self._vacuum()
        return super().match(claim, nearby)


@pytest.fixture
def tracker(database_url: str) -> Iterator[Tracker]:
    built = build_tracker(Settings(database_url=database_url))
    texts = {f"new {n}": [claim(text=f"podul {n} e închis")] for n in range(12)}
    yield replace(
        built,
        notifier=RecordingNotifier(),
        extractor=ScriptedExtractor(texts),
        matcher=EveryPairMatcher(),
        window=timedelta(days=900),
        clock=lambda: NOON,
    )
    built.storage.close()


def test_a_claim_that_goes_while_it_is_matched_is_matched_with_nothing(tracker: Tracker) -> None:
    old = read(tracker.storage, "Podul")
    stays = read(tracker.storage, "Barajul", at=NEW)
    new = tracker.add_article(article("new 1", "Podul 1 e închis.")).article_id
    tracker.extract(new)
    overtaken = replace(tracker, matcher=VacuumingMatcher(lambda: drop(tracker.storage)))
    overtaken.match(new)
    tracker.catch_up()
    with tracker.storage.snapshot() as tx:
        [own] = tx.claims.of_article(new)
        assert set(tx.matches.scores()) == {frozenset({stays.id, own.id})}
        assert tx.claims.by_id([old.id]) == {}


class EitherWayMatcher:
    """Matches a claim with every other, since of two that are stored at once either may be seen."""

    def match(self, claim: Claim, nearby: Sequence[Claim]) -> list[MatchDraft]:
        pairs = [sorted((claim.id, other.id)) for other in nearby if other.id != claim.id]
        return [
            MatchDraft(premise_id=one, hypothesis_id=other, scores={"total": 1.0})
            for one, other in pairs
        ]


def test_workers_and_a_vacuum_at_once_lose_nothing(tracker: Tracker, database_url: str) -> None:
    tracker = replace(tracker, matcher=EitherWayMatcher())
    for number in range(30):
        read(tracker.storage, f"Podul {number}")
    ids = [
        tracker.add_article(article(f"new {n}", f"Podul {n} e închis.")).article_id
        for n in range(12)
    ]
    together = threading.Barrier(3)

    def work(own: Sequence[int]) -> None:
        together.wait()
        for id in own:
            for step in (tracker.extract, tracker.match, tracker.compare):
                step(id)

    def vacuum() -> None:
        together.wait()
        drop(tracker.storage)
        drop_sources(tracker.storage)

    with ThreadPoolExecutor(3) as threads:
        done = [threads.submit(work, ids[:6]), threads.submit(work, ids[6:])]
        for future in [*done, threads.submit(vacuum)]:
            future.result()
    tracker.catch_up()
    drop(tracker.storage)
    assert articles(tracker.storage) == {f"new {n}" for n in range(12)}
    with tracker.storage.snapshot() as tx:
        claims = [each for id in ids for each in tx.claims.of_article(id)]
        assert len(tx.matches.scores()) == 12 * 11 // 2
    assert {each.source.name for each in claims} == {"Ana Rusu"}
    assert rows(database_url)["claim"] == len(claims) == 12


# --- space ----------------------------------------------------------------------------------------


def fill(storage: Storage) -> None:
    with storage.transaction() as tx:
        for number in range(40):
            text = f"{number} " + "Podul e închis. " * 4000
            stored, _ = tx.articles.add(
                article(str(number), text, published_at=OLD), received_at=NOON
            )
            tx.articles.settle(stored.id, ArticleState.EXTRACTED, NOON)


def test_the_file_shrinks_by_what_went(tmp_path: Path) -> None:
    file = tmp_path / "tracker.db"
    with closing(open_storage(f"sqlite:///{file}")) as storage:
        storage.migrate()
        empty = size(file)
        fill(storage)
        assert size(file) > empty + 2_000_000
        drop(storage)
        assert storage.give_back(turn) == 0
        assert size(file) < empty + 200_000


def test_a_file_of_an_older_version_shrinks_too_and_then_by_steps(tmp_path: Path) -> None:
    file = tmp_path / "tracker.db"
    url = f"sqlite:///{file}"
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE old (id INTEGER)"))
    engine.dispose()
    with closing(open_storage(url)) as storage:
        storage.migrate()
        fill(storage)
        drop(storage)
        full = size(file)
        assert storage.give_back(turn) == 0
        assert size(file) < full - 2_000_000
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        assert connection.execute(sa.text("PRAGMA auto_vacuum")).scalar_one() == 2
    engine.dispose()


def size(file: Path) -> int:
    """Once what waits beside the file is written into it."""
    engine = sa.create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    return file.stat().st_size


def test_space_is_given_back_while_others_are_at_work(storage: Storage) -> None:
    fill(storage)
    drop(storage)
    with storage.snapshot() as tx:
        before = tx.articles.counts()
        storage.give_back(turn)
        assert tx.articles.counts() == before
    assert read(storage, "Podul", at=NEW).statement.text == "Podul e închis"


def test_postgresql_knows_anew_what_it_holds(postgres_url: str) -> None:
    with closing(open_storage(postgres_url)) as storage:
        for number in range(7):
            read(storage, str(number), at=NEW)
        storage.give_back(turn)
    engine = sa.create_engine(postgres_url)
    with engine.connect() as connection:
        known = sa.text("SELECT reltuples FROM pg_class WHERE relname = 'claim'")
        assert connection.execute(known).scalar_one() == 7
    engine.dispose()
