"""Column types: what a value becomes in the database, and how it comes back unchanged."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Integer,
    Text,
)
from sqlalchemy.types import TypeDecorator

from tracker.errors import InvalidInput

IDENTIFIER = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows by itself only where the column is a plain INTEGER."""
BYTE_ORDERED = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the order of its bytes, so that a beginning is one range; SQLite has no other order."""


class Moment(TypeDecorator[datetime]):
    """A point in time: goes in aware, comes back in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, because SQLite drops the zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise InvalidInput(
                "the moment {moment} has no time zone; give it one", moment=value.isoformat()
            )
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The moment with its zone put back."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Value(TypeDecorator[Any]):
    """A frozen dataclass, or a tuple of them, kept whole as JSON."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Plain lists, mappings, strings and numbers."""
        return None if value is None else self._adapter.dump_python(value, mode="json")

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The value as it was."""
        return None if value is None else self._adapter.validate_python(value)


def own_id() -> Column[int]:
    """The column that numbers the rows of a table."""
    return Column(IDENTIFIER, primary_key=True)


def refers(target: str, *, key: bool = False, index: bool = False) -> Column[int]:
    """A column that holds the id of a row of ``target`` and goes when that row goes."""
    return Column(
        IDENTIFIER,
        ForeignKey(f"{target}.id", ondelete="CASCADE"),
        primary_key=key,
        nullable=False,
        index=index,
    )


def word(kind: type[StrEnum]) -> Enum:
    """A column for one of the fixed words of ``kind``, kept as readable text."""
    return Enum(
        kind,
        native_enum=False,
        length=20,
        values_callable=lambda kind: [str(each) for each in kind],
    )
