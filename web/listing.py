"""Which part of a list a URL asks for: the conflict filter and the page number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from werkzeug.datastructures import MultiDict

from tracker.types import (
    UNDECIDED,
    ArticleState,
    ConflictFilter,
    ConflictOrder,
    ConflictState,
    RelationLabel,
)
from web.forms import read_word
from web.problems import refused

T = TypeVar("T")

GROUPS: Mapping[str, frozenset[ConflictState]] = {"open": UNDECIDED}
"""What stands for several states in a URL."""
LAST_PAGE = 100_000
LONGEST_SEARCH = 200


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
        raise refused(name, "a whole number from 1 to %(highest)s was expected", highest=highest)
    return int(text)


def read_filter(args: MultiDict[str, str]) -> ConflictFilter:
    """The conflicts that the fields of a query string ask for.

    ``state`` (may come several times), ``relation``, ``speaker``, ``language``, ``q`` (words),
    ``assignee``, ``second`` and ``sort``; empty and missing mean all.

    Raises:
        RefusedError: a value is none of the known ones.
    """
    states: set[ConflictState] = set()
    for value in filter(None, args.getlist("state")):
        states |= GROUPS.get(value) or {read_word(ConflictState, "state", value)}
    relation, order = args.get("relation"), args.get("sort")
    return ConflictFilter(
        states=frozenset(states),
        label=read_word(RelationLabel, "relation", relation) if relation else None,
        source_id=read_number(args, "speaker", default=0, highest=2**31 - 1) or None,
        language=args.get("language") or None,
        words=read_words(args, "q"),
        assignee=args.get("assignee") or None,
        second_opinion=bool(args.get("second")),
        order=read_word(ConflictOrder, "sort", order) if order else ConflictOrder.LATEST,
    )


def read_words(args: MultiDict[str, str], name: str) -> str:
    """What is searched for.

    Raises:
        RefusedError: it is too long.
    """
    words = args.get(name, "").strip()
    if len(words) > LONGEST_SEARCH:
        raise refused(name, "at most %(longest)s characters were expected", longest=LONGEST_SEARCH)
    return words


def undecided(counts: Mapping[ConflictState, int]) -> int:
    """How many conflicts wait for a decision, of those counted by state."""
    return sum(counts[state] for state in UNDECIDED)


def read_state(args: MultiDict[str, str]) -> ArticleState | None:
    """The state of the articles asked for; None means all.

    Raises:
        RefusedError: there is no such state.
    """
    value = args.get("state")
    return read_word(ArticleState, "state", value) if value else None


def canonical(args: MultiDict[str, str]) -> dict[str, Any]:
    """The query without its empty fields, as a shareable URL has it."""
    filled = {name: [value for value in values if value] for name, values in args.lists()}
    return {name: values for name, values in filled.items() if values}
