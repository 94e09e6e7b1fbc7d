"""How fast a speaker is found among many: ``python -m benchmarks.speakers``.

Fills a store with sources, in SQLite and in a PostgreSQL of its own, looks up names as claims
bring them, and prints milliseconds per name: finding and deciding as they are, ``rapidfuzz``
over all names beside them, and the whole way to a stored source in a transaction of its own.
"""

import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import click
import sqlalchemy as sa
from rapidfuzz import fuzz, process
from sqlmodel import Session

from benchmarks.desk import postgres
from benchmarks.people import somebody
from tracker.languages import fold
from tracker.reading import save_source
from tracker.sources import identify, kept_under
from tracker.storage import Storage, open_storage
from tracker.storage.source_index import words_of_names
from tracker.storage.statements import insert_all
from tracker.storage.tables import SourceKeyRow, SourceRow, SourceWordRow
from tracker.types import SourceDraft

SIZES = (2_000, 20_000, 200_000)
ASKED = 400
AT_ONCE = 2_000
APART = 1_000
"""Numbers left free between what is filled in and what is stored while it is measured."""
LIKELY = 86
"""Similarity from which rapidfuzz takes two names for one, as people who use it do."""


def fill(storage: Storage, drafts: Iterable[tuple[int, SourceDraft]]) -> None:
    """Store numbered sources with all by which they are found, many at a time."""
    numbered = iter(drafts)
    while some := list(itertools.islice(numbered, AT_ONCE)):
        with storage.transaction() as tx:
            _store(tx.sources._session, some)
    with storage.transaction() as tx:
        tx.sources._session.execute(sa.text("ANALYZE"))  # PostgreSQL does so by itself, but later


def _store(session: Session, some: Sequence[tuple[int, SourceDraft]]) -> None:
    names = [(id, words_of_names((draft.name, *draft.aliases))) for id, draft in some]
    rows = [
        {"id": id, "name": draft.name, "kind": draft.kind, "aliases": draft.aliases, "apart": ()}
        for id, draft in some
    ]
    keys = [{"source_id": id, "key": key} for id, draft in some for key in kept_under(draft)]
    words = [{"source_id": id, "word": word} for id, found in names for word in found]
    insert_all(session, SourceRow, rows)
    insert_all(session, SourceKeyRow, keys)
    insert_all(session, SourceWordRow, words)


def asked(known: Sequence[SourceDraft], chance: random.Random) -> Iterator[SourceDraft]:
    """Names as they come in: most are known, some written otherwise, bare or new."""
    strangers = somebody(random.Random(len(known)))
    for _ in range(ASKED):
        draft = chance.choice(known)
        drawn = chance.random()
        if drawn < 0.6:
            yield draft
        elif drawn < 0.8:
            yield SourceDraft(name=fold(draft.name).title(), kind=draft.kind)
        elif drawn < 0.9:
            yield SourceDraft(name=draft.name.split()[-1], kind=draft.kind)
        else:
            stranger = next(strangers)
            yield SourceDraft(name=f"Ottokar {stranger.name}", kind=stranger.kind)


def timed(work: Callable[[SourceDraft], object], names: Iterable[SourceDraft]) -> list[float]:
    """Milliseconds of each."""
    taken = []
    for name in names:
        began = time.perf_counter()
        work(name)
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def report(title: str, storage: Storage) -> None:
    """Fill a store step by step and print how fast names are found in it."""
    people = somebody(random.Random(5))
    known: list[SourceDraft] = []
    for size in SIZES:
        began = time.perf_counter()
        more = list(itertools.islice(people, size - len(known)))
        fill(storage, enumerate(more, APART * (len(known) + 1)))
        known += more
        click.echo(f"{title}, {size} sources (filled in {time.perf_counter() - began:.0f} s)")
        names = list(asked(known, random.Random(size)))
        measure(storage, known, names)


def measure(storage: Storage, known: Sequence[SourceDraft], names: list[SourceDraft]) -> None:
    """Print what each way of finding these names takes."""
    plain = [draft.name for draft in known]

    def saved(draft: SourceDraft) -> None:
        with storage.transaction() as tx:
            save_source(tx, draft)

    with storage.snapshot() as tx:
        tell("found and decided", timed(lambda n: identify(n, tx.sources.similar(n)), names))
    with storage.snapshot() as tx:
        tell("called, on a page", timed(lambda n: tx.sources.called(n.name[:6], 20), names))
    tell(
        "rapidfuzz over all",
        timed(
            lambda n: process.extractOne(
                n.name, plain, scorer=fuzz.token_sort_ratio, score_cutoff=LIKELY
            ),
            names[:40],
        ),
    )
    strange = [n for n in names if n.name.startswith("Ottokar")]
    tell("stored, known names", timed(saved, [n for n in names[:100] if n not in strange]))
    tell("stored, new names", timed(saved, strange))


def tell(what: str, taken: list[float]) -> None:
    """Print a line."""
    p95 = statistics.quantiles(taken, n=20)[-1]
    click.echo(f"    {what}: median {statistics.median(taken):.2f} ms, p95 {p95:.2f} ms")


@click.command(help=__doc__)
def main() -> None:
    """Measure on both databases."""
    with tempfile.TemporaryDirectory() as folder, postgres() as url:
        for title, place in (
            ("SQLite", f"sqlite:///{Path(folder) / 'tracker.db'}"),
            ("PostgreSQL", url),
        ):
            with closing(open_storage(place)) as storage:
                storage.migrate()
                report(title, storage)


if __name__ == "__main__":
    main()
