"""How firmly the speaker stands behind the content."""

from collections.abc import Iterator

from tracker.languages import LanguagePack
from tracker.languages.reading import ClauseKind, Reading
from tracker.types import Modality

_PRECEDENCE = (
    Modality.UNKNOWING,
    Modality.POSSIBLE,
    Modality.OBLIGATORY,
    Modality.CONDITIONAL,
    Modality.PLANNED,
)
"""Which mark decides where a claim bears several; what weakens it most comes first."""


def modality(reading: Reading, pack: LanguagePack) -> Modality:
    """Reads the main clauses and the conditions they hang on."""
    marks = set(_marks(reading, pack))
    return next((mark for mark in _PRECEDENCE if mark in marks), Modality.ASSERTED)


def _marks(reading: Reading, pack: LanguagePack) -> Iterator[Modality]:
    for clause in reading.clauses:
        words = [word.folded for word in reading.words[clause.first : clause.last]]
        marks = {hit.value for hit in pack.comparison.modality.find(words)}
        if clause.kind is ClauseKind.MAIN:
            yield from marks
        else:
            yield from marks & {Modality.UNKNOWING}
        if clause.kind is ClauseKind.CONDITION:
            yield Modality.CONDITIONAL
