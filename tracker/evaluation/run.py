"""Gold data through the real line, in a fresh store for each scenario."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker.evaluation.conflicts import (
    Candidate,
    ConflictReport,
    added_up,
    candidates,
    count_candidates,
    report_conflicts,
    stands_for,
)
from tracker.evaluation.extraction import (
    Alignment,
    ExtractionReport,
    align,
    report_extraction,
)
from tracker.evaluation.gold import Gold, GoldArticle, GoldPair, GoldRelation
from tracker.evaluation.pairs import PairReport, judge, report_pairs
from tracker.evaluation.prints import Prints
from tracker.languages import Languages
from tracker.pipeline import Tracker
from tracker.storage import open_storage
from tracker.types import Claim, RelatedPair


@dataclass(frozen=True, kw_only=True)
class Speed:
    """How fast it went; None where there was nothing to time."""

    articles_per_second: float | None
    pairs_per_second: float | None


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything an evaluation found; None for what the gold data does not cover."""

    extraction: ExtractionReport | None
    conflicts: ConflictReport | None
    pairs: PairReport | None
    speed: Speed


@dataclass(frozen=True)
class Scenario:
    """Articles that belong together, after those of the scenarios they refer to."""

    name: str
    articles: tuple[GoldArticle, ...]
    """In order of publication, the earlier scenarios' first."""


@dataclass(frozen=True)
class Outcome:
    """What the line stored for one scenario."""

    scenario: Scenario
    claims: Mapping[str, list[Claim]]
    """By the gold article's id."""
    related: Sequence[RelatedPair]
    """As each print of a claim has them."""
    matches: Mapping[frozenset[int], float]
    """The matching score of every pair of claims that was compared."""
    seconds: float


def evaluate(gold: Gold, tracker: Tracker, packs: Languages) -> Report:
    """Run the tracker's parts over gold data; its own storage is not touched.

    Each scenario has a store of its own in a temporary folder. A scenario whose relations refer
    to claims of another one comes after that one in the same store, and only what is its own
    counts.
    """
    outcomes = [_run(scenario, tracker) for scenario in scenarios(gold)]
    alignments = [alignment for outcome in outcomes for alignment in _alignments(outcome)]
    pairs, pairs_per_second = _judge(gold.pairs, tracker, packs)
    return Report(
        extraction=report_extraction(alignments) if gold.articles is not None else None,
        conflicts=_conflicts(outcomes, gold.relations),
        pairs=pairs,
        speed=Speed(
            articles_per_second=_rate(
                sum(len(outcome.scenario.articles) for outcome in outcomes),
                sum(outcome.seconds for outcome in outcomes),
            ),
            pairs_per_second=pairs_per_second,
        ),
    )


def scenarios(gold: Gold) -> list[Scenario]:
    """The scenarios in the order of the file, each with those it refers to before it."""
    articles = gold.articles or ()
    names = dict.fromkeys(article.scenario for article in articles)
    before = _referred_to(gold)
    return [
        Scenario(
            name,
            tuple(
                article
                for wanted in (*(other for other in names if other in before[name]), name)
                for article in articles
                if article.scenario == wanted
            ),
        )
        for name in names
    ]


def _referred_to(gold: Gold) -> dict[str, set[str]]:
    """For each scenario the others that its relations refer to."""
    articles = gold.articles or ()
    home = {claim.id: article.scenario for article in articles for claim in article.claims}
    referred: dict[str, set[str]] = {article.scenario: set() for article in articles}
    for relation in gold.relations or ():
        ends = {home[relation.a], home[relation.b]}
        referred.setdefault(relation.scenario, set()).update(ends - {relation.scenario})
    return referred


def _run(scenario: Scenario, tracker: Tracker) -> Outcome:
    with emptied(tracker) as fresh:
        return outcome_of(scenario, fresh)


@contextmanager
def emptied(tracker: Tracker) -> Iterator[Tracker]:
    """The same tracker over an empty store of its own in a temporary folder."""
    with TemporaryDirectory(prefix="tracker-evaluation-") as folder:
        url = f"sqlite:///{Path(folder) / 'evaluation.db'}"
        with closing(open_storage(url)) as storage:
            storage.migrate()
            yield replace(tracker, storage=storage)


def outcome_of(scenario: Scenario, tracker: Tracker) -> Outcome:
    """Put the articles of a scenario through a tracker with an empty store, one after the other."""
    started = time.perf_counter()
    ids = {}
    for position, article in enumerate(scenario.articles):
        ids[article.id] = tracker.add_article(article.draft(position)).article_id
        tracker.catch_up()
    seconds = time.perf_counter() - started
    with tracker.storage.snapshot() as tx:
        claims = {gold_id: tx.claims.of_article(id) for gold_id, id in ids.items()}
        related, scores = tx.matches.related(), tx.matches.scores()
    prints = Prints.among(claim for found in claims.values() for claim in found)
    return Outcome(scenario, claims, prints.related(related), prints.scores(scores), seconds)


def _alignments(outcome: Outcome) -> Iterator[Alignment]:
    for article in outcome.scenario.articles:
        if article.scenario == outcome.scenario.name:
            yield align(article, outcome.claims[article.id])


def _conflicts(
    outcomes: Sequence[Outcome], relations: Sequence[GoldRelation] | None
) -> ConflictReport | None:
    if relations is None or not outcomes:
        return None
    found: list[Candidate] = []
    for outcome in outcomes:
        found += candidates(own_pairs(outcome), stood_for(outcome), relations)
    compared = [
        count_candidates(
            outcome.matches,
            stood_for(outcome),
            [each for each in relations if each.scenario == outcome.scenario.name],
        )
        for outcome in outcomes
    ]
    return report_conflicts(found, relations, added_up(compared))


def own_pairs(outcome: Outcome) -> list[RelatedPair]:
    """The pairs with at least one claim of the scenario itself; the others count elsewhere."""
    own = {
        claim.id
        for article in outcome.scenario.articles
        if article.scenario == outcome.scenario.name
        for claim in outcome.claims[article.id]
    }
    return [pair for pair in outcome.related if own & {pair.premise.id, pair.hypothesis.id}]


def stood_for(outcome: Outcome) -> dict[int, frozenset[str]]:
    """The gold claims that each stored claim stands for."""
    return {
        claim.id: stands_for(article, claim)
        for article in outcome.scenario.articles
        for claim in outcome.claims[article.id]
    }


def _judge(
    pairs: Sequence[GoldPair] | None, tracker: Tracker, packs: Languages
) -> tuple[PairReport | None, float | None]:
    if pairs is None:
        return None, None
    started = time.perf_counter()
    judged = judge(pairs, tracker.cascade, packs)
    seconds = time.perf_counter() - started
    report = report_pairs(pairs, judged, packs)
    return report, _rate(len(pairs), seconds)


def _rate(done: int, seconds: float) -> float | None:
    return done / seconds if done and seconds > 0 else None
