"""Whether the point of a claim is an affirmation or a denial."""

from tracker.languages.reading import Clause, ClauseKind, Reading
from tracker.types import Modality, Polarity

_VERB_DISTANCE = 3
"""Words after the start of a clause within which a denial is its verb and not an aside."""


def polarity(reading: Reading, modality: Modality) -> Polarity:
    """Negative where a main clause is negated, or the first one opens with a denial.

    Conditions and asides do not count, nor does a "without" in passing.
    """
    main = [clause for clause in reading.clauses if clause.kind is ClauseKind.MAIN]
    negated = any(clause.negator and clause.is_negated for clause in main)
    denied = bool(main) and _opens_with_denial(main[0])
    unknowing = modality is Modality.UNKNOWING
    return Polarity.NEGATIVE if negated or denied or unknowing else Polarity.POSITIVE


def _opens_with_denial(clause: Clause) -> bool:
    return clause.is_negated and any(
        position - clause.first <= _VERB_DISTANCE for position, _ in clause.denials
    )
