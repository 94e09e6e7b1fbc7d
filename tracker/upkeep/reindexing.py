"""What stored claims are found by, computed anew with the models and tables of this program.

It goes in parts: the names of sources, the words of each language, what prints the same, the
meanings. How far each part has come, and with which version of what it needs, is kept in the
database.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib import metadata

from tracker.articles.likeness import bands
from tracker.claims.rereading import read_anew
from tracker.encoder import Encoder
from tracker.languages import LanguagePack, Languages
from tracker.pipeline import utc_now
from tracker.reading import meaning_of
from tracker.storage import Shelf, Storage, Transaction
from tracker.types import Article, Attribution, Claim, ClaimDetails, Stored
from tracker.upkeep.turns import turn

SOURCES, ARTICLES, CLAIMS = 100, 25, 200
"""How many are done in one transaction; 200 embeddings take some seconds."""

Write = Callable[[Transaction], None]
"""Stores what was computed."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the work."""

    name: str
    version: str
    """Of all that its outcome depends on."""
    shelf: Shelf
    batch: int
    prepare: Callable[[Sequence[int]], Write]
    """Computes a batch, outside of any transaction."""


@dataclass(frozen=True)
class Reindexing:
    """The work, over a store and what it is done with."""

    storage: Storage
    encoder: Encoder
    packs: Languages
    program: str = metadata.version("claim-tracker")
    """The version of the program, whose code reads names and words, too."""
    clock: Callable[[], datetime] = utc_now

    def start_over(self) -> None:
        """Let nothing count as done."""
        with self.storage.transaction() as tx:
            tx.reindexing.forget()

    def parts(self, *, match: bool = False) -> list[Part]:
        """All parts in their order; with ``match`` every claim is matched once more at the end."""
        with self.storage.snapshot() as tx:
            spoken = tx.reindexing.languages()
        parts = [
            self._names(),
            *map(self._words, spoken),
            *map(self._prints, spoken),
            self._meanings(),
        ]
        return [*parts, self._matching(parts)] if match else parts

    def left(self, part: Part) -> int:
        """How much of a part is still to be done."""
        with self.storage.snapshot() as tx:
            reached = tx.reindexing.reached(part.name, part.version)
            return tx.reindexing.count(part.shelf, reached)

    def run(self, part: Part) -> Iterator[int]:
        """Do what is left of a part; answers how much was done, batch by batch."""
        while ids := self._next(part):
            write = part.prepare(ids)
            with turn(), self.storage.transaction() as tx:
                write(tx)
                tx.reindexing.note(part.name, part.version, ids[-1])
            yield len(ids)

    def _next(self, part: Part) -> list[int]:
        with self.storage.snapshot() as tx:
            reached = tx.reindexing.reached(part.name, part.version)
            return tx.reindexing.following(part.shelf, reached, part.batch)

    # --- the parts --------------------------------------------------------------------------------

    def _names(self) -> Part:
        return Part(
            name="names of sources",
            version=self.program,
            shelf=Shelf(Stored.SOURCE),
            batch=SOURCES,
            prepare=lambda ids: lambda tx: tx.reindexing.write_names(ids),
        )

    def _words(self, language: str) -> Part:
        pack = self.packs.nearest(language)
        return Part(
            name=f"words in {language}",
            version=f"{self.program} {pack.version}",
            shelf=Shelf(Stored.ARTICLE, language),
            batch=ARTICLES,
            prepare=lambda ids: self._read(ids, pack),
        )

    def _prints(self, language: str) -> Part:
        return Part(
            name=f"prints in {language}",
            version=self.program,
            shelf=Shelf(Stored.ARTICLE, language),
            batch=ARTICLES,
            prepare=self._compare,
        )

    def _meanings(self) -> Part:
        return Part(
            name="meanings",
            version=self.encoder.version,
            shelf=Shelf(Stored.CLAIM),
            batch=CLAIMS,
            prepare=self._embed,
        )

    def _matching(self, parts: Sequence[Part]) -> Part:
        versions = "\n".join(f"{part.name} {part.version}" for part in parts)
        return Part(
            name="matches",
            version=sha256(versions.encode()).hexdigest(),
            shelf=Shelf(Stored.CLAIM),
            batch=CLAIMS,
            prepare=lambda ids: lambda tx: tx.reindexing.match_anew(ids),
        )

    # --- what they compute ------------------------------------------------------------------------

    def _read(self, article_ids: Sequence[int], pack: LanguagePack) -> Write:
        with self.storage.snapshot() as tx:
            articles = tx.articles.get_many(article_ids)
            found = [(article, tx.claims.of_article(id)) for id, article in articles.items()]
        anew = [pair for article, claims in found for pair in _details(article, claims, pack)]

        def write(tx: Transaction) -> None:
            now = tx.claims.held(claim.id for claim, _ in anew)
            for claim, details in anew:
                if _is_as_read(claim, now):
                    tx.claims.set_details(claim, details)

        return write

    def _compare(self, article_ids: Sequence[int]) -> Write:
        with self.storage.snapshot() as tx:
            articles = tx.articles.get_many(article_ids).values()
        marked = [(article, bands(article.text)) for article in articles]

        def write(tx: Transaction) -> None:
            there = tx.articles.get_many(article_ids)
            for article, found_by in marked:
                if article.id in there:
                    tx.reprints.keep(article, found_by)
                    tx.sightings.settle_anew(article, self.clock())

        return write

    def _embed(self, claim_ids: Sequence[int]) -> Write:
        with self.storage.snapshot() as tx:
            claims = list(tx.claims.by_id(claim_ids).values())
        vectors = self.encoder.embed([meaning_of(claim.statement) for claim in claims])

        def write(tx: Transaction) -> None:
            now = tx.claims.held(claim_ids)
            for claim, vector in zip(claims, vectors, strict=True):
                if _is_as_read(claim, now):
                    tx.claims.set_embedding(claim.id, vector)

        return write


def _details(
    article: Article, claims: Sequence[Claim], pack: LanguagePack
) -> Iterator[tuple[Claim, ClaimDetails]]:
    return zip(claims, read_anew(article, claims, pack), strict=True)


def _is_as_read(claim: Claim, now: Mapping[int, Claim]) -> bool:
    """Whether a claim is still there, and nobody has corrected it meanwhile."""
    stored = now.get(claim.id)
    return stored is not None and _reading(stored) == _reading(claim)


def _reading(claim: Claim) -> tuple[Attribution, str]:
    return claim.attribution, claim.statement.text
