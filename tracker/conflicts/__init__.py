"""Conflicts: which disagreement a pair belongs to, and how much it matters."""

from tracker.conflicts.placement import place
from tracker.conflicts.severity import severity_of

__all__ = ["place", "severity_of"]
