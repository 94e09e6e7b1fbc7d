"""How fast pairs are judged, and what judging fewer costs: ``-m benchmarks.comparison GOLD_DIR``.

First pairs of claims of 20 to 30 words (25 on average) out of stories, where as in work most have
nothing to do with each other, in two processes of one thread each, as two workers do: the rules,
the model, both with the relation layer, and beside them a comparison of the words alone
(``rapidfuzz``). Rounds alternate, so that whatever else the machine does meets all.

Then the gold articles through the real line, with every pair of claims of a story judged: what is
lost, and what is saved, when only pairs above a matching score are.
"""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import click
import numpy as np
from rapidfuzz import fuzz

from tracker.assembly import build_tracker
from tracker.comparison import Cascade, ModelComparer, Pairing, RuleComparer
from tracker.config import Settings
from tracker.encoder import load_pair_reader
from tracker.evaluation import read_gold
from tracker.evaluation.conflicts import added_up, candidates, report_conflicts
from tracker.evaluation.run import emptied, outcome_of, own_pairs, scenarios, stood_for
from tracker.languages import languages
from tracker.matching import Matcher
from training.stories import read_stories
from training.train_relation import pairing_of

PROCESSES = 2
PAIRS = 400
FEWEST_WORDS, MOST_WORDS = 20, 30
CHUNK = 50
FLOORS = (0.0, 0.1, 0.15, 0.2, 0.24, 0.3, 0.35, 0.4, 0.5)


def pairs() -> list[Pairing]:
    """Pairs of claims of about 25 words each."""
    packs = languages()
    found = (
        pairing_of(pair, packs)
        for pair in read_stories()
        if all(
            FEWEST_WORDS <= len(side.text.split()) <= MOST_WORDS
            for side in (pair.premise, pair.hypothesis)
        )
    )
    return [pairing for pairing, _ in zip(found, range(PAIRS), strict=False)]


@cache
def model() -> ModelComparer:
    """The model, once a process."""
    return ModelComparer(load_pair_reader())


@cache
def rules() -> RuleComparer:
    """The rules, once a process."""
    return RuleComparer(languages())


@cache
def cascade() -> Cascade:
    """All together, as in production."""
    return build_tracker(Settings()).cascade


def by_rules(some: Sequence[Pairing]) -> int:
    """Judge by the rules alone."""
    return len(rules().compare([(each.premise, each.hypothesis) for each in some]))


def by_model(some: Sequence[Pairing]) -> int:
    """Judge by the model alone, one way and the likely ones both ways."""
    return len(model().compare([(each.premise, each.hypothesis) for each in some]))


def by_cascade(some: Sequence[Pairing]) -> int:
    """Judge by everything, with the words that carry each conflict."""
    return len(cascade().judge(some))


def by_words(some: Sequence[Pairing]) -> int:
    """Compare the words."""
    return len([fuzz.token_set_ratio(p.premise.text, p.hypothesis.text) for p in some])


def time_them(rounds: int) -> None:
    """Print pairs a second, the median of the rounds."""
    judges: dict[str, Callable[[Sequence[Pairing]], int]] = {
        "words": by_words,
        "rules": by_rules,
        "model": by_model,
        "all": by_cascade,
    }
    some = pairs()
    words = np.mean([len(s.text.split()) for p in some for s in (p.premise, p.hypothesis)])
    click.echo(f"{len(some)} pairs of claims of {words:.0f} words, {PROCESSES} processes")
    chunks = [some[n : n + CHUNK] for n in range(0, len(some), CHUNK)]
    context = multiprocessing.get_context("spawn")
    with context.Pool(PROCESSES) as pool:
        rates: dict[str, list[float]] = {name: [] for name in judges}
        for number in range(rounds + 1):  # the first one warms up
            for name, judge in judges.items():
                at = time.perf_counter()
                pool.map(judge, chunks, chunksize=1)
                if number:
                    rates[name].append(len(some) / (time.perf_counter() - at))
    for name, rate in rates.items():
        click.echo(
            f"{name:6} {statistics.median(rate):8.0f} pairs/s ({min(rate):.0f} to {max(rate):.0f})"
        )


def sweep(folder: Path) -> None:
    """Print how many pairs are judged and what is found, for each lowest matching score."""
    gold = read_gold(folder)
    relations = gold.relations or ()
    tracker = replace(
        build_tracker(Settings()), matcher=Matcher(floor=0.0), candidate_budget=10_000
    )
    with closing(tracker.storage):
        outcomes = []
        for scenario in scenarios(gold):
            with emptied(tracker) as fresh:
                outcomes.append(outcome_of(scenario, fresh))
    click.echo(f"{'floor':>6}{'pairs':>8}{'hard: P':>10}{'R':>7}{'with tension: P':>17}{'R':>7}")
    for floor in FLOORS:
        judged = sum(score >= floor for outcome in outcomes for score in outcome.matches.values())
        found = [
            candidate
            for outcome in outcomes
            for candidate in candidates(
                [p for p in own_pairs(outcome) if p.match.scores["total"] >= floor],
                stood_for(outcome),
                relations,
            )
        ]
        report = report_conflicts(found, relations, added_up([]))
        hard, tension = report.hard, report.with_tension
        click.echo(
            f"{floor:6.2f}{judged:8}{100 * hard.precision:10.1f}{100 * hard.recall:7.1f}"
            f"{100 * tension.precision:17.1f}{100 * tension.recall:7.1f}"
        )


@click.command(help=__doc__)
@click.argument("gold", type=click.Path(path_type=Path, exists=True))
@click.option("--rounds", default=5)
def main(gold: Path, rounds: int) -> None:
    """Time, then sweep."""
    time_them(rounds)
    sweep(gold)


if __name__ == "__main__":
    main()
