"""Marks who speaks, the reporting words and what is reported, piece by piece of a text.

The model reads a window of pieces and answers, for each, whether it begins or continues a source, a
cue or a content, and where in the window the source and the cue of its content begin. The links are
scored as in the biaffine parser of Dozat & Manning (2017, "Deep Biaffine Attention for Neural
Dependency Parsing"), without its bias: the product of a vector of the content piece and one of the
piece that may begin the source or cue. Nobody named in the window is the place of ``START``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from tracker.encoder.batching import Batch, batches
from tracker.encoder.files import Body, ModelFolder
from tracker.encoder.table import Floats
from tracker.encoder.tokens import UNKNOWN, Tokens
from tracker.encoder.windows import Window, windows

PARTS = ("source", "cue", "content")
OUTSIDE, BEGIN, INSIDE = range(3)
LINK_WIDTH = 64
"""Values in a vector from which links are scored."""
OUTPUTS = len(PARTS) * 3 + 4 * LINK_WIDTH
"""Values that the model answers for a piece: three scores a part, then the vectors of the links
from content to source (of the content piece, of the source piece) and from content to cue."""
FILE = "attribution.onnx"
BUDGET = 256
"""Pieces in a batch; one window is enough to keep a core busy, and more leave its cache."""


@dataclass(frozen=True)
class Scores:
    """What the model says of a window; the first axis of each array is the place in its ids."""

    parts: Floats
    """(places, parts, 3): scores of outside, begin, inside."""
    vectors: Floats
    """(places, 4, width): of content that looks for its source, of sources, the same for cues."""

    def sources(self, content: slice) -> Floats:
        """(places of the content, places): how well the second begins the source of the first."""
        return self.vectors[content, 0] @ self.vectors[:, 1].T

    def cues(self, content: slice) -> Floats:
        """The same for the cue."""
        return self.vectors[content, 2] @ self.vectors[:, 3].T


def scores_of(output: Floats) -> Scores:
    """Split the model's output for a window (places, ``OUTPUTS``)."""
    tags = len(PARTS) * 3
    parts = output[:, :tags].reshape(-1, len(PARTS), 3)
    return Scores(parts, output[:, tags:].reshape(-1, 4, LINK_WIDTH))


@dataclass(frozen=True)
class Tagged:
    """A window with its scores."""

    window: Window
    scores: Scores


@dataclass(frozen=True)
class Tags:
    """A text with what the model says of it."""

    tokens: Tokens
    windows: Sequence[Tagged]
    """In the order of the text; every piece is marked in one of them."""

    @property
    def unreadable(self) -> float:
        """The share of characters, from 0 to 1, that the vocabulary does not have."""
        lengths = np.array([span.end - span.start for span in self.tokens.spans])
        total = lengths.sum()
        return float(lengths[self.tokens.ids == UNKNOWN].sum() / total) if total else 0.0


def tags_by(run: Callable[[Batch], Floats], text: str, tokens: Tokens) -> Tags:
    """What a model says of a text; ``run`` answers ``OUTPUTS`` values for each place of a batch."""
    cut = windows(text, tokens)
    outputs: list[Floats] = [np.empty(0, np.float32)] * len(cut)
    for batch in batches([window.ids for window in cut], BUDGET):
        result = run(batch)
        for row, place in enumerate(batch.places):
            outputs[place] = result[row, : len(cut[place].ids)]
    return Tags(tokens, [Tagged(w, scores_of(o)) for w, o in zip(cut, outputs, strict=True)])


class Tagger(Protocol):
    """Marks the pieces of texts."""

    def tag(self, text: str) -> Tags:
        """What the model says of a text; any text will do.

        Raises:
            ModelError: a model file is damaged.
        """


class OnnxTagger:
    """The tagger that comes with the program."""

    def __init__(self, models: ModelFolder, threads: int) -> None:
        """See ``load_tagger``."""
        self._models = models
        self._threads = threads

    def tag(self, text: str) -> Tags:
        """What the model says of a text; any text will do.

        Raises:
            ModelError: a model file is damaged (told at the first call).
        """
        [tokens] = self._models.tokenizer.tokens([text])
        return tags_by(self._body.run, text, tokens)

    @cached_property
    def _body(self) -> Body:
        return self._models.body(FILE, self._threads)


def load_tagger(models: ModelFolder | None = None, *, threads: int = 1) -> OnnxTagger:
    """The tagger, computing on so many threads.

    The files are checked now and opened at the first text. None means the models that come with
    the program.

    Raises:
        ModelError: a model file is missing or of the wrong size; the message names it.
    """
    models = models or ModelFolder()
    models.check(FILE)
    return OnnxTagger(models, threads)
