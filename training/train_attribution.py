"""Fine-tunes the attribution model: ``python -m training.train_attribution DATA RUN``.

DATA is the folder with ``polnear_train.jsonl`` and its neighbours; RUN is a folder for checkpoints,
from which an interrupted training goes on. Every epoch the documents are typed anew (see
``training.augmentation``), cut into windows, and batched by length.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import numpy as np
import torch
from torch import Tensor

from tracker.claims.tagged import read_tags
from tracker.encoder import (
    Batch,
    Floats,
    Tokenizer,
    tags_by,
    windows,
)
from training.attribution_data import Document, own_articles, research_set
from training.attribution_model import (
    IGNORED,
    AttributionModel,
    Example,
    distillation_loss,
    example,
    loss,
)
from training.attribution_score import Tally
from training.augmentation import augmented
from training.e5 import starting_model
from training.export_attribution import load_model
from training.trainer import Lessons, Trainer, batch_of, batched

SEED = 7


def training_set(data: Path, own: int, german: bool) -> list[Document]:
    """Everything that is learnt from in an epoch; our own articles several times over."""
    documents = list(research_set(data / "polnear_train.jsonl"))
    if german:
        documents += research_set(data / "spkatt_de_train.jsonl")
    return documents + own * list(own_articles(held_out=False))


def examples(
    documents: Sequence[Document], tokenizer: Tokenizer, chance: random.Random
) -> Iterator[Example]:
    """The windows of documents, typed anew."""
    for document in documents:
        document = augmented(document, chance)
        [tokens] = tokenizer.tokens([document.text])
        for window in windows(document.text, tokens, room=chance.choice((96, 160, 192, 224))):
            yield example(tokens, window, document)


def targets(group: Sequence[Example], length: int) -> tuple[Tensor, Tensor]:
    """tags and links of a batch of so many places."""
    tags = np.full((len(group), length, 3), IGNORED)
    links = np.full((len(group), length, 2), IGNORED)
    for row, e in enumerate(group):
        tags[row, : len(e.ids)] = e.tags
        links[row, : len(e.ids)] = e.links
    return torch.from_numpy(tags), torch.from_numpy(links)


class AttributionLessons(Lessons):
    """How attributions are learnt and measured."""

    def groups(self, documents: Sequence[Document], epoch: int) -> list[list[Example]]:
        """The batches of an epoch."""
        chance = random.Random(SEED + epoch)
        return batched(list(examples(documents, self.tokenizer, chance)), chance)

    def loss_of(self, group: Sequence[Example]) -> Tensor:
        """The loss of a batch, in part that of not answering as the teacher does."""
        batch = batch_of(group)
        mask = torch.from_numpy(batch.mask)
        tags, links = targets(group, batch.ids.shape[1])
        output, taught = self.answers(batch)
        total = loss(output, mask, tags, links)
        return total if taught is None else total + distillation_loss(output, taught, mask)

    def measured(self, documents: Sequence[Document]) -> str:
        """The quick scores over documents."""
        self.model.eval()
        tally = Tally()
        for document in documents:
            [tokens] = self.tokenizer.tokens([document.text])
            tags = tags_by(self._run, document.text, tokens)
            tally.add(document, read_tags(document.text, tags))
        return str(tally)

    @torch.no_grad()
    def _run(self, batch: Batch) -> Floats:
        """What the exported model will answer, in floats."""
        embedded = self.table(torch.from_numpy(batch.ids))
        return self.model(embedded, torch.from_numpy(batch.mask)).numpy()


@click.command(help=__doc__)
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--layers", default=",".join(map(str, range(12))), help="which ones are kept")
@click.option("--epochs", default=3)
@click.option("--rate", default=1.5e-4, help="highest learning rate")
@click.option("--own", default=2, help="how often an epoch has our own articles")
@click.option("--german/--no-german", default=False, help="whether to learn from SpkAtt too")
@click.option("--start", type=click.Path(path_type=Path, exists=True), help="weights to start from")
@click.option(
    "--teacher", type=click.Path(path_type=Path, exists=True), help="weights to learn from"
)
def main(
    data: Path,
    run: Path,
    layers: str,
    epochs: int,
    rate: float,
    own: int,
    german: bool,
    start: Path | None,
    teacher: Path | None,
) -> None:
    """Train, checkpoint and measure after every epoch."""
    torch.manual_seed(SEED)
    model = starting_model(start, [int(n) for n in layers.split(",")], AttributionModel)
    lessons = AttributionLessons(model, load_model(teacher) if teacher else None)
    trainer = Trainer(run, model, rate)
    documents = training_set(data, own, german)
    dev = list(research_set(data / "polnear_dev.jsonl"))
    ours = list(own_articles(held_out=True))
    while trainer.epoch < epochs:
        trainer.learn(lessons.groups(documents, trainer.epoch), lessons.loss_of, epochs)
        click.echo(f"epoch {trainer.epoch} PolNeAR dev: {lessons.measured(dev)}")
        for code in sorted({document.language for document in ours}):
            some = [document for document in ours if document.language == code]
            click.echo(f"    held out {code}: {lessons.measured(some)}")


if __name__ == "__main__":
    main()
