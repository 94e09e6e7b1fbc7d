"""Claims: what the sources of an article say, with all that can be read off the words."""

from tracker.claims.details import describe
from tracker.claims.extractor import Extractor, ModelExtractor, RuleExtractor

__all__ = ["Extractor", "ModelExtractor", "RuleExtractor", "describe"]
