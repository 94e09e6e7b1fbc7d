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
        ValueError: a record cannot be read; the message names file and line.
    """
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield from read(json.loads(line))
                except (KeyError, TypeError, ValueError) as error:
                    raise ValueError(f"{path.name}, line {number}: {error}") from error


def counted(values: Sequence[str]) -> Iterator[str]:
    """A line for each value, the most frequent first."""
    for value, count in Counter(values).most_common():
        yield f"  {value} {count}"
