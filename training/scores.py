"""How well labels and chances agree with what is right."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tracker.types import RelationLabel

Chances = npt.NDArray[np.floating]
Flags = npt.NDArray[np.bool_]


def f1(found: Flags, gold: Flags) -> float:
    """Harmonic mean of precision and recall; 0 where there is nothing to find and nothing found."""
    right, either = (found & gold).sum(), found.sum() + gold.sum()
    return float(2 * right / either) if either else 0.0


def average_precision(scores: Chances, gold: Flags) -> float:
    """Mean precision at each right answer, the highest scores first."""
    right = gold[np.argsort(-scores)]
    precisions = np.cumsum(right) / np.arange(1, len(right) + 1)
    return float(precisions[right].mean())


def told(labels: Sequence[RelationLabel], chances: Chances, gold: npt.NDArray[np.integer]) -> str:
    """Macro F1 of the likeliest label, each F1, and the average precision of what cannot be so.

    ``chances`` is (pairs, labels), ``gold`` the number of the right label of each pair.
    """
    best = chances.argmax(1)
    each = [f1(best == n, gold == n) for n in range(len(labels))]
    names = " ".join(f"{label} {100 * f:.0f}" for label, f in zip(labels, each, strict=True))
    hard = [n for n, label in enumerate(labels) if label in _HARD]
    precision = average_precision(chances[:, hard].sum(1), np.isin(gold, hard))
    return f"macro F1 {100 * np.mean(each):.1f} ({names}), average precision {100 * precision:.1f}"


_HARD = (RelationLabel.CONTRADICTION, RelationLabel.REVERSAL)


def reliability(chances: Chances, right: Flags) -> list[str]:
    """A line for each tenth of the chances: how often what has such a chance is right."""
    lines = []
    for low in np.arange(0, 1, 0.1):
        here = (chances >= low) & (chances < low + 0.1)
        if here.any():
            lines.append(
                f"    {low:.1f} to {low + 0.1:.1f}: {here.sum():5} pairs, "
                f"mean chance {chances[here].mean():.2f}, right {right[here].mean():.2f}"
            )
    return lines
