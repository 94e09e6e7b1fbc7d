"""Calibrates and writes the comparison model: ``python -m training.export_comparer WEIGHTS``.

WEIGHTS is an ``epoch-N.pt`` of ``training.train_comparer``. Each set of answers is divided by a
temperature (Guo et al. 2017, "On Calibration of Modern Neural Networks") that makes the held-out
claims likeliest; it goes into the weights of the heads, so that nothing has to be divided at run
time. A table says how far the chances can be trusted.
"""

import random
from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from tracker.comparison.model import ANSWERS, KINDS, OUTPUTS, RELATIONS
from tracker.encoder.files import SHIPPED
from tracker.encoder.pairs import FILE
from training.claim_sets import is_held_out, read_sets
from training.comparer_model import UNKNOWN, ComparerModel, Example, parts_of
from training.e5 import saved_model
from training.export_encoder import record
from training.onnx_graph import GraphWriter, array, write_average, write_body
from training.scores import reliability
from training.stories import read_stories
from training.train_comparer import SEED, ComparerLessons, thinned

TEMPERATURES = np.arange(0.5, 3.01, 0.05)
PARTS = {"answers": len(ANSWERS), "relations": len(RELATIONS), "kinds": len(KINDS)}
"""The sets of answers in the order of the outputs, and how many there are of each."""


def export(model: ComparerModel, path: Path) -> None:
    """Write the body in 8-bit integers with the hidden layer and the heads in floats."""
    graph = GraphWriter()
    value = write_average(graph, write_body(graph, model.body))
    for n, layer in enumerate((model.hidden, model.head)):
        product = graph.add("MatMul", value, graph.constant(array(layer.weight).T))
        value = graph.add("Add", product, graph.constant(array(layer.bias)))
        if n == 0:
            value = graph.add("Tanh", value)
    graph.save(path, value, ["batch", OUTPUTS], model.body.shape.width)


def held_out(lessons: ComparerLessons) -> list[Example]:
    """Claims that the model did not learn from."""
    chance = random.Random(SEED)
    stories = thinned([pair for pair in read_stories() if is_held_out(pair)], chance)
    return lessons.claims([p for p in read_sets() if is_held_out(p)] + stories, chance)


def right_answers(examples: Sequence[Example]) -> list[Tensor]:
    """What is right in each set of answers, or ``UNKNOWN``."""
    return [
        torch.tensor([int(each.possible.argmax()) for each in examples]),
        torch.tensor([each.relation for each in examples]),
        torch.tensor([each.kind for each in examples]),
    ]


def best_temperature(scores: Tensor, right: Tensor) -> float:
    """The temperature under which the right answers are likeliest."""
    losses = [
        functional.cross_entropy(scores / float(t), right, ignore_index=UNKNOWN).item()
        for t in TEMPERATURES
    ]
    return float(TEMPERATURES[int(np.argmin(losses))])


def likeliest(scores: Tensor, right: Tensor) -> list[str]:
    """How often the likeliest answer is right, by how likely it is."""
    known = right != UNKNOWN
    best, place = scores[known].softmax(-1).max(-1)
    return reliability(best.numpy(), (place == right[known]).numpy())


def calibrate(model: ComparerModel) -> None:
    """Divide the heads by their temperatures, and say what that makes of the chances."""
    lessons = ComparerLessons(model, None)
    examples = held_out(lessons)
    scores, right = parts_of(lessons.scores(examples)), right_answers(examples)
    first = 0
    for (name, width), some, wanted in zip(PARTS.items(), scores, right, strict=True):
        temperature = best_temperature(some, wanted)
        rows = slice(first, first + width)
        model.head.weight.data[rows] /= temperature
        model.head.bias.data[rows] /= temperature
        first += width
        click.echo(f"{name}: temperature {temperature:.2f}")
        click.echo("\n".join(likeliest(some / temperature, wanted)))


@click.command(help=__doc__)
@click.argument("weights", type=click.Path(path_type=Path, exists=True))
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=SHIPPED)
def main(weights: Path, folder: Path) -> None:
    """Calibrate, then export into a folder."""
    model = saved_model(weights, ComparerModel)
    calibrate(model)
    export(model, folder / FILE)
    record(folder, [FILE])
    click.echo(f"{(folder / FILE).stat().st_size:>12,} bytes  {folder / FILE}")


if __name__ == "__main__":
    main()
