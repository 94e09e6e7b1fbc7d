"""Measures the comparison model as it ships: ``python -m training.measure_comparer DATA``.

DATA is the folder with ``dev_*.jsonl`` of inference. Every pair is read to the end, one way. For
each set and language: how many answers are right, F1 of contradiction, and how many of the neutral
pairs are called contradictions.
"""

from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np

from tracker.comparison.model import ANSWERS
from tracker.encoder import PairReader, load_pair_reader
from tracker.types import VerdictLabel
from training.inference_data import InferencePair, read_pairs
from training.scores import f1


def answers(reader: PairReader, pairs: Sequence[InferencePair]) -> list[VerdictLabel]:
    """The likeliest answer of each pair."""
    scores = reader.read([(pair.premise, pair.hypothesis) for pair in pairs])
    return [ANSWERS[n] for n in scores[:, : len(ANSWERS)].argmax(1)]


def scored(pairs: Sequence[InferencePair], given: Sequence[VerdictLabel]) -> str:
    """What the answers given are worth."""
    right = np.array([answer in pair.possible for pair, answer in zip(pairs, given, strict=True)])
    flagged = np.array([answer is VerdictLabel.CONTRADICTION for answer in given])
    opposed = np.array([pair.possible == {VerdictLabel.CONTRADICTION} for pair in pairs])
    neutral = np.array([pair.possible == {VerdictLabel.NEUTRAL} for pair in pairs])
    line = f"{len(pairs):5} pairs, accuracy {100 * right.mean():.1f}"
    line += f", contradiction F1 {100 * f1(flagged, opposed):.1f}"
    if neutral.any():
        line += f", neutral pairs flagged {100 * flagged[neutral].mean():.1f}"
    return line


@click.command(help=__doc__)
@click.argument("data", type=click.Path(path_type=Path, exists=True))
def main(data: Path) -> None:
    """Print a line for each set and language."""
    reader = load_pair_reader(threads=2)
    for file in sorted(data.glob("dev_*.jsonl")):
        pairs = list(read_pairs(file))
        for language in sorted({pair.language for pair in pairs}):
            some = [pair for pair in pairs if pair.language == language]
            click.echo(f"{file.stem} {language}: {scored(some, answers(reader, some))}")


if __name__ == "__main__":
    main()
