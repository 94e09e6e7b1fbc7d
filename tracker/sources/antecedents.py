"""Whom a pronoun, a common noun or a dropped subject takes up, weighed over all who can be meant.

The mention-ranking view of coreference (Denis and Baldridge 2008): every character of the article
and "nobody known" get a score from a few plain features, and the best one wins if it is likely
enough. The weights were learnt from our own articles (``training.train_antecedents``); they are one
number for each kind of mention and feature, to be read in ``antecedents.toml``.
"""

import math
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from operator import attrgetter

from tracker.articles import ReadArticle, Sentence, is_any
from tracker.languages import AttributionTable, fold
from tracker.languages.nouns import Gender
from tracker.sources.cast import Cast, Character
from tracker.sources.mentions import Mention, MentionKind
from tracker.sources.names import parts
from tracker.sources.naming import is_indefinite
from tracker.types import SourceKind

Features = Sequence[str]
"""The names of the features that hold for a candidate."""
Stretch = tuple[int, int]

DROPPED = "dropped"
"""The kind of a mention that is not there."""
_STEM = 5
"""Letters in which two forms of a noun agree."""
_TOLD_BY_ARTICLE = frozenset(
    {
        *("spoke last", "spoke 1 back", "never spoke", "named 0 back", "named 1 back"),
        *("nearest 0", "named most", "subject 1 back"),
        *("called otherwise", "is person", "is organisation"),
    }
)
"""Features that mean something else when an article says that the bearer is known."""
_FAR = 5
"""Sentences, and names between, from which on it no longer matters how far back something is."""


@dataclass(frozen=True)
class Ranking:
    """Weights by kind of mention and feature."""

    weights: Mapping[str, Mapping[str, float]]

    def chances(self, kind: str, candidates: Sequence[Features]) -> list[float]:
        """The probability of each candidate to be the one meant; they sum to 1."""
        weights = self.weights.get(kind, {})
        scores = [sum(weights.get(feature, 0.0) for feature in each) for each in candidates]
        best = max(scores)
        powers = [math.exp(score - best) for score in scores]
        total = sum(powers)
        return [power / total for power in powers]


@cache
def learnt_ranking() -> Ranking:
    """The weights that ship."""
    text = resources.files(__package__).joinpath("antecedents.toml").read_text("utf-8")
    return Ranking(tomllib.loads(text))


@dataclass(frozen=True, slots=True)
class Trace:
    """A place where a character is named."""

    sentence: int
    paragraph: int
    start: int
    """Position in the readable text."""
    is_subject: bool
    """Whether no preposition governs the name."""
    is_reported: bool
    """Whether it is named in somebody's words."""
    opens_paragraph: bool
    is_paired: bool
    """Whether it is named together with another, so that neither can be told from the other."""


@dataclass(frozen=True, slots=True)
class History:
    """When a character has spoken: the last sentence, how often, whether as the last of all."""

    sentence: int | None
    turns: int
    is_last: bool


def trails(
    article: ReadArticle,
    cast: Cast,
    table: AttributionTable,
    contents: Sequence[Stretch],
    is_oblique: Callable[[Sentence, Mention], bool],
) -> Mapping[Character, Sequence[Trace]]:
    """Where each character is named, in the order of the text."""
    found: dict[Character, list[Trace]] = defaultdict(list)
    reported = sorted(contents)
    starts = [first for first, _ in reported]
    paragraphs: set[int] = set()
    for sentence, mentions in zip(article.sentences, cast.mentions, strict=True):
        for mention in mentions:
            bearer = cast.bearers.get((sentence.number, mention.first))
            if bearer is None or mention.start < sentence.dateline_end:
                continue
            start = sentence.tokens[mention.first].start
            found[bearer].append(
                Trace(
                    sentence.number,
                    sentence.paragraph,
                    start,
                    is_subject=not is_oblique(sentence, mention),
                    is_reported=_is_within(reported, starts, start),
                    opens_paragraph=sentence.paragraph not in paragraphs,
                    is_paired=_is_paired(sentence, mention, table),
                )
            )
            paragraphs.add(sentence.paragraph)
    return found


def _is_within(stretches: Sequence[Stretch], starts: Sequence[int], place: int) -> bool:
    """Whether a place lies in the stretch that begins last before it."""
    before = bisect_right(starts, place)
    return before > 0 and place < stretches[before - 1][1]


def _up_to(trail: Sequence[Trace], place: int) -> int:
    """How often somebody is named before a place."""
    return bisect_left(trail, place, key=attrgetter("start"))


def _is_paired(sentence: Sentence, mention: Mention, table: AttributionTable) -> bool:
    """Whether "and" and a name stand beside a name."""
    tokens = sentence.tokens
    before, after = mention.start - 1, mention.end
    return (
        is_any(sentence, after, table.coordinators)
        and after + 1 < len(tokens)
        and tokens[after + 1].is_capitalised
    ) or (
        is_any(sentence, before, table.coordinators)
        and before > 0
        and tokens[before - 1].is_capitalised
    )


@dataclass(frozen=True)
class Question:
    """A mention whose bearer is sought, with what the rules answered."""

    article: ReadArticle
    sentence: Sentence
    mention: Mention | None
    ruled: Character | None
    content: Sequence[Stretch]
    table: AttributionTable

    @cached_property
    def kind(self) -> str:
        """Which weights apply; a surname that several people bear is no more than a pronoun."""
        if self.mention is None:
            return DROPPED
        kind = self.mention.kind
        return str(MentionKind.PRONOUN.value if kind is MentionKind.NAME else kind.value)

    @cached_property
    def place(self) -> int:
        """Where the mention stands in the readable text."""
        n = self.mention.first if self.mention else 0
        return self.sentence.tokens[n].start

    def candidates(
        self,
        everybody: Sequence[Character],
        trails: Mapping[Character, Sequence[Trace]],
        history: Callable[[Character], History],
    ) -> list[Features]:
        """What holds for each of those who may be meant, the one named last coming first."""
        nearer: Counter[SourceKind] = Counter()
        most = max((len(trails.get(who, ())) for who in everybody), default=0)
        found: list[Features] = []
        for who in everybody:
            trail = trails.get(who, ())
            features = list(self._features(who, trail, history(who)))
            if len(trail) == most:
                features.append("named most")
            if self._may_agree(who) and _up_to(trail, self.place):
                features.append(f"nearest {min(nearer[who.kind], _FAR)}")
                nearer[who.kind] += 1
            if self.is_definite:
                features += [
                    f"the {feature}" for feature in features if feature in _TOLD_BY_ARTICLE
                ]
            found.append(features)
        return found

    def _features(self, who: Character, trail: Sequence[Trace], history: History) -> Iterator[str]:
        yield "known"
        yield f"is {who.kind.value}"
        if who is self.ruled:
            yield "as ruled"
        first, *others = parts(who.name) or ("",)
        if first in self.table.given_names:
            yield "has a given name"
        elif len(others) > 1 or who.name.isupper():
            yield "named like a body"
        yield from self._spoken(history)
        yield from self._named(trail)
        yield from self._agreeing(who)

    def _may_agree(self, who: Character) -> bool:
        gender = self.mention.gender if self.mention else None
        return gender is None or who.gender is None or who.gender is gender

    @cached_property
    def is_definite(self) -> bool:
        """Whether an article says that the noun is known already."""
        mention = self.mention
        if mention is None:
            return False
        if is_indefinite(self.sentence, mention, self.table):
            return False
        words = self.sentence.folded[max(mention.start - 1, 0) : mention.first + 1]
        head = words[-1] if mention.head < 0 else self.sentence.folded[mention.head]
        ends = self.table.definite_endings
        return head.endswith(ends) or not self.table.determiners.isdisjoint(words)

    def features_of_nobody(self, *, is_lost: bool) -> Features:
        """What holds for the answer that it is nobody known."""
        mention = self.mention
        return [
            *(["nobody as ruled"] if self.ruled is None else []),
            *(["nobody after nobody"] if is_lost else []),
            "nobody",
            *(["nobody definite"] if self.is_definite else []),
            *(["nobody described"] if mention and mention.last - mention.first > 1 else []),
            *(
                ["nobody indefinite"]
                if mention and is_indefinite(self.sentence, mention, self.table)
                else []
            ),
        ]

    def _spoken(self, history: History) -> Iterator[str]:
        if history.sentence is None:
            yield "never spoke"
            return
        yield f"spoke {min(self.sentence.number - history.sentence, _FAR)} back"
        if history.is_last:
            yield "spoke last"
        if history.turns > 1:
            yield "spoke often"

    def _named(self, trail: Sequence[Trace]) -> Iterator[str]:
        before = _up_to(trail, self.place)
        if any(_up_to(trail, first) < _up_to(trail, last) for first, last in self.content):
            yield "named in the content"
        if not before:
            yield "named later" if trail else "never named"
            return
        told = (trail[n] for n in range(before - 1, -1, -1) if not trail[n].is_reported)
        last = next(told, None)
        if last is None:
            yield "named in reports only"
            last = trail[before - 1]
        distance = min(self.sentence.number - last.sentence, _FAR)
        yield f"named {distance} back"
        if last.is_subject:
            yield f"subject {distance} back" if distance < 2 else "subject far back"
        if last.opens_paragraph:
            yield "opens its paragraph"
        if last.paragraph == self.sentence.paragraph:
            yield "same paragraph"
        if before > 1:
            yield "named often"

    def _agreeing(self, who: Character) -> Iterator[str]:
        mention = self.mention
        if mention is None:
            return
        yield self._gender(who, mention.gender)
        lemma = mention.noun.lemma if mention.noun else None
        if lemma is not None and lemma in who.lemmas:
            yield "called so"
            if who is self.ruled:
                yield "called so, as ruled"
        elif lemma is not None and self.table.hypernyms.get(lemma, frozenset()) & who.lemmas:
            yield "is such a body"
        elif who.lemmas - self.table.generic_roles:
            yield "called otherwise"
        own = self._stems(self.sentence.folded[mention.first : mention.last])
        theirs = self._stems(fold(who.role or "").split())
        names = self._stems(fold(who.name).split())
        if own & theirs:
            yield "role shares words"
        if len(own & theirs) > 1:
            yield "role shares several words"
        if own & names:
            yield "name shares words"

    def _stems(self, words: Sequence[str]) -> set[str]:
        skipped = self.table.function_words | self.table.complements
        return {word[:_STEM] for word in words if len(word) > 2 and word not in skipped}

    def _gender(self, who: Character, gender: Gender | None) -> str:
        asked = gender.value if gender else "any"
        theirs = who.gender.value if who.gender else "unknown"
        return f"{asked} for {theirs}"
