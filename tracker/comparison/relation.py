"""From verdicts, voices and dates to the relation that the product names."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from tracker.languages import languages
from tracker.languages.comparison import ComparisonTable
from tracker.languages.lexicon import Lexicon
from tracker.languages.words import split_words
from tracker.types import (
    Kind,
    Reason,
    Relation,
    RelationLabel,
    Sentence,
    Statement,
    Verdict,
    VerdictLabel,
)

_MEASURED = frozenset({Kind.NUMERIC, Kind.DATE})
_SOON = timedelta(days=3)
"""Figures given closer together than this are about the same moment."""


def relate(
    premise: Statement, hypothesis: Statement, verdicts: Sequence[Verdict], *, same_voice: bool
) -> Relation:
    """What two statements are to each other.

    The verdict furthest from neutral decides. A contradiction of one voice is a reversal, unless
    the later statement says that the world moved on; one of assessments is a tension.
    """
    verdict = max(verdicts, key=lambda v: max(v.contradiction, v.entailment), default=None)
    if verdict is None or verdict.label is VerdictLabel.NEUTRAL:
        return _none(verdict)
    if verdict.label is VerdictLabel.ENTAILMENT:
        label = RelationLabel.REPEAT if same_voice else RelationLabel.NONE
        return _relation(label, verdict, verdict.entailment)
    return _relation(
        _disagreement(premise, hypothesis, verdict, same_voice), verdict, verdict.contradiction
    )


def _disagreement(
    premise: Statement, hypothesis: Statement, verdict: Verdict, same_voice: bool
) -> RelationLabel:
    if _moved_on(premise, hypothesis, verdict.kind):
        return RelationLabel.UPDATE
    if same_voice:
        return RelationLabel.REVERSAL
    if verdict.kind is Kind.EVALUATION:
        return RelationLabel.TENSION
    return RelationLabel.CONTRADICTION


def _moved_on(premise: Statement, hypothesis: Statement, kind: Kind | None) -> bool:
    """Whether the world may have changed between the two, and nothing was taken back.

    Words of change say so. For figures and dates time does too: of those that differ in the claim
    sets, four of five given three days apart or more are updates, and one of sixteen given sooner.
    """
    if hypothesis.said_on <= premise.said_on or _says(hypothesis, _settled):
        return False
    measured = kind in _MEASURED and hypothesis.said_on - premise.said_on >= _SOON
    return measured or _says(hypothesis, _change)


def _says(statement: Statement, entry: Callable[[ComparisonTable], Lexicon[bool]]) -> bool:
    packs = languages()
    if statement.language not in packs:
        return False
    words = [word.folded for word in split_words(statement.text)]
    return bool(entry(packs[statement.language].comparison).find(words))


def _change(table: ComparisonTable) -> Lexicon[bool]:
    return table.change


def _settled(table: ComparisonTable) -> Lexicon[bool]:
    return table.settled


def _relation(label: RelationLabel, verdict: Verdict, probability: float) -> Relation:
    return Relation(
        label=label,
        probability=probability,
        kind=verdict.kind,
        reason=verdict.reason,
        premise_words=verdict.premise_words,
        hypothesis_words=verdict.hypothesis_words,
    )


def _none(verdict: Verdict | None) -> Relation:
    return Relation(
        label=RelationLabel.NONE,
        probability=verdict.neutral if verdict else 1.0,
        kind=None,
        reason=verdict.reason if verdict else Reason(Sentence.NOT_COMPARED),
    )
