"""What can be read off the words of one claim."""

from collections.abc import Sequence
from datetime import date

from tracker.claims.keys import keys
from tracker.claims.matters import Matter
from tracker.claims.modality import modality
from tracker.claims.polarity import is_denial, polarity
from tracker.claims.quantities import quantities
from tracker.claims.times import times
from tracker.languages import LanguagePack
from tracker.languages.reading import read
from tracker.languages.terms import terms_of
from tracker.languages.words import split_words
from tracker.types import ClaimDetails


def describe(
    text: str,
    pack: LanguagePack,
    said_on: date,
    *,
    about: str = "",
    cue: str = "",
    matters: Sequence[Matter] = (),
) -> ClaimDetails:
    """Read polarity, modality, quantities, times and blocking keys off a claim.

    Args:
        text: the reported words.
        pack: the tables of their language.
        said_on: the day to count "yesterday" from.
        about: the line of context; its names become keys too.
        cue: the reporting words, which may deny what they report.
        matters: what its nouns stand for.
    """
    reading = read(text, pack.code, pack.comparison)
    stance = modality(reading, pack)
    measured = quantities(reading, pack)
    denied = is_denial(cue, pack)
    return ClaimDetails(
        polarity=polarity(reading, stance, denied),
        modality=stance,
        quantities=measured,
        times=times(reading, pack, said_on),
        is_denied=denied,
        keys=keys(reading, _terms(about, pack), measured, matters),
    )


def _terms(text: str, pack: LanguagePack) -> list[frozenset[str]]:
    return terms_of(text, split_words(text), pack.code, pack.comparison)
