"""The order in which claims were said, the same wherever they are stored, and who said it first."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col

from tracker.storage.tables import ArticleRow, ClaimRow

WHEN_PRINTED: tuple[Any, ...] = (
    col(ArticleRow.published_at),
    col(ArticleRow.outlet),
    func.coalesce(ArticleRow.external_id, ArticleRow.content_key),
    col(ArticleRow.revision),
    col(ClaimRow.content_key),
)
"""What claims are sorted by that print the same, over claims with their articles; no two have the
same. It is sorted by in Python, because databases differ in how they order texts."""
WHEN_SAID: tuple[Any, ...] = (col(ClaimRow.said_on), *WHEN_PRINTED)
"""What claims are sorted by."""
ROOT = func.coalesce(ClaimRow.sighting_of, ClaimRow.id)
"""The claim that stands for a claim; itself where it is no sighting."""
