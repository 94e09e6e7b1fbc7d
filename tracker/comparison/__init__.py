"""What two statements are to each other: comparers give verdicts, the relation layer a relation."""

from tracker.comparison.comparer import Comparer
from tracker.comparison.relation import relate
from tracker.comparison.rules import RuleComparer

__all__ = ["Comparer", "RuleComparer", "relate"]
