"""An archive of claims of any size: the crowd with its embeddings, then told again and again.

Encoding takes about ten minutes for 100,000 claims, so an archive is made once and kept in a file.
What is told again has the words of one claim with other figures in them, the headline and the
meaning of another mixed in, and a speaker and a day of its own.
"""

import pickle
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.crowd import SPAN, Told, crowd
from tracker.claims import describe
from tracker.encoder import Encoder
from tracker.encoder.vectors import values_of
from tracker.languages import languages
from tracker.reading import meaning_of
from tracker.types import ArticleDraft, ClaimDraft, SourceDraft, SourceKind

ENCODED = 100_000
"""Claims that are encoded; the others are these told again."""
BATCH = 150
"""Articles that are encoded together."""
MIXED_IN = 0.4
"""How much of another claim's meaning what is told again has; to the first, its cosine is 0.95."""
DIGITS = "0123456789"


class Archive:
    """Encoded articles, and as many more as are asked for."""

    def __init__(self, encoded: Sequence[Told], middle: datetime) -> None:
        self._encoded = encoded
        self._middle = middle
        self._speakers = [claim.source.name for _, claims in encoded for claim in claims]

    def articles(self, size: int) -> Iterator[Told]:
        """Articles with ``size`` claims in all, the same at every call."""
        left = size
        for article, claims in self._endless():
            yield article, claims[:left]
            left -= len(claims)
            if left <= 0:
                return

    def _endless(self) -> Iterator[Told]:
        yield from self._encoded
        chance = random.Random(9)
        while True:
            for first in self._encoded:
                yield self._again(first, chance.choice(self._encoded), chance)

    def _again(self, first: Told, other: Told, chance: random.Random) -> Told:
        """An article's words told anew under the headline of another."""
        article, claims = first
        figures = str.maketrans(DIGITS, "".join(chance.choices(DIGITS[1:], k=10)))
        retold = replace(
            article,
            external_id=str(chance.random()),
            title=other[0].title,
            text=article.text.translate(figures),
            published_at=self._middle + (chance.random() - 0.5) * SPAN,
        )
        speakers = chance.choices(self._speakers, k=len(claims))
        return retold, [
            _said_again(claim, retold, speaker, chance.choice(other[1]), figures)
            for claim, speaker in zip(claims, speakers, strict=True)
        ]


def _said_again(
    claim: ClaimDraft,
    article: ArticleDraft,
    speaker: str,
    other: ClaimDraft,
    figures: Mapping[int, int],
) -> ClaimDraft:
    said, title = claim.statement, article.title or ""
    keys = frozenset(
        key.translate(figures) if key.startswith("number:") else key
        for key in _keys(said.text, said.language, "")
    )
    statement = replace(
        said,
        speaker=speaker,
        text=said.text.translate(figures),
        said_on=article.published_at.date(),
        about=title,
        details=replace(said.details, keys=keys | _keys("", said.language, title)),
    )
    return replace(
        claim,
        source=SourceDraft(name=speaker, kind=SourceKind.PERSON),
        statement=statement,
        embedding=_mixed(claim.embedding, other.embedding),
    )


@cache
def _keys(text: str, language: str, title: str) -> frozenset[str]:
    """The keys of a claim's words, and of a headline."""
    return describe(text, languages().nearest(language), date.min, about=title).keys


def _mixed(own: bytes | None, other: bytes | None) -> bytes:
    """An embedding between two, nearer the first."""
    values = (1 - MIXED_IN) * values_of(own or b"") + MIXED_IN * values_of(other or b"")
    return bytes((values / np.linalg.norm(values)).astype("<f2").data)


def archive(
    encoder: Encoder, actors: Sequence[str], middle: datetime, data: Path | None, kept: Path
) -> Archive:
    """The archive in the file ``kept``, which is written where it is not there."""
    if not kept.exists():
        encoded = list(_encoded(encoder, crowd(ENCODED, actors, middle, data)))
        kept.write_bytes(pickle.dumps(encoded))
    return Archive(pickle.loads(kept.read_bytes()), middle)  # written here, by nobody else


def _encoded(encoder: Encoder, articles: Iterator[Told]) -> Iterator[Told]:
    while batch := list(islice(articles, BATCH)):
        texts = [meaning_of(claim.statement) for _, claims in batch for claim in claims]
        vectors = iter(encoder.embed(texts))
        for article, claims in batch:
            yield article, [replace(claim, embedding=next(vectors)) for claim in claims]
