"""Claims: what the sources of an article say, with all that can be read off the words."""

from tracker.claims.details import describe
from tracker.claims.extractor import Extractor, ModelExtractor, RuleExtractor
from tracker.claims.matters import Matters

__all__ = ["Extractor", "Matters", "ModelExtractor", "RuleExtractor", "describe"]
