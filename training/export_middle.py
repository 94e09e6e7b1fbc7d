"""The middle of what the encoder gives, which the bits of embeddings are told from.

``python -m training.export_middle`` writes ``middle.npy`` into the model folder: the mean embedding
of every eighth claim of ``training/stories`` under its headline.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np

from tracker.encoder import load_encoder
from tracker.encoder.bits import FILE
from tracker.encoder.files import SHIPPED
from tracker.encoder.vectors import values_of
from training.manifest import record
from training.stories import FOLDER

EVERY = 8


def texts() -> Iterator[str]:
    """Every claim of the stories, as it is embedded."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for article in json.loads(line)["articles"]:
                yield from (f"{each['text']} ({article['title']})" for each in article["claims"])


@click.command(help=__doc__)
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=SHIPPED)
def main(folder: Path) -> None:
    """Encode and average."""
    embeddings = load_encoder().embed(list(texts())[::EVERY])
    middle = np.mean([values_of(each) for each in embeddings], axis=0, dtype=np.float32)
    np.save(folder / FILE, middle, allow_pickle=False)
    record(folder, [FILE])


if __name__ == "__main__":
    main()
