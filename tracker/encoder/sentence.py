"""Sentence embeddings: texts that mean similar things, in any language, get similar vectors.

The model is multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings"). Its
similarities lie high: unrelated sentences have a cosine of about 0.8, translations one above 0.9.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np

from tracker.encoder.batching import batches
from tracker.encoder.files import Body, ModelFolder
from tracker.encoder.table import Floats, Ids
from tracker.encoder.tokens import END, MAX_LENGTH, START

PREFIX = "query:"
"""What the model was trained to see before each text when both sides are of one kind."""

FILE = "sentence.onnx"


class Encoder(Protocol):
    """Turns texts into vectors whose ``cosine`` tells how alike the texts are."""

    @property
    def version(self) -> str:
        """Another one, other vectors."""

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        """A unit vector for each text, as little-endian float16 values."""


class OnnxEncoder:
    """The encoder that comes with the program."""

    def __init__(self, models: ModelFolder, threads: int) -> None:
        """See ``load_encoder``."""
        self._models = models
        self._threads = threads

    @property
    def version(self) -> str:
        """Told by the sums of the files that make the vectors.

        Raises:
            ModelError: one of them is missing or of another size.
        """
        return self._models.version(FILE)

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        """A unit vector for each text, as little-endian float16 values.

        A text of more than about 500 pieces (350 words) is read in windows of equal length, whose
        vectors are averaged. An empty text has a vector too; it is close to nothing in particular.

        Raises:
            ModelError: a model file is damaged (told at the first call).
        """
        pieces = self._models.tokenizer.ids([text.strip() for text in texts])
        windows = [_windows(ids, self._room) for ids in pieces]
        vectors = self._vectors([window for cut in windows for window in cut])
        ends = np.cumsum([len(cut) for cut in windows], dtype=np.intp)
        return [
            _mean(vectors[end - len(cut) : end], cut)
            for cut, end in zip(windows, ends, strict=True)
        ]

    def _vectors(self, windows: Sequence[Ids]) -> Floats:
        vectors = np.empty((len(windows), self._models.table.width), np.float32)
        for batch in batches([np.concatenate([self._opening, ids, [END]]) for ids in windows]):
            vectors[list(batch.places)] = self._body.run(batch)
        return vectors

    @cached_property
    def _body(self) -> Body:
        return self._models.body(FILE, self._threads)

    @cached_property
    def _opening(self) -> Ids:
        (prefix,) = self._models.tokenizer.ids([PREFIX])
        return np.concatenate([[START], prefix])

    @property
    def _room(self) -> int:
        return MAX_LENGTH - len(self._opening) - 1


def load_encoder(models: ModelFolder | None = None, *, threads: int = 1) -> OnnxEncoder:
    """The encoder, computing on so many threads.

    The files are checked now and opened at the first text, so that a process that embeds nothing
    pays nothing. None means the models that come with the program.

    Raises:
        ModelError: a model file is missing or of the wrong size; the message names it.
    """
    models = models or ModelFolder()
    models.check(FILE)
    return OnnxEncoder(models, threads)


def _windows(ids: Ids, room: int) -> list[Ids]:
    return np.array_split(ids, max(1, -(-len(ids) // room)))


def _mean(vectors: Floats, windows: Sequence[Ids]) -> bytes:
    total = np.array([max(1, len(window)) for window in windows], np.float32) @ vectors
    return (total / np.linalg.norm(total)).astype("<f2").tobytes()
