"""Outlets that pass on what others say."""

from tracker.articles import Sentence
from tracker.claims.clauses import COMMA
from tracker.claims.cues import Cue
from tracker.claims.progress import Found, Progress
from tracker.languages import AttributionTable
from tracker.sources import Mention


def press_after(p: Progress, cue: Cue) -> str | None:
    """The outlet that is the subject of a cue after a comma: ", notează Reuters"."""
    if cue.is_preposition:
        return None
    subject = p.who.subject_before(cue) or p.who.subject_after(cue, cue.last + 3)
    if subject is None or not p.c.is_mark(min(cue.first, subject.start) - 1, COMMA):
        return None
    return outlet_of(p, subject)


def is_relay(p: Progress, cue: Cue) -> bool:
    """Note an outlet to which a statement is attributed that has its speaker already."""
    outlet = press_after(p, cue) if p.found else None
    if outlet is None:
        return False
    p.close_at(p.clause_start(cue))
    p.pass_on(outlet)
    return True


def passes_on(p: Progress, cue: Cue, mention: Mention) -> bool:
    """Note the outlet after "according to" if the sentence has somebody else who speaks."""
    outlet = outlet_of(p, mention)
    others = any(c.first > cue.first and not c.is_preposition for c in p.c.cues)
    if outlet is None or not (p.found or others):
        return False
    p.pass_on(outlet)
    p.relay = outlet
    return True


def relay_in(p: Progress, first: int, last: int, mention: Mention | None) -> str | None:
    """The outlet named between two tokens, other than the source itself."""
    own = range(mention.start, mention.end) if mention else range(0)
    folded = p.c.sentence.folded
    for n in range(first, min(last, len(folded))):
        hit = None if n in own else p.table.outlets.at(folded, n)
        if hit is not None:
            return _printed(p, n, hit.last)
    return p.relay


def outlet_of(p: Progress, mention: Mention) -> str | None:
    """The name of the outlet that a mention is, if it is one."""
    folded = p.c.sentence.folded
    is_press = mention.noun is not None and mention.noun.lemma in p.table.press
    named = any(p.table.outlets.at(folded, n) for n in range(mention.start, mention.end))
    return _printed(p, mention.first, mention.last) if is_press or named else None


def relay_of(sentence: Sentence, found: Found, table: AttributionTable) -> str | None:
    """The outlet that a sentence names beside the source and the content, as passing them on."""
    own = found.tokens
    for n in range(len(sentence.tokens)):
        if n in own:
            continue
        outlet = table.outlets.at(sentence.folded, n)
        if outlet is not None:
            return _words(sentence, n, outlet.last)
        relay = table.relays.at(sentence.folded, n)
        if relay is not None and (end := _name_end(sentence, relay.last, own)) > relay.last:
            return _words(sentence, relay.last, end)
    return None


def _name_end(sentence: Sentence, n: int, own: frozenset[int]) -> int:
    """The end of a run of capitals that belongs to nobody yet."""
    while n < len(sentence.tokens) and n not in own and sentence.tokens[n].is_capitalised:
        n += 1
    return n


def _printed(p: Progress, first: int, last: int) -> str:
    return _words(p.c.sentence, first, last)


def _words(sentence: Sentence, first: int, last: int) -> str:
    return " ".join(token.text for token in sentence.tokens[first:last])
