"""A speaker described in a line, as in "Ion Pop, ministrul Sănătății"."""

from tracker.articles import read_text
from tracker.languages import LanguagePack, languages
from tracker.sources.cast import read_cast
from tracker.types import SourceDraft, SourceKind


def describe_speaker(text: str) -> SourceDraft:
    """The source that a short description names, with role and body where it gives them.

    The language that reads most into the description is taken; a description that none can read
    is a person's name as it stands.
    """
    name, _, role = (part.strip() for part in text.partition(","))
    readings = [_read(name, role, pack) for pack in languages().values()]
    return max(readings, key=_content)


def _content(draft: SourceDraft) -> tuple[bool, bool]:
    """How much a reading has found out."""
    return draft.speaks_for is not None, draft.kind is SourceKind.ORGANISATION


def _read(name: str, role: str, pack: LanguagePack) -> SourceDraft:
    text = f"{name}, {role}." if role else f"{name}."
    article = read_text(text, pack.attribution)
    character = next(iter(read_cast(article, pack.attribution).bearers.values()), None)
    kind = SourceKind.PERSON if role or " " in name else SourceKind.ORGANISATION
    return SourceDraft(
        name=character.name if character else name,
        kind=character.kind if character else kind,
        role=role or None,
        speaks_for=character.speaks_for if character else None,
    )
