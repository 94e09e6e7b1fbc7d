"""Who is spoken of in a sentence, as it is printed."""

from dataclasses import dataclass
from enum import Enum

from tracker.articles import ReadableText, Sentence
from tracker.languages.nouns import Gender, Noun


class MentionKind(Enum):
    """How somebody is spoken of."""

    NAME = "name"
    ROLE = "role"
    BODY = "body"
    PRONOUN = "pronoun"
    ANONYMOUS = "anonymous"
    OTHER = "other"
    """Words that can only be told to be a subject by their place ("vecinii")."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for a possible source; token numbers, ends exclusive."""

    kind: MentionKind
    first: int
    last: int
    """The bare name, or the noun with what belongs to it."""
    start: int
    end: int
    """The whole phrase, with title and apposition."""
    gender: Gender | None = None
    noun: Noun | None = None
    head: int = -1
    """Where the noun stands."""
    """The role or the body's noun."""
    role: tuple[int, int] | None = None
    """Where the role stands that goes with a name."""
    honorific: bool = False


def words_of(reading: ReadableText, sentence: Sentence, first: int, last: int) -> str:
    """Some tokens as they are printed, without combining marks."""
    return reading.text[sentence.tokens[first].start : sentence.tokens[last - 1].end]
