"""Joins the mentions of one person: "ministrul Pop", "its chair, Jo Fox", "Jo Fox, its chair"."""

from dataclasses import replace

from tracker.languages.nouns import Gender
from tracker.sources.mentions import Mention, MentionKind
from tracker.sources.phrases import Phrases


def with_titles(phrases: Phrases, atoms: list[Mention]) -> list[Mention]:
    """Join nouns with the names they stand before: "ministrul Pop", "its chair, Jo Fox"."""
    joined: list[Mention] = []
    for mention in atoms:
        if mention.kind is MentionKind.NAME:
            mention = _with_article(phrases, mention)
        if mention.kind is MentionKind.NAME and joined:
            if _is_in_apposition(phrases, joined, mention):
                joined[-1] = replace(joined[-1], last=mention.last, end=mention.end)
                continue
            joined = _with_affiliation(phrases, joined, mention)
            title = _title_before(phrases, joined, mention)
            if title is not None:
                del joined[joined.index(title) :]
                mention = replace(
                    mention,
                    start=title.start,
                    role=(title.start, title.last),
                    noun=title.noun,
                    gender=_surer(title, mention),
                )
        if phrases.table.adjectives_first and mention.noun and mention.role is None:
            mention = _premodified(phrases, joined, mention)
        joined.append(mention)
    return joined


def _is_in_apposition(phrases: Phrases, joined: list[Mention], name: Mention) -> bool:
    """Whether a name ends the role of the one before: "Ion Pop, primarul orașului Alba"."""
    return (
        len(joined) > 1
        and joined[-1].end == name.start
        and joined[-1].kind is MentionKind.ROLE
        and _is_apposition(phrases, joined[-2], joined[-1])
    )


def _with_article(phrases: Phrases, name: Mention) -> Mention:
    before = name.start - 1
    if before >= 0 and phrases.sentence.folded[before] in phrases.table.determiners:
        return replace(name, start=before)
    return name


def _with_affiliation(phrases: Phrases, joined: list[Mention], name: Mention) -> list[Mention]:
    """Let a role keep the name after it where another follows: "directorul Alfa, Ion Pop"."""
    last = joined[-1]
    if last.role is None or phrases.table.adjectives_first or last.first < last.role[1]:
        return joined
    if phrases.sentence.folded[last.end : name.start] != (",",) or last.role[1] != last.first:
        return joined
    title = replace(last, kind=MentionKind.ROLE, first=last.start, role=None, last=last.end)
    return [*joined[:-1], title]


def _title_before(phrases: Phrases, joined: list[Mention], name: Mention) -> Mention | None:
    title = joined[-1]
    gap = phrases.sentence.folded[title.end : name.start]
    if not gap and _is_acronym(phrases, name):
        return None
    if title.kind in (MentionKind.ROLE, MentionKind.ANONYMOUS) and gap in ((), (",",)):
        return title
    return title if title.kind is MentionKind.BODY and not gap else None


def _premodified(phrases: Phrases, joined: list[Mention], noun: Mention) -> Mention:
    """Take what stands before a noun into its phrase: "Russia's defence ministry"."""
    start = phrases.phrase_start(noun.start)
    while joined and joined[-1].end > start:
        joined.pop()
    return replace(noun, start=start, first=start)


def with_appositions(phrases: Phrases, mentions: list[Mention]) -> list[Mention]:
    """Join names with the role that follows them between commas: "Jo Fox, its chair"."""
    joined: list[Mention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if before and _is_apposition(phrases, before, mention):
            joined[-1] = replace(
                before,
                end=mention.end,
                role=(mention.start, mention.last),
                noun=mention.noun,
                gender=_surer(mention, before),
            )
        else:
            joined.append(mention)
    return joined


def _is_apposition(phrases: Phrases, name: Mention, noun: Mention) -> bool:
    return (
        name.kind is MentionKind.NAME
        and name.role is None
        and phrases.table.outlets.at(phrases.sentence.folded, name.first) is None
        and noun.kind in (MentionKind.ROLE, MentionKind.ANONYMOUS)
        and phrases.sentence.folded[name.end : noun.start] == (",",)
    )


def _is_acronym(phrases: Phrases, name: Mention) -> bool:
    return name.last - name.first == 1 and phrases.is_acronym(name.first)


def _surer(title: Mention, name: Mention) -> Gender | None:
    """The gender of a name with a title; a masculine title may be a woman's ("prefectul Ana")."""
    if title.gender is Gender.FEMALE:
        return title.gender
    return name.gender or title.gender
