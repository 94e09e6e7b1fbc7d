"""Content that stands before its cue, and may go on behind it: "…, he said, …"."""

from tracker.articles import is_any
from tracker.claims.clauses import COMMA
from tracker.claims.cues import Cue
from tracker.claims.progress import Found, Progress
from tracker.claims.relays import relay_in
from tracker.languages.verbs import Frame
from tracker.sources import Mention, MentionKind

_SHORT = 5
"""Up to how many words content before an attribution is thought to go on behind it."""
_RELAY_REACH = 6
"""Tokens behind an attribution in which an outlet may be named."""
_REPORTING = frozenset({Frame.SPEECH, Frame.THOUGHT, Frame.WEAK})

Stretch = tuple[int, int]


def after_quote(p: Progress, cue: Cue, subject: Mention | None) -> Found | None:
    """“…,” he said; „…”, a spus el."""
    start = subject.start if subject else cue.first
    quote = start - 1 - p.c.is_mark(start - 1, COMMA)
    return _attributed(p, cue, subject, start) if p.c.is_quote(quote) else None


def trailing(p: Progress, cue: Cue, before: Mention | None) -> Found | None:
    """The plan is dead, the minister said on Monday."""
    subject = before or p.who.loose_before(cue, p.region)
    if subject is None or not p.c.is_mark(subject.start - 1, COMMA):
        return None
    left = _left(p, subject.start)
    if left is None or not _is_over(p, cue, left):
        return None
    return _attributed(p, cue, subject, subject.start)


def inverted(p: Progress, cue: Cue, before: Mention | None) -> Found | None:
    """The plan is dead, said Ms Fox; planul a căzut, a declarat ministrul."""
    if before is not None or not p.c.is_mark(cue.first - 1, COMMA):
        return None
    if not p.table.drops_subjects and not _is_followed_by_subject(p, cue):
        return None
    return _attributed(p, cue, None, cue.first)


def postposed(p: Progress, cue: Cue, mention: Mention) -> Found | None:
    """The plan is dead, according to X."""
    left = _left(p, cue.first)
    return _with_rest(p, cue, mention, left, (cue.first, mention.end)) if left else None


# --- is there an attribution --------------------------------------------------------------------


def _is_over(p: Progress, cue: Cue, left: Stretch) -> bool:
    """Whether nothing follows a cue that could be its content."""
    after = p.c.after_address(cue)
    if after >= p.c.end:
        return True
    if _is_lead_in(p, left[0]):
        return False
    long = p.c.words_in(*left) > _SHORT
    return p.c.is_mark(after, COMMA) or (long and _is_adjunct(p, cue, after))


def _is_lead_in(p: Progress, n: int) -> bool:
    """Whether words before a subject are "In Washington" or "Asked about it", no content."""
    folded = p.c.sentence.folded[n]
    return folded in p.table.lead_ins or folded in p.table.adjunct_prepositions


def _is_adjunct(p: Progress, cue: Cue, n: int) -> bool:
    """Whether what follows a cue only says when, where and how it was said."""
    if is_any(p.c.sentence, n, p.table.adjunct_prepositions):
        return True
    token = p.c.sentence.tokens[n]
    starts_clause = token.is_capitalised or token.folded in p.table.function_words
    return n > cue.last and not starts_clause


def _is_followed_by_subject(p: Progress, cue: Cue) -> bool:
    """Whether a subject and no clause follows: ", said Ms Fox", not ", said Ms Fox was ill"."""
    subject = p.who.subject_after(cue, cue.last + 2)
    if subject is None or subject.kind is MentionKind.PRONOUN:
        return False
    n = p.c.skip_adjuncts(subject.end)
    return n >= p.c.end or p.c.is_mark(n, COMMA) or p.c.is_quote(n)


# --- where its content lies ---------------------------------------------------------------------


def _attributed(p: Progress, cue: Cue, before: Mention | None, start: int) -> Found | None:
    """What stands before an attribution that starts at a token, and what goes on behind it."""
    left = _left(p, start)
    if left is None or not cue.frames & _REPORTING:
        return None
    subject = before or _subject_after(p, cue)
    if subject is None and not p.may_drop_subject(cue):
        return None
    end = p.c.after_address(cue)
    if before is None and subject is not None:
        end = max(end, subject.end)
    return _with_rest(p, cue, subject, left, (start, p.c.skip_adjuncts(end)))


def _subject_after(p: Progress, cue: Cue) -> Mention | None:
    """The subject behind a cue, which must come before the next quotation or cue."""
    verbs = (other for other in p.c.cues if not other.is_preposition)
    limit = next((other.first for other in verbs if other.first >= cue.last), p.c.end)
    limit = next((n for n in range(cue.last, limit) if p.c.is_quote(n)), limit)
    return p.who.subject_after(cue, limit) or p.who.loose_after(cue, limit)


def _left(p: Progress, end: int) -> Stretch | None:
    """The content that ends before a token, as far back as it may reach."""
    while end and p.c.is_mark(end - 1, COMMA):
        end -= 1
    first = p.region
    if p.last is not None and not p.last.is_open:
        first = max(first, p.last.content[-1][1])
    for n in range(first, end):
        if p.c.is_mark(n, (";", ":")):
            first = n + 1
    while first < end and _is_joint(p, first):
        first += 1
    if p.c.words_in(first, end) < 1 or p.c.is_mention(first, end):
        return None
    return first, end


def _is_joint(p: Progress, n: int) -> bool:
    """Whether a comma or a conjunction after one ties content to what stands before."""
    if is_any(p.c.sentence, n, p.table.coordinators):
        return p.c.is_mark(n - 1, (*COMMA, ";"))
    return p.c.is_mark(n, COMMA)


def _with_rest(
    p: Progress, cue: Cue, mention: Mention | None, left: Stretch, clause: Stretch
) -> Found:
    rest = _rest(p, clause[1], left)
    content = [left] if rest is None else [left, (rest, p.content_end(rest))]
    reach = clause[1] + _RELAY_REACH if rest is None else rest
    return Found(
        (cue.first, cue.last),
        tuple(content),
        mention,
        clause,
        is_open=rest is not None,
        relay=relay_in(p, clause[0], reach, mention),
    )


def _rest(p: Progress, n: int, left: Stretch) -> int | None:
    """Where the content goes on behind an attribution in its middle."""
    n += 1
    if not p.c.is_mark(n - 1, COMMA) or n >= p.c.end or n in p.c.cue_tokens:
        return None
    if p.table.relays.at(p.c.sentence.folded, n) is not None:
        return None
    if p.c.is_quote(n):
        return n
    linker = p.table.linkers.at(p.c.sentence.folded, n)
    if linker is not None:
        return linker.last if is_any(p.c.sentence, n, p.table.coordinators) else n
    whole = p.c.words_in(*left) > _SHORT or p.c.is_quote(left[0])
    return None if whole or is_any(p.c.sentence, n, p.table.relatives) else n
