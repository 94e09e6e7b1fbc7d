"""Sources: list, read, and what they said."""

from tracker.types import ClaimFilter
from web.api import answers, lists
from web.api.claims import stretch_of_claims
from web.api.operations import blueprint
from web.api.queries import Going
from web.current import tracker


@blueprint.operation("GET", "/api/sources", query=Going, answer=lists.Sources)
def sources(query: Going) -> lists.Sources:
    """The speakers that are quoted, the last that was met first."""
    with tracker().storage.snapshot() as tx:
        found = tx.sources.stretch(query.per_page, query.cursor)
    shown = [answers.KnownSource.counted(*each) for each in found.items]
    return lists.Sources(sources=shown, next=lists.onward(found.cursor))


@blueprint.operation("GET", "/api/sources/<id:source_id>", answer=answers.KnownSource)
def source(source_id: int) -> answers.KnownSource:
    """One speaker."""
    with tracker().storage.snapshot() as tx:
        found = tx.sources.get(source_id)
        return answers.KnownSource.counted(found, tx.sources.counts([source_id])[source_id])


@blueprint.operation("GET", "/api/sources/<id:source_id>/claims", query=Going, answer=lists.Claims)
def claims_of_source(source_id: int, query: Going) -> lists.Claims:
    """What a speaker said, the last first."""
    with tracker().storage.snapshot() as tx:
        tx.sources.get(source_id)
    return stretch_of_claims(ClaimFilter(source_id=source_id), query.per_page, query.cursor)
