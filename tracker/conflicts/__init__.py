"""Conflicts: which disagreement a pair belongs to, how much it matters, and how it is reviewed."""

from tracker.conflicts.placement import place
from tracker.conflicts.review import after_evidence, check_decision, choices
from tracker.conflicts.severity import severity_of

__all__ = ["after_evidence", "check_decision", "choices", "place", "severity_of"]
