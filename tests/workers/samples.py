"""Two articles that contradict each other, written for these tests."""

from datetime import UTC, datetime

from tracker.types import ArticleDraft

CLOSED = ArticleDraft(
    outlet="Monitorul Câmpiei",
    external_id="mc-1",
    language="ro",
    published_at=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
    text=(
        "Podul de la Brateș a fost închis circulației, a declarat luni primarul Ilinca Moraru. "
        "„Podul de la Brateș este închis”, a spus Ilinca Moraru."
    ),
)
OPEN = ArticleDraft(
    outlet="Gazeta de Prut",
    external_id="gp-1",
    language="ro",
    published_at=datetime(2026, 3, 2, 15, 0, tzinfo=UTC),
    text=(
        "Prefectul Șerban Drăgan a respins informațiile apărute în presă. "
        "„Podul de la Brateș nu este închis”, a declarat Șerban Drăgan."
    ),
)
