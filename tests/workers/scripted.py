"""Parts that answer by what an article or a statement says, fast and always the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256

import numpy as np

from tests.fakes import believing, certain
from tests.workers.rumours import SAYINGS
from tracker.config import Settings
from tracker.matching import Matcher
from tracker.pipeline import Doorbell, SilentDoorbell, Tracker
from tracker.storage import open_storage
from tracker.types import (
    Article,
    Attribution,
    AttributionType,
    ClaimDetails,
    ClaimDraft,
    Kind,
    Modality,
    Parcel,
    Polarity,
    Reason,
    RelationLabel,
    Sentence,
    SourceDraft,
    SourceKind,
    Span,
    Statement,
    Verdict,
    VerdictLabel,
)

LINE = re.compile(r"^(\S+) (.+) on (.+): “(.+)”$", re.MULTILINE)


class LineExtractor:
    """Finds a claim in each line that tells the day, the speaker, the matter and the words."""

    def extract(self, article: Article) -> list[ClaimDraft]:
        return claims_in(article.text)


def claims_in(text: str) -> list[ClaimDraft]:
    """What is claimed in the lines of a text."""
    return [_claim(line) for line in LINE.finditer(text)]


def _claim(line: re.Match[str]) -> ClaimDraft:
    day, speaker, about, words = line.groups()
    return ClaimDraft(
        attribution=Attribution(content=(Span(*line.span(4)),), type=AttributionType.DIRECT),
        source=SourceDraft(name=speaker, kind=SourceKind.PERSON),
        statement=Statement(
            speaker=speaker,
            text=words,
            language="en",
            said_on=date.fromisoformat(day),
            about=about,
            details=ClaimDetails(
                polarity=Polarity.POSITIVE,
                modality=Modality.ASSERTED,
                keys=frozenset({f"lemma:{about}"}),
            ),
        ),
        extractor="lines/1",
    )


class MatterEncoder:
    """Gives all that is said of one matter nearly the same vector."""

    version = "matters"

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        return [_vector(text) for text in texts]


def _vector(text: str) -> bytes:
    values = _direction(text[text.rindex("(") :]) + 0.1 * _direction(text)
    return (values / np.linalg.norm(values)).astype("<f2").tobytes()


@cache
def _direction(text: str) -> np.ndarray:
    seed = int.from_bytes(sha256(text.encode()).digest()[:8])
    return np.random.default_rng(seed).standard_normal(384)


@dataclass(frozen=True)
class Finding:
    """What two statements are to each other."""

    label: RelationLabel
    kind: Kind | None = None
    chance: float = 0.9


CONTRARY = {
    frozenset({("use", "closed"), ("use", "open")}): Kind.NEGATION,
    frozenset({("hurt", "12"), ("hurt", "30")}): Kind.NUMERIC,
    frozenset({("hurt", "12"), ("hurt", "31")}): Kind.NUMERIC,
    frozenset({("cost", "2"), ("cost", "5")}): Kind.NUMERIC,
    frozenset({("end", "June"), ("end", "August")}): Kind.DATE,
}
APART = {
    frozenset({("works", "well"), ("works", "badly")}): 0.8,
    frozenset({("works", "badly"), ("end", "June")}): 0.6,
}


class MeaningReader:
    """Tells what two statements are to each other by what they answer to which question."""

    name = "meanings"
    version = "1"

    def compare(self, pairs: Sequence[tuple[Statement, Statement]]) -> list[Verdict]:
        return [self._verdict(premise, hypothesis) for premise, hypothesis in pairs]

    def _verdict(self, premise: Statement, hypothesis: Statement) -> Verdict:
        found = finding(premise, hypothesis)
        agrees = found.label in (RelationLabel.NONE, RelationLabel.REPEAT, RelationLabel.UPDATE)
        return Verdict(
            comparer=self.name,
            version=self.version,
            label=VerdictLabel.NEUTRAL if agrees else VerdictLabel.CONTRADICTION,
            entailment=0.0,
            neutral=float(agrees),
            contradiction=0.0 if agrees else found.chance,
            kind=found.kind,
            reason=Reason(Sentence.CANNOT_BOTH, (premise.text, hypothesis.text)),
            leanings=certain(found.label, found.chance),
        )


def finding(premise: Statement, hypothesis: Statement) -> Finding:
    """What the later statement is to the earlier one."""
    if premise.about != hypothesis.about:
        return Finding(RelationLabel.NONE)
    meanings = first, second = _meaning(premise), _meaning(hypothesis)
    both = frozenset(meanings)
    if first == second:
        return Finding(RelationLabel.REPEAT)
    if both in CONTRARY:
        return Finding(RelationLabel.CONTRADICTION, CONTRARY[both], 0.95)
    if both in APART:
        return Finding(RelationLabel.TENSION, Kind.EVALUATION, APART[both])
    if second == ("use", "reopened") and first == ("use", "closed"):
        is_later = hypothesis.said_on > premise.said_on
        return Finding(RelationLabel.UPDATE) if is_later else _DENIED
    if second == ("use", "closed") and first == ("use", "reopened"):
        return _DENIED
    return Finding(RelationLabel.NONE)


_DENIED = Finding(RelationLabel.CONTRADICTION, Kind.NEGATION, 0.7)


def _meaning(said: Statement) -> tuple[str, str]:
    words = said.text.removesuffix(".").replace(said.about, "{}")
    return _MEANINGS[words]


_MEANINGS = {words: meaning for meaning, said in SAYINGS.items() for words in said}


class SilentNotifier:
    """Every message arrives, and nobody reads it."""

    def send(self, parcel: Parcel) -> int | None:
        return 204


def scripted(settings: Settings, doorbell: Doorbell | None = None) -> Tracker:
    """The tracker with everything real but what reads."""
    return Tracker(
        storage=open_storage(settings.sqlalchemy_url),
        extractor=LineExtractor(),
        matcher=Matcher(),
        encoder=MatterEncoder(),
        cascade=believing(MeaningReader()),
        notifier=SilentNotifier(),
        doorbell=doorbell or SilentDoorbell(),
    )
