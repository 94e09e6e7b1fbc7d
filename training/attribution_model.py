"""The attribution model in torch, and what it should answer for a window of an annotated text.

See ``tracker.encoder.tagger`` for what its outputs mean.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from tracker.encoder import BEGIN, INSIDE, LINK_WIDTH, OUTPUTS, OUTSIDE, PARTS, Tokens, Window
from tracker.types import Span
from training.attribution_data import Document, Gold
from training.e5 import Body

IGNORED = -100
"""A target that costs nothing."""
LINK_WEIGHT = 0.3
"""What links weigh in the loss beside marks."""
FEWEST_WORDS = 3
"""Contents of fewer words are neither taught nor held against the model."""
_SOURCE, _CUE, _CONTENT = range(3)


class AttributionModel(nn.Module):
    """The body with one linear layer on top."""

    def __init__(self, body: Body) -> None:
        """Put a fresh head on a body."""
        super().__init__()
        self.body = body
        self.head = nn.Linear(body.shape.width, OUTPUTS)
        with torch.no_grad():  # link scores start near zero
            self.head.weight[len(PARTS) * 3 :] *= 0.5

    def forward(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """(batch, length, ``OUTPUTS``)."""
        return self.head(self.body(embedded, mask))


@dataclass(frozen=True)
class Example:
    """A window with its targets."""

    ids: npt.NDArray[np.int64]
    tags: npt.NDArray[np.int64]
    """(places, parts)"""
    links: npt.NDArray[np.int64]
    """(places, 2): where the source and the cue of a content's piece begin."""


def example(tokens: Tokens, window: Window, document: Document) -> Example:
    """What the model should answer for a window."""
    places = {piece: place for place, piece in enumerate(window.pieces) if piece >= 0}
    tags = np.full((len(window.ids), len(PARTS)), IGNORED)
    tags[[place for place in places.values() if place >= window.first]] = OUTSIDE
    links = np.full((len(window.ids), 2), IGNORED)
    for gold in document.attributions:
        source = _mark(tags, tokens, places, window, gold.source, _SOURCE)
        cue = _mark(tags, tokens, places, window, gold.cue, _CUE)
        for piece in gold.content:
            inside = _places(tokens, places, piece)
            if sum(tokens.spans[window.pieces[p]].end > piece.start for p in inside) == 0:
                continue
            marked = [place for place in inside if place >= window.first]
            if _words(document, gold) < FEWEST_WORDS:
                tags[marked, _CONTENT] = IGNORED
                continue
            _write(tags, window, marked, _CONTENT)
            links[marked] = (
                IGNORED if source is None else source,
                IGNORED if cue is None else cue,
            )
    return Example(window.ids, tags, links)


def _words(document: Document, gold: Gold) -> int:
    return sum(len(document.text[piece.start : piece.end].split()) for piece in gold.content)


def _places(tokens: Tokens, places: dict[int, int], span: Span) -> list[int]:
    """The places of a window whose pieces stand in a span."""
    return [
        place
        for piece, place in places.items()
        if tokens.spans[piece].start < span.end
        and tokens.spans[piece].end > span.start
        and tokens.spans[piece].start < tokens.spans[piece].end
    ]


def _mark(
    tags: npt.NDArray[np.int64],
    tokens: Tokens,
    places: dict[int, int],
    window: Window,
    span: Span | None,
    part: int,
) -> int | None:
    """Mark a source or cue; its first place, 0 if there is none, None if it lies elsewhere."""
    if span is None:
        return 0
    inside = _places(tokens, places, span)
    _write(tags, window, [place for place in inside if place >= window.first], part)
    return inside[0] if inside else None


def _write(tags: npt.NDArray[np.int64], window: Window, places: list[int], part: int) -> None:
    """Begin, then inside; a new paragraph begins again."""
    for n, place in enumerate(places):
        goes_on = n > 0 and places[n - 1] == place - 1
        tags[place, part] = INSIDE if goes_on else BEGIN


def loss(output: Tensor, mask: Tensor, tags: Tensor, links: Tensor) -> Tensor:
    """Cross-entropy of the marks, and of the links of the contents' pieces."""
    scores = _marks(output).flatten(0, -2)
    total = functional.cross_entropy(scores, tags.flatten(), ignore_index=IGNORED)
    for n, pairs in enumerate(_links(output, mask)):
        target = links[..., n]
        if (target != IGNORED).any():
            total = total + LINK_WEIGHT * functional.cross_entropy(
                pairs.flatten(0, 1), target.flatten(), ignore_index=IGNORED
            )
    return total


def distillation_loss(output: Tensor, taught: Tensor, mask: Tensor) -> Tensor:
    """How far the model is from its teacher (Hinton et al. 2015, at temperature 1).

    Marks count at every piece, links at those that the teacher takes for content.
    """
    read = mask.bool()
    ours, theirs = (_marks(each)[read].log_softmax(-1) for each in (output, taught))
    total = functional.kl_div(ours, theirs, log_target=True, reduction="sum") / ours[..., 0].numel()
    content = read & (_marks(taught)[..., _CONTENT, :].argmax(-1) != OUTSIDE)
    if content.any():
        for mine, his in zip(_links(output, mask), _links(taught, mask), strict=True):
            mine, his = mine[content].log_softmax(-1), his[content].log_softmax(-1)
            distance = functional.kl_div(mine, his, log_target=True, reduction="batchmean")
            total = total + LINK_WEIGHT * distance
    return total


def _marks(output: Tensor) -> Tensor:
    """(batch, length, parts, 3)"""
    return output[..., : len(PARTS) * 3].unflatten(-1, (len(PARTS), 3))


def _links(output: Tensor, mask: Tensor) -> Iterator[Tensor]:
    """The scores of the links to sources, then to cues: (batch, from, to)."""
    vectors = output[..., len(PARTS) * 3 :].unflatten(-1, (4, LINK_WIDTH))
    for n in range(2):
        pairs = vectors[..., 2 * n, :] @ vectors[..., 2 * n + 1, :].transpose(1, 2)
        yield pairs.masked_fill(mask[:, None, :] == 0, -1e4)
