"""Writes the comparison model: ``python -m training.export_comparer WEIGHTS``.

WEIGHTS is an ``epoch-N.pt`` of ``training.train_comparer``.
"""

from pathlib import Path

import click

from tracker.comparison.model import OUTPUTS
from tracker.encoder.files import SHIPPED
from tracker.encoder.pairs import FILE
from training.comparer_model import ComparerModel
from training.e5 import saved_model
from training.export_encoder import record
from training.onnx_graph import GraphWriter, array, write_average, write_body


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


@click.command(help=__doc__)
@click.argument("weights", type=click.Path(path_type=Path, exists=True))
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=SHIPPED)
def main(weights: Path, folder: Path) -> None:
    """Export into a folder."""
    export(saved_model(weights, ComparerModel), folder / FILE)
    record(folder, [FILE])
    click.echo(f"{(folder / FILE).stat().st_size:>12,} bytes  {folder / FILE}")


if __name__ == "__main__":
    main()
