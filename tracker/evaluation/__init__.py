"""Evaluation: gold files in, a report out, through the same code as production."""

from tracker.evaluation.gold import Gold, read_gold
from tracker.evaluation.report import as_json, as_text
from tracker.evaluation.run import Report, evaluate

__all__ = ["Gold", "Report", "as_json", "as_text", "evaluate", "read_gold"]
