"""Sources: list, read, and what they said."""

from typing import Self

from flask import url_for

from tracker import types
from web.api import lists
from web.api.answers import Answer, Source
from web.api.claims import stretch_of_claims
from web.api.operations import blueprint
from web.api.queries import Going
from web.current import tracker


class KnownSource(Source):
    """A speaker with everything that is known of it."""

    aliases: list[str]
    claim_count: int
    page: str
    """Where a person reads it."""

    @classmethod
    def counted(cls, value: types.Source, count: int) -> Self:
        """A speaker and how many claims it has."""
        return cls(
            **Source.of(value).model_dump(),
            aliases=list(value.aliases),
            claim_count=count,
            page=url_for("sources.detail", source_id=value.id, _external=True),
        )


class Sources(Answer):
    """A stretch of the speakers."""

    sources: list[KnownSource]
    next: lists.Next


@blueprint.operation("GET", "/api/sources", query=Going, answer=Sources)
def sources(query: Going) -> Sources:
    """The speakers that are quoted, the last that was met first."""
    with tracker().storage.snapshot() as tx:
        found = tx.sources.stretch(query.per_page, query.cursor)
    shown = [KnownSource.counted(*each) for each in found.items]
    return Sources(sources=shown, next=lists.onward(found.cursor))


@blueprint.operation("GET", "/api/sources/<id:source_id>", answer=KnownSource)
def source(source_id: int) -> KnownSource:
    """One speaker."""
    with tracker().storage.snapshot() as tx:
        found = tx.sources.get(source_id)
        return KnownSource.counted(found, tx.sources.counts([source_id])[source_id])


@blueprint.operation("GET", "/api/sources/<id:source_id>/claims", query=Going, answer=lists.Claims)
def claims_of_source(source_id: int, query: Going) -> lists.Claims:
    """What a speaker said, the last first."""
    with tracker().storage.snapshot() as tx:
        tx.sources.get(source_id)
    return stretch_of_claims(types.ClaimFilter(source_id=source_id), query.per_page, query.cursor)
