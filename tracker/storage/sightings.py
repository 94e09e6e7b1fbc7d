"""Claims that only print again what another claim said already: sightings of that one.

Which claims are one is an equivalence, so it does not depend on who came in first: the same source,
the same words and the same day; or the same source and these words but for slips of the pen, in
articles of nearly the same text. The claim that was printed first stands for all of them. The
others have no keys, no matches and no place in a conflict; where one that had them ceases to stand,
the one that stands from now on takes its places in conflicts and is matched anew.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, distinct, func, or_, update
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.claims.sameness import same_but_for_slips, words_key
from tracker.sources import is_named
from tracker.storage.claims import Claims, load_claims
from tracker.storage.reprints import Reprints
from tracker.storage.saying import ROOT, WHEN_PRINTED
from tracker.storage.standing import Standing
from tracker.storage.statements import Lock, changed, hold
from tracker.storage.tables import ArticleRow, ClaimRow
from tracker.types import Article, Claim

Family = set[int]
"""Claims that stand for themselves so far and are found to be one."""
_OWN, _OTHER = aliased(ClaimRow), aliased(ClaimRow)


class Sightings:
    """Everything asked of claims that are printed again."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._standing = Standing(session)

    def of(self, claim_ids: Collection[int]) -> dict[int, list[Claim]]:
        """The sightings of each of these claims that has any, the first printed first."""
        query = (
            sa_select(col(ClaimRow.id), *WHEN_PRINTED)
            .join(ArticleRow, col(ArticleRow.id) == col(ClaimRow.article_id))
            .where(col(ClaimRow.sighting_of).in_(claim_ids))
        )
        rows = sorted(self._session.execute(query), key=lambda row: row[1:])
        claims = load_claims(self._session, [row[0] for row in rows])
        found: dict[int, list[Claim]] = defaultdict(list)
        for id, *_ in rows:
            found[claims[id].sighting_of or id].append(claims[id])
        return dict(found)

    def printing(self, claim_ids: Collection[int]) -> list[Claim]:
        """These claims and their sightings."""
        query = sa_select(col(ClaimRow.id)).where(
            or_(col(ClaimRow.id).in_(claim_ids), col(ClaimRow.sighting_of).in_(claim_ids))
        )
        return list(load_claims(self._session, self._session.execute(query).scalars()).values())

    def settle(
        self, article: Article, claims: Iterable[Claim], at: datetime, *, new: bool = False
    ) -> list[int]:
        """Let claims of an article be one with those that say the same.

        ``new`` says that nobody has seen the claims yet. Answers the articles with claims that
        have to be matched now.
        """
        hold(self._session, Lock.SIGHTINGS)
        named = {claim.id: claim for claim in claims if is_named(claim.source)}
        same = [*self._in_the_same_words(named), *self._in_the_same_article(article, named)]
        return self._unite(same, at, fresh=named.keys() if new else ())

    def settle_anew(self, article: Article, at: datetime) -> None:
        """The same for all claims of an article, whose words may have been read anew."""
        for lock in (Lock.SIGHTINGS, Lock.MATCHES, Lock.CONFLICTS):
            hold(self._session, lock)
        claims = Claims(self._session).of_article(article.id)
        for claim in claims:
            this = update(ClaimRow).where(col(ClaimRow.id) == claim.id)
            changed(self._session, this.values(words_key=words_key(claim.statement)))
        self.settle(article, claims, at)

    def settle_source(self, source_id: int, at: datetime) -> None:
        """Let the claims of a source be one that say the same on one day."""
        same = (col(ClaimRow.words_key), col(ClaimRow.said_on))
        query = (
            sa_select(*same)
            .where(col(ClaimRow.source_id) == source_id, same[0].is_not(None))
            .group_by(*same)
            .having(func.count(distinct(ROOT)) > 1)
        )
        for key, day in self._session.execute(query).all():
            here = sa_select(col(ClaimRow.id)).where(
                col(ClaimRow.source_id) == source_id, same[0] == key, same[1] == day
            )
            self._unite(pairwise(self._session.execute(here).scalars()), at)

    def hand_on(self, going: Collection[int]) -> None:
        """Let the prints that stay stand for themselves when the claims that stood for them go."""
        staying = sa_select(col(ClaimRow.id), col(ClaimRow.sighting_of)).where(
            col(ClaimRow.sighting_of).in_(going), col(ClaimRow.id).not_in(going)
        )
        self._part(staying)

    def part(self, source_id: int, other_id: int) -> None:
        """Let prints stand apart of which one source said some, and another the first."""
        query = (
            sa_select(col(_OWN.id), col(_OWN.sighting_of))
            .join(_OTHER, col(_OTHER.id) == col(_OWN.sighting_of))
            .where(
                col(_OWN.source_id).in_([source_id, other_id]),
                col(_OTHER.source_id).in_([source_id, other_id]),
                col(_OWN.source_id) != col(_OTHER.source_id),
            )
        )
        self._part(query)

    def _part(self, prints: Select[*tuple[Any, ...]]) -> None:
        """Let prints, given with the claims that stand for them, have first ones of their own."""
        families: dict[int, Family] = defaultdict(set)
        for id, stood in self._session.execute(prints):
            families[stood].add(id)
        for family in families.values():
            first, *rest = self._standing.in_order(family)
            self._standing.stand(first)
            self._standing.point(rest, first)

    # --- which are the same -------------------------------------------------------------------

    def _in_the_same_words(self, claims: Collection[int]) -> Iterator[tuple[int, int]]:
        """Each claim with those that stand for others of the same source, words and day."""
        root = func.coalesce(_OTHER.sighting_of, _OTHER.id)
        query = (
            sa_select(col(_OWN.id), root)
            .join(
                _OTHER,
                (col(_OTHER.source_id) == col(_OWN.source_id))
                & (col(_OTHER.words_key) == col(_OWN.words_key))
                & (col(_OTHER.said_on) == col(_OWN.said_on)),
            )
            .where(col(_OWN.id).in_(claims), col(_OTHER.id) != col(_OWN.id))
            .distinct()
        )
        return ((one, other) for one, other in self._session.execute(query))

    def _in_the_same_article(
        self, article: Article, claims: Mapping[int, Claim]
    ) -> Iterator[tuple[int, int]]:
        """Each claim with those of its source and words in articles of nearly the same text."""
        sources = {claim.source.id for claim in claims.values()}
        alike = Reprints(self._session).of(article, sources)
        query = sa_select(col(ClaimRow.id)).where(
            col(ClaimRow.article_id).in_([each.id for each in alike]),
            col(ClaimRow.source_id).in_(sources),
        )
        others = load_claims(self._session, self._session.execute(query).scalars())
        for id, claim in claims.items():
            for other in others.values():
                if claim.source.id == other.source.id and same_but_for_slips(
                    claim.statement, other.statement
                ):
                    yield id, other.id

    # --- one for all --------------------------------------------------------------------------

    def _unite(
        self, same: Iterable[tuple[int, int]], at: datetime, fresh: Collection[int] = ()
    ) -> list[int]:
        pairs = list(same)
        if not pairs:
            return []
        for lock in (Lock.MATCHES, Lock.CONFLICTS):  # whoever compares or gathers holds these
            hold(self._session, lock)
        roots = self._roots({id for pair in pairs for id in pair})
        families = _families((roots[one], roots[other]) for one, other in pairs)
        moved = [self._gather(family, at, fresh) for family in families]
        return self._articles([id for id in moved if id is not None])

    def _gather(self, family: Family, at: datetime, fresh: Collection[int]) -> int | None:
        """Let the first print stand for a family; answers it where it has to be matched anew."""
        first, *others = self._standing.in_order(family)
        others = [each for each in others if not self._standing.are_opposed(first, each)]
        known = [each for each in others if each not in fresh]
        if known:
            self._standing.take_places(first, known, at)
            self._standing.stand(first)
        self._standing.step_down(others, first, at)
        came = [each for each in (first, *others) if each in fresh]
        self._standing.tell(first, came, at)
        return first if known else None

    def _roots(self, ids: Collection[int]) -> dict[int, int]:
        query = sa_select(col(ClaimRow.id), ROOT).where(col(ClaimRow.id).in_(ids))
        return {row[0]: row[1] for row in self._session.execute(query)}

    def _articles(self, claims: Sequence[int]) -> list[int]:
        query = select(ClaimRow.article_id).where(col(ClaimRow.id).in_(claims)).distinct()
        return sorted(self._session.exec(query))


def _families(pairs: Iterable[tuple[int, int]]) -> list[Family]:
    """What hangs together by pairs."""
    families: list[Family] = []
    for pair in pairs:
        touched = [family for family in families if not family.isdisjoint(pair)]
        families = [each for each in families if each not in touched]
        families.append(set(pair).union(*touched))
    return [family for family in families if len(family) > 1]
