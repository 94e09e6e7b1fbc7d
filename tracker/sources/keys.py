"""The keys under which sources are kept and asked for.

Whatever ``identify`` can take for one shares a key, so that finding may be left to an index, and
few others do: a surname that thousands bear is kept with each of the given names.
"""

from collections.abc import Iterable, Iterator

from tracker.sources.bodies import body_sound, initial_letters
from tracker.sources.identity import is_named, may_be_person
from tracker.sources.names import PersonName, is_initial, parts, read_person
from tracker.sources.spelling import sound
from tracker.types import SourceDraft, SourceKind

MOST_ASKED = 40
"""Keys that are asked for of one source; names of very many words have more."""


def kept_under(source: SourceDraft) -> frozenset[str]:
    """The keys under which a source is kept; none where it has no name to be found by."""
    if not is_named(source):
        return frozenset()
    keys = {exact_key(name) for name in (source.name, *source.aliases)}
    if source.kind is SourceKind.ORGANISATION:
        keys |= set(_body_keys(source.name))
    person = _as_person(source)
    if person is not None:
        keys |= set(_kept_person(person))
    return frozenset(keys)


def asked_for(draft: SourceDraft) -> list[str]:
    """The keys to look under for whoever a draft may be, those of its very name first.

    The last are those of all who bear the surname: they tell whether a bare one is somebody's.
    """
    if not is_named(draft):
        return []
    keys = [exact_key(draft.name)]
    if draft.kind is SourceKind.ORGANISATION:
        keys += _body_keys(draft.name)
    person = _as_person(draft)
    asked = list(_asked_person(person)) if person is not None else []
    aliases = [exact_key(name) for name in draft.aliases]
    return list(dict.fromkeys((*keys, *asked, *aliases)))[:MOST_ASKED]


def exact_key(name: str) -> str:
    """The key of a name as it is written, but for case, marks and script."""
    return "=" + " ".join(parts(name))


def _body_keys(name: str) -> Iterable[str]:
    yield f"&{body_sound(name)}"
    letters = initial_letters(name)
    if len(letters) > 1:
        yield f"@{letters}"


def _as_person(source: SourceDraft) -> PersonName | None:
    return read_person(source.name) if may_be_person(source) else None


def _kept_person(person: PersonName) -> Iterator[str]:
    for surname in person.surnames:
        yield f"{surname} *"
        if not person.given:
            yield f"{surname} -"
        for given in person.given:
            yield f"{surname} {sound(given)}"
            yield f"{surname} {given[0]}*"
            if is_initial(given):
                yield f"{surname} {given[0]}."


def _asked_person(person: PersonName) -> Iterator[str]:
    for surname in person.surnames:
        yield from (f"{surname} {sound(given)}" for given in person.given)
        yield from (f"{surname} {given[0]}." for given in person.given)
        yield from (f"{surname} {given[0]}*" for given in person.given if is_initial(given))
        yield f"{surname} -"
        yield f"{surname} *"
