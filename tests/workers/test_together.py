"""Several workers at once: whatever the order, the articles give what one alone makes of them."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from random import Random

import pytest
import redis

from tests.waiting import wait_for
from tests.workers.conftest import Start
from tests.workers.rumours import rumours
from tests.workers.scripted import claims_in, finding, scripted
from tracker.config import Settings
from tracker.pipeline import Step, Tracker
from tracker.storage import Storage, Transaction
from tracker.types import (
    ArticleDraft,
    ArticleState,
    Claim,
    ConflictFilter,
    RelationLabel,
    Statement,
    SubscriptionDraft,
)
from workers.app import QUEUE, create_celery
from workers.doorbell import CeleryDoorbell

ARTICLES = rumours(500)
APP = ("celery", "-A", "tests.workers.scripted_entry")
WORKER = (*APP, "worker", "--without-gossip", "--without-mingle", "--loglevel=INFO")
TROUBLE = re.compile("deadlock|is locked|serializ|Retry in|raised unexpected|Traceback")
ALL = 10**6
Said = tuple[str, ...]


def said(claim: Claim) -> Said:
    """What tells a claim from others: where it was printed, who said it, and the words last."""
    return claim.outlet, claim.statement.speaker, claim.statement.text


@dataclass(frozen=True)
class Outcome:
    """What came of the articles, without anything that depends on when they came."""

    pairs: list[tuple[object, ...]]
    """The pairs of claims with a relation, and which."""
    conflicts: list[tuple[object, ...]]


def outcome(storage: Storage) -> Outcome:
    with storage.snapshot() as tx:
        pairs = [
            (said(e.premise), said(e.hypothesis), e.relation.label, e.relation.kind)
            for e in tx.matches.related()
        ]
        return Outcome(pairs, list(_conflicts(tx)))


def _conflicts(tx: Transaction) -> Iterator[tuple[object, ...]]:
    for each in tx.conflicts.page(ConflictFilter(), ALL, 0):
        first, second = (tuple(sorted(map(said, tx.claims.get_many(s)))) for s in each.sides)
        yield first, second, each.label, each.kind, each.severity, each.reason


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


def shuffled(seed: int) -> list[ArticleDraft]:
    """An order by chance; every second one has the articles of a story together."""
    articles = Random(seed).sample(ARTICLES, len(ARTICLES))
    return sorted(articles, key=story) if seed % 2 else articles


def story(article: ArticleDraft) -> str:
    return claims_in(article.text)[0].statement.about


def is_done(tracker: Tracker, queue: redis.Redis) -> bool:
    # In the order of the line, so that nothing moves past while it is looked for.
    return not queue.llen(QUEUE) and not any(tracker.pending(step) for step in Step)


def missing(wanted: Sequence[object], found: Sequence[object]) -> list[object]:
    """What is wanted and not found, or not as often."""
    return list((Counter(wanted) - Counter(found)).elements())


def differing(texts: Sequence[Statement]) -> set[frozenset[str]]:
    """The words that contradict each other, pull apart or bring one another up to date."""
    matters = itertools.groupby(sorted(texts, key=lambda e: e.about), key=lambda e: e.about)
    return {
        frozenset({a.text, b.text})
        for _, matter in matters
        for a, b in itertools.combinations(matter, 2)
        if a.text != b.text and finding(a, b).label is not RelationLabel.NONE
    }


def test_one_process_finds_every_pair_that_bears_on_another(alone: Outcome) -> None:
    drafts = [draft for article in ARTICLES for draft in claims_in(article.text)]
    found = {frozenset({premise[-1], hypothesis[-1]}) for premise, hypothesis, *_ in alone.pairs}
    assert differing([draft.statement for draft in drafts]) <= found


@pytest.mark.parametrize(
    ("settings", "workers", "seed"),
    [*(("postgres", 4, seed) for seed in range(8)), *(("sqlite", 2, seed) for seed in range(2))],
    indirect=["settings"],
)
def test_many_workers_make_of_any_order_what_one_makes_of_the_right_one(
    start: Start,
    tracker: Tracker,
    queue: redis.Redis,
    settings: Settings,
    workers: int,
    seed: int,
    alone: Outcome,
) -> None:
    start(*WORKER, f"--concurrency={workers}")
    for article in shuffled(seed):
        tracker.add_article(article)
    wait_for(lambda: is_done(tracker, queue), 900)
    found = outcome(tracker.storage)
    assert missing(alone.pairs, found.pairs) == []
    assert missing(found.pairs, alone.pairs) == []
    assert missing(alone.conflicts, found.conflicts) == []
    assert missing(found.conflicts, alone.conflicts) == []
    with tracker.storage.snapshot() as tx:
        assert tx.articles.counts()[ArticleState.EXTRACTED] == len(ARTICLES)
        conflicts = tx.conflicts.page(ConflictFilter(), ALL, 0)
        assert [each.id for each in conflicts if not tx.alerts.of_conflict(each.id)] == []
    assert TROUBLE.findall((settings.data_dir / "process-0.log").read_text()) == []
