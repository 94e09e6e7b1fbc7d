"""What is found of what belongs together among very many claims: ``python -m benchmarks.matching``.

Hides the claims of a gold folder in a crowd (``benchmarks/crowd.py``), in SQLite and in PostgreSQL,
and tells how many of the related pairs are among the candidates of the later claim, beside what
simpler ways would find, and how long each takes.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from pathlib import Path

import click
import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.crowd import Told, crowd
from benchmarks.desk import postgres
from benchmarks.gold_claims import read_gold_claims
from tracker.encoder import Encoder, load_encoder
from tracker.encoder.vectors import values_of
from tracker.evaluation.gold import Gold, read_gold
from tracker.languages import fold
from tracker.matching import Matcher
from tracker.pipeline import meaning_of, save_source
from tracker.storage import Storage, Transaction, open_storage
from tracker.types import Claim, ClaimDraft, RelationLabel

BUDGET = 40
WIDE = 4 * BUDGET
WINDOW = timedelta(days=120)
BATCH = 150
"""Articles that are encoded and stored together."""
Find = Callable[[Claim], Sequence[int]]
"""The ids of the claims to compare with one, the likeliest first."""


@dataclass(frozen=True)
class Hidden:
    """Related claims in a store full of others: the later of a pair, and the earlier."""

    pairs: Sequence[tuple[int, int]]
    claims: Mapping[int, Claim]


def hide(
    storage: Storage, encoder: Encoder, gold: Gold, folder: Path, told: Iterator[Told]
) -> Hidden:
    """Store the crowd, then the articles of the gold folder."""
    while batch := list(islice(told, BATCH)):
        _store(storage, encoder, batch)
    ids = _store_gold(storage, encoder, gold, folder)
    pairs = [
        (ids[each.b], ids[each.a])
        for each in gold.relations or ()
        if each.label is not RelationLabel.NONE and {each.a, each.b} <= set(ids)
    ]
    with storage.snapshot() as tx:
        claims = tx.claims.by_id({id for pair in pairs for id in pair})
    return Hidden(pairs, claims)


def _store(storage: Storage, encoder: Encoder, batch: Sequence[Told]) -> None:
    drafts = _embedded(encoder, [draft for _, claims in batch for draft in claims])
    left = iter(drafts)
    with storage.transaction() as tx:
        for article, claims in batch:
            stored, _ = tx.articles.add(article, received_at=article.published_at)
            for draft in islice(left, len(claims)):
                source = save_source(tx, draft.source)
                tx.claims.add(stored, draft, source, at=article.published_at)


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


def report(hidden: Hidden, name: str, find: Find) -> None:
    """Print how many pairs are found, and the time that looking takes."""
    found, took = {}, []
    for later in {later for later, _ in hidden.pairs}:
        began = time.perf_counter()
        found[later] = set(find(hidden.claims[later])[:BUDGET])
        took.append(1000 * (time.perf_counter() - began))
    hits = sum(earlier in found[later] for later, earlier in hidden.pairs)
    median, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    click.echo(
        f"    {name}: {100 * hits / len(hidden.pairs):.0f} % of {len(hidden.pairs)}, "
        f"median {median:.1f} ms, p95 {p95:.1f} ms"
    )


def as_the_program_does(tx: Transaction) -> Find:
    """Candidates, put in order by the matcher."""
    matcher = Matcher()

    def find(claim: Claim) -> list[int]:
        drafts = matcher.match(claim, tx.claims.candidates(claim, WINDOW, WIDE))
        return [({each.premise_id, each.hypothesis_id} - {claim.id}).pop() for each in drafts]

    return find


def by_rank(tx: Transaction) -> Find:
    """Candidates as they come from the store."""
    return lambda claim: [each.id for each in tx.claims.candidates(claim, WINDOW, BUDGET)]


def over_all(claims: Sequence[Claim]) -> tuple[Find, Find]:
    """By the embeddings of all claims, and by rapidfuzz over all their words."""
    ids = np.array([each.id for each in claims])
    vectors = np.stack([values_of(each.embedding or b"") for each in claims])
    texts = [fold(each.statement.text) for each in claims]

    def best(scores: np.ndarray, own: int) -> list[int]:
        order = ids[np.argsort(-scores, kind="stable")[: BUDGET + 1]]
        return [int(id) for id in order if id != own]

    def by_meaning(claim: Claim) -> list[int]:
        return best(vectors @ values_of(claim.embedding or b""), claim.id)

    def by_words(claim: Claim) -> list[int]:
        asked = [fold(claim.statement.text)]
        return best(process.cdist(asked, texts, scorer=fuzz.token_set_ratio)[0], claim.id)

    return by_meaning, by_words


def every_claim(storage: Storage) -> list[Claim]:
    """All that is stored."""
    with storage.snapshot() as tx:
        articles = tx.articles.recent(10_000_000)
        return [claim for article in articles for claim in tx.claims.of_article(article.id)]


def measure(url: str, size: int, folder: Path, data: Path | None) -> None:
    """Hide, and report every way of finding."""
    gold = read_gold(folder)
    articles = gold.articles or ()
    actors = sorted({claim.source.canonical for each in articles for claim in each.claims})
    days = sorted(each.draft(0).published_at for each in articles)
    people = [name for name in actors if " " in name]
    with closing(open_storage(url)) as storage:
        storage.migrate()
        told = crowd(size, people, days[len(days) // 2], data)
        hidden = hide(storage, load_encoder(), gold, folder, told)
        with storage.snapshot() as tx:
            report(hidden, "as the program does", as_the_program_does(tx))
            report(hidden, "candidates by rank", by_rank(tx))
        by_meaning, by_words = over_all(every_claim(storage))
        report(hidden, "all embeddings, numpy", by_meaning)
        report(hidden, "all words, rapidfuzz", by_words)


@click.command(help=__doc__)
@click.argument("gold", type=click.Path(path_type=Path, exists=True))
@click.option("--data", type=click.Path(path_type=Path, exists=True), help="the research data")
@click.option("--crowd", "size", default=100_000)
def main(gold: Path, data: Path | None, size: int) -> None:
    """Measure on both databases."""
    with tempfile.TemporaryDirectory() as folder:
        click.echo(f"SQLite, {size} others")
        measure(f"sqlite:///{folder}/tracker.db", size, gold, data)
    with postgres() as url:
        click.echo(f"PostgreSQL, {size} others")
        measure(url, size, gold, data)


if __name__ == "__main__":
    main()
