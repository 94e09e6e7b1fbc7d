"""Matches: two claims that speak of the same thing, their verdicts and their relation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.comparison import Judgement, Known
from tracker.storage.claims import load_claims
from tracker.storage.statements import (
    Lock,
    free,
    hold,
    insert_all,
    stored_id,
    take,
)
from tracker.storage.tables import ClaimRow, MatchRow, VerdictRow
from tracker.types import Claim, Match, MatchDraft, RelatedPair, Relation, RelationLabel, Verdict

Waiting = tuple[Match, Claim, Claim]
"""A match with its premise and its hypothesis."""


class Matches:
    """Everything asked of matches."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self) -> None:
        """Wait until nobody else stores matches, or corrects or removes claims that have some."""
        hold(self._session, Lock.MATCHES)

    def add_all(self, drafts: Sequence[MatchDraft]) -> None:
        """Store the matches whose claims both stand for themselves; stored ones stay the same."""
        hold(self._session, Lock.MATCHES)  # nobody removes a claim until the end
        ids = {id for each in drafts for id in (each.premise_id, each.hypothesis_id)}
        standing = select(ClaimRow.id).where(
            col(ClaimRow.id).in_(ids), col(ClaimRow.sighting_of).is_(None)
        )
        there = set(self._session.exec(standing))
        possible = (each for each in drafts if {each.premise_id, each.hypothesis_id} <= there)
        insert_all(self._session, MatchRow, [asdict(each) for each in possible])

    def add(self, draft: MatchDraft) -> Match:
        """Store a match; the same pair is stored once and kept as it was."""
        self.add_all([draft])
        query = select(MatchRow).where(
            MatchRow.premise_id == draft.premise_id, MatchRow.hypothesis_id == draft.hypothesis_id
        )
        return _match(self._session.exec(query).one())

    def uncompared(self, article_id: int) -> list[Waiting]:
        """Matches of an article's claims without a relation, with premise and hypothesis."""
        return self._with_claims(self._session.exec(_uncompared(article_id)))

    def take(self, article_id: int, holder: str, at: datetime, expired: datetime) -> list[Waiting]:
        """Take those of them that nobody else has taken, unless that was before ``expired``."""
        query = _uncompared(article_id).where(free(MatchRow, holder, expired))
        found = self._with_claims(self._session.exec(query.with_for_update(skip_locked=True)))
        take(self._session, MatchRow, [match.id for match, _, _ in found], holder, at)
        return found

    def record(self, found: Mapping[int, tuple[Judgement, str]], at: datetime) -> set[int]:
        """Store what was found of matches; answers those of which nothing was recorded before.

        ``found`` has each match's judgement by its id, and the fingerprint of what was compared.
        """
        hold(self._session, Lock.CONFLICTS)  # nobody else records or removes what is read here
        uncompared = select(MatchRow.id).where(
            col(MatchRow.id).in_(found), col(MatchRow.compared_at).is_(None)
        )
        fresh = {stored_id(id) for id in self._session.exec(uncompared)}
        _update(self._session, [_found(id, found[id][0].relation, at) for id in fresh])
        insert_all(
            self._session,
            VerdictRow,
            [
                vars(verdict) | {"match_id": id, "fingerprint": fingerprint}
                for id, (judgement, fingerprint) in found.items()
                if id in fresh
                for verdict in judgement.verdicts
            ],
        )
        return fresh

    def known(self, fingerprints: Iterable[str]) -> dict[Known, Verdict]:
        """What was said before of the same statements, whoever printed them."""
        query = select(VerdictRow).where(col(VerdictRow.fingerprint).in_(set(fingerprints)))
        return {
            Known(row.comparer, row.version, row.fingerprint or ""): _verdict(row)
            for row in self._session.exec(query)
        }

    def count_verdicts(self, comparer: str, since: datetime) -> int:
        """How many verdicts a comparer has given since a moment."""
        query = (
            select(func.count())
            .select_from(VerdictRow)
            .join(MatchRow, col(MatchRow.id) == col(VerdictRow.match_id))
            .where(col(VerdictRow.comparer) == comparer, col(MatchRow.compared_at) >= since)
        )
        return self._session.exec(query).one()

    def articles_uncompared(self, before: datetime) -> list[int]:
        """The later articles of matches found until ``before`` that have no relation."""
        premise, hypothesis = aliased(ClaimRow), aliased(ClaimRow)
        query = (
            select(hypothesis.article_id)
            .select_from(MatchRow)
            .join(premise, col(premise.id) == col(MatchRow.premise_id))
            .join(hypothesis, col(hypothesis.id) == col(MatchRow.hypothesis_id))
            .where(
                col(MatchRow.compared_at).is_(None),
                # Whichever claim was matched first found the other.
                or_(col(premise.matched_at) <= before, col(hypothesis.matched_at) <= before),
            )
            .distinct()
            .order_by(col(hypothesis.article_id))
        )
        return list(self._session.exec(query))

    def related(self) -> list[RelatedPair]:
        """Every pair with a relation other than none."""
        return self._pairs(col(MatchRow.label) != RelationLabel.NONE)

    def scores(self) -> dict[frozenset[int], float]:
        """The total score of every match by its claims, whatever became of it."""
        rows = self._session.exec(select(MatchRow))
        return {frozenset({r.premise_id, r.hypothesis_id}): r.scores["total"] for r in rows}

    def of_claims(self, ids: Iterable[int]) -> list[RelatedPair]:
        """The compared pairs among these claims, whatever their relation."""
        among = set(ids)
        return self._pairs(
            col(MatchRow.premise_id).in_(among),
            col(MatchRow.hypothesis_id).in_(among),
            col(MatchRow.label).is_not(None),
        )

    def _pairs(self, *conditions: ColumnElement[bool]) -> list[RelatedPair]:
        query = select(MatchRow).where(*conditions).order_by(col(MatchRow.id))
        rows = self._session.exec(query).all()
        claims = self._claims([_match(row) for row in rows])
        verdicts = self._verdicts([stored_id(row.id) for row in rows])
        return [
            RelatedPair(
                match=_match(row),
                premise=claims[row.premise_id],
                hypothesis=claims[row.hypothesis_id],
                verdicts=tuple(verdicts[stored_id(row.id)]),
                relation=_relation(row),
            )
            for row in rows
        ]

    def _with_claims(self, rows: Iterable[MatchRow]) -> list[Waiting]:
        matches = [_match(row) for row in rows]
        claims = self._claims(matches)
        return [(each, claims[each.premise_id], claims[each.hypothesis_id]) for each in matches]

    def _claims(self, matches: Sequence[Match]) -> dict[int, Claim]:
        ids = {id for each in matches for id in (each.premise_id, each.hypothesis_id)}
        return load_claims(self._session, ids)

    def _verdicts(self, match_ids: Sequence[int]) -> dict[int, list[Verdict]]:
        query = (
            select(VerdictRow)
            .where(col(VerdictRow.match_id).in_(match_ids))
            .order_by(col(VerdictRow.id))
        )
        found: dict[int, list[Verdict]] = {id: [] for id in match_ids}
        for row in self._session.exec(query):
            found[row.match_id].append(_verdict(row))
        return found


def _found(id: int, relation: Relation, at: datetime) -> dict[str, Any]:
    return {"id": id, "compared_at": at, "taken_at": None, "taken_by": None, **vars(relation)}


def _update(session: Session, rows: list[dict[str, Any]]) -> None:
    """Change rows by their ids, in one round trip."""
    if rows:
        session.execute(update(MatchRow), rows)


def _uncompared(article_id: int) -> SelectOfScalar[MatchRow]:
    own = select(ClaimRow.id).where(ClaimRow.article_id == article_id).scalar_subquery()
    return (
        select(MatchRow)
        .where(
            col(MatchRow.compared_at).is_(None),
            or_(col(MatchRow.premise_id).in_(own), col(MatchRow.hypothesis_id).in_(own)),
        )
        .order_by(col(MatchRow.id))
    )


def _match(row: MatchRow) -> Match:
    return Match(
        id=stored_id(row.id),
        premise_id=row.premise_id,
        hypothesis_id=row.hypothesis_id,
        scores=row.scores,
    )


def _relation(row: MatchRow) -> Relation:
    assert row.label is not None
    assert row.probability is not None
    assert row.reason is not None
    return Relation(
        label=row.label,
        probability=row.probability,
        kind=row.kind,
        reason=row.reason,
        premise_words=row.premise_words or (),
        hypothesis_words=row.hypothesis_words or (),
    )


def _verdict(row: VerdictRow) -> Verdict:
    return Verdict(
        comparer=row.comparer,
        version=row.version,
        label=row.label,
        entailment=row.entailment,
        neutral=row.neutral,
        contradiction=row.contradiction,
        kind=row.kind,
        reason=row.reason,
        premise_words=row.premise_words,
        hypothesis_words=row.hypothesis_words,
        leanings=row.leanings,
    )
