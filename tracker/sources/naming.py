"""The bare name in a mention: nominative, without article, title and possessive."""

from dataclasses import dataclass

from tracker.articles import ReadableText, Sentence, TokenKind
from tracker.languages import AttributionTable, fold
from tracker.languages.nouns import Noun
from tracker.sources.mentions import Mention, MentionKind, words_of
from tracker.sources.names import bare_name

_STEM = 3
"""Letters in which the cases of a noun agree."""


def is_named(sentence: Sentence, mention: Mention, table: AttributionTable) -> bool:
    """Whether a mention names somebody: a name, or a body with a name in its phrase."""
    if mention.kind is MentionKind.NAME:
        return True
    return mention.kind is MentionKind.BODY and any(
        sentence.tokens[n].is_capitalised
        for n in range(mention.first, mention.last)
        if n > 0 or (n != mention.head and sentence.folded[n] not in table.determiners)
    )


def is_article(sentence: Sentence, n: int, table: AttributionTable) -> bool:
    """Whether a token is an article or another word that opens a noun phrase."""
    return (
        sentence.folded[n] in table.determiners or table.articles.at(sentence.folded, n) is not None
    )


def is_indefinite(sentence: Sentence, mention: Mention, table: AttributionTable) -> bool:
    """Whether an article says that a noun is new: "a spokesman"."""
    near = range(max(mention.start - 1, 0), mention.start + 1)
    return any(table.articles.at(sentence.folded, n) is not None for n in near)


def base_name(
    reading: ReadableText, sentence: Sentence, mention: Mention, table: AttributionTable
) -> str:
    """A name without articles and case endings."""
    first = mention.first
    while first < mention.last - 1 and _is_dropped(sentence, first, mention, table):
        first += 1
    name = words_of(reading, sentence, first, mention.last)
    if mention.noun is not None and mention.role is None:
        name = _without_owner(name, table)
        return nominative(_without_possessive(name, table), mention.noun)
    if mention.last - first == 1:
        return bare_name(name, table.bare_endings)
    return _without_possessive(name, table)


def _without_owner(name: str, table: AttributionTable) -> str:
    """A full name without the country before it: "South Africa's Banking Conduct Authority"."""
    words = name.split()
    owners = [n for n, word in enumerate(words) if fold(word).endswith(table.possessive_endings)]
    rest = words[owners[0] + 1 :] if owners else []
    is_full = len(rest) > 1 and all(word[0].isupper() for word in rest)
    return " ".join(rest) if is_full else name


def _is_dropped(sentence: Sentence, n: int, mention: Mention, table: AttributionTable) -> bool:
    """Whether a word at the start of a mention is no part of the name."""
    if mention.kind is MentionKind.ANONYMOUS:
        return is_article(sentence, n, table)
    return sentence.folded[n] in table.determiners


def nominative(phrase: str, noun: Noun) -> str:
    """A phrase in the nominative: its noun, if that comes first, in the form that names it."""
    first, space, rest = phrase.partition(" ")
    base = noun.base.partition(" ")[0]
    if fold(first)[:_STEM] != fold(base)[:_STEM] or len(first) < len(base):
        return phrase
    return (base if first[0].islower() else base[0].upper() + base[1:]) + space + rest


def office_of(role: str, lemma: str, table: AttributionTable) -> str | None:
    """The body that an office stands for: "Ministerul Muncii" for "ministra Muncii".

    None where the role is no office, or names nothing that tells it from others of its kind.
    """
    body = table.offices.get(lemma)
    hit = next((h for h in table.roles.find(fold(role).split()) if h.value.lemma == lemma), None)
    words = role.split()
    if body is None or hit is None or len(words) == hit.last - hit.first:
        return None
    before = [word for word in words[: hit.first] if fold(word) not in table.determiners]
    named = " ".join([*before, body, *words[hit.last :]])
    return named[0].upper() + named[1:]


@dataclass(frozen=True, slots=True)
class Body:
    """A body named in a role, with its noun's lemma where it has one."""

    name: str
    lemma: str | None


def body_within(
    reading: ReadableText, sentence: Sentence, stretch: tuple[int, int], table: AttributionTable
) -> Body | None:
    """The body in a role phrase: "Kremlin spokesman", "directorul Fondului de Investiții"."""
    first, last = stretch
    titles = table.roles.find(sentence.folded[first:last])
    own = {first + n for hit in titles for n in range(hit.first, hit.last)}
    start = next(
        (n for n in range(first, last) if n not in own and _names(sentence, n, table)), last
    )
    end = start
    while end < last and end not in own and _goes_on(sentence, end, table):
        end += 1
    if start == end:
        return None
    noun = _noun_within(sentence, start, end, table)
    kind = MentionKind.BODY if noun else MentionKind.NAME
    mention = Mention(kind, start, end, start, end, noun=noun)
    return Body(base_name(reading, sentence, mention, table), noun.lemma if noun else None)


def common_body_within(
    sentence: Sentence, mention: Mention, table: AttributionTable
) -> Mention | None:
    """The body without a name in a role: "a spokesman for the housing agency"."""
    for n in range(mention.start, mention.last):
        hit = table.bodies.at(sentence.folded, n)
        if hit is None or hit.last > mention.last or n == mention.head:
            continue
        first = n
        while first > mention.start and _describes(sentence, first - 1, mention, table):
            first -= 1
        return Mention(MentionKind.BODY, first, hit.last, first, hit.last, noun=hit.value, head=n)
    return None


def _describes(sentence: Sentence, n: int, mention: Mention, table: AttributionTable) -> bool:
    """Whether a word before a noun belongs to it, in a language where it may."""
    return (
        table.adjectives_first
        and n != mention.head
        and sentence.tokens[n].kind is TokenKind.WORD
        and sentence.folded[n] not in table.function_words
        and not is_article(sentence, n, table)
        and sentence.folded[n] not in table.genitives
    )


def _noun_within(sentence: Sentence, first: int, last: int, table: AttributionTable) -> Noun | None:
    hits = (table.bodies.at(sentence.folded, n) for n in range(last - 1, first - 1, -1))
    return next((hit.value for hit in hits if hit is not None), None)


def _names(sentence: Sentence, n: int, table: AttributionTable) -> bool:
    token = sentence.tokens[n]
    return token.is_capitalised and (
        sentence.folded[n] not in table.function_words or token.text[1:].isupper()
    )


def _goes_on(sentence: Sentence, n: int, table: AttributionTable) -> bool:
    token = sentence.tokens[n]
    ties = token.folded in table.complements or token.folded.endswith(table.possessive_endings)
    return ties or token.is_capitalised or token.kind is TokenKind.QUOTE


def _without_possessive(name: str, table: AttributionTable) -> str:
    for ending in table.possessive_endings:
        if fold(name).endswith(ending):
            return name[: -len(ending)] + ending.partition("'")[0]
    return name
