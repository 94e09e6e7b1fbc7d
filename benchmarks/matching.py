"""What is found of what belongs together among very many claims: ``python -m benchmarks.matching``.

Hides the claims of a gold folder in archives of three sizes (``benchmarks/archive.py``), in SQLite
and in PostgreSQL, and tells how many of the related pairs are among the candidates of the later
claim, beside what simpler ways would find, how long each takes, and what room the stores take. The
stores stay in a folder: filling the largest takes an hour, asking some minutes.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import date, timedelta
from pathlib import Path

import click
import numpy as np
import psutil
from rapidfuzz import fuzz, process
from sqlalchemy import create_engine, select, text

from benchmarks.archive import Archive, archive
from benchmarks.hiding import Hidden, hidden, postgres, sqlite
from tracker.encoder import load_encoder
from tracker.encoder.vectors import values_of
from tracker.evaluation.gold import read_gold
from tracker.languages import fold
from tracker.matching import Matcher
from tracker.storage import Transaction, open_storage
from tracker.storage.tables import ClaimRow
from tracker.types import Claim

BUDGET = 40
WIDE = 4 * BUDGET
WINDOW = timedelta(days=120)
OTHERS = 200
"""Claims of the crowd that are looked around, beside those of the gold folder, for the time."""
WARMING = 5
Find = Callable[[Claim], Sequence[int]]
"""The ids of the claims to compare with one, the likeliest first."""
_FTS5 = text("""
    SELECT claim.id FROM claim_search JOIN claim ON claim.id = claim_search.rowid
    WHERE claim_search MATCH :words AND claim.said_on BETWEEN :first AND :last
    ORDER BY bm25(claim_search), claim.id LIMIT :limit
""")
_TSVECTOR = text("""
    SELECT id FROM claim, to_tsquery('simple', :words) AS words
    WHERE to_tsvector('simple', tracker_fold(text || ' ' || about)) @@ words
      AND said_on BETWEEN :first AND :last
    ORDER BY ts_rank(to_tsvector('simple', tracker_fold(text || ' ' || about)), words) DESC, id
    LIMIT :limit
""")
STEM, STEMS = 6, 12
"""Full text is asked for the longest words of a claim, cut so that endings make no difference."""


# --- ways of finding ----------------------------------------------------------------------------


def by_rank(tx: Transaction) -> Find:
    """Candidates as they come from the store, which is what the program compares."""
    return lambda claim: [each.id for each in _near(tx, claim)]


def by_matcher(tx: Transaction) -> Find:
    """More candidates, put in order by the matcher."""
    matcher = Matcher()

    def find(claim: Claim) -> list[int]:
        drafts = matcher.match(claim, tx.claims.candidates(claim, WINDOW, WIDE))
        return [({each.premise_id, each.hypothesis_id} - {claim.id}).pop() for each in drafts]

    return find


def by_full_text(url: str) -> Find:
    """What the database's own search by words finds."""
    engine = create_engine(url)
    connection = engine.connect()
    is_postgres = engine.dialect.name == "postgresql"
    query = _TSVECTOR if is_postgres else _FTS5

    def find(claim: Claim) -> list[int]:
        said = claim.statement
        letters = "".join(c if c.isalnum() else " " for c in fold(f"{said.text} {said.about}"))
        words = sorted({w[:STEM] for w in letters.split() if len(w) > 3}, key=len, reverse=True)
        asked = (
            " | ".join(f"{each}:*" for each in words[:STEMS])
            if is_postgres
            else " OR ".join(f'"{each}"*' for each in words[:STEMS])
        )
        first, last = (_day(said.said_on + shift, is_postgres) for shift in (-WINDOW, WINDOW))
        window = {"words": asked, "first": first, "last": last, "limit": BUDGET + 1}
        return [id for id in connection.execute(query, window).scalars() if id != claim.id]

    return find


def _day(day: date, is_postgres: bool) -> date | str:
    return day if is_postgres else day.isoformat()


def over_all(url: str) -> tuple[Find, Find]:
    """By the embeddings of all claims, and by rapidfuzz over all their words."""
    engine = create_engine(url)
    with engine.connect() as connection:
        query = select(ClaimRow.id, ClaimRow.text, ClaimRow.embedding)
        rows = connection.execution_options(yield_per=10_000).execute(query)
        known = [(id, fold(words), values_of(vector or b"")) for id, words, vector in rows]
    engine.dispose()
    ids = np.array([id for id, _, _ in known])
    texts = [words for _, words, _ in known]
    vectors = np.stack([vector for _, _, vector in known]).astype(np.float32)

    def best(scores: np.ndarray, own: int) -> list[int]:
        first = np.argpartition(-scores, BUDGET + 1)[: BUDGET + 1]
        return [int(id) for id in ids[first[np.argsort(-scores[first])]] if id != own]

    def by_meaning(claim: Claim) -> list[int]:
        return best(vectors @ values_of(claim.embedding or b""), claim.id)

    def by_words(claim: Claim) -> list[int]:
        asked = [fold(claim.statement.text)]
        return best(process.cdist(asked, texts, scorer=fuzz.token_set_ratio)[0], claim.id)

    return by_meaning, by_words


# --- telling ------------------------------------------------------------------------------------


def tell(store: Hidden, claims: Mapping[int, Claim], name: str, find: Find) -> None:
    """Print how many pairs are found, and the time that looking takes."""
    found, took = {}, []
    for claim in list(claims.values())[:WARMING]:
        find(claim)
    for id, claim in claims.items():
        began = time.perf_counter()
        found[id] = set(list(find(claim))[:BUDGET])
        took.append(1000 * (time.perf_counter() - began))
    hits = sum(earlier in found[later] for later, earlier in store.pairs)
    median, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    click.echo(
        f"    {name}: {100 * hits / len(store.pairs):.0f} % of {len(store.pairs)}, "
        f"median {median:.1f} ms, p95 {p95:.1f} ms"
    )


def ask(store: Hidden, size: int, *, look_through: bool) -> None:
    """Print what there is to say of one store; ``look_through``: also how looking at all does."""
    chance, laters = random.Random(2), {later for later, _ in store.pairs}
    before = psutil.Process().memory_info().rss
    with closing(open_storage(store.url)) as storage, storage.snapshot() as tx:
        others = tx.claims.by_id(chance.sample(range(1, size), OTHERS))
        asked = tx.claims.by_id(laters)
        for each in list(others.values())[:WARMING]:
            _near(tx, each)
        room = (psutil.Process().memory_info().rss - before) / 1e6
        click.echo(f"    {_megabytes(store.url):.0f} MB on disk, {room:.0f} MB in memory")
        tell(store, asked | others, "candidates", by_rank(tx))
        kept = [len(Matcher().match(each, _near(tx, each))) for each in others.values()]
        click.echo(f"    of {BUDGET} the matcher keeps {statistics.mean(kept):.0f} to be compared")
        tell(store, asked, "four times as many, ordered by the matcher", by_matcher(tx))
        tell(store, asked, "full text alone", by_full_text(store.url))
    if look_through:
        by_meaning, by_words = over_all(store.url)
        tell(store, asked, "all embeddings, numpy", by_meaning)
        tell(store, asked, "all words, rapidfuzz", by_words)


def _near(tx: Transaction, claim: Claim) -> list[Claim]:
    return tx.claims.candidates(claim, WINDOW, BUDGET)


def _megabytes(url: str) -> float:
    if url.startswith("sqlite"):
        return Path(url.removeprefix("sqlite:///")).stat().st_size / 1e6
    engine = create_engine(url)
    with engine.connect() as connection:
        size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    engine.dispose()
    return float(size) / 1e6


# --- the run ------------------------------------------------------------------------------------


def read_archive(gold: Path, data: Path | None, folder: Path) -> Archive:
    """The archive to hide in, around the days and with the people of the gold folder."""
    articles = read_gold(gold).articles or ()
    actors = {claim.source.canonical for each in articles for claim in each.claims}
    days = sorted(each.draft(0).published_at for each in articles)
    people = sorted(name for name in actors if " " in name)
    return archive(load_encoder(), people, days[len(days) // 2], data, folder / "archive.pickle")


def stores(
    gold: Path, data: Path | None, folder: Path, sizes: Sequence[int], databases: Sequence[str]
) -> Iterator[tuple[str, int, Hidden]]:
    """Every store, filled where it is not."""
    articles, encoder = read_archive(gold, data, folder), load_encoder()
    with ExitStack() as stack:
        urls = {"SQLite": {size: sqlite(folder, size) for size in sizes}}
        if "PostgreSQL" in databases:
            urls["PostgreSQL"] = dict(stack.enter_context(postgres(folder, sizes)))
        for name in databases:
            for size, url in urls[name].items():
                note = folder / f"{name}-{size}.json"
                yield name, size, hidden(url, articles, size, gold, encoder, note)


@click.command(help=__doc__)
@click.argument("gold", type=click.Path(path_type=Path, exists=True))
@click.option("--data", type=click.Path(path_type=Path, exists=True), help="the research data")
@click.option("--keep", type=click.Path(path_type=Path), required=True, help="the folder of stores")
@click.option("--size", "sizes", multiple=True, default=(10_000, 100_000, 1_000_000))
@click.option("--on", "databases", multiple=True, default=("SQLite", "PostgreSQL"))
@click.option("--fill", "only_fill", is_flag=True, help="fill the stores and ask nothing")
def main(
    gold: Path,
    data: Path | None,
    keep: Path,
    sizes: Sequence[int],
    databases: Sequence[str],
    only_fill: bool,
) -> None:
    """Measure on both databases."""
    keep.mkdir(exist_ok=True, parents=True)
    keep.chmod(0o755)  # the server may have to run as another user
    for name, size, store in stores(gold, data, keep, sizes, databases):
        click.echo(f"{name}, {size} others")
        if not only_fill:
            ask(store, size, look_through=name == databases[0])


if __name__ == "__main__":
    main()
