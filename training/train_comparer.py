"""Fine-tunes the comparison model: ``python -m training.train_comparer DATA RUN``.

DATA is the folder with ``train_*.jsonl`` and ``dev_*.jsonl`` of inference; RUN is a folder for
checkpoints, from which an interrupted training goes on. First general pairs, then
(``--claims``) the pairs of ``training/claim_sets`` with some general ones among them, both ways of
telling them, with and without the events. Sets of one event stay together: every fifth is held out.
"""

import random
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import click
import numpy as np
import torch
from torch import Tensor

from tracker.encoder import batches
from training.claim_sets import ClaimPair, read_sets
from training.comparer_model import (
    RELATIONS,
    ComparerModel,
    Example,
    answers_of,
    claims,
    distillation_loss,
    general,
    loss,
    relations_of,
    targets,
)
from training.e5 import saved_model, starting_model
from training.inference_data import (
    ANSWERS,
    PERMISSIVE,
    SHAREALIKE,
    UNSTATED,
    InferencePair,
    read_pairs,
    training_pairs,
)
from training.trainer import BATCH, Lessons, Trainer, batch_of, batched

SEED = 11
HELD_OUT = 5
"""Every so many sets are for measuring."""
MEASURED = 600
"""Pairs of each general set that are measured after an epoch."""
REPLAYED = 0.5
"""General pairs for each pair of claims, so that what they taught is not forgotten."""
DEV = {
    "xnli": "dev_xnli",
    "rte3": "dev_rte3_3way_dev",
    "fever symmetric": "dev_fever_symmetric_dev",
    "ronli": "dev_ronli",
}


def is_held_out(pair: ClaimPair) -> bool:
    """Whether a pair is for measuring; all pairs of a set are or none."""
    return crc32(pair.set_id.encode()) % HELD_OUT == 0


class ComparerLessons(Lessons):
    """How comparisons are learnt and measured."""

    def loss_of(self, group: Sequence[Example]) -> Tensor:
        """The loss of a batch, in part that of not answering as the teacher does."""
        possible, relations = targets(group)
        output, taught = self.answers(batch_of(group))
        total = loss(output, possible, relations)
        return total if taught is None else total + distillation_loss(output, taught)

    def general(self, pairs: Sequence[InferencePair]) -> list[Example]:
        """General pairs as examples."""
        return [general(self.tokenizer, pair) for pair in pairs]

    def claims(self, pairs: Sequence[ClaimPair], chance: random.Random) -> list[Example]:
        """Pairs of claims as examples, a third of them without the events."""
        return [claims(self.tokenizer, pair, about=chance.random() > 1 / 3) for pair in pairs]

    @torch.no_grad()
    def scores(self, examples: Sequence[Example]) -> Tensor:
        """What the model answers, a row a pair."""
        self.model.eval()
        rows = torch.empty(len(examples), len(ANSWERS) + len(RELATIONS))
        for batch in batches([example.ids for example in examples], BATCH):
            rows[list(batch.places)], _ = self.answers(batch)
        return rows


def accuracy(lessons: ComparerLessons, pairs: Sequence[InferencePair]) -> float:
    """How many of general pairs are answered by what may be right."""
    best = answers_of(lessons.scores(lessons.general(pairs))).argmax(-1).tolist()
    right = [ANSWERS[n] in pair.possible for n, pair in zip(best, pairs, strict=True)]
    return float(np.mean(right))


def measured(lessons: ComparerLessons, data: Path, pairs: Sequence[ClaimPair]) -> str:
    """The quick scores: general sets by language, and held-out claims."""
    lines = []
    for name, file in DEV.items():
        found = list(read_pairs(data / f"{file}.jsonl"))
        for language in sorted({pair.language for pair in found}):
            some = [pair for pair in found if pair.language == language][:MEASURED]
            lines.append(f"    {name} {language}: {100 * accuracy(lessons, some):.1f}")
    if pairs:
        lines.append(f"    claims: {claim_scores(lessons, pairs)}")
    return "\n".join(lines)


def claim_scores(lessons: ComparerLessons, pairs: Sequence[ClaimPair]) -> str:
    """Macro F1 over the relations, each F1, and average precision of contradiction or reversal."""
    examples = [claims(lessons.tokenizer, pair, about=True) for pair in pairs]
    chances = relations_of(lessons.scores(examples)).softmax(-1).numpy()
    gold = np.array([example.relation for example in examples])
    best = chances.argmax(1)
    each = []
    for n in range(len(RELATIONS)):
        hits = ((best == n) & (gold == n)).sum()
        each.append(2 * hits / max((best == n).sum() + (gold == n).sum(), 1))
    hard = [n for n, label in enumerate(RELATIONS) if label.value in ("contradiction", "reversal")]
    order = np.argsort(-chances[:, hard].sum(1))
    right = np.isin(gold[order], hard)
    precision = float((np.cumsum(right) / np.arange(1, len(right) + 1))[right].mean())
    told = " ".join(f"{label} {100 * f:.0f}" for label, f in zip(RELATIONS, each, strict=True))
    return f"macro F1 {100 * np.mean(each):.1f} ({told}), average precision {100 * precision:.1f}"


@click.command(help=__doc__)
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--claims/--general", "with_claims", default=False, help="what is learnt from")
@click.option("--layers", default=",".join(map(str, range(12))), help="which ones are kept")
@click.option("--epochs", default=1)
@click.option("--rate", default=1.2e-4, help="highest learning rate")
@click.option("--sets", default=1.0, help="share of the claim sets that is learnt from")
@click.option("--start", type=click.Path(path_type=Path, exists=True), help="weights to start from")
@click.option(
    "--teacher", type=click.Path(path_type=Path, exists=True), help="weights to learn from"
)
def main(
    data: Path,
    run: Path,
    with_claims: bool,
    layers: str,
    epochs: int,
    rate: float,
    sets: float,
    start: Path | None,
    teacher: Path | None,
) -> None:
    """Train, checkpoint and measure after every epoch."""
    torch.manual_seed(SEED)
    model = starting_model(start, [int(n) for n in layers.split(",")], ComparerModel)
    lessons = ComparerLessons(model, saved_model(teacher, ComparerModel) if teacher else None)
    trainer = Trainer(run, model, rate)
    pairs = list(read_sets()) if with_claims else []
    taught = [pair for pair in pairs if not is_held_out(pair)]
    taught = [p for p in taught if crc32(b"share" + p.set_id.encode()) % 1000 < 1000 * sets]
    kept = [pair for pair in pairs if is_held_out(pair)]
    while trainer.epoch < epochs:
        chance = random.Random(SEED + trainer.epoch)
        files = (PERMISSIVE, SHAREALIKE, UNSTATED)
        examples = lessons.claims(taught, chance)
        others = training_pairs(data, files, chance)
        if with_claims:
            others = others[: int(REPLAYED * len(taught))]
        examples += lessons.general(others)
        trainer.learn(batched(examples, chance), lessons.loss_of, epochs)
        click.echo(f"epoch {trainer.epoch}\n{measured(lessons, data, kept)}")


if __name__ == "__main__":
    main()
