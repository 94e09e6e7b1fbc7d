"""A bigger judge, for those who have one: asked last, and only of pairs that look like a conflict.

Two kinds: a cross-encoder for natural language inference in a folder, and a language model behind
an OpenAI-compatible endpoint. Either can do no more than answer: what it says is checked, and a
judge that does not answer leaves the pair as it was judged without it.
"""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Protocol

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tracker.comparison.model import ANSWERS, IMPLIED, Pair
from tracker.encoder import Floats, PairReader, softmax
from tracker.errors import ConfigurationError
from tracker.types import (
    CONFLICTING,
    Reason,
    RelationLabel,
    Sentence,
    Statement,
    Verdict,
    VerdictLabel,
)

log = logging.getLogger(__name__)

_PATIENCE = 3
"""Failures in a row after which an endpoint is not asked about the rest of a batch."""


def judge_name(model: str) -> str:
    """What a judge is called that a model stands behind."""
    return f"judge {model}"


class Judge(Protocol):
    """Judges pairs, if it can."""

    @property
    def name(self) -> str:
        """What the judge is called in verdicts."""

    @property
    def version(self) -> str:
        """Changes whenever the same pair may be judged otherwise."""

    def judge(self, pairs: Sequence[Pair]) -> list[Verdict | None]:
        """A verdict for each pair, in order; None where there was no usable answer."""


class InferenceJudge:
    """A cross-encoder that answers entailment, neutral or contradiction, by the texts alone."""

    def __init__(self, name: str, reader: PairReader) -> None:
        """``reader`` answers three scores a pair, in the order of ``ANSWERS``."""
        self._reader = reader
        self.name = name

    @property
    def version(self) -> str:
        """That of the model."""
        return self._reader.version

    def judge(self, pairs: Sequence[Pair]) -> list[Verdict | None]:
        """A verdict for each pair.

        Raises:
            ModelError: the model cannot be used.
        """
        if not pairs:
            return []
        scores = self._reader.read([(a.text, b.text) for a, b in pairs])
        return [self._verdict(row) for row in softmax(scores)]

    def _verdict(self, chances: Floats) -> Verdict:
        by_label = dict(zip(ANSWERS, map(float, chances), strict=True))
        label = max(by_label, key=by_label.__getitem__)
        return Verdict(
            comparer=self.name,
            version=self.version,
            label=label,
            entailment=by_label[VerdictLabel.ENTAILMENT],
            neutral=by_label[VerdictLabel.NEUTRAL],
            contradiction=by_label[VerdictLabel.CONTRADICTION],
            kind=None,
            reason=Reason(_INFERRED[label]),
        )


_INFERRED = {
    VerdictLabel.ENTAILMENT: Sentence.JUDGED_SAME,
    VerdictLabel.NEUTRAL: Sentence.JUDGED_COMPATIBLE,
    VerdictLabel.CONTRADICTION: Sentence.JUDGED_CONFLICT,
}


class _Answer(BaseModel):
    """What a language model may say, and all that it may say."""

    model_config = ConfigDict(extra="forbid")

    relation: RelationLabel
    confidence: float = Field(ge=0, le=1)


@dataclass(frozen=True, kw_only=True)
class LanguageModelJudge:
    """A language model behind an endpoint that speaks as OpenAI's chat completions do."""

    url: str
    """The endpoint up to ``/chat/completions``, such as ``http://127.0.0.1:11434/v1``."""
    model: str
    prompt: str
    key: str = field(default="", repr=False)
    timeout: float = 30.0
    """Seconds to wait for an answer."""
    allowance: Callable[[], int]
    """How many more pairs may be asked today."""

    @property
    def name(self) -> str:
        """The model's own."""
        return judge_name(self.model)

    @property
    def version(self) -> str:
        """Of the prompt; what runs behind the endpoint is not ours to know."""
        return sha256(self.prompt.encode()).hexdigest()[:8]

    def judge(self, pairs: Sequence[Pair]) -> list[Verdict | None]:
        """A verdict for each pair; None beyond the day's allowance, and after a failure."""
        if not pairs:
            return []
        allowed = max(self.allowance(), 0)
        if allowed < len(pairs):
            log.warning(
                "%s: %d pairs are beyond today's allowance", self.name, len(pairs) - allowed
            )
        answers = list(self._answers(pairs[:allowed]))
        return [*answers, *[None] * (len(pairs) - len(answers))]

    def _answers(self, pairs: Sequence[Pair]) -> Iterator[Verdict | None]:
        """One answer a pair, until the endpoint has failed too often in a row."""
        failures = 0
        headers = {"authorization": f"Bearer {self.key}"} if self.key else {}
        with httpx.Client(timeout=self.timeout, headers=headers) as client:
            for pair in pairs:
                answer = self._ask(client, pair)
                yield answer
                failures = failures + 1 if answer is None else 0
                if failures == _PATIENCE:
                    log.warning("%s is left alone for now", self.name)
                    return

    def _ask(self, client: httpx.Client, pair: Pair) -> Verdict | None:
        try:
            response = client.post(
                f"{self.url.rstrip('/')}/chat/completions", json=self._body(pair)
            )
            response.raise_for_status()
            content = response.json()["choices"][0]["message"]["content"]
            return self._verdict(_Answer.model_validate_json(content))
        except (httpx.HTTPError, ValidationError, ValueError, LookupError, TypeError) as error:
            log.warning("%s gave no usable answer: %s", self.name, type(error).__name__)
            return None

    def _body(self, pair: Pair) -> dict[str, object]:
        """The texts go as one JSON value in a message of their own: data, not instructions."""
        shown = json.dumps([_shown(side) for side in pair], ensure_ascii=False)
        return {
            "model": self.model,
            "temperature": 0,
            "response_format": {"type": "json_object"},
            "messages": [
                {"role": "system", "content": self.prompt},
                {"role": "user", "content": shown},
            ],
        }

    def _verdict(self, answer: _Answer) -> Verdict:
        others = (1 - answer.confidence) / (len(RelationLabel) - 1)
        leanings = dict.fromkeys(RelationLabel, others) | {answer.relation: answer.confidence}
        hard = leanings[RelationLabel.CONTRADICTION] + leanings[RelationLabel.REVERSAL]
        same = leanings[RelationLabel.REPEAT]
        return Verdict(
            comparer=self.name,
            version=self.version,
            label=IMPLIED[answer.relation],
            entailment=same,
            neutral=1 - hard - same,
            contradiction=hard,
            kind=None,
            reason=Reason(_judged(answer.relation)),
            leanings=leanings,
        )


def _judged(relation: RelationLabel) -> Sentence:
    return Sentence.JUDGED_CONFLICT if relation in CONFLICTING else _INFERRED[IMPLIED[relation]]


def _shown(side: Statement) -> dict[str, str]:
    return {
        "speaker": side.speaker,
        "date": side.said_on.isoformat(),
        "about": side.about,
        "text": side.text,
    }


def read_prompt(path: Path | None) -> str:
    """The instructions for a language model: those of a file, or the ones that come with it.

    Raises:
        ConfigurationError: the file cannot be read.
    """
    if path is None:
        return resources.files(__package__).joinpath("judge_prompt.txt").read_text("utf-8")
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"TRACKER_JUDGE_PROMPT: {path} cannot be read ({error}); name a UTF-8 text file"
        ) from None
