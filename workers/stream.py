"""The stream through which other systems hand in articles.

``XADD tracker:articles * article '{"outlet": …, "text": …}'`` with the JSON of ``POST
/api/articles``; what is refused comes to lie, with the reason, on ``tracker:articles:refused``.
"""

import json
from dataclasses import asdict

import redis

from tracker.types import ArticleDraft

STREAM = "tracker:articles"
FIELD = b"article"
GROUP = "tracker"
"""The consumers that share the work."""
REFUSED = "tracker:articles:refused"


def connect(broker_url: str) -> redis.Redis:
    """A client for the server that holds the queue; it connects when it is first used.

    Celery writes the address of a Unix socket as ``redis+socket://``, the client as ``unix://``.
    """
    return redis.Redis.from_url(broker_url.replace("redis+socket://", "unix://", 1))


def push(client: redis.Redis, draft: ArticleDraft) -> None:
    """Put an article on the stream, as another system would."""
    fields = asdict(draft) | {"published_at": draft.published_at.isoformat()}
    client.xadd(STREAM, {FIELD: json.dumps(fields)})
