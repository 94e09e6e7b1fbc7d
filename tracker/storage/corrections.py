"""Corrections: what people change of claims, with the old value kept."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.claims.correction import ClaimEdit, Correction, wording_of
from tracker.claims.sameness import words_key
from tracker.errors import InvalidCorrection
from tracker.storage.articles import Articles
from tracker.storage.claims import content_key
from tracker.storage.conflict_writing import remember
from tracker.storage.sightings import Sightings
from tracker.storage.standing import Standing
from tracker.storage.statements import Lock, find, hold
from tracker.storage.tables import ClaimEditRow, ClaimRow, ConflictClaimRow
from tracker.types import Claim, Event


class Corrections:
    """Everything asked of corrections."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, claim: Claim, fixed: Claim, correction: Correction, at: datetime) -> None:
        """Put a claim right, and let it be matched and compared anew.

        A sighting becomes a claim of its own, unless it prints the same as others still. What
        prints a claim again goes with it: it has the same words and the same speaker put wrong.

        Raises:
            NotFound: no such claim.
            InvalidCorrection: nothing would change, somebody changed the claim meanwhile, or the
                article has another claim in these words.
        """
        # Whoever compares or removes them holds these.
        for lock in (Lock.SIGHTINGS, Lock.MATCHES, Lock.CONFLICTS):
            hold(self._session, lock)
        row = find(self._session, ClaimRow, claim.id, lock=True)
        self._check(row, claim, fixed)
        self._remember(claim, fixed, correction, at)
        _fill(row, fixed)
        self._session.flush()
        Standing(self._session).stand(claim.id)
        article = Articles(self._session).get(claim.article_id)
        Sightings(self._session).settle(article, [fixed], at)

    def of_claim(self, claim_id: int) -> list[ClaimEdit]:
        """The corrections of a claim, newest first."""
        query = (
            select(ClaimEditRow)
            .where(ClaimEditRow.claim_id == claim_id)
            .order_by(col(ClaimEditRow.id).desc())
        )
        return [
            ClaimEdit(at=row.at, by=row.by, note=row.note, before=row.before, after=row.after)
            for row in self._session.exec(query)
        ]

    def _check(self, row: ClaimRow, claim: Claim, fixed: Claim) -> None:
        if (row.text, row.source_id) != (claim.statement.text, claim.source.id):
            raise InvalidCorrection("somebody corrected this claim meanwhile; reload the page")
        if wording_of(claim) == wording_of(fixed):
            raise InvalidCorrection("this is what the claim says already; change something first")
        same = select(ClaimRow.id).where(
            ClaimRow.article_id == claim.article_id,
            ClaimRow.content_key == content_key(fixed.attribution),
            ClaimRow.id != claim.id,
        )
        if self._session.exec(same).first() is not None:
            raise InvalidCorrection("the article has another claim in these words", "quotation")

    def _remember(self, claim: Claim, fixed: Claim, correction: Correction, at: datetime) -> None:
        edit = ClaimEditRow(
            claim_id=claim.id,
            at=at,
            by=correction.by,
            note=correction.note,
            before=wording_of(claim),
            after=wording_of(fixed),
        )
        self._session.add(edit)
        query = select(ConflictClaimRow.conflict_id).where(ConflictClaimRow.claim_id == claim.id)
        for conflict_id in sorted(self._session.exec(query)):
            remember(
                self._session,
                conflict_id,
                at,
                Event.CORRECTED,
                correction.by,
                correction.note,
                (claim.id,),
            )


def _fill(row: ClaimRow, fixed: Claim) -> None:
    if row.source_id != fixed.source.id:
        row.role = row.speaks_for = None  # the article said it of another
    row.source_id = fixed.source.id
    row.speaker = fixed.statement.speaker
    row.content_key = content_key(fixed.attribution)
    row.attribution = fixed.attribution
    row.text = fixed.statement.text
    row.details = fixed.statement.details
    row.embedding = fixed.embedding
    row.words_key = words_key(fixed.statement)
