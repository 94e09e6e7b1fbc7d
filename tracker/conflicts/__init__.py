"""Conflicts: which disagreement a pair belongs to, how much it matters, and how it is reviewed."""

from tracker.conflicts.homes import Home, homes
from tracker.conflicts.neighbourhood import Kept, Neighbourhood, Tie
from tracker.conflicts.review import after_evidence, check_decision, choices
from tracker.conflicts.severity import severity_of, strength_of

__all__ = [
    "Home",
    "Kept",
    "Neighbourhood",
    "Tie",
    "after_evidence",
    "check_decision",
    "choices",
    "homes",
    "severity_of",
    "strength_of",
]
