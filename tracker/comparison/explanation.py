"""The words that carry a conflict a model has read: those it would not be read without.

Occlusion (Zeiler & Fergus 2014, "Visualizing and Understanding Convolutional Networks", there for
parts of images): the pair is read again with a few words left out at a time, and what lowers the
chance of the conflict most is shown.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.comparison.model import ModelComparer, Pair
from tracker.types import Statement

_MOST_PIECES = 12
"""Pieces into which a claim is cut to be left out one by one; a longer claim has longer pieces."""
_SHARE = 0.5
"""A piece is shown whose loss costs at least this share of what the costliest does."""
_GAP = 1
"""Pieces between two shown ones that are shown with them."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Explanation:
    """The words that carry a conflict, as printed, on either side."""

    premise_words: tuple[str, ...]
    hypothesis_words: tuple[str, ...]


def explain(model: ModelComparer, pair: Pair) -> Explanation:
    """What in the two statements the model reads a conflict from."""
    pieces = [_pieces(side.text) for side in pair]
    shortened = [
        tuple(_without(side, piece) if n == side_number else side for n, side in enumerate(pair))
        for side_number, side in enumerate(pair)
        for piece in pieces[side_number]
    ]
    whole, *others = model.readings([pair, *((a, b) for a, b in shortened)])
    costs = [whole.conflict - other.conflict for other in others]
    first, second = costs[: len(pieces[0])], costs[len(pieces[0]) :]
    return Explanation(
        _telling(pair[0].text, pieces[0], first), _telling(pair[1].text, pieces[1], second)
    )


def _pieces(text: str) -> list[tuple[int, int]]:
    """Where the pieces of a text are."""
    words = [match.span() for match in _WORD.finditer(text)]
    size = max(1, -(-len(words) // _MOST_PIECES))
    return [
        (words[n][0], words[min(n + size, len(words)) - 1][1]) for n in range(0, len(words), size)
    ]


def _without(statement: Statement, piece: tuple[int, int]) -> Statement:
    start, end = piece
    return replace(statement, text=statement.text[:start] + statement.text[end:].lstrip())


def _telling(
    text: str, pieces: Sequence[tuple[int, int]], costs: Sequence[float]
) -> tuple[str, ...]:
    """The stretches whose loss costs most."""
    highest = max(costs, default=0.0)
    if highest <= 0:
        return ()
    shown = [n for n, cost in enumerate(costs) if cost >= _SHARE * highest]
    stretches: list[list[int]] = []
    for n in shown:
        if stretches and n - stretches[-1][-1] <= _GAP + 1:
            stretches[-1].append(n)
        else:
            stretches.append([n])
    return tuple(
        text[pieces[stretch[0]][0] : pieces[stretch[-1]][1]].strip(" ,.;:!?„”“\"'()")
        for stretch in stretches
    )
