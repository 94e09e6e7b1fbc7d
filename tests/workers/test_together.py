"""Several workers at once: whatever the order, the articles give what one alone makes of them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
import redis

from tests.waiting import wait_for
from tests.workers.conftest import Start
from tests.workers.rumours import rumours
from tests.workers.scripted import scripted
from tracker.config import Settings
from tracker.pipeline import Step, Tracker
from tracker.storage import Storage, Transaction
from tracker.types import (
    ArticleState,
    Claim,
    ClaimFilter,
    ConflictFilter,
    SubscriptionDraft,
)
from workers.app import QUEUE, create_celery
from workers.doorbell import CeleryDoorbell

ARTICLES = rumours(500)
APP = ("celery", "-A", "tests.workers.scripted_entry")
WORKER = (*APP, "worker", "--without-gossip", "--without-mingle", "--loglevel=INFO")
TROUBLE = re.compile("deadlock|is locked|serializ|Retry in|raised unexpected|Traceback")
ALL = 10**6
Said = tuple[str, str]


def said(claim: Claim) -> Said:
    """What tells a claim from others: where it was printed, and its words."""
    return claim.outlet, claim.statement.text


@dataclass(frozen=True)
class Outcome:
    """What came of the articles, without anything that depends on when they came."""

    pairs: tuple[tuple[object, ...], ...]
    """Every pair that was compared, with its relation."""
    conflicts: tuple[tuple[object, ...], ...]


def outcome(storage: Storage) -> Outcome:
    with storage.snapshot() as tx:
        claims = tx.claims.stretch(ClaimFilter(), ALL).items
        pairs = tx.matches.of_claims([claim.id for claim in claims])
        return Outcome(
            pairs=tuple(
                sorted(
                    (said(e.premise), said(e.hypothesis), e.relation.label, str(e.relation.kind))
                    for e in pairs
                )
            ),
            conflicts=tuple(sorted(_conflicts(tx))),
        )


def _conflicts(tx: Transaction) -> Iterator[tuple[object, ...]]:
    for each in tx.conflicts.page(ConflictFilter(), ALL, 0):
        first, second = (tuple(sorted(map(said, tx.claims.get_many(s)))) for s in each.sides)
        yield first, second, each.label, str(each.kind), each.severity, str(each.reason)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """What one process makes of the articles when it takes each in turn, as they were published."""
    url = f"sqlite:///{tmp_path_factory.mktemp('alone') / 'tracker.db'}"
    tracker = scripted(Settings(database_url=url))
    with closing(tracker.storage) as storage:
        storage.migrate()
        for article in ARTICLES:
            tracker.add_article(article)
            tracker.catch_up()
        return outcome(storage)


@pytest.fixture
def tracker(settings: Settings, storage: Storage) -> Tracker:
    """What takes the articles in; somebody wants to hear of every conflict."""
    with storage.transaction() as tx:
        tx.subscriptions.add(SubscriptionDraft(name="desk", channels=("https://desk.example",)))
    doorbell = CeleryDoorbell(create_celery(settings))
    return replace(scripted(settings, doorbell), storage=storage)


def is_done(tracker: Tracker, queue: redis.Redis) -> bool:
    # In the order of the line, so that nothing moves past while it is looked for.
    return not queue.llen(QUEUE) and not any(tracker.pending(step) for step in Step)


def missing(wanted: Iterable[object], found: Iterable[object]) -> list[object]:
    """What is wanted and not found, or not as often."""
    return list((Counter(wanted) - Counter(found)).elements())


def check(tracker: Tracker, queue: redis.Redis, log: Path, seed: int, alone: Outcome) -> None:
    """Let the workers have the articles in some order, and see what comes of it."""
    for article in Random(seed).sample(ARTICLES, len(ARTICLES)):
        tracker.add_article(article)
    wait_for(lambda: is_done(tracker, queue), 900)
    found = outcome(tracker.storage)
    assert missing(alone.pairs, found.pairs) == missing(found.pairs, alone.pairs) == []
    assert missing(alone.conflicts, found.conflicts) == []
    assert missing(found.conflicts, alone.conflicts) == []
    with tracker.storage.snapshot() as tx:
        assert tx.articles.counts()[ArticleState.EXTRACTED] == len(ARTICLES)
        conflicts = tx.conflicts.page(ConflictFilter(), ALL, 0)
        assert [each.id for each in conflicts if not tx.alerts.of_conflict(each.id)] == []
    assert TROUBLE.findall(log.read_text()) == []


@pytest.mark.parametrize("settings", ["postgres"], indirect=True)
@pytest.mark.parametrize("seed", range(8))
def test_four_workers_give_what_one_gives_in_any_order(
    start: Start,
    tracker: Tracker,
    queue: redis.Redis,
    settings: Settings,
    seed: int,
    alone: Outcome,
) -> None:
    start(*WORKER, "--concurrency=4")
    check(tracker, queue, settings.data_dir / "process-0.log", seed, alone)


@pytest.mark.parametrize("seed", range(2))
def test_two_workers_share_a_file(
    start: Start,
    tracker: Tracker,
    queue: redis.Redis,
    settings: Settings,
    seed: int,
    alone: Outcome,
) -> None:
    start(*WORKER, "--concurrency=2")
    check(tracker, queue, settings.data_dir / "process-0.log", seed, alone)
