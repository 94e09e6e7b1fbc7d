"""Whether the point of a claim is an affirmation or a denial."""

from tracker.languages import LanguagePack, fold
from tracker.languages.reading import Clause, ClauseKind, Reading
from tracker.types import Modality, Polarity

_VERB_DISTANCE = 3
"""Words after the start of a clause within which a denial is its verb and not an aside."""


def is_denial(cue: str, pack: LanguagePack) -> bool:
    """Whether reporting words deny what they report: "a negat că", "denied", "a respins"."""
    table = pack.comparison
    words = fold(cue).split()
    others = (table.lacks, table.negators)
    return bool(table.denials.find(words)) and not any(words_.find(words) for words_ in others)


def polarity(reading: Reading, modality: Modality, is_denied: bool) -> Polarity:
    """Negative where a main clause is negated, or the first one opens with a denial.

    Conditions and asides do not count, nor does a "without" in passing. A denial by the reporting
    words turns it over.
    """
    main = [clause for clause in reading.clauses if clause.kind is ClauseKind.MAIN]
    negated = any(clause.negator and clause.is_negated for clause in main)
    denied = bool(main) and _opens_with_denial(main[0])
    unknowing = modality is Modality.UNKNOWING
    is_negative = negated or denied or unknowing
    return Polarity.NEGATIVE if is_negative != is_denied else Polarity.POSITIVE


def _opens_with_denial(clause: Clause) -> bool:
    return clause.is_negated and any(
        position - clause.first <= _VERB_DISTANCE for position, _ in clause.denials
    )
