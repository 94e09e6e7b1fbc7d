"""What the relation of a pair is judged by: verdicts, voices and words, as named numbers.

Dates, modality, signs, figures and names were tried and are left to the comparers: weighed again
beside what these say, they add nothing (``training/comparer_log.md``).
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from tracker.comparison.likeness import overlap
from tracker.languages import fold
from tracker.types import (
    RelationLabel,
    Sentence,
    Statement,
    Verdict,
    VerdictLabel,
)

Features = Mapping[str, float]
"""Numbers by name; one that is not there is 0."""

_OTHER_MATTER = frozenset({Sentence.OTHER_PEOPLE, Sentence.OTHER_YEARS, Sentence.OTHER_THINGS})
_LEAST = 1e-3
"""Chances below this one are taken for it, so that no logarithm decides alone."""


@dataclass(frozen=True)
class Pairing:
    """Two statements to be compared, the earlier one first."""

    premise: Statement
    hypothesis: Statement
    same_voice: bool
    """Whether one source made both, or one that speaks for the other."""


def features_of(pairing: Pairing, verdicts: Sequence[Verdict]) -> Features:
    """The numbers that the relation layer weighs.

    An entailment that a model reads does not count beside a contradiction that an exact comparer
    found: whoever repeats a sentence with another figure in it repeats nothing.
    """
    found: dict[str, float] = {"always": 1.0}
    exact = exact_finding(verdicts)
    for verdict in verdicts:
        if verdict.leanings:
            found.update(_of_model(verdict, hide_agreement=exact is not None))
        else:
            found.update(_of_rules(verdict))
    return {**found, **_of_pair(pairing, found.get("read: conflict", 0.0))}


def exact_finding(verdicts: Sequence[Verdict]) -> Verdict | None:
    """The surest contradiction of a comparer that can show the words it rests on."""
    contradictions = [
        verdict
        for verdict in verdicts
        if verdict.label is VerdictLabel.CONTRADICTION and verdict.hypothesis_words
    ]
    return max(contradictions, key=lambda verdict: verdict.contradiction, default=None)


def same_words(verdicts: Sequence[Verdict]) -> Verdict | None:
    """What a comparer says that found the same in nearly the same words."""
    found = (each for each in verdicts if each.reason.sentence is Sentence.SAME_WORDS)
    return next(found, None)


def is_verbatim(pairing: Pairing) -> bool:
    """Whether one voice says the very same words again, but for case, diacritics and commas."""
    return pairing.same_voice and _words(pairing.premise) == _words(pairing.hypothesis) != []


def _words(said: Statement) -> list[str]:
    return re.findall(r"\w+", fold(said.text))


def _of_model(verdict: Verdict, *, hide_agreement: bool) -> Features:
    leanings = dict(verdict.leanings)
    entailment = verdict.entailment
    if hide_agreement:
        leanings[RelationLabel.NONE] += leanings.pop(RelationLabel.REPEAT)
        entailment = 0.0
    found = {f"read: {label}": _log(leanings.get(label, 0.0)) for label in RelationLabel}
    hard = leanings[RelationLabel.CONTRADICTION] + leanings[RelationLabel.REVERSAL]
    return {
        **found,
        "read: conflict": hard,
        "inferred: contradiction": _log(verdict.contradiction),
        "inferred: entailment": _log(entailment),
    }


def _of_rules(verdict: Verdict) -> Features:
    if verdict.label is VerdictLabel.CONTRADICTION:
        return {f"found: {verdict.kind}": verdict.contradiction}
    if verdict.label is VerdictLabel.ENTAILMENT:
        return {"found: same words": verdict.entailment}
    return {"found: other matter": float(verdict.reason.sentence in _OTHER_MATTER)}


def _of_pair(pairing: Pairing, conflict: float) -> Features:
    a, b = pairing.premise, pairing.hypothesis
    voice = float(pairing.same_voice)
    return {
        "one voice": voice,
        "one voice, conflict": voice * conflict,
        "one context": float(fold(a.about) == fold(b.about)),
        "shared words": overlap(_content(a), _content(b)),
        "like words": fuzz.token_set_ratio(fold(a.text), fold(b.text)) / 100,
    }


def _content(said: Statement) -> frozenset[str]:
    return frozenset(key for key in said.details.keys if key.startswith(("lemma:", "concept:")))


def _log(chance: float) -> float:
    return math.log(max(chance, _LEAST))
