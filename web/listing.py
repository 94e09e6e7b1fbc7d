"""Which part of a list a URL asks for: the conflict filter and the page number."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from werkzeug.datastructures import MultiDict

from tracker.types import ArticleState, ConflictFilter, ConflictState, RelationLabel
from web.problems import refused

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

TO_REVIEW = frozenset({ConflictState.NEW, ConflictState.REOPENED})
"""The states that ask for a decision; ``state=open`` in a URL."""
GROUPS: Mapping[str, frozenset[ConflictState]] = {"open": TO_REVIEW}
LAST_PAGE = 100_000


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list that may go on."""

    items: list[T]
    number: int
    """From 1."""
    more: bool
    """Whether another page follows."""


def page_of(found: list[T], number: int, size: int) -> Page[T]:
    """A page from a query that asked for one row more than ``size``."""
    return Page(found[:size], number, len(found) > size)


def read_number(args: MultiDict[str, str], name: str, *, default: int, highest: int) -> int:
    """A whole number from 1 to ``highest`` from a query string.

    Raises:
        RefusedError: it is not one.
    """
    text = args.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 12 and 1 <= int(text) <= highest):
        raise refused(name, f"a whole number from 1 to {highest} was expected")
    return int(text)


def read_filter(args: MultiDict[str, str]) -> ConflictFilter:
    """The conflicts that the fields ``state``, ``relation``, ``speaker`` and ``language`` ask for.

    ``state`` may come several times; empty and missing mean all.

    Raises:
        RefusedError: a value is none of the known ones.
    """
    states: set[ConflictState] = set()
    for value in filter(None, args.getlist("state")):
        states |= GROUPS.get(value) or {_member(ConflictState, "state", value)}
    relation = args.get("relation")
    return ConflictFilter(
        states=frozenset(states),
        label=_member(RelationLabel, "relation", relation) if relation else None,
        source_id=read_number(args, "speaker", default=0, highest=2**31 - 1) or None,
        language=args.get("language") or None,
    )


def read_state(args: MultiDict[str, str]) -> ArticleState | None:
    """The state of the articles asked for; None means all.

    Raises:
        RefusedError: there is no such state.
    """
    value = args.get("state")
    return _member(ArticleState, "state", value) if value else None


def canonical(args: MultiDict[str, str]) -> dict[str, Any]:
    """The query without its empty fields, as a shareable URL has it."""
    filled = {name: [value for value in values if value] for name, values in args.lists()}
    return {name: values for name, values in filled.items() if values}


def _member(kind: type[E], field: str, value: str) -> E:
    try:
        return kind(value)
    except ValueError:
        known = ", ".join(sorted(kind))
        raise refused(field, f"one of {known} was expected") from None
