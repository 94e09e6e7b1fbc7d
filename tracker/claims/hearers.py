"""To whom something is said: "told reporters that", "a declarat pentru Izvestia"."""

from tracker.articles import Sentence, TokenKind, is_any
from tracker.claims.progress import Found
from tracker.languages import AttributionTable

_LONGEST = 7
"""Words that a hearer is named by at most."""
_GAP = 2
"""Words that may stand between the verb and "to"."""


def hearer_of(sentence: Sentence, found: Found, table: AttributionTable) -> tuple[int, int] | None:
    """The tokens that name whom an attribution is directed at; None where nobody is named."""
    if found.cue is None:
        return None
    start = _start(sentence, found.cue[1], table)
    if start is None:
        return None
    end = _end(sentence, start, table, found.tokens)
    names_one = any(
        sentence.tokens[n].is_capitalised or sentence.folded[n] in table.addressees
        for n in range(start, end)
    )
    return (start, end) if names_one else None


def _start(sentence: Sentence, after: int, table: AttributionTable) -> int | None:
    """Where the hearer's name starts: after a verb that takes one, or after "to"."""
    if is_any(sentence, after - 1, table.addressing):
        return after
    if is_any(sentence, after, table.addressees) and not table.addressing:
        return after
    for n in range(after, min(after + _GAP, len(sentence.tokens))):
        if sentence.tokens[n].kind is not TokenKind.WORD:
            return None
        if sentence.folded[n] in table.hearer_prepositions:
            return n + 1
    return None


def _end(sentence: Sentence, start: int, table: AttributionTable, others: frozenset[int]) -> int:
    end = start
    while end < min(start + _LONGEST, len(sentence.tokens)):
        token = sentence.tokens[end]
        closes = table.complementisers.at(sentence.folded, end) is not None or (
            token.folded in table.adjunct_prepositions | table.infinitive_markers | table.relatives
        )
        if token.kind is not TokenKind.WORD or closes or end in others:
            break
        end += 1
    return end
