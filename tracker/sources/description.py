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
    best = max(readings, key=lambda draft: (draft.speaks_for is not None, draft.role is not None))
    return best


def _read(name: str, role: str, pack: LanguagePack) -> SourceDraft:
    table = pack.attribution
    article = read_text(f"{name}, {role}." if role else f"{name}.", table)
    cast = read_cast(article, table)
    for character in cast.bearers.values():
        draft = character.draft()
        return SourceDraft(
            name=draft.name,
            kind=draft.kind,
            role=draft.role or role or None,
            speaks_for=draft.speaks_for,
        )
    return SourceDraft(name=name, kind=SourceKind.PERSON, role=role or None)
