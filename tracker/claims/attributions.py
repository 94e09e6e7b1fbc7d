"""Attributions of one sentence: which words are reported by which cue, and whose they are."""

from collections.abc import Sequence

from tracker.articles import Sentence, is_any
from tracker.claims.ahead import bare, before_quote, colon, opened, opened_for, right
from tracker.claims.behind import after_quote, inverted, postposed, trailing
from tracker.claims.clauses import COMMA, Clauses
from tracker.claims.cues import Cue, find_cues
from tracker.claims.progress import Found, Progress
from tracker.claims.relays import is_relay, passes_on, press_after
from tracker.languages import AttributionTable
from tracker.languages.verbs import Form
from tracker.sources import Mention, MentionKind

_FEWEST_WORDS = 2
"""Words that content has unless a conjunction shows that it is content."""
_LONGEST_WISH = 5
"""Words of a wish such as not to be named."""
_LONGEST_SOURCE = 14
"""Words that a source after "according to" may go on with before the comma."""


def find_attributions(
    sentence: Sentence, mentions: Sequence[Mention], table: AttributionTable
) -> list[Found]:
    """The attributions of a sentence in the order of their cues."""
    cues = tuple(find_cues(sentence, table))
    p = Progress(Clauses(sentence, tuple(mentions), cues, table))
    for cue in cues:
        if _is_nested(p, cue) or is_relay(p, cue):
            continue
        found = _attribution(p, cue)
        if found is not None:
            p.close_at(min(found.clause[0], *(first for first, _ in found.content)))
            p.found.append(found)
    if not p.found:
        p.found += colon(p)
    return [found for found in p.found if _is_statement(p, found)]


# --- one cue ------------------------------------------------------------------------------------


def _attribution(p: Progress, cue: Cue) -> Found | None:
    """What a cue reports; the surest reading of its surroundings comes first."""
    if cue.is_preposition:
        return _by_preposition(p, cue)
    if cue.form is Form.GERUND:
        return right(p, cue)
    subject = p.who.subject_before(cue)
    if cue.is_noun_like and subject is None and not p.has_distant_subject(cue):
        return None
    that = p.c.complementiser(cue)
    if that is not None and that.is_near:
        return opened(p, cue, p.subject(cue, subject, that.content), that.content)
    return (
        after_quote(p, cue, subject)
        or trailing(p, cue, subject)
        or before_quote(p, cue, subject)
        or (that and opened(p, cue, p.subject(cue, subject, that.content), that.content))
        or inverted(p, cue, subject)
        or bare(p, cue, subject)
    )


def _by_preposition(p: Progress, cue: Cue) -> Found | None:
    """According to X, the plan is dead; the plan is dead, according to X."""
    mention = p.who.source_of_preposition(cue)
    if mention is None:
        return None
    opens = (
        cue.first == 0
        or p.c.is_mark(cue.first - 1, (";", ":"))
        or p.c.contrast_before(cue.first) is not None
    )
    if is_any(p.c.sentence, cue.first, p.table.opinion_prepositions) and not (
        opens and _is_opinion(p, mention)
    ):
        return None
    if passes_on(p, cue, mention):
        return None
    return _preposed(p, cue, mention) if opens else postposed(p, cue, mention)


def _is_opinion(p: Progress, mention: Mention) -> bool:
    return mention.kind is MentionKind.NAME and p.c.is_mark(mention.end, (",",))


def _preposed(p: Progress, cue: Cue, mention: Mention) -> Found:
    commas = range(mention.end, min(mention.end + _LONGEST_SOURCE, p.c.end))
    start = next((n + 1 for n in commas if p.c.is_mark(n, (",",))), mention.end)
    return opened_for(p, cue, mention, start)


# --- what belongs to what -----------------------------------------------------------------------


def _is_nested(p: Progress, cue: Cue) -> bool:
    """Whether a cue stands inside reported words, and so is part of them."""
    last = p.found[-1] if p.found else None
    if last is None:
        return False
    if last.is_open:
        return not _breaks_out(p, cue, last)
    return any(first <= cue.first < end for first, end in last.content)


def _breaks_out(p: Progress, cue: Cue, last: Found) -> bool:
    """Whether a cue ends the content that is open, and starts an attribution of its own."""
    start, open_from = p.clause_start(cue), last.content[-1][0]
    loose = p.who.loose_before(cue, open_from)
    if loose and p.c.contrast_before(loose.start) is not None and p.c.complementiser(cue):
        return True
    if cue.form is Form.GERUND:
        return p.c.is_mark(start - 1, COMMA) or p.c.is_quote(start - 1)
    if cue.first < open_from:
        return False
    return (
        press_after(p, cue) is not None
        or p.ends_relative(cue)
        or p.c.contrast_before(start) is not None
        or any(p.c.is_mark(n, (";",)) for n in range(open_from, start))
    )


def _is_statement(p: Progress, found: Found) -> bool:
    """Whether there is something said, other than a wish not to be named."""
    words = sum(p.c.words_in(first, end) for first, end in found.content)
    said = p.c.sentence.folded[found.content[0][0] : found.content[-1][1]]
    enough = 1 if found.is_introduced else _FEWEST_WORDS
    is_wish = len(said) <= _LONGEST_WISH and bool(p.table.anonymity.find(said))
    return words >= enough and not is_wish
