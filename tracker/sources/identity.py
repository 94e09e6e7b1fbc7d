"""The same source across articles: which stored source a new one is, and who shares a voice."""

from collections.abc import Sequence

from tracker.languages import fold
from tracker.sources.names import parts, same_name, same_word
from tracker.types import Source, SourceDraft, SourceKind

_NAMED = frozenset({SourceKind.PERSON, SourceKind.ORGANISATION})


def identify(draft: SourceDraft, known: Sequence[Source]) -> Source | None:
    """The stored source that a draft is, or None where there is none or it cannot be told.

    Anonymous and unresolved sources are nobody: they never meet a stored one.
    """
    if draft.kind not in _NAMED:
        return None
    meeting = [source for source in known if source.kind in _NAMED and _same(draft, source)]
    exact = [source for source in meeting if fold(source.name) == fold(draft.name)]
    if exact:
        return exact[0]
    return meeting[0] if len(meeting) == 1 else None


def same_voice(a: SourceDraft, b: SourceDraft) -> bool:
    """Whether two sources answer for each other.

    They do if they are one source, if one speaks for the other, or if both speak for one body.
    """
    if a.kind not in _NAMED or b.kind not in _NAMED:
        return False
    if _same(a, b):
        return True
    voices_a, voices_b = _bodies(a), _bodies(b)
    return any(_same_body(x, y) for x in voices_a for y in voices_b)


def _same(a: SourceDraft, b: SourceDraft) -> bool:
    if a.kind is not b.kind:
        return fold(a.name) == fold(b.name)
    compare = same_name if a.kind is SourceKind.PERSON else _same_body
    return compare(a.name, b.name) or any(
        fold(x) == fold(y) and len(parts(x)) > 1
        for x in (a.name, *a.aliases)
        for y in (b.name, *b.aliases)
    )


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
