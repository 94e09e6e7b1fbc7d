"""A pair reader that knows a few words."""

from collections.abc import Callable, Sequence

import numpy as np

from tracker.comparison.model import ANSWERS, KINDS, OUTPUTS, RELATIONS
from tracker.encoder import Flags, Floats, always
from tracker.types import Kind, RelationLabel, VerdictLabel

SURE = 5.0


class WordReader:
    """Reads a contradiction where the texts hold the two words, and nothing anywhere else."""

    version = "words/1"

    def __init__(self, first: str, second: str) -> None:
        self.words = {first, second}
        self.read_pairs: list[tuple[str, str]] = []
        self.read_on: list[tuple[str, str]] = []

    def read(
        self, pairs: Sequence[tuple[str, str]], goes_on: Callable[[Floats], Flags] = always
    ) -> Floats:
        self.read_pairs += pairs
        scores = self._scores(pairs)
        self.read_on += [pair for pair, on in zip(pairs, goes_on(scores), strict=True) if on]
        return scores

    def _scores(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        scores = np.zeros((len(pairs), OUTPUTS), np.float32)
        for row, (first, second) in zip(scores, pairs, strict=True):
            opposed = self.words <= {w for text in (first, second) for w in text.split()}
            row[ANSWERS.index(_ANSWER[opposed])] = SURE
            row[len(ANSWERS) + RELATIONS.index(_RELATION[opposed])] = SURE
            row[len(ANSWERS) + len(RELATIONS) + KINDS.index(Kind.ANTONYM)] = SURE
        return scores


_ANSWER = {True: VerdictLabel.CONTRADICTION, False: VerdictLabel.NEUTRAL}
_RELATION = {True: RelationLabel.CONTRADICTION, False: RelationLabel.NONE}
