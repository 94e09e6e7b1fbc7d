"""Reads two texts together and scores what the one is to the other.

A cross-encoder: the pieces of both texts go through one body, so that every word of the one meets
every word of the other. What the scores mean is said by who trained the model.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np

from tracker.encoder.batching import batches
from tracker.encoder.files import Body, ModelFolder
from tracker.encoder.table import Floats, Ids
from tracker.encoder.tokens import END, START, Tokenizer

FILE = "comparison.onnx"
MOST_PIECES = 192
"""Pieces of a pair that are read; a longer one is cut at the ends of its texts."""


class PairReader(Protocol):
    """Scores pairs of texts."""

    @property
    def version(self) -> str:
        """Changes whenever the scores of a pair may."""

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """(pairs, outputs): scores before any softmax; any texts will do."""


class OnnxPairReader:
    """The pair reader that comes with the program."""

    def __init__(self, models: ModelFolder, threads: int) -> None:
        """See ``load_pair_reader``."""
        self._models = models
        self._threads = threads

    @property
    def version(self) -> str:
        """The first letters of the sum of the model file."""
        return self._models.sum(FILE)[:8]

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """(pairs, outputs): scores before any softmax; any texts will do.

        Raises:
            ModelError: a model file is damaged (told at the first call), or answers no numbers.
        """
        sequences = [pair_ids(self._models.tokenizer, *pair) for pair in pairs]
        found: dict[int, Floats] = {}
        for batch in batches(sequences):
            found.update(zip(batch.places, self._body.run(batch), strict=True))
        return np.array([found[place] for place in range(len(pairs))], np.float32)

    @cached_property
    def _body(self) -> Body:
        return self._models.body(FILE, self._threads)


def load_pair_reader(models: ModelFolder | None = None, *, threads: int = 1) -> OnnxPairReader:
    """The pair reader, computing on so many threads.

    The files are checked now and opened at the first pair. None means the models that come with
    the program.

    Raises:
        ModelError: a model file is missing or of the wrong size; the message names it.
    """
    models = models or ModelFolder()
    models.check(FILE)
    return OnnxPairReader(models, threads)


def pair_ids(tokenizer: Tokenizer, first: str, second: str) -> Ids:
    """Two texts as a model reads them: ``START … END END … END``.

    Where they are too long together, the longer one is cut at its end, and both if each takes more
    than half.
    """
    a, b = tokenizer.ids([first, second])
    room = MOST_PIECES - 4
    if len(a) + len(b) > room:
        a = a[: max(room // 2, room - len(b))]
        b = b[: room - len(a)]
    return np.concatenate([[START], a, [END, END], b, [END]])
