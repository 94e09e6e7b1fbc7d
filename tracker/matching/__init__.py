"""Which claims speak of the same thing and are worth comparing."""

from tracker.matching.matcher import Matcher

__all__ = ["Matcher"]
