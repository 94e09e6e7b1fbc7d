"""Waiting for what happens in another process."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_for(what: Callable[[], T], seconds: float = 60.0) -> T:
    """The first answer of ``what`` that is true in the sense of ``bool``."""
    deadline = time.monotonic() + seconds
    while not (answer := what()):
        assert time.monotonic() < deadline, f"it did not happen within {seconds} seconds"
        time.sleep(0.05)
    return answer
