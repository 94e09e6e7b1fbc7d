"""Hand-written stand-ins for the protocols of the line."""

from collections.abc import Mapping, Sequence

from tracker.comparison import Cascade, Comparer, RelationLayer
from tracker.comparison.relation import OUTCOMES
from tracker.errors import ChannelGone, DeliveryError, UnsupportedLanguage
from tracker.types import (
    Article,
    Claim,
    ClaimDraft,
    MatchDraft,
    Parcel,
    Reason,
    RelationLabel,
    Sentence,
    Statement,
    Verdict,
    VerdictLabel,
)


class ScriptedExtractor:
    """Finds in each article what it was told to, by the article's ``external_id``."""

    def __init__(self, drafts: Mapping[str, Sequence[ClaimDraft]]) -> None:
        self._drafts = drafts

    def extract(self, article: Article) -> list[ClaimDraft]:
        return list(self._drafts.get(article.external_id or "", ()))


class EveryPairMatcher:
    """Matches a claim with every earlier claim that storage offers."""

    def match(self, claim: Claim, nearby: Sequence[Claim]) -> list[MatchDraft]:
        return [
            MatchDraft(premise_id=other.id, hypothesis_id=claim.id, scores={"total": 1.0})
            for other in nearby
            if other.id < claim.id
        ]


class SameVectorEncoder:
    """Gives every text the same unit vector."""

    version = "same"

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        return [b"\x00\x3c" for _ in texts]


def certain(label: RelationLabel, chance: float = 1.0) -> dict[RelationLabel, float]:
    """Leanings to one relation, with what is left to none."""
    return dict.fromkeys(RelationLabel, 0.0) | {RelationLabel.NONE: 1 - chance} | {label: chance}


def believing(comparer: Comparer) -> Cascade:
    """A cascade that takes a comparer's word for it."""
    weights = {outcome: {f"read: {outcome}": 1.0} for outcome in OUTCOMES}
    return Cascade((comparer,), RelationLayer(weights, threshold=0.5))


class ScriptedComparer:
    """Finds a contradiction in the pairs of words it was told, and nothing in others."""

    name = "scripted"
    version = "1"

    def __init__(self, contradictions: Sequence[tuple[str, str]]) -> None:
        self._contradictions = {frozenset(pair) for pair in contradictions}

    def compare(self, pairs: Sequence[tuple[Statement, Statement]]) -> list[Verdict]:
        return [
            self._verdict(frozenset({a.text, b.text}) in self._contradictions) for a, b in pairs
        ]

    def _verdict(self, contradictory: bool) -> Verdict:
        return Verdict(
            comparer=self.name,
            version=self.version,
            label=VerdictLabel.CONTRADICTION if contradictory else VerdictLabel.NEUTRAL,
            entailment=0.0,
            neutral=float(not contradictory),
            contradiction=float(contradictory),
            kind=None,
            reason=Reason(Sentence.READ_CONTRADICTION),
            leanings=certain(RelationLabel.CONTRADICTION if contradictory else RelationLabel.NONE),
        )


class StoryExtractor:
    """Finds what each story says is quoted, by ``external_id``; reads only the languages given."""

    def __init__(
        self, found: Mapping[str, Sequence[ClaimDraft] | Exception], languages: Sequence[str]
    ) -> None:
        self._found = dict(found)
        self._languages = languages

    def repair(self, external_id: str) -> None:
        """From now on nothing is found in this article, and nothing raised."""
        self._found[external_id] = ()

    def extract(self, article: Article) -> list[ClaimDraft]:
        if article.language not in self._languages:
            raise UnsupportedLanguage(f"no language table for {article.language!r}")
        found = self._found.get(article.external_id or "", ())
        if isinstance(found, Exception):
            raise found
        return list(found)


class StoryComparer:
    """Gives the verdict it was told for a pair of texts, and a neutral one for any other."""

    name = "scripted"
    version = "1"

    def __init__(self, verdicts: Mapping[tuple[str, str], Verdict]) -> None:
        self._verdicts = verdicts

    def compare(self, pairs: Sequence[tuple[Statement, Statement]]) -> list[Verdict]:
        return [self._verdicts.get((a.text, b.text), self._neutral()) for a, b in pairs]

    def _neutral(self) -> Verdict:
        return Verdict(
            comparer=self.name,
            version=self.version,
            label=VerdictLabel.NEUTRAL,
            entailment=0.0,
            neutral=1.0,
            contradiction=0.0,
            kind=None,
            reason=Reason(Sentence.NOTHING_FOUND),
            leanings=certain(RelationLabel.NONE),
        )


class RecordingNotifier:
    """Keeps what it was asked to send; fails while it is told to, or answers that it is gone."""

    def __init__(self, *, failing: bool = False) -> None:
        self.sent: list[Parcel] = []
        self.failing = failing
        self.gone: set[str] = set()
        """The channels that want no more."""

    def send(self, parcel: Parcel) -> int | None:
        if parcel.delivery.channel in self.gone:
            raise ChannelGone(f"{parcel.subscription.name}: answered 410", 410)
        if self.failing:
            raise DeliveryError(f"{parcel.subscription.name}: answered 503", 503)
        self.sent.append(parcel)
        return 204

    @property
    def told(self) -> list[tuple[int, ...]]:
        """The conflicts of each message."""
        return [tuple(each.conflict.id for each in parcel.alerted) for parcel in self.sent]
