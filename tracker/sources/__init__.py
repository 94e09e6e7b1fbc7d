"""Sources: who speaks. From the words of an article to a person or body, and across articles."""

from tracker.sources.cast import Cast, read_cast
from tracker.sources.description import describe_speaker
from tracker.sources.identity import identify, same_voice
from tracker.sources.mentions import Mention, MentionKind
from tracker.sources.resolution import Resolver

__all__ = [
    "Cast",
    "Mention",
    "MentionKind",
    "Resolver",
    "describe_speaker",
    "identify",
    "read_cast",
    "same_voice",
]
