"""Calibrates and writes the comparison model: ``python -m training.export_comparer WEIGHTS…``.

WEIGHTS is an ``epoch-N.pt`` of ``training.train_comparer``, or several, whose mean is taken
(Wortsman et al. 2022, "Model soups"): what one epoch unlearns another still knows. Each set of
answers is divided by a temperature (Guo et al. 2017, "On Calibration of Modern Neural Networks")
that makes the held-out claims likeliest; it goes into the weights of the heads, so that nothing has
to be divided at run time. A table says how far the chances can be trusted.
"""

import random
from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tracker.comparison.model import ANSWERS, KINDS, OUTPUTS, RELATIONS
from tracker.encoder.files import SHIPPED
from tracker.encoder.pairs import EARLY, LATE
from training.claim_sets import is_held_out, read_sets
from training.comparer_model import UNKNOWN, ComparerModel, Example, Head, parts_of
from training.e5 import saved_model
from training.manifest import record
from training.onnx_graph import GraphWriter, array, write_average, write_layers, write_start
from training.scores import reliability
from training.stories import read_stories
from training.train_comparer import SEED, ComparerLessons, thinned

TEMPERATURES = np.arange(0.5, 3.01, 0.05)
PARTS = {"answers": len(ANSWERS), "relations": len(RELATIONS), "kinds": len(KINDS)}
"""The sets of answers in the order of the outputs, and how many there are of each."""


def mean(models: Sequence[ComparerModel]) -> ComparerModel:
    """The first model, with the mean of the weights of all."""
    states = [model.state_dict() for model in models]
    models[0].load_state_dict(
        {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
    )
    return models[0]


def export(model: ComparerModel, folder: Path) -> list[str]:
    """Write either half of the body in 8-bit integers, with its head in floats."""
    layers, width = list(model.body.layers), model.body.shape.width
    early = GraphWriter()
    states = write_layers(early, layers[: model.half], write_start(early, model.body))
    scores = write_head(early, states, model.early)
    shapes = {scores: ["batch", OUTPUTS], states: ["batch", "length", width]}
    early.save(folder / EARLY, shapes, width)
    late = GraphWriter()
    states = write_layers(late, layers[model.half :], "embedded")
    late.save(folder / LATE, {write_head(late, states, model.late): ["batch", OUTPUTS]}, width)
    return [EARLY, LATE]


def write_head(graph: GraphWriter, states: str, head: Head) -> str:
    """Add a head in floats; answers the name of its scores."""
    value = write_average(graph, states)
    hidden = graph.add("Tanh", _linear(graph, value, head.hidden))
    return _linear(graph, hidden, head.scores)


def _linear(graph: GraphWriter, value: str, layer: nn.Linear) -> str:
    product = graph.add("MatMul", value, graph.constant(array(layer.weight).T))
    return graph.add("Add", product, graph.constant(array(layer.bias)))


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
    for head, rows in zip((model.early, model.late), lessons.scores(examples), strict=True):
        calibrate_head(head.scores, rows, examples)


def calibrate_head(head: nn.Linear, rows: Tensor, examples: Sequence[Example]) -> None:
    """The same for one head."""
    first = 0
    for (name, width), some, wanted in zip(
        PARTS.items(), parts_of(rows), right_answers(examples), strict=True
    ):
        temperature = best_temperature(some, wanted)
        head.weight.data[first : first + width] /= temperature
        head.bias.data[first : first + width] /= temperature
        first += width
        click.echo(f"{name}: temperature {temperature:.2f}")
        click.echo("\n".join(likeliest(some / temperature, wanted)))


@click.command(help=__doc__)
@click.argument("weights", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=SHIPPED)
def main(weights: Sequence[Path], folder: Path) -> None:
    """Calibrate, then export into a folder."""
    model = mean([saved_model(each, ComparerModel) for each in weights])
    calibrate(model)
    names = export(model, folder)
    record(folder, names)
    for name in names:
        click.echo(f"{(folder / name).stat().st_size:>12,} bytes  {folder / name}")


if __name__ == "__main__":
    main()
