"""Whether the point of a claim is an affirmation or a denial."""

from tracker.languages.reading import Clause, ClauseKind, Reading
from tracker.types import Modality, Polarity


def polarity(reading: Reading, modality: Modality) -> Polarity:
    """Negative where a main clause is; conditions and asides do not count."""
    if modality is Modality.UNKNOWING:
        return Polarity.NEGATIVE
    main = [clause for clause in reading.clauses if clause.kind is ClauseKind.MAIN]
    negative = any(_is_negative(clause) for clause in main)
    return Polarity.NEGATIVE if negative else Polarity.POSITIVE


def _is_negative(clause: Clause) -> bool:
    return (len(clause.denials) + (clause.negator is not None)) % 2 == 1
