"""Requests that carried an Idempotency-Key, so that the same one is answered alike."""

from datetime import datetime

from sqlmodel import Session

from tracker.storage.statements import insert_missing
from tracker.storage.tables import RequestRow


class Requests:
    """Everything asked of answered requests."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, key: str) -> tuple[str, int, bool] | None:
        """Fingerprint, article and whether it was new, of the request that came under ``key``."""
        row = self._session.get(RequestRow, key)
        return None if row is None else (row.fingerprint, row.article_id, row.created)

    def save(
        self, key: str, fingerprint: str, article_id: int, at: datetime, *, created: bool
    ) -> None:
        """Keep what was answered; the first request under a key is the one that counts."""
        answered = {
            "fingerprint": fingerprint,
            "article_id": article_id,
            "created": created,
            "answered_at": at,
        }
        insert_missing(self._session, RequestRow, {"key": key, **answered})
