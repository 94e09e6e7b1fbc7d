"""An archive of claims of any size: the crowd with its embeddings, then told again and again.

Encoding takes about ten minutes for 100,000 claims, so an archive is made once and kept in a file.
What is told again has the words of one claim with other figures in them, the headline and the
meaning of another mixed in, and a speaker and a day of its own.
"""

import pickle
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.crowd import SPAN, Page, Said, Told, crowd, told
from tracker.encoder import Encoder
from tracker.encoder.vectors import values_of
from tracker.pipeline import meaning_of

ENCODED = 100_000
"""Claims that are encoded; the others are these told again."""
BATCH = 150
"""Articles that are encoded together."""
MIXED_IN = 0.4
"""How much of another claim's meaning what is told again has; to the first, its cosine is 0.95."""
_FIGURE = re.compile(r"\d")


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
            for number, each in enumerate(self._encoded):
                yield self._again(each, f"{chance.random()}-{number}", chance)

    def _again(self, first: Told, id: str, chance: random.Random) -> Told:
        """An article's words told anew."""
        article, claims = first
        other, others = chance.choice(self._encoded)
        page: Page = [
            Said(
                chance.choice(self._speakers),
                _FIGURE.sub(lambda _: str(chance.randint(1, 9)), claim.statement.text),
                other.title or "",
                article.language,
            )
            for claim in claims
        ]
        moment = self._middle + (chance.random() - 0.5) * SPAN
        retold, drafts = told(page, id, moment)
        return retold, [
            replace(draft, embedding=_mixed(claim.embedding, chance.choice(others).embedding))
            for draft, claim in zip(drafts, claims, strict=True)
        ]


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
