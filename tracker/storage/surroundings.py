"""What hangs together with a claim: by disagreements, repeats and stored conflicts."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import fields

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, or_
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.conflicts import Kept, Neighbourhood, Tie
from tracker.storage.saying import WHEN_SAID
from tracker.storage.statements import stored_id
from tracker.storage.tables import (
    AlertRow,
    ArticleRow,
    ClaimRow,
    ConflictClaimRow,
    ConflictRow,
    DeliveryRow,
    MatchRow,
)
from tracker.types import CONFLICTING, AlertState, RelationLabel

# Through the claims; the index of the label leads through every match there is.
_LABEL = func.coalesce(MatchRow.label, RelationLabel.NONE)
_TYING = [*CONFLICTING, RelationLabel.REPEAT]

# These are asked for every claim that is compared; to put them together takes longer than to run
# them.
_CLAIMS: BindParameter[int] = bindparam("claims", expanding=True)
_OF_CLAIMS = or_(col(MatchRow.premise_id).in_(_CLAIMS), col(MatchRow.hypothesis_id).in_(_CLAIMS))
_ENDS = sa_select(col(MatchRow.premise_id), col(MatchRow.hypothesis_id)).where(_OF_CLAIMS)
_TIED = _ENDS.where(_LABEL.in_(_TYING))
_UNCOMPARED = _ENDS.where(col(MatchRow.compared_at).is_(None))
_TIES = sa_select(*(getattr(MatchRow, each.name) for each in fields(Tie))).where(
    col(MatchRow.premise_id).in_(_CLAIMS),
    col(MatchRow.hypothesis_id).in_(_CLAIMS),
    _LABEL != RelationLabel.NONE,
)
_OWN, _BESIDE = aliased(ConflictClaimRow), aliased(ConflictClaimRow)
_SHARING = (
    sa_select(col(_BESIDE.claim_id))
    .join(_OWN, col(_OWN.conflict_id) == col(_BESIDE.conflict_id))
    .join(ConflictRow, col(ConflictRow.id) == col(_OWN.conflict_id))
    .where(col(_OWN.claim_id).in_(_CLAIMS), col(ConflictRow.merged_into).is_(None))
    .distinct()
)
_SAID = (
    sa_select(col(ClaimRow.id), *WHEN_SAID)
    .join(ArticleRow, col(ArticleRow.id) == col(ClaimRow.article_id))
    .where(col(ClaimRow.id).in_(_CLAIMS))
)


def tied(session: Session, claims: Collection[int]) -> list[int]:
    """Those of some claims that disagree with anybody or are repeats."""
    among = {end for pair in _partners(session, claims) for end in pair}
    return sorted(among.intersection(claims))


def neighbourhood(session: Session, claim: int, most: int) -> Neighbourhood:
    """All that hangs together with a claim, or what is next to it where that is too much."""
    claims = _hanging_together(session, claim, most)
    is_whole = claims is not None
    if claims is None:
        claims = frozenset({claim}).union(*_partners(session, [claim]))
    kept = _kept(session, claims)
    claims = claims.union(*(each.claims for each in kept))
    unfinished = _unfinished(session, claims)
    return Neighbourhood(
        claim=claim,
        ties=tuple(tie for tie in _ties(session, claims) if unfinished.isdisjoint(tie.ends)),
        order=_order(session, claims),
        conflicts=tuple(kept),
        is_whole=is_whole,
    )


def _hanging_together(session: Session, claim: int, most: int) -> frozenset[int] | None:
    """All claims that a claim is connected to; None for more than ``most``."""
    found = edge = frozenset({claim})
    while edge:
        if len(found) > most:
            return None
        near = frozenset[int]().union(*_partners(session, edge), _sharing_a_conflict(session, edge))
        found, edge = found | near, near - found
    return found


def _partners(session: Session, claims: Collection[int]) -> list[tuple[int, int]]:
    """The disagreeing and repeating pairs that one of the claims is in."""
    return [(one, other) for one, other in session.execute(_TIED, _bound(claims))]


def _unfinished(session: Session, claims: Collection[int]) -> set[int]:
    """The claims that are still to be compared with claims from before them.

    What such a claim repeats may not be known yet, and it would pass for evidence.
    """
    return {max(pair) for pair in session.execute(_UNCOMPARED, _bound(claims))}


def _sharing_a_conflict(session: Session, claims: Collection[int]) -> list[int]:
    return list(session.execute(_SHARING, _bound(claims)).scalars())


def _ties(session: Session, claims: Collection[int]) -> Iterator[Tie]:
    return (Tie(**row._mapping) for row in session.execute(_TIES, _bound(claims)))


def _order(session: Session, claims: Collection[int]) -> dict[int, int]:
    """The place of each claim in the order of saying."""
    found = sorted(session.execute(_SAID, _bound(claims)), key=lambda row: row[1:])
    return {row[0]: place for place, row in enumerate(found)}


def _bound(claims: Collection[int]) -> dict[str, list[int]]:
    return {"claims": list(claims)}


def _kept(session: Session, claims: Collection[int]) -> list[Kept]:
    """The conflicts that hold any of these claims, the oldest first."""
    holding = select(ConflictClaimRow.conflict_id).where(col(ConflictClaimRow.claim_id).in_(claims))
    query = (
        select(ConflictRow, _waits_to_be_told())
        .where(
            col(ConflictRow.id).in_(holding.scalar_subquery()),
            col(ConflictRow.merged_into).is_(None),
        )
        .order_by(col(ConflictRow.opened_at), col(ConflictRow.id))
    )
    rows = session.exec(query).all()
    placed = _placed(session, [stored_id(row.id) for row, _ in rows])
    return [_read(row, placed[stored_id(row.id)], not waits) for row, waits in rows]


def _waits_to_be_told() -> ColumnElement[bool]:
    """Whether alerts of a conflict are still to be stored or to be sent."""
    unsent = (
        select(AlertRow.id)
        .outerjoin(DeliveryRow, col(DeliveryRow.message_id) == col(AlertRow.message_id))
        .where(
            AlertRow.conflict_id == ConflictRow.id,
            or_(
                col(AlertRow.message_id).is_(None),
                col(DeliveryRow.state) == AlertState.PENDING,
            ),
        )
    )
    return or_(col(ConflictRow.alerted_at).is_(None), unsent.exists())


def _placed(session: Session, ids: Collection[int]) -> dict[int, list[ConflictClaimRow]]:
    placed: dict[int, list[ConflictClaimRow]] = defaultdict(list)
    query = select(ConflictClaimRow).where(col(ConflictClaimRow.conflict_id).in_(ids))
    for row in session.exec(query):
        placed[row.conflict_id].append(row)
    return placed


def _read(row: ConflictRow, placed: list[ConflictClaimRow], is_told: bool) -> Kept:
    first, second = (frozenset(e.claim_id for e in placed if e.side == side) for side in (0, 1))
    by_hand = {each.claim_id for each in placed if each.arranged}
    return Kept(
        id=stored_id(row.id),
        opened_at=row.opened_at,
        state=row.state,
        sides=(first, second),
        arranged=(first & by_hand, second & by_hand),
        family=row.family,
        is_told=is_told,
    )
