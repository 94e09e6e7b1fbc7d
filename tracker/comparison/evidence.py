"""What the relation of a pair is judged by: verdicts, voices, dates and words, as named numbers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from tracker.comparison.alignment import meet
from tracker.comparison.figures import agree
from tracker.comparison.likeness import overlap
from tracker.languages import fold, languages
from tracker.languages.words import split_words
from tracker.types import (
    ClaimDetails,
    Modality,
    Polarity,
    RelationLabel,
    Sentence,
    Statement,
    Verdict,
    VerdictLabel,
)

Features = Mapping[str, float]
"""Numbers by name; one that is not there is 0."""

_OTHER_MATTER = frozenset({Sentence.OTHER_PEOPLE, Sentence.OTHER_YEARS, Sentence.OTHER_THINGS})
_OPEN = frozenset({Modality.UNKNOWING, Modality.CONDITIONAL})
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
    days = math.log1p(abs((b.said_on - a.said_on).days)) / 5
    voice = float(pairing.same_voice)
    return {
        **_of_details(a.details, b.details),
        **_marks(b),
        "one voice": voice,
        "one voice, conflict": voice * conflict,
        "days": days,
        "days, one voice": voice * days,
        "open": float(bool({a.details.modality, b.details.modality} & _OPEN)),
        "one context": float(fold(a.about) == fold(b.about)),
        "shared words": overlap(_content(a), _content(b)),
        "like words": fuzz.token_set_ratio(fold(a.text), fold(b.text)) / 100,
    }


def _content(said: Statement) -> frozenset[str]:
    return frozenset(key for key in said.details.keys if key.startswith(("lemma:", "concept:")))


def _of_details(a: ClaimDetails, b: ClaimDetails) -> Features:
    """What figures, times, signs and modalities say by themselves, whatever they are said of."""
    found = {
        "signs differ": float(a.polarity is not b.polarity),
        "both negative": float(a.polarity is b.polarity is Polarity.NEGATIVE),
        "modality differs": float(a.modality is not b.modality),
    }
    names = [{key for key in each.keys if key.startswith("entity:")} for each in (a, b)]
    if all(names):
        found["names on either side alone"] = float(
            bool(names[0] - names[1] and names[1] - names[0])
        )
        found["no name in common"] = float(names[0].isdisjoint(names[1]))
    measured = [(x, y) for x in a.quantities for y in b.quantities if x.unit and x.unit == y.unit]
    if measured:
        found["figures agree" if any(agree(*pair) for pair in measured) else "figures differ"] = 1.0
    timed = [(x, y) for x in a.times for y in b.times]
    if timed:
        found["times agree" if any(meet(*pair) for pair in timed) else "times differ"] = 1.0
    return found


def _log(chance: float) -> float:
    return math.log(max(chance, _LEAST))


def _marks(said: Statement) -> Features:
    """Whether words say that the world moved on, or that something was wrong."""
    packs = languages()
    if said.language not in packs:
        return {"word of change": 0.0, "word of correction": 0.0}
    table = packs[said.language].comparison
    words = [word.folded for word in split_words(said.text)]
    return {
        "word of change": float(bool(table.change.find(words))),
        "word of correction": float(bool(table.settled.find(words))),
    }
