"""Sources: who speaks. From the words of an article to a person or body, and across articles."""

from tracker.sources.antecedents import Features, Ranking
from tracker.sources.cast import Cast, Character, no_cast, read_cast
from tracker.sources.description import describe_speaker
from tracker.sources.identity import identify, is_named, same_voice, taught, with_names
from tracker.sources.keys import asked_for, exact_key, kept_under
from tracker.sources.mentions import Mention, MentionKind
from tracker.sources.resolution import Chooser, Resolver
from tracker.sources.source_phrase import mention_of

__all__ = [
    "Cast",
    "Character",
    "Chooser",
    "Features",
    "Mention",
    "MentionKind",
    "Ranking",
    "Resolver",
    "asked_for",
    "describe_speaker",
    "exact_key",
    "identify",
    "is_named",
    "kept_under",
    "mention_of",
    "no_cast",
    "read_cast",
    "same_voice",
    "taught",
    "with_names",
]
