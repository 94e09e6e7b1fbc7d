"""Files of one JSON record a line, and what the pairs in them are."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def read_lines(
    paths: Iterable[Path], read: Callable[[Mapping[str, Any]], Iterable[T]]
) -> Iterator[T]:
    """What ``read`` makes of every record, in order.

    Raises:
        ValueError: a record cannot be read, or its id was used before; the message names file and
            line.
    """
    names: set[str] = set()
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    record = json.loads(line)
                    if record["id"] in names:
                        raise ValueError(f"id {record['id']} is used twice")
                    names.add(record["id"])
                    yield from read(record)
                except (KeyError, TypeError, ValueError) as error:
                    raise ValueError(f"{path.name}, line {number}: {error}") from error


def counted(values: Sequence[str]) -> Iterator[str]:
    """A line for each value, the most frequent first."""
    for value, count in Counter(values).most_common():
        yield f"  {value} {count}"
