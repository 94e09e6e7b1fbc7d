"""Sources: list, read, and what they said."""

from tracker import types
from tracker.claims.topics import topics
from tracker.storage import Transaction
from web.api import lists
from web.api.answers import Answer, Source
from web.api.claims import stretch_of_claims
from web.api.operations import blueprint
from web.api.queries import Going, SourceQuery
from web.api.source_answers import (
    FullSource,
    KnownSource,
    Opponent,
    Reversal,
    Role,
    SourceEdit,
    Topic,
    Topics,
)
from web.current import tracker
from web.sources import MOST_CLAIMS, MOST_OPPONENTS, reversals


class Sources(Answer):
    """A stretch of the speakers."""

    sources: list[KnownSource]
    next: lists.Next


@blueprint.operation("GET", "/api/sources", query=SourceQuery, answer=Sources)
def sources(query: SourceQuery) -> Sources:
    """The speakers that are quoted, the last that was met first; or those of a name."""
    with tracker().storage.snapshot() as tx:
        found = tx.sources.stretch(query.per_page, query.cursor, query.q)
    shown = [KnownSource.counted(*each) for each in found.items]
    return Sources(sources=shown, next=lists.onward(found.cursor))


@blueprint.operation("GET", "/api/sources/<id:source_id>", answer=FullSource)
def source(source_id: int) -> FullSource:
    """One speaker: names, roles, reversals, and whom they stand against."""
    with tracker().storage.snapshot() as tx:
        return in_full(tx, source_id)


@blueprint.operation("GET", "/api/sources/<id:source_id>/topics", answer=Topics)
def topics_of_source(source_id: int) -> Topics:
    """The last 200 claims of a speaker by what they are about, the largest topic first."""
    with tracker().storage.snapshot() as tx:
        tx.sources.get(source_id)
        found = topics(tx.claims.of_source(source_id, MOST_CLAIMS))
    return Topics(topics=[Topic.of(each) for each in found])


@blueprint.operation("GET", "/api/sources/<id:source_id>/claims", query=Going, answer=lists.Claims)
def claims_of_source(source_id: int, query: Going) -> lists.Claims:
    """What a speaker said, the last first."""
    with tracker().storage.snapshot() as tx:
        tx.sources.get(source_id)
    return stretch_of_claims(types.ClaimFilter(source_id=source_id), query.per_page, query.cursor)


def in_full(tx: Transaction, source_id: int) -> FullSource:
    """A speaker with what its claims and its history tell.

    Raises:
        NotFound: no such speaker.
    """
    found, speaking = tx.sources.get(source_id), tx.speaking
    known = KnownSource.counted(found, tx.sources.counts([source_id])[source_id])
    spokespeople = speaking.spokespeople((found.name, *found.aliases))
    opponents = speaking.opponents(source_id, MOST_OPPONENTS)
    return FullSource(
        **known.model_dump(),
        roles=[Role.of(each) for each in speaking.roles(source_id)],
        spokespeople=[Source.of(each) for each in spokespeople],
        opponents=[Opponent.of(each) for each in opponents],
        reversals=[Reversal.of(each) for each in reversals(tx, source_id)],
        history=[SourceEdit.of(each) for each in tx.speakers.history(source_id)],
    )
