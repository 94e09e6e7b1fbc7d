"""The step ``extract``: the claims of articles are found, embedded and stored."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from tracker.articles.likeness import bands
from tracker.claims import Extractor
from tracker.encoder import Encoder
from tracker.errors import UnsupportedLanguage
from tracker.sources import identify, is_named
from tracker.storage import Storage, Transaction
from tracker.types import (
    Article,
    ArticleState,
    Claim,
    ClaimDraft,
    Source,
    SourceDraft,
    Statement,
)

log = logging.getLogger(__name__)
T = TypeVar("T")


def meaning_of(statement: Statement) -> str:
    """What of a statement is embedded.

    With its context, because "the talks were productive" alone is close to any talks.
    """
    return f"{statement.text} ({statement.about})"


def save_source(tx: Transaction, draft: SourceDraft) -> Source:
    """The stored source that a draft is, or a new one."""
    known = identify(draft, tx.sources.similar(draft))
    met = known and tx.sources.knows(draft, known)
    if met is not None or not is_named(draft):
        return met or tx.sources.save(draft, None)
    tx.sources.lock()
    # Somebody may have stored or taught it while this one waited for its turn.
    return tx.sources.save(draft, identify(draft, tx.sources.similar(draft)))


@dataclass(frozen=True)
class Reading:
    """The step, over a store and the parts that read."""

    storage: Storage
    extractor: Extractor
    encoder: Encoder
    clock: Callable[[], datetime]

    def read(self, articles: Sequence[Article]) -> Iterator[int]:
        """Find the claims of articles; each is stored, or quarantined, by itself.

        Answers, after each, the articles with claims that have to be matched.
        """
        tried = [(each, self._try(each, self.extractor.extract, each)) for each in articles]
        read = [(article, drafts) for article, drafts in tried if drafts is not None]
        for article, drafts in self._embedded_together(read):
            if drafts is not None:
                yield from self._store_claims(article, drafts)

    def embedded(self, claim: Claim) -> Claim:
        """A claim with the embedding of its words."""
        (vector,) = self.encoder.embed([meaning_of(claim.statement)])
        return replace(claim, embedding=vector)

    def _try(
        self, article: Article, find: Callable[[T], list[ClaimDraft]], given: T
    ) -> list[ClaimDraft] | None:
        """What is found; None where that raises, which is told of the article."""
        try:
            return find(given)
        except UnsupportedLanguage:
            self._settle(article.id, ArticleState.UNSUPPORTED)
        except Exception as error:  # whatever one article does must not hold up the others
            log.exception("extraction of article %s failed", article.id)
            self._settle(article.id, ArticleState.QUARANTINED, f"{type(error).__name__}: {error}")
        return None

    def _embedded_together(
        self, read: Sequence[tuple[Article, list[ClaimDraft]]]
    ) -> list[tuple[Article, list[ClaimDraft] | None]]:
        """The claims with their embeddings, made at once or, where that fails, by article."""
        try:
            drafts = iter(self._with_embeddings([each for _, found in read for each in found]))
            return [(article, list(islice(drafts, len(found)))) for article, found in read]
        except Exception:  # one of them is at fault, and is told from the others
            return [(each, self._try(each, self._with_embeddings, found)) for each, found in read]

    def _with_embeddings(self, drafts: list[ClaimDraft]) -> list[ClaimDraft]:
        vectors = self.encoder.embed([meaning_of(draft.statement) for draft in drafts])
        return [
            replace(draft, embedding=vector) for draft, vector in zip(drafts, vectors, strict=True)
        ]

    def _settle(self, article_id: int, state: ArticleState, error: str | None = None) -> None:
        with self.storage.transaction() as tx:
            tx.articles.settle(article_id, state, self.clock(), error=error)

    def _store_claims(self, article: Article, drafts: Sequence[ClaimDraft]) -> list[int]:
        """Store what was found in an article; answers the articles with claims to be matched."""
        found_by = bands(article.text)
        with self.storage.transaction() as tx:
            if not tx.articles.settle(article.id, ArticleState.EXTRACTED, self.clock()):
                return [article.id]
            tx.reprints.keep(article, found_by)
            claims = [
                tx.claims.add(article, draft, save_source(tx, draft.source), at=self.clock())
                for draft in drafts
            ]
            others = tx.sightings.settle(article, claims, self.clock(), new=True)
        return sorted({article.id, *others})
