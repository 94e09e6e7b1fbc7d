"""A later statement that takes back what was said: "in fact", "by mistake", "he admitted"."""

from tracker.comparison.finding import Finding, Side
from tracker.languages.words import split_words
from tracker.types import Kind, Reason, Sentence, VerdictLabel

_SHARED = 2
"""Terms that the two must share for the correction to be one of the earlier statement."""
_PROBABILITY = 0.7
"""22 of 26 pairs on the claim sets are reversals; there, though, every admission is one."""
_NAME = 4
"""Letters of a word in a speaker's name that can tell it from others."""


def taken_back(premise: Side, hypothesis: Side) -> Finding | None:
    """Found only between statements of one speaker, as far as their names tell."""
    words = [word.folded for word in hypothesis.reading.words]
    hits = hypothesis.table.settled.find(words)
    if not hits or hypothesis.statement.said_on <= premise.statement.said_on:
        return None
    if not _share_a_speaker(premise, hypothesis):
        return None
    if len(premise.terms & hypothesis.terms) < _SHARED:
        return None
    printed = hypothesis.reading.words_between(hits[0].first, hits[0].last)
    return Finding(
        label=VerdictLabel.CONTRADICTION,
        probability=_PROBABILITY,
        kind=Kind.FACTIVE,
        reason=Reason(Sentence.TAKEN_BACK, (printed,)),
        hypothesis_words=(printed,),
    )


def _share_a_speaker(premise: Side, hypothesis: Side) -> bool:
    first, second = (
        {word.folded for word in split_words(side.statement.speaker) if len(word.text) >= _NAME}
        for side in (premise, hypothesis)
    )
    return not first.isdisjoint(second)
