"""Evaluation: gold files in, a report out, through the same code as production."""

from tracker.evaluation.gold import Gold, read_gold, read_pairs
from tracker.evaluation.report import as_json, as_text
from tracker.evaluation.review import Reviewed, lowest_threshold, reviewed
from tracker.evaluation.run import Report, evaluate

__all__ = [
    "Gold",
    "Report",
    "Reviewed",
    "as_json",
    "as_text",
    "evaluate",
    "lowest_threshold",
    "read_gold",
    "read_pairs",
    "reviewed",
]
