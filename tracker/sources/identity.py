"""The same source across articles: which stored source a new one is, and who shares a voice."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracker.sources.bodies import initials, same_body
from tracker.sources.names import parts, same_name, same_word
from tracker.types import Source, SourceDraft, SourceKind

_NAMED = frozenset({SourceKind.PERSON, SourceKind.ORGANISATION})


def is_named(draft: SourceDraft) -> bool:
    """Whether a source has a name by which it can be found again."""
    return draft.kind in _NAMED


def identify(draft: SourceDraft, known: Sequence[Source]) -> Source | None:
    """The stored source that a draft is, or None where there is none or it cannot be told.

    Anonymous and unresolved sources are nobody: they never meet a stored one. Sources that were
    merged count as one, and a name that was split off meets its old bearer no more.
    """
    if not is_named(draft):
        return None
    named = [source for source in known if is_named(source)]
    meeting = [source for source in named if _meets(draft, source)]
    exact = [source for source in meeting if parts(source.name) == parts(draft.name)]
    if exact:
        return exact[0]
    sure = [source for source in meeting if not _is_shared(source, draft, named)]
    bearers = {source.merged_into or source.id for source in sure}
    return sure[0] if len(bearers) == 1 else None


def _is_shared(source: Source, draft: SourceDraft, known: Sequence[Source]) -> bool:
    """Whether a name can be another's as well: a bare "Popescu" that was nobody's for certain.

    Whoever comes next with a full name must not be given what several may have said.
    """
    return any(
        other.id != source.id and _meets(source, other) and not _meets(draft, other)
        for other in known
    )


def taught(known: Source, draft: SourceDraft) -> Source:
    """A stored source with the names and roles that a draft has and it has not yet."""
    full = known.kind is draft.kind and " " in draft.name and " " not in known.name
    name = draft.name if full else known.name  # a bare surname has met its full name
    return with_names(
        replace(
            known,
            name=name,
            role=known.role or draft.role,
            speaks_for=known.speaks_for or draft.speaks_for,
        ),
        (known.name, draft.name, *draft.aliases),
    )


def with_names(source: Source, names: Iterable[str]) -> Source:
    """A source with these names too, except those that are known to be another's."""
    apart = set(map(parts, source.apart))
    aliases = tuple(
        name
        for name in dict.fromkeys((*source.aliases, *names))
        if name != source.name and parts(name) not in apart
    )
    return replace(source, aliases=aliases)


def same_voice(a: SourceDraft, b: SourceDraft) -> bool:
    """Whether two sources answer for each other.

    They do if they are one source, if one speaks for the other, or if both speak for one body.
    """
    if a.kind not in _NAMED or b.kind not in _NAMED:
        return False
    if _are_apart(a, b):
        return False
    if _same(a, b):
        return True
    return any(same_body(x, y) or _overlap(x, y) for x in _bodies(a) for y in _bodies(b))


def _meets(draft: SourceDraft, source: Source) -> bool:
    return not _are_apart(draft, source) and _same(draft, source)


def _are_apart(a: SourceDraft, b: SourceDraft) -> bool:
    """Whether somebody said that the name of one is not the other's."""
    return _is_anothers(a.name, b) or _is_anothers(b.name, a)


def _is_anothers(name: str, source: SourceDraft) -> bool:
    """Whether a name was split off; in other spellings too, unless its own name sounds so."""
    words, own = parts(name), parts(source.name)
    apart = [parts(each) for each in source.apart]
    return words in apart or (
        not _same_words(words, own) and any(_same_words(words, each) for each in apart)
    )


def _same_words(a: Sequence[str], b: Sequence[str]) -> bool:
    return len(a) == len(b) and all(same_word(x, y) for x, y in zip(a, b, strict=True))


def _same(a: SourceDraft, b: SourceDraft) -> bool:
    """Whether two named sources are one.

    A word alone may be a surname even where it was taken for a body's name.
    """
    if a.kind is b.kind is SourceKind.ORGANISATION:
        return same_body(a.name, b.name) or _share_alias(a, b)
    if may_be_person(a) and may_be_person(b):
        return same_name(a.name, b.name) or _share_alias(a, b)
    return parts(a.name) == parts(b.name)


def may_be_person(source: SourceDraft) -> bool:
    """Whether a source's name can be read as a person's."""
    return source.kind is SourceKind.PERSON or len(parts(source.name)) == 1


def _share_alias(a: SourceDraft, b: SourceDraft) -> bool:
    """Whether the articles know both by the same full name, or bodies by the same initials."""
    names = {parts(name) for name in (a.name, *a.aliases)}
    bodies = a.kind is b.kind is SourceKind.ORGANISATION
    return any(
        parts(name) in names and (len(parts(name)) > 1 or (bodies and initials(name)))
        for name in (b.name, *b.aliases)
    )


def _bodies(source: SourceDraft) -> tuple[str, ...]:
    """The names of the body that a source is or speaks for."""
    if source.kind is SourceKind.ORGANISATION:
        return (source.name, *source.aliases)
    return (source.speaks_for,) if source.speaks_for else ()


def _overlap(a: str, b: str) -> bool:
    """Whether two names can mean one body, as "Primăria" and "Primăria Valea Albă"."""
    first, second = sorted((parts(a), parts(b)), key=len)
    return bool(first) and same_word(first[0], second[0]) and set(first) <= set(second)
