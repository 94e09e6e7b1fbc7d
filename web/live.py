"""The counts as they change, sent to open pages as server-sent events."""

import json
import time
from collections.abc import Iterator
from http import HTTPStatus
from threading import BoundedSemaphore

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from tracker.storage import Storage
from web.current import tracker
from web.listing import undecided

blueprint = Blueprint("live", __name__)

EVERY = 2.0
"""Seconds between two looks at the store."""
LONGEST = 240.0
"""Seconds after which a stream ends; the browser opens another."""
MOST = 6
"""Streams that one server process keeps open, so that threads are left for the pages."""
RETRY = 5000
"""Milliseconds after which a browser asks again."""

_open = BoundedSemaphore(MOST)


@blueprint.get("/live")
def live() -> ResponseReturnValue:
    """A stream with an event ``counts`` now and at every change."""
    if not _open.acquire(blocking=False):
        return "", HTTPStatus.NO_CONTENT
    response = Response(_events(tracker().storage), mimetype="text/event-stream")
    response.call_on_close(_open.release)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def counted(storage: Storage) -> dict[str, object]:
    """How many conflicts stand in each state, and a mark that differs at every change."""
    with storage.snapshot() as tx:
        counts = tx.conflicts.counts()
        number, last = tx.conflicts.changes()
    return {
        "states": {state.value: count for state, count in counts.items()},
        "to_review": undecided(counts),
        "mark": f"{number}-{last.isoformat() if last else ''}",
    }


def _events(storage: Storage) -> Iterator[str]:
    yield f"retry: {RETRY}\n\n"
    end, before = time.monotonic() + LONGEST, None
    while time.monotonic() < end:
        now = counted(storage)
        if now != before:
            yield f"event: counts\ndata: {json.dumps(now)}\n\n"
        else:
            yield ": still here\n\n"  # or nobody would notice that the reader is gone
        before = now
        time.sleep(EVERY)
