"""Learns the relation layer: ``python -m training.train_relation``.

From claim sets, contrast sets and stories that the comparison model did not learn from, as model,
rules and everything else judge them; the stories go through the line as whole articles
(``training/coverage``). Says first how well it does under cross-validation, all pairs of a set or
story together, with parts of the evidence left out; then writes the weights.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import click
import numpy as np
import numpy.typing as npt

import tracker.comparison
from tracker.assembly import build_tracker
from tracker.comparison import ModelComparer, Pairing, RuleComparer
from tracker.comparison.evidence import Features, exact_finding, features_of
from tracker.comparison.relation import OUTCOMES, with_finding
from tracker.config import Settings
from tracker.encoder import load_pair_reader, softmax
from tracker.evaluation.pairs import paired, statement
from tracker.languages import Languages, languages
from tracker.types import CONFLICTING, RelationLabel, Verdict
from training.at_work import Met, met
from training.claim_sets import ClaimPair, is_held_out, read_sets
from training.contrasts import read_contrasts
from training.coverage import read_coverage
from training.scores import reliability, told

WEIGHTS = Path(tracker.comparison.__file__).parent / "relation.toml"
PENALTY = 30.0
"""What a squared weight costs beside the log of a probability; 10 to 100 make no difference."""
ROUNDS = 15
"""Steps of Newton's method; it stands still long before."""
FOLDS = 5
SEED = 5
SETS = 2000
"""Pairs of sets and contrast sets that are judged; more change nothing."""
UNRELATED = 6
"""Pairs without a relation for each that has one, of those in articles, as fitting counts them."""
HIGHEST = 0.95
PRECISION = 0.7
"""What the threshold is chosen for: how many of the flagged pairs in articles are to be right."""
_RULES = "found:"
"""How the names of evidence begin that exact comparers give."""
PARTS: Mapping[str, Callable[[str], bool]] = {
    "everything": lambda name: True,
    "without rules": lambda name: not name.startswith(_RULES),
    "without the model": lambda name: not name.startswith(("read:", "inferred:")),
    "the model alone": lambda name: name.startswith(("read:", "inferred:", "always")),
    "without voices": lambda name: not name.startswith("one voice"),
}

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A pair as it is judged, and what it should come to."""

    event: str
    features: Features
    outcome: RelationLabel
    natural: bool
    """Whether it is from whole articles, where most pairs have no relation."""
    finding: float | None = None
    """How sure an exact comparer is of the contradiction that it found, where one did."""


def cases(met: Iterable[tuple[str, Met]], *, natural: bool) -> list[Case]:
    """Judge pairs, each with the name of its set or story, by the model and the rules."""
    events, pairs = zip(*met, strict=True)
    statements = [(each.pairing.premise, each.pairing.hypothesis) for each in pairs]
    comparers = (RuleComparer(languages()), ModelComparer(load_pair_reader(threads=2)))
    said = [comparer.compare(statements) for comparer in comparers]
    return [
        case_of(event, each, verdicts, natural=natural)
        for event, each, *verdicts in zip(events, pairs, *said, strict=True)
    ]


def case_of(event: str, met: Met, verdicts: Sequence[Verdict], *, natural: bool) -> Case:
    """A pair with what was said of it."""
    exact = exact_finding(verdicts)
    return Case(
        event,
        features_of(met.pairing, verdicts),
        outcome_of(met.relation),
        natural,
        exact.contradiction if exact else None,
    )


def judged() -> list[Case]:
    """The cases that the model did not learn from."""
    packs, tracker = languages(), build_tracker(Settings())
    sets = [pair for pair in [*read_sets(), *read_contrasts()] if is_held_out(pair)]
    some = random.Random(SEED).sample(sets, SETS)
    alone = [(pair.set_id, Met(pairing_of(pair, packs), pair.relation)) for pair in some]
    in_articles = [(story.name, each) for story in read_coverage() for each in met(story, tracker)]
    return [*cases(alone, natural=False), *cases(in_articles, natural=True)]


def pairing_of(pair: ClaimPair, packs: Languages) -> Pairing:
    """A pair as a comparer sees it."""
    premise, hypothesis = (
        statement(side.speaker, side.text, side.language, side.said_on, side.about, packs)
        for side in (pair.premise, pair.hypothesis)
    )
    return paired(premise, hypothesis)


def outcome_of(relation: RelationLabel) -> RelationLabel:
    """What the layer learns; whose voice it is decides the rest."""
    if relation is RelationLabel.REVERSAL:
        return RelationLabel.CONTRADICTION
    return relation


def numbers(found: Sequence[Case]) -> npt.NDArray[np.int64]:
    """Which of ``OUTCOMES`` each case should come to."""
    return np.array([OUTCOMES.index(case.outcome) for case in found])


def balanced(found: Sequence[Case]) -> Floats:
    """What each case counts; unrelated pairs of articles would else drown the others."""
    natural = np.array([case.natural for case in found])
    unrelated = natural & np.array([case.outcome is RelationLabel.NONE for case in found])
    counted = np.ones(len(found))
    counted[unrelated] = UNRELATED * (natural & ~unrelated).sum() / unrelated.sum()
    return counted


class Regression:
    """A multinomial logistic regression over named numbers."""

    def __init__(self, found: Sequence[Case], keep: Callable[[str], bool]) -> None:
        """Fit it, by Newton's method."""
        self.names = sorted({name for case in found for name in case.features if keep(name)})
        table, wanted = self._table(found), np.zeros((len(found), len(OUTCOMES)))
        wanted[range(len(found)), numbers(found)] = 1
        counted = balanced(found)[:, np.newaxis]
        self.weights = np.zeros((len(self.names), len(OUTCOMES)))
        for _ in range(ROUNDS):
            chances = softmax(table @ self.weights)
            slope = table.T @ (counted * (chances - wanted)) + PENALTY * self.weights
            step = np.linalg.solve(_curvature(table, counted, chances), slope.T.ravel())
            self.weights -= step.reshape(len(OUTCOMES), -1).T

    def chances(self, found: Sequence[Case]) -> Floats:
        """(cases, outcomes)"""
        return softmax(self._table(found) @ self.weights)

    def _table(self, found: Sequence[Case]) -> Floats:
        return np.array([[case.features.get(name, 0.0) for name in self.names] for case in found])


def _curvature(table: Floats, counted: Floats, chances: Floats) -> Floats:
    """The second derivatives of the loss, outcome by outcome and within them feature by feature."""
    blocks = [
        [
            table.T @ (table * counted * (a * ((m == n) - b))[:, np.newaxis])
            for n, b in enumerate(chances.T)
        ]
        for m, a in enumerate(chances.T)
    ]
    whole: Floats = np.block(blocks)
    return whole + PENALTY * np.eye(len(whole))


def crossed(found: Sequence[Case], keep: Callable[[str], bool]) -> Floats:
    """The chances of each case, findings of exact comparers included.

    By a regression that did not see its set or story.
    """
    chances = np.zeros((len(found), len(OUTCOMES)))
    fold = np.array([crc32(f"fold {case.event}".encode()) % FOLDS for case in found])
    for n in range(FOLDS):
        others = [case for case, f in zip(found, fold, strict=True) if f != n]
        model = Regression(others, keep)
        chances[fold == n] = model.chances([c for c, f in zip(found, fold, strict=True) if f == n])
    for row, case in zip(chances, found, strict=True):
        if case.finding is not None and keep(_RULES):
            row[:] = list(
                with_finding(dict(zip(OUTCOMES, row, strict=True)), case.finding).values()
            )
    return chances


def threshold(found: Sequence[Case], chances: Floats) -> tuple[float, list[str]]:
    """The lowest chance from which the wanted precision is kept in articles, and how it goes."""
    natural = np.array([case.natural for case in found])
    gold = natural & np.array([case.outcome in CONFLICTING for case in found])
    flags = [n for n, label in enumerate(OUTCOMES) if label in CONFLICTING]
    flagged = natural & np.isin(chances.argmax(1), flags)
    best = chances.max(1)
    lines, lowest = [], HIGHEST
    for percent in range(30, int(100 * HIGHEST) + 1):
        here = flagged & (best >= percent / 100)
        if not here.any():
            break
        right = (here & gold).sum()
        precision, recall = right / here.sum(), right / gold.sum()
        if percent % 5 == 0:
            lines.append(f"    from {percent} %: precision {precision:.2f}, recall {recall:.2f}")
        if precision >= PRECISION:
            lowest = min(lowest, percent / 100)
    return lowest, lines


def trust(found: Sequence[Case], chances: Floats) -> list[str]:
    """How far the chance of a contradiction can be trusted in articles."""
    natural = [n for n, case in enumerate(found) if case.natural]
    return reliability(chances[natural, 0], numbers(found)[natural] == 0)


@click.command(help=__doc__)
@click.option("--write/--measure", default=True, help="whether the weights are written")
def main(write: bool) -> None:
    """Measure, fit, write."""
    found = judged()
    for name, keep in PARTS.items():
        chances = crossed(found, keep)
        click.echo(name)
        for natural in (False, True):
            rows = [n for n, case in enumerate(found) if case.natural == natural]
            some = [found[n] for n in rows]
            scores = told(OUTCOMES, chances[rows], numbers(some))
            click.echo(f"    {'articles' if natural else 'sets'}: {scores}")
        if name == "everything":
            low, lines = threshold(found, chances)
            lines += [f"    threshold {low}", *trust(found, chances)]
            click.echo("\n".join(lines))
    if write:
        WEIGHTS.write_text(as_toml(Regression(found, PARTS["everything"]), low), "utf-8")


def as_toml(model: Regression, low: float) -> str:
    """The weights to two decimals."""
    lines = [
        "# Learnt by training.train_relation; see tracker/comparison/relation.py.",
        "",
        f"threshold = {low}",
    ]
    for n, outcome in enumerate(OUTCOMES):
        lines += ["", f"[{outcome}]"]
        lines += [
            f'"{name}" = {weight:.2f}'
            for name, weight in zip(model.names, model.weights[:, n], strict=True)
            if abs(weight) >= 0.005
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
