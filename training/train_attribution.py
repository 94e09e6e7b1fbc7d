"""Fine-tunes the attribution model: ``python -m training.train_attribution DATA RUN``.

DATA is the folder with ``polnear_train.jsonl`` and its neighbours; RUN is a folder for checkpoints,
from which an interrupted training goes on. Every epoch the documents are typed anew (see
``training.augmentation``), cut into windows, and batched by length.
"""

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import numpy as np
import torch
from torch import Tensor, nn

from tracker.claims.tagged import read_tags
from tracker.encoder import (
    PADDING,
    ModelFolder,
    Tagged,
    Tags,
    Tokenizer,
    batches,
    scores_of,
    windows,
)
from training.attribution_data import Document, own_articles, research_set
from training.attribution_model import IGNORED, AttributionModel, Example, example, loss
from training.attribution_score import Tally
from training.augmentation import augmented
from training.e5 import Body, load_body, load_token_embeddings
from training.encoder_weights import read_weights

BATCH = 3072
"""Pieces in a batch, padding included."""
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


def batched(found: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Batches of about one length, in any order."""
    found = sorted(found, key=lambda e: (len(e.ids) // 8, chance.random()))
    groups: list[list[Example]] = [[]]
    for each in found:
        if groups[-1] and (len(groups[-1]) + 1) * len(each.ids) > BATCH:
            groups.append([])
        groups[-1].append(each)
    chance.shuffle(groups)
    return groups


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


@torch.no_grad()
def tag(model: AttributionModel, table: nn.Embedding, tokenizer: Tokenizer, text: str) -> Tags:
    """What the runtime's ``Tagger`` would answer."""
    [tokens] = tokenizer.tokens([text])
    cut = windows(text, tokens)
    outputs: list = [None] * len(cut)
    for batch in batches([w.ids for w in cut], BATCH):
        result = model(table(torch.from_numpy(batch.ids)), torch.from_numpy(batch.mask)).numpy()
        for row, place in enumerate(batch.places):
            outputs[place] = result[row, : len(cut[place].ids)]
    return Tags(tokens, [Tagged(w, scores_of(o)) for w, o in zip(cut, outputs, strict=True)])


def measured(
    model: AttributionModel,
    table: nn.Embedding,
    tokenizer: Tokenizer,
    documents: Sequence[Document],
) -> str:
    """The quick scores over documents."""
    model.eval()
    tally = Tally()
    for document in documents:
        tags = tag(model, table, tokenizer, document.text)
        tally.add(document, read_tags(document.text, tags))
    return str(tally)


@click.command(help=__doc__)
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--layers", default="0,2,4,6,8,10", help="which of the twelve are kept")
@click.option("--epochs", default=3)
@click.option("--rate", default=2e-4, help="highest learning rate")
@click.option("--own", default=3, help="how often an epoch has our own articles")
@click.option("--german/--no-german", default=False)
@click.option("--start", type=click.Path(path_type=Path), help="weights to start from")
@click.option("--polnear/--no-polnear", default=True)
def main(data, run, layers, epochs, rate, own, german, start, polnear) -> None:
    """Train, checkpoint and measure after every epoch."""
    run.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    kept = [int(n) for n in layers.split(",")]
    tokenizer = Tokenizer(ModelFolder().file("tokenizer.json"))
    table = load_token_embeddings(ModelFolder().table)
    model = fresh_model(kept)
    documents = training_set(data, own, german)
    if not polnear:
        documents = own * list(own_articles(held_out=False))
    if start:
        model.load_state_dict(torch.load(start, weights_only=True))
    dev = list(research_set(data / "polnear_dev.jsonl"))
    held_out = list(own_articles(held_out=True))
    optimiser = torch.optim.AdamW(model.parameters(), rate, weight_decay=0.01, eps=1e-6)
    first = 0
    state = run / "state.pt"
    if state.exists():
        saved = torch.load(state, weights_only=True)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        first = saved["epoch"]
    steps_done = 0
    for epoch in range(first, epochs):
        chance = random.Random(SEED + epoch)
        groups = batched(list(examples(documents, tokenizer, chance)), chance)
        total_steps, at = epochs * len(groups), time.monotonic()
        steps_done = epoch * len(groups)
        model.train()
        losses = []
        for n, group in enumerate(groups):
            share = (steps_done + n) / total_steps
            for part in optimiser.param_groups:
                part["lr"] = rate * min(1, share / 0.05) * (1 - share) + 1e-6
            ids, mask, tags, links = padded(group)
            with torch.autocast("cpu", torch.bfloat16):
                output = model(table(ids), mask)
            found = loss(output.float(), mask, tags, links)
            optimiser.zero_grad()
            found.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            losses.append(found.item())
            if n % 50 == 49:
                pace = (time.monotonic() - at) / (n + 1)
                click.echo(
                    f"{epoch} {n + 1}/{len(groups)} loss {np.mean(losses[-50:]):.3f} "
                    f"{pace:.2f} s/step, {pace * (total_steps - steps_done - n) / 60:.0f} min left"
                )
        torch.save(
            {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "epoch": epoch + 1},
            state,
        )
        torch.save(model.state_dict(), run / f"epoch-{epoch + 1}.pt")
        click.echo(f"epoch {epoch + 1} PolNeAR dev: {measured(model, table, tokenizer, dev)}")
        by_language = sorted({d.language for d in held_out})
        for code in by_language:
            ours = [d for d in held_out if d.language == code]
            click.echo(f"   held out {code}: {measured(model, table, tokenizer, ours)}")


if __name__ == "__main__":
    main()
