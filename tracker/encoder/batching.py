"""Sequences of pieces to arrays: similar lengths together, so that little is padded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.encoder.table import Ids
from tracker.encoder.tokens import PADDING

BUDGET = 512
"""Pieces in a batch, padding included; more leave the processor's cache and are slower."""


@dataclass(frozen=True)
class Batch:
    """Sequences of about one length as an array."""

    places: Sequence[int]
    """Which of the given sequences these are."""
    ids: Ids
    """(sequences, length)"""
    mask: npt.NDArray[np.int32]
    """1 for a piece, 0 for padding."""


def batches(sequences: Sequence[Ids], budget: int = BUDGET) -> Iterator[Batch]:
    """Every sequence once, the shortest first; one longer than the budget is a batch alone."""
    waiting: list[int] = []
    for place in sorted(range(len(sequences)), key=lambda place: len(sequences[place])):
        if waiting and (len(waiting) + 1) * len(sequences[place]) > budget:
            yield padded(sequences, waiting)
            waiting = []
        waiting.append(place)
    if waiting:
        yield padded(sequences, waiting)


def padded(sequences: Sequence[Ids], places: Sequence[int]) -> Batch:
    """Some of the sequences as one batch, in the order of ``places``."""
    length = max(len(sequences[place]) for place in places)
    ids = np.full((len(places), length), PADDING, np.int64)
    mask = np.zeros((len(places), length), np.int32)
    for row, place in enumerate(places):
        ids[row, : len(sequences[place])] = sequences[place]
        mask[row, : len(sequences[place])] = 1
    return Batch(places, ids, mask)
