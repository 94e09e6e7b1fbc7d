"""Upkeep: what claims are found by, computed anew, and what has had its time, removed.

All of it goes on beside the workers and the pages: in batches of one transaction each, with as long
a pause after each, and whatever is interrupted goes on where it stopped when it is asked for again.
"""

from tracker.upkeep.reindexing import Part, Reindexing
from tracker.upkeep.retention import Keeping, drop_articles, drop_logs, drop_sources, old_logs
from tracker.upkeep.turns import turn

__all__ = [
    "Keeping",
    "Part",
    "Reindexing",
    "drop_articles",
    "drop_logs",
    "drop_sources",
    "old_logs",
    "turn",
]
