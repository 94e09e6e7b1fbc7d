"""Pairs of sentences with what the one says of the other, from public sets of inference.

The sets and their licences are told in the model card. Two-way sets say only of one of the three
answers whether it is right, so that each pair comes with the answers that may be.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.types import VerdictLabel

PERMISSIVE, SHAREALIKE, UNSTATED = "train_permissive", "train_sharealike", "train_lingnli"
"""The training files by what their licences ask."""

MISLEADING = frozenset({"es", "pt", "ru"})
"""Languages of the few sets that are two-way, synthetic or made to deceive. What they teach is more
of their making than of the language: with them a model was right in 59 of 100 pairs of XNLI in
Spanish, and in 73 in French, of which it had seen none."""

_E, _N, _C = VerdictLabel.ENTAILMENT, VerdictLabel.NEUTRAL, VerdictLabel.CONTRADICTION
_POSSIBLE = {
    ("3way", "entailment"): frozenset({_E}),
    ("3way", "neutral"): frozenset({_N}),
    ("3way", "contradiction"): frozenset({_C}),
    ("ent2", "entailment"): frozenset({_E}),
    ("ent2", "not_entailment"): frozenset({_N, _C}),
    ("contra2", "contradiction"): frozenset({_C}),
    ("contra2", "not_contradiction"): frozenset({_E, _N}),
}


@dataclass(frozen=True)
class InferencePair:
    """A premise, a hypothesis, and the answers that may be right."""

    premise: str
    hypothesis: str
    language: str
    source: str
    possible: frozenset[VerdictLabel]


def read_pairs(path: Path) -> Iterator[InferencePair]:
    """The pairs of a file of one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield InferencePair(
                premise=record["premise"],
                hypothesis=record["hypothesis"],
                language=record["lang"],
                source=record["source"],
                possible=_POSSIBLE[record["scheme"], record["label"]],
            )


def training_pairs(
    folder: Path, files: Sequence[str], chance: random.Random
) -> list[InferencePair]:
    """All pairs of some files in any order, without the languages that mislead."""
    pairs = [pair for name in files for pair in read_pairs(folder / f"{name}.jsonl")]
    pairs = [pair for pair in pairs if pair.language not in MISLEADING]
    chance.shuffle(pairs)
    return pairs
