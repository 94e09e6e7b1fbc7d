"""Writes the attribution model: ``python -m training.export_attribution WEIGHTS``.

WEIGHTS is an ``epoch-N.pt`` of ``training.train_attribution``.
"""

from pathlib import Path

import click

from tracker.encoder import OUTPUTS
from tracker.encoder.files import SHIPPED
from tracker.encoder.tagger import FILE
from training.attribution_model import AttributionModel
from training.e5 import saved_model
from training.manifest import record
from training.onnx_graph import GraphWriter, array, write_body


def load_model(weights: Path) -> AttributionModel:
    """The trained model."""
    return saved_model(weights, AttributionModel)


def export(model: AttributionModel, path: Path) -> None:
    """Write the body in 8-bit integers with the head in floats."""
    graph = GraphWriter()
    hidden = write_body(graph, model.body)
    product = graph.add("MatMul", hidden, graph.constant(array(model.head.weight).T))
    output = graph.add("Add", product, graph.constant(array(model.head.bias)))
    width = model.body.shape.width
    graph.save(path, {output: ["batch", "length", OUTPUTS]}, width)


@click.command(help=__doc__)
@click.argument("weights", type=click.Path(path_type=Path, exists=True))
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=SHIPPED)
def main(weights: Path, folder: Path) -> None:
    """Export into a folder."""
    export(load_model(weights), folder / FILE)
    record(folder, [FILE])
    click.echo(f"{(folder / FILE).stat().st_size:>12,} bytes  {folder / FILE}")


if __name__ == "__main__":
    main()
