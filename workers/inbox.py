"""Takes in the articles that other systems push onto the stream (``workers.stream``).

An entry leaves the stream once its article is stored, so the stream holds what is still to be done
and nothing can be trimmed away unread. An article that is refused is kept, with the reason, on a
stream of its own. What a consumer held when it died is taken over by the next one; an article that
comes twice is one article.

Run as a process of its own: ``python -m workers.inbox``.
"""

import logging
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import redis

from tracker.articles.incoming import parse_article
from tracker.assembly import build_tracker
from tracker.config import read_settings
from tracker.errors import InvalidInput, StorageError
from tracker.pipeline import Tracker
from tracker.types import ArticleDraft
from workers.app import create_celery
from workers.doorbell import CeleryDoorbell
from workers.stopping import StopRequests
from workers.stream import FIELD, GROUP, REFUSED, STREAM, connect

BATCH = 50
"""Entries taken at once."""
BLOCK = 1_000
"""Milliseconds to wait for an entry; also how late a request to stop may be heeded."""
ABANDONED_AFTER = 60_000
"""Milliseconds after which an entry that was taken and not finished is taken over."""
KEEP_REFUSED = 1_000
"""How many refused articles are kept, about; the oldest go first."""
PAUSE = 2.0
"""Seconds to wait when the queue or the database cannot be reached."""

Entry = tuple[bytes, Mapping[bytes, bytes]]

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """Consumes the stream on behalf of ``tracker``."""

    client: redis.Redis
    tracker: Tracker
    max_article_bytes: int
    name: str
    """What this consumer is called within the group."""
    abandoned_after: int = ABANDONED_AFTER

    def run(self, stop: StopRequests) -> None:
        """Consume until told to stop, waiting for the queue or the database where need be."""
        while not stop:
            try:
                self.join_group()
                while not stop:
                    self.take_in()
            except (redis.RedisError, StorageError) as error:
                log.warning("waiting, nothing is lost: %s", error)
                time.sleep(PAUSE)

    def join_group(self) -> None:
        """Make the stream and its group of consumers unless they are there."""
        try:
            self.client.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
        except redis.ResponseError as error:
            if not str(error).startswith("BUSYGROUP"):
                raise

    def take_in(self) -> int:
        """Store what waits on the stream, up to one batch; answers how many entries were done."""
        entries = self._abandoned() or self._fresh()
        for id, fields in entries:
            self._take(id, fields)
        return len(entries)

    def _abandoned(self) -> list[Entry]:
        answer: Any = self.client.xautoclaim(
            STREAM, GROUP, self.name, min_idle_time=self.abandoned_after, count=BATCH
        )
        return list(answer[1])

    def _fresh(self) -> list[Entry]:
        streams: Any = self.client.xreadgroup(
            GROUP, self.name, {STREAM: ">"}, count=BATCH, block=BLOCK
        )
        return [entry for _, entries in streams for entry in entries]

    def _take(self, id: bytes, fields: Mapping[bytes, bytes]) -> None:
        try:
            added = self.tracker.add_article(self._read(fields))
        except InvalidInput as error:
            self._refuse(id, fields, str(error), error.field or "")
        except (redis.RedisError, StorageError):
            raise
        except Exception as error:  # whatever one entry does must not hold up the others
            log.exception("entry %s failed", id.decode())
            self._refuse(id, fields, f"{type(error).__name__}: {error}", "")
        else:
            log.info("article %s from entry %s", added.article_id, id.decode())
            self._finish(self.client.pipeline(), id)

    def _read(self, fields: Mapping[bytes, bytes]) -> ArticleDraft:
        body = fields.get(FIELD)
        if body is None:
            raise InvalidInput(f"the entry has no field {FIELD.decode()!r}", FIELD.decode())
        return parse_article(body, received_at=datetime.now(UTC), max_bytes=self.max_article_bytes)

    def _refuse(self, id: bytes, fields: Mapping[bytes, bytes], reason: str, field: str) -> None:
        log.warning("entry %s refused: %s", id.decode(), reason)
        copy: dict[Any, Any] = {
            "entry": id,
            "reason": reason,
            "field": field,
            "article": fields.get(FIELD, b""),
        }
        pipeline = self.client.pipeline()
        pipeline.xadd(REFUSED, copy, maxlen=KEEP_REFUSED, approximate=True)
        self._finish(pipeline, id)

    def _finish(self, pipeline: "redis.client.Pipeline", id: bytes) -> None:
        """Let the entry go, in one transaction with what ``pipeline`` holds already."""
        pipeline.xack(STREAM, GROUP, id)
        pipeline.xdel(STREAM, id)
        pipeline.execute()


def main() -> None:
    """Consume the stream until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    settings = read_settings()
    stop = StopRequests()
    stop.listen()
    tracker = build_tracker(settings, CeleryDoorbell(create_celery(settings)))
    with connect(settings.broker_url) as client:
        Inbox(
            client=client,
            tracker=tracker,
            max_article_bytes=settings.max_article_bytes,
            name=socket.gethostname(),
        ).run(stop)
    tracker.storage.close()


if __name__ == "__main__":
    main()
