"""The same source across articles: which stored source a new one is, and who shares a voice."""

from collections.abc import Sequence

from tracker.languages import fold
from tracker.sources.names import parts, same_name, same_word
from tracker.types import Source, SourceDraft, SourceKind

_NAMED = frozenset({SourceKind.PERSON, SourceKind.ORGANISATION})


def identify(draft: SourceDraft, known: Sequence[Source]) -> Source | None:
    """The stored source that a draft is, or None where there is none or it cannot be told.

    Anonymous and unresolved sources are nobody: they never meet a stored one. Sources that were
    merged count as one, and a name that was split off meets its old bearer no more.
    """
    if draft.kind not in _NAMED:
        return None
    meeting = [source for source in known if source.kind in _NAMED and _meets(draft, source)]
    exact = [source for source in meeting if fold(source.name) == fold(draft.name)]
    if exact:
        return exact[0]
    bearers = {source.merged_into or source.id for source in meeting}
    return meeting[0] if len(bearers) == 1 else None


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
    return any(_same_body(x, y) or _overlap(x, y) for x in _bodies(a) for y in _bodies(b))


def _meets(draft: SourceDraft, source: Source) -> bool:
    return not _are_apart(draft, source) and _same(draft, source)


def _are_apart(a: SourceDraft, b: SourceDraft) -> bool:
    """Whether somebody said that the name of one is not the other's."""
    return parts(a.name) in map(parts, b.apart) or parts(b.name) in map(parts, a.apart)


def _same(a: SourceDraft, b: SourceDraft) -> bool:
    """Whether two named sources are one.

    A word alone may be a surname even where it was taken for a body's name.
    """
    if a.kind is b.kind is SourceKind.ORGANISATION:
        return _same_body(a.name, b.name) or _share_alias(a, b)
    if a.kind is b.kind or 1 in (len(parts(a.name)), len(parts(b.name))):
        return same_name(a.name, b.name) or _share_alias(a, b)
    return parts(a.name) == parts(b.name)


def _share_alias(a: SourceDraft, b: SourceDraft) -> bool:
    """Whether the articles know both by the same full name."""
    names = {parts(name) for name in (a.name, *a.aliases)}
    return any(parts(name) in names for name in (b.name, *b.aliases) if len(parts(name)) > 1)


def _bodies(source: SourceDraft) -> tuple[str, ...]:
    """The names of the body that a source is or speaks for."""
    if source.kind is SourceKind.ORGANISATION:
        return (source.name, *source.aliases)
    return (source.speaks_for,) if source.speaks_for else ()


def _same_body(a: str, b: str) -> bool:
    first, second = parts(a), parts(b)
    return (
        bool(first)
        and len(first) == len(second)
        and all(same_word(x, y) for x, y in zip(first, second, strict=True))
    )


def _overlap(a: str, b: str) -> bool:
    """Whether two names can mean one body, as "Primăria" and "Primăria Valea Albă"."""
    first, second = sorted((parts(a), parts(b)), key=len)
    return bool(first) and same_word(first[0], second[0]) and set(first) <= set(second)
