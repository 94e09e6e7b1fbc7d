"""Claims: who said what, and which other claims may speak of the same thing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, select

from tracker.claims.sameness import words_key
from tracker.storage.candidates import candidate_ids
from tracker.storage.near import near
from tracker.storage.search import folded_words, search
from tracker.storage.sources import load_sources
from tracker.storage.statements import (
    Lock,
    absent,
    changed,
    find,
    hold,
    insert_all,
    insert_missing,
    stored_id,
)
from tracker.storage.stretches import Number, Order, Stretch, ids_of_stretch
from tracker.storage.tables import ArticleRow, ClaimKeyRow, ClaimRow
from tracker.types import (
    Article,
    Attribution,
    Claim,
    ClaimDetails,
    ClaimDraft,
    ClaimFilter,
    Source,
    Statement,
    Stored,
)

_SAID = Order((col(ClaimRow.said_on), col(ClaimRow.id)), TypeAdapter(tuple[date, Number]))


class Claims:
    """Everything asked of claims."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, article: Article, draft: ClaimDraft, source: Source, at: datetime) -> Claim:
        """Store a claim unless the article has one with the same content."""
        values = values_of_row(draft, article.id, source.id, at)
        insert_missing(self._session, ClaimRow, values)
        query = select(ClaimRow).where(
            ClaimRow.article_id == article.id, ClaimRow.content_key == values["content_key"]
        )
        [claim] = _claims(self._session, self._session.exec(query))
        write_keys(self._session, claim.id, draft.statement)
        near(self._session).put(claim.id, draft.statement.said_on, claim.embedding)
        return claim

    def get(self, claim_id: int) -> Claim:
        """One claim.

        Raises:
            NotFound: no such claim.
        """
        return self.get_many([claim_id])[0]

    def get_many(self, ids: Sequence[int]) -> list[Claim]:
        """Claims in the order of ``ids``.

        Raises:
            NotFound: one of them does not exist.
        """
        found = load_claims(self._session, ids)
        missing = [id for id in ids if id not in found]
        if missing:
            raise absent(Stored.CLAIM, missing[0])
        return [found[id] for id in ids]

    def by_id(self, ids: Iterable[int]) -> dict[int, Claim]:
        """The claims with these ids, by id."""
        return load_claims(self._session, ids)

    def of_article(self, article_id: int) -> list[Claim]:
        """The claims of an article in the order of its text."""
        query = select(ClaimRow).where(ClaimRow.article_id == article_id)
        claims = _claims(self._session, self._session.exec(query))
        return sorted(claims, key=lambda claim: (claim.attribution.content[0], claim.id))

    def of_source(self, source_id: int, limit: int) -> list[Claim]:
        """What a source said last, newest first."""
        query = (
            select(ClaimRow)
            .where(ClaimRow.source_id == source_id)
            .order_by(col(ClaimRow.said_on).desc(), col(ClaimRow.id).desc())
            .limit(limit)
        )
        return _claims(self._session, self._session.exec(query))

    def stretch(self, wanted: ClaimFilter, limit: int, cursor: str | None = None) -> Stretch[Claim]:
        """The claims of a list after ``cursor``, what was said last first.

        Raises:
            InvalidInput: the list never gave that cursor.
        """
        query = select(ClaimRow.id).where(*self._fitting(wanted))
        ids = ids_of_stretch(self._session, query, _SAID, limit, cursor)
        return Stretch(self.get_many(ids.items), ids.cursor)

    def unmatched(self, article_id: int) -> list[Claim]:
        """The claims of an article that no match was sought for yet."""
        query = (
            select(ClaimRow)
            .where(ClaimRow.article_id == article_id, col(ClaimRow.matched_at).is_(None))
            .order_by(col(ClaimRow.id))
        )
        return _claims(self._session, self._session.exec(query))

    def mark_matched(self, claim_id: int, at: datetime) -> None:
        """Say that the matches of a claim are stored."""
        self._session.execute(
            update(ClaimRow).where(col(ClaimRow.id) == claim_id).values(matched_at=at)
        )

    def held(self, ids: Iterable[int]) -> dict[int, Claim]:
        """Those of these claims that are there, which nobody changes until the transaction ends."""
        hold(
            self._session, Lock.SOURCES
        )  # or a merge of speakers and this could wait for each other
        query = select(ClaimRow).where(col(ClaimRow.id).in_(set(ids))).order_by(col(ClaimRow.id))
        rows = self._session.exec(query.with_for_update(key_share=True))
        return {claim.id: claim for claim in _claims(self._session, rows)}

    def set_embedding(self, claim_id: int, embedding: bytes) -> None:
        """Give a claim another embedding; its words stay as they are.

        Raises:
            NotFound: no such claim.
        """
        row = find(self._session, ClaimRow, claim_id, lock=True)
        row.embedding = embedding
        self._session.flush()
        if row.sighting_of is None:
            near(self._session).put(claim_id, row.said_on, embedding)

    def set_details(self, claim: Claim, details: ClaimDetails) -> None:
        """Store what is now read off the words of a claim, and its keys."""
        said = replace(claim.statement, details=details)
        row = find(self._session, ClaimRow, claim.id, lock=True)
        row.details, row.words_key = details, words_key(said)
        self._session.flush()
        if row.sighting_of is None:
            rewrite_keys(self._session, claim.id, said)

    def articles_unmatched(self, before: datetime) -> list[int]:
        """Articles with claims stored until ``before`` whose matches are still to be sought."""
        query = (
            select(ClaimRow.article_id)
            .where(col(ClaimRow.matched_at).is_(None), ClaimRow.stored_at <= before)
            .distinct()
            .order_by(col(ClaimRow.article_id))
        )
        return list(self._session.exec(query))

    def candidates(self, claim: Claim, window: timedelta, limit: int) -> list[Claim]:
        """Earlier and later claims that may speak of the same thing, the likeliest first.

        Found by shared keys, the rarest counting most, and by meaning; not further apart than
        ``window``, the speaker's own three times as far.
        """
        ids = candidate_ids(self._session, claim, window, limit)
        found = load_claims(self._session, ids)
        return [found[id] for id in ids if id in found]

    def _fitting(self, wanted: ClaimFilter) -> Iterator[ColumnElement[bool]]:
        if wanted.words:
            yield search(self._session).having(folded_words([wanted.words]))
        if wanted.source_id is not None:
            yield col(ClaimRow.source_id) == wanted.source_id
        if wanted.outlet is not None:
            printed = select(ArticleRow.id).where(ArticleRow.outlet == wanted.outlet)
            yield col(ClaimRow.article_id).in_(printed)
        if wanted.first is not None:
            yield col(ClaimRow.said_on) >= wanted.first
        if wanted.last is not None:
            yield col(ClaimRow.said_on) <= wanted.last


def load_claims(session: Session, ids: Iterable[int]) -> dict[int, Claim]:
    """The claims with these ids, by id."""
    query = select(ClaimRow).where(col(ClaimRow.id).in_(set(ids)))
    return {claim.id: claim for claim in _claims(session, session.exec(query))}


def _claims(session: Session, rows: Iterable[ClaimRow]) -> list[Claim]:
    rows = list(rows)
    sources = load_sources(session, (row.source_id for row in rows))
    query = select(ArticleRow.id, ArticleRow.outlet, ArticleRow.published_at).where(
        col(ArticleRow.id).in_({row.article_id for row in rows})
    )
    printed = {id: (outlet, at) for id, outlet, at in session.exec(query)}
    return [_claim(row, sources[row.source_id], *printed[row.article_id]) for row in rows]


def values_of_row(
    draft: ClaimDraft, article_id: int, source_id: int, at: datetime
) -> dict[str, Any]:
    """What the row of a claim holds that is stored at a moment."""
    said = draft.statement
    return {
        "article_id": article_id,
        "content_key": content_key(draft.attribution),
        "source_id": source_id,
        "attribution": draft.attribution,
        "speaker": said.speaker,
        "text": said.text,
        "language": said.language,
        "said_on": said.said_on,
        "about": said.about,
        "details": said.details,
        "extractor": draft.extractor,
        "embedding": draft.embedding,
        "role": draft.source.role,
        "speaks_for": draft.source.speaks_for,
        "words_key": words_key(said),
        "stored_at": at,
    }


def write_keys(session: Session, claim_id: int, said: Statement) -> None:
    """Keep the keys by which a claim is found."""
    rows = [
        {"claim_id": claim_id, "key": key, "said_on": said.said_on}
        for key in sorted(said.details.keys)
    ]
    insert_all(session, ClaimKeyRow, rows)


def rewrite_keys(session: Session, claim_id: int, said: Statement) -> None:
    """Keep other keys than before."""
    changed(session, delete(ClaimKeyRow).where(col(ClaimKeyRow.claim_id) == claim_id))
    write_keys(session, claim_id, said)


def content_key(attribution: Attribution) -> str:
    """The content spans as text."""
    return ",".join(f"{span.start}-{span.end}" for span in attribution.content)


def _claim(row: ClaimRow, source: Source, outlet: str, published_at: datetime) -> Claim:
    return Claim(
        id=stored_id(row.id),
        article_id=row.article_id,
        outlet=outlet,
        published_at=published_at,
        attribution=row.attribution,
        source=source,
        statement=Statement(
            speaker=row.speaker,
            text=row.text,
            language=row.language,
            said_on=row.said_on,
            about=row.about,
            details=row.details,
        ),
        extractor=row.extractor,
        embedding=row.embedding,
        sighting_of=row.sighting_of,
    )
