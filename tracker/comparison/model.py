"""The model comparer: what a cross-encoder reads from two claims.

The model answers three questions at once: what the later claim says of the earlier one in terms of
inference, which relation the two have, and what that turns on. Half of its layers tell most pairs,
which have nothing to do with each other; the others are read to the end. Where that looks like a
conflict the claims are read once more, without their context and the later one first, and the mean
of both counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from zlib import crc32

import numpy as np
from rapidfuzz import fuzz

from tracker.comparison.telling import LONGEST_CONTEXT, told
from tracker.encoder import Flags, Floats, SkimmingReader, always, softmax
from tracker.types import (
    CONFLICTING,
    Kind,
    Reason,
    RelationLabel,
    Sentence,
    Statement,
    Verdict,
    VerdictLabel,
)

ANSWERS = tuple(VerdictLabel)
RELATIONS = tuple(RelationLabel)
KINDS = tuple(Kind)
"""The order of the model's scores: answers, then relations, then kinds."""
OUTPUTS = len(ANSWERS) + len(RELATIONS) + len(KINDS)

IMPLIED = {
    RelationLabel.CONTRADICTION: VerdictLabel.CONTRADICTION,
    RelationLabel.REVERSAL: VerdictLabel.CONTRADICTION,
    RelationLabel.TENSION: VerdictLabel.NEUTRAL,
    RelationLabel.UPDATE: VerdictLabel.NEUTRAL,
    RelationLabel.REPEAT: VerdictLabel.ENTAILMENT,
    RelationLabel.NONE: VerdictLabel.NEUTRAL,
}
"""What a relation of claims is in terms of inference."""

WINDOW = 60
"""Words of a claim that are read at once; a longer one is cut, and its parts read in turn."""
_MOST_READ = 16
"""Pairs of parts that are read of two long claims, those with the most words in common."""
_WORTH_READING_ON = 0.15
"""Chance of any relation, after half of the layers, from which a pair is read to the end."""
_WORTH_A_SECOND_READING = 0.3
"""Chance of a conflict from which the claims are read once more, the other way and alone."""
_WAY = crc32(
    repr((WINDOW, _MOST_READ, _WORTH_READING_ON, _WORTH_A_SECOND_READING, LONGEST_CONTEXT)).encode()
)
"""Changes with what is read of a pair, so that no earlier verdict stands for a new one."""
_CONFLICTS = [RELATIONS.index(label) for label in RELATIONS if label in CONFLICTING]

Pair = tuple[Statement, Statement]


@dataclass(frozen=True)
class Reading:
    """What the model says of a pair, as probabilities."""

    answers: Floats
    relations: Floats
    kinds: Floats
    parts: int = 1
    """How many pairs of parts were read; 1 unless a claim is very long."""

    @property
    def conflict(self) -> float:
        """The chance of a contradiction, reversal or tension."""
        return float(self.relations[_CONFLICTS].sum())


class ModelComparer:
    """Judges by a model that reads both claims together."""

    name = "model"

    def __init__(self, reader: SkimmingReader) -> None:
        """``reader`` answers ``OUTPUTS`` scores a pair."""
        self._reader = reader

    @property
    def version(self) -> str:
        """That of the reader, and of the way it is used."""
        return f"{self._reader.version}-{_WAY:08x}"

    def compare(self, pairs: Sequence[Pair]) -> list[Verdict]:
        """One verdict for each pair, in order.

        Raises:
            ModelError: the model cannot be used.
        """
        return [self._verdict(reading) for reading in self.readings(pairs)]

    def readings(self, pairs: Sequence[Pair]) -> list[Reading]:
        """What the model says of each pair; of a long one, of the parts that conflict the most."""
        parts = [_parts(*pair) for pair in pairs]
        readings = iter(self._both_ways([part for each in parts for part in each]))
        return [_strongest([next(readings) for _ in each]) for each in parts]

    def _both_ways(self, pairs: Sequence[Pair]) -> list[Reading]:
        readings = self._read(pairs, _looks_related)
        again = [n for n, each in enumerate(readings) if each.conflict > _WORTH_A_SECOND_READING]
        backwards = self._read([_turned(*pairs[n]) for n in again], always)
        for n, other in zip(again, backwards, strict=True):
            readings[n] = _mean(readings[n], other)
        return readings

    def _read(self, pairs: Sequence[Pair], goes_on: Callable[[Floats], Flags]) -> list[Reading]:
        if not pairs:
            return []
        scores = self._reader.read([told(*pair) for pair in pairs], goes_on)
        return [Reading(*row) for row in zip(*_chances(scores), strict=True)]

    def _verdict(self, reading: Reading) -> Verdict:
        label = ANSWERS[int(reading.answers.argmax())]
        leaning = RELATIONS[int(reading.relations.argmax())]
        reason = Reason(_SAID[leaning])
        if reading.parts > 1:
            reason = Reason(Sentence.READ_IN_PARTS, (str(reading.parts),))
        return Verdict(
            comparer=self.name,
            version=self.version,
            label=label,
            entailment=float(reading.answers[ANSWERS.index(VerdictLabel.ENTAILMENT)]),
            neutral=float(reading.answers[ANSWERS.index(VerdictLabel.NEUTRAL)]),
            contradiction=float(reading.answers[ANSWERS.index(VerdictLabel.CONTRADICTION)]),
            kind=None if leaning is RelationLabel.NONE else KINDS[int(reading.kinds.argmax())],
            reason=reason,
            leanings=dict(zip(RELATIONS, map(float, reading.relations), strict=True)),
        )


_SAID = {
    RelationLabel.CONTRADICTION: Sentence.READ_CONTRADICTION,
    RelationLabel.REVERSAL: Sentence.READ_REVERSAL,
    RelationLabel.TENSION: Sentence.READ_TENSION,
    RelationLabel.UPDATE: Sentence.READ_UPDATE,
    RelationLabel.REPEAT: Sentence.READ_REPEAT,
    RelationLabel.NONE: Sentence.READ_NONE,
}


def _chances(scores: Floats) -> list[Floats]:
    """The chances of the answers, of the relations and of the kinds, a row a pair."""
    parts = np.split(scores, [len(ANSWERS), len(ANSWERS) + len(RELATIONS)], axis=1)
    return [softmax(part) for part in parts]


def _looks_related(scores: Floats) -> Flags:
    _, relations, _ = _chances(scores)
    related: Flags = 1 - relations[:, RELATIONS.index(RelationLabel.NONE)] > _WORTH_READING_ON
    return related


def _turned(premise: Statement, hypothesis: Statement) -> Pair:
    """The later claim first, and nothing of what either is about."""
    return replace(hypothesis, about=""), replace(premise, about="")


def _parts(premise: Statement, hypothesis: Statement) -> list[Pair]:
    """The pair itself or, of long statements, the pairs of parts that have most in common."""
    pairs = list(product(_windows(premise), _windows(hypothesis)))
    if len(pairs) > _MOST_READ:
        pairs.sort(key=lambda pair: -fuzz.token_set_ratio(pair[0].text, pair[1].text))
    return pairs[:_MOST_READ]


def _windows(statement: Statement) -> list[Statement]:
    words = statement.text.split()
    if len(words) <= WINDOW:
        return [statement]
    cuts = np.array_split(np.array(words, dtype=object), -(-len(words) // WINDOW))
    return [replace(statement, text=" ".join(cut)) for cut in cuts]


def _strongest(readings: Sequence[Reading]) -> Reading:
    return replace(max(readings, key=lambda each: each.conflict), parts=len(readings))


def _mean(a: Reading, b: Reading) -> Reading:
    half = np.float32(0.5)
    return Reading(
        half * (a.answers + b.answers),
        half * (a.relations + b.relations),
        half * (a.kinds + b.kinds),
    )
