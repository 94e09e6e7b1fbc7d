"""The mention in words that are known to name a source: "lead author Jo Fox, who runs the trial".

Elsewhere mentions are spotted without knowing who speaks. Here the words are given, so that their
shape says more: the name is a run of capitals that no preposition ties to something else, and what
has none is a noun with its description.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.articles import Sentence, TokenKind, is_any
from tracker.languages import AttributionTable
from tracker.sources.mentions import Mention, MentionKind
from tracker.sources.names import bare_name
from tracker.sources.naming import is_article
from tracker.sources.phrases import Phrases

_PARTING = frozenset(",;:()[]–—")
_LONGEST_NAME = 5


def mention_of(
    sentence: Sentence,
    stretch: tuple[int, int],
    mentions: Sequence[Mention],
    proper: frozenset[str],
    table: AttributionTable,
) -> Mention:
    """The mention that a source's words are.

    ``mentions`` are those spotted in the sentence, ``proper`` the words that the article writes
    with a capital inside a sentence.
    """
    first, last = _inside(sentence, *stretch)
    phrases = Phrases(sentence, table)
    if is_any(sentence, first, table.relatives):
        antecedent = _ending_at(sentence, first, mentions)
        if antecedent is not None:
            return antecedent
    if all(is_any(sentence, n, table.determiners) for n in range(first, last)):
        last = _whole(first, last, mentions)
    met = [m for m in mentions if m.start < last and m.end > first]
    name = _person(phrases, first, last, proper)
    if name is not None:
        return _named(name, (first, last), met)
    best = max(met, key=lambda m: min(m.end, last) - max(m.start, first), default=None)
    if best is not None and _serves(phrases, best, first, last, proper):
        return _clipped(best, first, last)
    return _described(phrases, first, last, stretch)


def _clipped(mention: Mention, first: int, last: int) -> Mention:
    """A mention without what it was taken to have beyond the words."""
    start = mention.first if mention.role or mention.first >= first else first
    end = mention.last if mention.role or mention.last <= last else last
    return replace(mention, first=start, last=max(end, start + 1))


def _ending_at(sentence: Sentence, n: int, mentions: Sequence[Mention]) -> Mention | None:
    """Whom a relative pronoun stands for: "Jo Fox, who"."""
    end = n - 1 if is_any(sentence, n - 1, (",",)) else n
    return next((m for m in mentions if end in (m.end, m.last)), None)


def _whole(first: int, last: int, mentions: Sequence[Mention]) -> int:
    """The end of the mention that an article opens, where the words are nothing but it."""
    ends = (m.last for m in mentions if m.start <= first < m.last and last < m.last)
    return max(ends, default=last)


def _described(phrases: Phrases, first: int, last: int, stretch: tuple[int, int]) -> Mention:
    """A noun without article and without what is told of it: "the two men, who asked …"."""
    sentence, table = phrases.sentence, phrases.table
    start = first
    while first < last - 1 and (
        is_article(sentence, first, table) or is_any(sentence, first, table.genitives)
    ):
        first += 1
    ends = (
        n
        for n in range(first + 1, last)
        if sentence.tokens[n].text in _PARTING or is_any(sentence, n, table.relatives)
    )
    return Mention(MentionKind.OTHER, first, next(ends, last), start, stretch[1])


def _inside(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """The words without marks at their ends."""
    while first < last - 1 and sentence.tokens[first].kind is TokenKind.MARK:
        first += 1
    while last > first + 1 and sentence.tokens[last - 1].kind is TokenKind.MARK:
        last -= 1
    return first, last


def _named(name: tuple[int, int], stretch: tuple[int, int], met: Sequence[Mention]) -> Mention:
    """A name; what was spotted of its title and gender stays with it."""
    for mention in met:
        if mention.kind is MentionKind.NAME and (mention.first, mention.last) == name:
            return mention
    titles = (m for m in met if m.kind is MentionKind.ROLE)
    title = next(titles, None)
    role = (title.start, title.last) if title and title.last <= name[0] else None
    return Mention(
        MentionKind.NAME,
        *name,
        min(stretch[0], name[0]),
        max(stretch[1], name[1]),
        gender=title.gender if title else None,
        noun=title.noun if title and role else None,
        role=role,
    )


def _serves(
    phrases: Phrases, mention: Mention, first: int, last: int, proper: frozenset[str]
) -> bool:
    """Whether a spotted mention can be the head of the words, not just a part of them."""
    if mention.kind is MentionKind.NAME and mention.role is None:
        is_head = not _is_tied(phrases, mention.first, first) and not _is_modifier_of(
            phrases, mention, last
        )
        return is_head and (
            mention.noun is not None or not _is_mere_opening(phrases, mention, last, proper)
        )
    if phrases.table.adjectives_first:
        return mention.start <= first or mention.last >= last
    return mention.start <= first + 1


def _is_modifier_of(phrases: Phrases, name: Mention, last: int) -> bool:
    """Whether a noun follows that a name describes: "a Treasury source"."""
    n = name.last
    if not phrases.table.adjectives_first or n >= last:
        return False
    return phrases.is_modifier(n) and not is_any(phrases.sentence, n, phrases.table.relatives)


def _is_mere_opening(phrases: Phrases, name: Mention, last: int, proper: frozenset[str]) -> bool:
    """Whether a name is just the capital of a sentence's first word."""
    sentence, n = phrases.sentence, name.first
    if name.last - n > 1 or phrases.is_acronym(n) or not _opens(sentence, n):
        return False
    if bare_name(sentence.folded[n], phrases.table.bare_endings) in proper:
        return False
    return sentence.folded[n] not in phrases.table.given_names or last > name.last


def _opens(sentence: Sentence, n: int) -> bool:
    return n == 0 or sentence.tokens[n - 1].kind is not TokenKind.WORD


# --- a person's name ----------------------------------------------------------------------------


def _person(
    phrases: Phrases, first: int, last: int, proper: frozenset[str]
) -> tuple[int, int] | None:
    """The person named: at the end of a part of the words after a title, or a part of its own."""
    for start, end in _parts(phrases.sentence, first, last):
        for run in _runs(phrases, start, end):
            if _is_person(phrases, run, start, proper):
                return run
    return None


def _parts(sentence: Sentence, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The words between commas and brackets."""
    start = first
    for n in range(first, last + 1):
        if n == last or sentence.tokens[n].text in _PARTING:
            if n > start:
                yield start, n
            start = n + 1


def _runs(phrases: Phrases, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Runs of words with capitals, without the titles and offices before the name."""
    n = first
    while n < last:
        if not phrases.capital_at(n) or (
            phrases.is_function_word(n) and not _is_initial(phrases, n)
        ):
            n += 1
            continue
        end = min(phrases.run_end(n), last)
        start = max((k for k in range(n, end) if _follows_title(phrases, n, k)), default=n)
        yield start, end
        n = max(end, n + 1)


def _is_initial(phrases: Phrases, n: int) -> bool:
    return len(phrases.sentence.tokens[n].text) == 1 and is_any(phrases.sentence, n + 1, (".",))


def _follows_title(phrases: Phrases, first: int, n: int) -> bool:
    """Whether a title ends before a word of a run, or a given name starts there."""
    sentence, table = phrases.sentence, phrases.table
    if n > first and sentence.folded[n] in table.given_names:
        return sentence.folded[n - 1] not in table.given_names
    hits = (table.roles.at(sentence.folded, k) for k in range(max(n - 4, 0), n))
    return any(hit is not None and hit.last == n for hit in hits)


def _is_person(phrases: Phrases, run: tuple[int, int], part: int, proper: frozenset[str]) -> bool:
    first, last = run
    sentence, table = phrases.sentence, phrases.table
    words = [n for n in range(first, last) if sentence.tokens[n].kind is TokenKind.WORD]
    known = sentence.folded[first] in table.given_names
    if not known and not 2 <= len(words) <= _LONGEST_NAME:
        return False
    if any(table.bodies.at(sentence.folded, n) or phrases.is_acronym(n) for n in words):
        return False
    if table.outlets.at(sentence.folded, first) is not None or _is_oblique(phrases, first):
        return False
    if len(words) == 1 and _opens(sentence, first) and last - part > 1:
        return False
    return not _is_tied(phrases, first, part)


def _is_oblique(phrases: Phrases, n: int) -> bool:
    """Whether a name is in the genitive: "avocatul Corinei Lăzărescu"."""
    endings = phrases.table.oblique_endings
    folded = phrases.sentence.folded[n]
    return bool(endings) and folded not in phrases.table.given_names and folded.endswith(endings)


def _is_tied(phrases: Phrases, n: int, part: int) -> bool:
    """Whether a preposition or genitive before a name ties it to a noun."""
    before = n - 1
    while before >= part and is_any(phrases.sentence, before, phrases.table.determiners):
        before -= 1
    if before < part:
        return False
    folded = phrases.sentence.folded[before]
    return (
        _is_owned(phrases, before)
        or folded in phrases.table.complements
        or folded in phrases.table.genitives
        or folded in phrases.table.affiliations
    )


def _is_owned(phrases: Phrases, n: int) -> bool:
    """Whether a noun in the genitive stands before a name: "liderul cooperativei Muntele Alb"."""
    token, table = phrases.sentence.tokens[n], phrases.table
    if token.is_capitalised or not table.oblique_endings:
        return False
    if not token.folded.endswith(table.oblique_endings):
        return False
    hits = (table.roles.at(phrases.sentence.folded, k) for k in range(max(n - 3, 0), n + 1))
    return not any(hit is not None and hit.last == n + 1 for hit in hits)
