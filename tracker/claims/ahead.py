"""Content that follows its cue: "he said that …", "she called it …", "X: “…”"."""

from tracker.articles import is_any
from tracker.claims.clauses import COMMA
from tracker.claims.cues import Cue
from tracker.claims.progress import Found, Progress
from tracker.claims.relays import relay_in
from tracker.languages.verbs import Form, Frame
from tracker.sources import Mention, MentionKind

_FARTHEST = 14
"""Tokens between a cue and the colon or predicate that its content needs."""
_FEWEST_WORDS = 3
"""Words that content without a conjunction must have."""


def opened(p: Progress, cue: Cue, mention: Mention | None, start: int) -> Found | None:
    """Content from a token on, if the cue has a subject or may do without one."""
    if mention is None and not p.may_drop_subject(cue):
        return None
    return opened_for(p, cue, mention, start)


def opened_for(p: Progress, cue: Cue, mention: Mention | None, start: int) -> Found:
    """Content from a token to the end of the sentence, or to what starts before it."""
    return Found(
        (cue.first, cue.last),
        ((start, p.content_end(start, cue)),),
        mention,
        (_clause_start(p, cue, mention), start),
        is_open=True,
        is_introduced=p.is_introduced(start),
        is_relative=p.who.antecedent(cue) is not None,
        relay=relay_in(p, cue.first, start, mention),
    )


def right(p: Progress, cue: Cue) -> Found | None:
    """What follows a gerund, whose subject is that of the sentence: "…, adding that …"."""
    mention = p.last.mention if p.last else p.who.topic(0, cue.first)
    if mention is None and p.last is None:
        return None
    that = p.c.complementiser(cue)
    if that is not None and that.is_near:
        return opened_for(p, cue, mention, that.content)
    return _object(p, cue, mention) or _bare_clause(p, cue, mention)


def before_quote(p: Progress, cue: Cue, subject: Mention | None) -> Found | None:
    """X said: “…”; X said “…”; X said, “…”."""
    after = p.c.after_address(cue)
    start = _quote_start(p, cue, after)
    if start is None or start >= p.c.end:
        return None
    return opened(p, cue, p.subject(cue, subject, start), start)


def bare(p: Progress, cue: Cue, subject: Mention | None) -> Found | None:
    """He said it was late; he called it late; he rejected it."""
    mention = p.subject(cue, subject, cue.first)
    if mention is None and not p.may_drop_subject(cue):
        return None
    return _object(p, cue, mention) or _bare_clause(p, cue, mention)


def colon(p: Progress) -> list[Found]:
    """X was blunt: “…” has a quotation for its cue."""
    n = next((n for n in range(1, p.c.end) if p.c.is_mark(n, (":",))), p.c.end)
    subject = p.who.topic(0, n)
    if subject is None or not p.c.is_quote(n + 1) or p.c.words_in(n + 1, p.c.end) < _FEWEST_WORDS:
        return []
    cue = (subject.end, n) if subject.end < n else None
    return [Found(cue, ((n + 1, p.content_end(n + 1)),), subject, (0, n + 1))]


def _clause_start(p: Progress, cue: Cue, mention: Mention | None) -> int:
    """Where the attribution starts: at its subject, if that stands before the cue."""
    start = p.clause_start(cue)
    if mention is not None and mention.kind is MentionKind.OTHER:
        return min(start, mention.start)
    return start


def _quote_start(p: Progress, cue: Cue, after: int) -> int | None:
    if p.c.is_quote(after):
        return after
    if p.c.is_mark(after, (":",)) or (p.c.is_mark(after, COMMA) and p.c.is_quote(after + 1)):
        return after + 1
    for n in range(cue.last, min(cue.last + _FARTHEST, p.c.end)):
        if p.c.is_mark(n, (":",)):
            return n + 1 if p.c.is_quote(n + 1) else None
        if p.c.is_quote(n) or p.c.is_mark(n, (";",)):
            return None
    return None


def _bare_clause(p: Progress, cue: Cue, mention: Mention | None) -> Found | None:
    """He said it was late."""
    if p.c.sentence.folded[cue.last - 1] not in p.table.bare_verbs:
        return None
    if cue.is_noun_like and not _is_verb(p, cue):
        return None
    start = p.c.after_address(cue)
    if p.c.is_mark(start, (",",)) or p.c.words_in(start, p.c.end) < _FEWEST_WORDS:
        return None
    return None if _is_adjunct(p, start) else opened_for(p, cue, mention, start)


def _is_adjunct(p: Progress, n: int) -> bool:
    """Whether a token opens an adjunct and no clause: "added to the gloom", not "claims to be"."""
    if is_any(p.c.sentence, n, p.table.infinitive_markers):
        n += 1
        return is_any(p.c.sentence, n, p.table.determiners) or p.c.sentence.tokens[n].is_capitalised
    return is_any(p.c.sentence, n, p.table.adjunct_prepositions)


def _is_verb(p: Progress, cue: Cue) -> bool:
    """Whether the surroundings of a cue show that it is a verb with a subject."""
    return cue.form is Form.GERUND or p.follows_coordinator(cue) or p.has_subject(cue)


def _object(p: Progress, cue: Cue, mention: Mention | None) -> Found | None:
    """He rejected the criticism; he described the talks as productive."""
    if not _is_verb(p, cue) and not p.may_drop_subject(cue):
        return None
    start = p.c.skip_adjuncts(cue.last)
    if Frame.ASSESSMENT in cue.frames and _has_predicate(p, start):
        return opened_for(p, cue, mention, start)
    long = p.c.words_in(start, p.c.end) >= _FEWEST_WORDS
    if Frame.STANCE in cue.frames and long and not p.c.is_mark(start, COMMA):
        return opened_for(p, cue, mention, start)
    return None


def _has_predicate(p: Progress, start: int) -> bool:
    """Whether "as" or a quotation says what something is said to be."""
    folded = p.c.sentence.folded
    for n in range(start, min(start + _FARTHEST, p.c.end)):
        if p.c.is_quote(n) or p.table.predicate_markers.at(folded, n) is not None:
            return True
        if p.c.is_mark(n, (*COMMA, ";", ":")):
            return False
    return False
