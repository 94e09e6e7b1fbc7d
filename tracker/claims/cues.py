"""Reporting words of a sentence: which verb forms and prepositions really report something."""

from dataclasses import dataclass

from tracker.articles import Sentence, TokenKind, is_any
from tracker.languages import AttributionTable
from tracker.languages.attribution import Form, Frame, VerbForm

_REACH = 5
"""How many small words may stand between an auxiliary and its participle."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Reporting words, as token numbers (``last`` exclusive)."""

    first: int
    last: int
    frames: frozenset[Frame]
    """Empty for a preposition ("according to")."""
    form: Form | None
    is_noun_like: bool = False

    @property
    def is_preposition(self) -> bool:
        """Whether it names the source instead of taking a subject."""
        return self.form is None


def find_cues(sentence: Sentence, table: AttributionTable) -> list[Cue]:
    """The reporting words of a sentence, in order, none overlapping another."""
    cues: list[Cue] = []
    position = 0
    while position < len(sentence.tokens):
        cue = _cue_at(sentence, position, table)
        if cue is not None and (not cues or cue.first >= cues[-1].last):
            cues.append(cue)
        position = cue.last if cue else position + 1
    return cues


def _cue_at(sentence: Sentence, n: int, table: AttributionTable) -> Cue | None:
    if sentence.tokens[n].kind is not TokenKind.WORD:
        return None
    verb = table.verbs.at(sentence.folded, n)
    if verb is not None:
        return _verb(sentence, n, verb.last, verb.value, table)
    preposition = table.source_prepositions.at(sentence.folded, n)
    if preposition is not None:
        return Cue(n, preposition.last, frozenset(), None)
    return None


def _verb(
    sentence: Sentence, first: int, last: int, verb: VerbForm, table: AttributionTable
) -> Cue | None:
    before = _before(sentence, first, table)
    start = _auxiliary_start(sentence, before, first, table)
    if verb.form is Form.PARTICIPLE and start is None:
        return None
    if verb.form is Form.PRESENT and is_any(sentence, first - 1, table.infinitive_markers):
        return None
    begin = _before_clitics(sentence, first if start is None else start, table)
    if _is_blocked(sentence, before, begin, last - first, table):
        return None
    noun_like = " ".join(sentence.folded[first:last]) in table.noun_forms
    if noun_like and first and sentence.folded[first - 1] in table.determiners:
        return None
    return Cue(begin, last, verb.frames, verb.form, noun_like)


def _before(sentence: Sentence, n: int, table: AttributionTable) -> int:
    """The token that decides about a verb: the last before it that is neither adverb nor clitic."""
    position = n - 1
    while position >= 0 and n - position < _REACH and _is_filler(sentence, position, table):
        position -= 1
    return position


def _is_filler(sentence: Sentence, n: int, table: AttributionTable) -> bool:
    word = sentence.folded[n]
    return table.adverbs.at(sentence.folded, n) is not None and word not in table.blockers


def _auxiliary_start(
    sentence: Sentence, before: int, first: int, table: AttributionTable
) -> int | None:
    """Where the verb group starts if an auxiliary opens it: "l-a", "ar fi", "has"."""
    for start in range(max(before - 1, 0), before + 1):
        hit = table.auxiliaries.at(sentence.folded, start)
        if hit is not None and hit.last == before + 1:
            break
    else:
        return None
    return start


def _before_clitics(sentence: Sentence, n: int, table: AttributionTable) -> int:
    """Where a verb group starts with the small pronouns before it: "l-a", "o descrie"."""
    while is_any(sentence, n - 1, table.clitics) and sentence.tokens[n - 1].text.islower():
        n -= 1
    return n


def _is_blocked(
    sentence: Sentence, before: int, begin: int, length: int, table: AttributionTable
) -> bool:
    """Whether what stands before a verb group keeps it from reporting."""
    words = {sentence.folded[n] for n in (before, begin - 1) if n >= 0}
    if words & table.passive_auxiliaries and not _is_perfect(sentence, before, table):
        return True
    if length == 1 and words & table.reflexives:
        return True
    return bool(words & table.blockers)


def _is_perfect(sentence: Sentence, before: int, table: AttributionTable) -> bool:
    """Whether a passive auxiliary is one in name only: "ar fi declarat"."""
    hit = table.auxiliaries.at(sentence.folded, before - 1) if before > 0 else None
    return hit is not None and hit.last == before + 1
