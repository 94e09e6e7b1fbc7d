"""Spellings of one name meet, and names of two do not; the names are in ``who_is_who.toml``."""

import itertools
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources import asked_for, identify, kept_under
from tracker.types import Source, SourceDraft, SourceKind

KINDS = {"people": SourceKind.PERSON, "bodies": SourceKind.ORGANISATION}
GROUPS = tomllib.loads(Path(__file__).with_name("who_is_who.toml").read_text(encoding="utf-8"))


def drafts(group: Mapping[str, list[str]]) -> list[SourceDraft]:
    return [
        SourceDraft(name=name, kind=kind)
        for word, kind in KINDS.items()
        for name in group.get(word, ())
    ]


def pairs(title: str) -> list[tuple[SourceDraft, SourceDraft]]:
    """Every two names of a group, either way round."""
    return [pair for group in GROUPS[title] for pair in itertools.permutations(drafts(group), 2)]


def named(draft: SourceDraft) -> str:
    return draft.name


def stored(draft: SourceDraft, id: int = 1) -> Source:
    return Source(id=id, name=draft.name, kind=draft.kind)


@pytest.mark.parametrize(("draft", "known"), pairs("one"), ids=named)
def test_spellings_of_one_name_meet(draft: SourceDraft, known: SourceDraft) -> None:
    assert identify(draft, [stored(known)]) is not None


@pytest.mark.parametrize(("draft", "known"), pairs("two"), ids=named)
def test_names_of_two_do_not_meet(draft: SourceDraft, known: SourceDraft) -> None:
    assert identify(draft, [stored(known)]) is None


@pytest.mark.parametrize(("draft", "known"), pairs("missed"), ids=named)
def test_what_is_missed_is_known(draft: SourceDraft, known: SourceDraft) -> None:
    assert identify(draft, [stored(known)]) is None


def people(*names: str) -> list[SourceDraft]:
    return [SourceDraft(name=name, kind=SourceKind.PERSON) for name in names]


NAMES = [draft for groups in GROUPS.values() for group in groups for draft in drafts(group)]
WORDS = sorted({word for draft in NAMES for word in draft.name.split()})


@st.composite
def names(draw: st.DrawFn) -> SourceDraft:
    """Somebody from the table, or a new mixture of the words in it."""
    mixed = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))
    draft = draw(st.sampled_from(NAMES))
    name = draw(st.sampled_from((draft.name, mixed)))
    aliases = draw(st.lists(st.sampled_from([each.name for each in NAMES]), max_size=2))
    return SourceDraft(name=name, kind=draft.kind, aliases=tuple(aliases))


@given(names(), names())
def test_whoever_may_be_meant_is_found(draft: SourceDraft, known: SourceDraft) -> None:
    source = Source(id=1, name=known.name, kind=known.kind, aliases=known.aliases)
    if identify(draft, [source]) is not None:
        assert not kept_under(source).isdisjoint(asked_for(draft))


@pytest.mark.parametrize("draft", people("Ion Georgescu", "Georgescu I. Vasile", "Ana Georgescu"))
def test_a_bare_name_that_two_may_bear_is_given_to_no_third(draft: SourceDraft) -> None:
    bare, first, second = people("Georgescu", "Vasile Georgescu", "Marin Georgescu")
    known = [stored(bare, 1), stored(first, 2), stored(second, 3)]
    assert identify(draft, known) is None


def test_a_bare_name_becomes_full_where_nobody_else_bears_it() -> None:
    (bare, full, other) = people("Georgescu", "Ion Georgescu", "Ana Popa")
    found = identify(full, [stored(bare, 1), stored(other, 2)])
    assert found is not None
    assert found.id == 1
