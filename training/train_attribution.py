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
from torch import Tensor, nn

from tracker.claims.tagged import read_tags
from tracker.encoder import (
    PADDING,
    Batch,
    Floats,
    ModelFolder,
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
from training.e5 import Body, load_body, load_token_embeddings
from training.encoder_weights import read_weights
from training.export_attribution import load_model
from training.trainer import Trainer, batched

SEED = 7


def shortened(body: Body, layers: Sequence[int]) -> Body:
    """The body with some of its layers."""
    body.layers = nn.ModuleList(body.layers[n] for n in layers)
    return body


def fresh_model(layers: Sequence[int]) -> AttributionModel:
    """A model on the published encoder."""
    return AttributionModel(shortened(load_body(read_weights()), layers))


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


def padded(group: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """ids, mask, tags and links of a batch."""
    length = max(len(e.ids) for e in group)
    ids = np.full((len(group), length), PADDING)
    mask = np.zeros((len(group), length), np.int64)
    tags = np.full((len(group), length, 3), IGNORED)
    links = np.full((len(group), length, 2), IGNORED)
    for row, e in enumerate(group):
        ids[row, : len(e.ids)] = e.ids
        mask[row, : len(e.ids)] = 1
        tags[row, : len(e.ids)] = e.tags
        links[row, : len(e.ids)] = e.links
    return tuple(torch.from_numpy(a) for a in (ids, mask, tags, links))


class Lessons:
    """What a model learns from, and how it is measured."""

    def __init__(self, model: AttributionModel, teacher: AttributionModel | None) -> None:
        """Load what no training changes."""
        self.model, self.teacher = model, teacher
        models = ModelFolder()
        self.tokenizer = models.tokenizer
        self.table = load_token_embeddings(models.table)

    def groups(self, documents: Sequence[Document], epoch: int) -> list[list[Example]]:
        """The batches of an epoch."""
        chance = random.Random(SEED + epoch)
        return batched(list(examples(documents, self.tokenizer, chance)), chance)

    def loss_of(self, group: Sequence[Example]) -> Tensor:
        """The loss of a batch, in part that of not answering as the teacher does."""
        ids, mask, tags, links = padded(group)
        embedded = self.table(ids)
        with torch.autocast("cpu", torch.bfloat16):
            output = self.model(embedded, mask)
        total = loss(output.float(), mask, tags, links)
        if self.teacher is not None:
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                taught = self.teacher(embedded, mask)
            total = total + distillation_loss(output.float(), taught.float(), mask)
        return total

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


def starting_model(start: Path | None, layers: Sequence[int]) -> AttributionModel:
    """Some layers of the weights to start from, or of the published encoder."""
    if start is None:
        return fresh_model(layers)
    model = load_model(start)
    model.body = shortened(model.body, layers)
    return model


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
    model = starting_model(start, [int(n) for n in layers.split(",")])
    lessons = Lessons(model, load_model(teacher) if teacher else None)
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
