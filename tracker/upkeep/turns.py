"""Upkeep and the workers write by turns."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST = 1.0
"""Seconds."""


@contextmanager
def turn() -> Iterator[None]:
    """Do the block, and leave others as long as it took.

    SQLite's writers stand in no line: one that asks ten times a second may never come in between
    transactions that follow each other at once.
    """
    began = time.monotonic()
    yield
    time.sleep(min(time.monotonic() - began, LONGEST))
