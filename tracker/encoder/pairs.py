"""Reads two texts together and scores what the one is to the other.

A cross-encoder: the pieces of both texts go through one body, so that every word of the one meets
every word of the other. The first half of the body has scores of its own, which are enough for most
pairs (an early exit); the second half goes on from where the first one stopped. What the scores
mean is said by who trained the model.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tracker.encoder.batching import batches
from tracker.encoder.files import Body, ModelFolder
from tracker.encoder.table import Floats, Ids
from tracker.encoder.tokens import END, START, Tokenizer

EARLY, LATE = "comparison_early.onnx", "comparison_late.onnx"
"""The halves of the body, each with its head."""
MOST_PIECES = 192
"""Pieces of a pair that are read; a longer one is cut at the ends of its texts."""

Flags = npt.NDArray[np.bool_]


def always(scores: Floats) -> Flags:
    """Every pair is read to the end."""
    return np.ones(len(scores), np.bool_)


class PairReader(Protocol):
    """Scores pairs of texts."""

    @property
    def version(self) -> str:
        """Changes whenever the scores of a pair may."""

    def read(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """(pairs, outputs): scores before any softmax; any texts will do."""


class SkimmingReader(PairReader, Protocol):
    """One that need not read every pair to the end."""

    def read(
        self, pairs: Sequence[tuple[str, str]], goes_on: Callable[[Floats], Flags] = always
    ) -> Floats:
        """As ``PairReader``.

        ``goes_on`` is shown the first scores of some of the pairs, a row a pair, and says which of
        them are read to the end; the others keep these.
        """


class OnnxPairReader:
    """The pair reader that comes with the program."""

    def __init__(self, models: ModelFolder, threads: int) -> None:
        """See ``load_pair_reader``."""
        self._models = models
        self._threads = threads

    @property
    def version(self) -> str:
        """The first letters of the sums of the model files."""
        return "".join(self._models.sum(name)[:4] for name in (EARLY, LATE))

    def read(
        self, pairs: Sequence[tuple[str, str]], goes_on: Callable[[Floats], Flags] = always
    ) -> Floats:
        """As ``SkimmingReader``.

        Raises:
            ModelError: a model file is damaged (told at the first call), or answers no numbers.
        """
        sequences = [pair_ids(self._models.tokenizer, *pair) for pair in pairs]
        found: dict[int, Floats] = {}
        for batch in batches(sequences):
            scores, states = self._early.outputs(batch)
            rows = np.flatnonzero(goes_on(scores))
            if len(rows):
                (scores[rows],) = self._late.outputs_for(states[rows], batch.mask[rows])
            found.update(zip(batch.places, scores, strict=True))
        return np.array([found[place] for place in range(len(pairs))], np.float32)

    @cached_property
    def _early(self) -> Body:
        return self._models.body(EARLY, self._threads)

    @cached_property
    def _late(self) -> Body:
        return self._models.body(LATE, self._threads)


def load_pair_reader(models: ModelFolder | None = None, *, threads: int = 1) -> OnnxPairReader:
    """The pair reader, computing on so many threads.

    The files are checked now and opened at the first pair. None means the models that come with
    the program.

    Raises:
        ModelError: a model file is missing or of the wrong size; the message names it.
    """
    models = models or ModelFolder()
    models.check(EARLY, LATE)
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
