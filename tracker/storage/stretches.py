"""Long lists, read a stretch at a time.

A cursor is the place of the last row of a stretch in the order of the list, not a number of rows:
rows that come in, change or go meanwhile neither repeat nor hide a row that stays as it is.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field, FiniteFloat, TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, Select, literal, tuple_
from sqlmodel import Session

from tracker.errors import InvalidInput
from tracker.storage.statements import LARGEST_ID

T = TypeVar("T")

Number = Annotated[int, Field(ge=0, le=LARGEST_ID)]
Share = FiniteFloat


@dataclass(frozen=True)
class Stretch(Generic[T]):
    """A part of a list."""

    items: list[T]
    cursor: str | None
    """Where the list goes on; None at its end. It means something to its own list only."""


@dataclass(frozen=True)
class Order:
    """What a list is ordered by, from the highest to the lowest; no two rows have the same."""

    columns: tuple[Any, ...]
    place: TypeAdapter[Any]
    """A tuple of the columns' values."""

    @property
    def falling(self) -> tuple[ColumnElement[Any], ...]:
        """The columns, for ``order_by``."""
        return tuple(column.desc() for column in self.columns)

    def cursor(self, place: tuple[Any, ...]) -> str:
        """What stands for a place."""
        return cursor_of(self.place, place)

    def behind(self, cursor: str) -> ColumnElement[bool]:
        """Whether a row comes after a place.

        Raises:
            InvalidInput: this list never gave that cursor.
        """
        bound = zip(self.columns, place_of(self.place, cursor), strict=True)
        values = (literal(value, column.type) for column, value in bound)
        return tuple_(*self.columns) < tuple_(*values)


def cursor_of(kind: TypeAdapter[Any], place: tuple[Any, ...]) -> str:
    """What stands for a place in a list."""
    return urlsafe_b64encode(kind.dump_json(place)).decode()


def place_of(kind: TypeAdapter[Any], cursor: str) -> tuple[Any, ...]:
    """The place that a cursor stands for.

    Raises:
        InvalidInput: this list never gave that cursor.
    """
    try:
        place: tuple[Any, ...] = kind.validate_json(urlsafe_b64decode(cursor.encode()), strict=True)
    except (ValueError, ValidationError):
        raise InvalidInput(
            "cursor: this list has no such place; follow the links of its answers, or leave "
            "the cursor out to begin anew",
            "cursor",
        ) from None
    return place


def ids_of_stretch(
    session: Session, query: Select[Any], order: Order, limit: int, cursor: str | None
) -> Stretch[int]:
    """At most ``limit`` of the ids that ``query`` selects, in order, after ``cursor``.

    Raises:
        InvalidInput: this list never gave that cursor.
    """
    if cursor is not None:
        query = query.where(order.behind(cursor))
    rows = session.execute(
        query.add_columns(*order.columns).order_by(*order.falling).limit(limit + 1)
    ).all()
    shown = rows[:limit]
    return Stretch(
        [row[0] for row in shown],
        order.cursor(tuple(shown[-1][1:])) if len(rows) > limit else None,
    )
