"""Who is who, as people decide it: merge two speakers, split one, undo."""

from http import HTTPStatus

from flask import Response, url_for

from tracker.errors import NotFound
from tracker.types import Stored
from web.api.bodies import By, MergingSources, SplittingSource
from web.api.operations import blueprint, json_of
from web.api.source_answers import FullSource
from web.api.sources import in_full
from web.current import tracker

ONE = "/api/sources/<id:source_id>"
ERRORS = (HTTPStatus.CONFLICT,)


@blueprint.operation("POST", f"{ONE}/merge", body=MergingSources, answer=FullSource, errors=ERRORS)
def merge_sources(source_id: int, body: MergingSources) -> FullSource:
    """Let this speaker stand for another one too, in later articles as well."""
    with tracker().storage.transaction() as tx:
        tx.speakers.merge(source_id, body.other, body.who, tracker().clock())
        return in_full(tx, source_id)


@blueprint.operation(
    "POST",
    f"{ONE}/split",
    body=SplittingSource,
    answer=FullSource,
    status=HTTPStatus.CREATED,
    errors=ERRORS,
)
def split_source(source_id: int, body: SplittingSource) -> Response:
    """Make a name, with its claims and some more, a speaker of its own, which is answered."""
    with tracker().storage.transaction() as tx:
        name, claims, now = body.name.strip(), body.claims, tracker().clock()
        new = tx.speakers.split(source_id, name, claims, body.who, now)
        shown = json_of(in_full(tx, new))
    response = Response(shown, HTTPStatus.CREATED, mimetype="application/json")
    response.headers["Location"] = url_for("api.source", source_id=new)
    return response


@blueprint.operation(
    "POST", f"{ONE}/edits/<id:edit_id>/undo", body=By, answer=FullSource, errors=ERRORS
)
def undo_edit(source_id: int, edit_id: int, body: By) -> FullSource:
    """Take a merge or a split back that the history of this speaker tells of."""
    with tracker().storage.transaction() as tx:
        if edit_id not in {each.id for each in tx.speakers.history(source_id)}:
            raise NotFound("no {thing} {id}", thing=Stored.SOURCE_EDIT, id=edit_id)
        tx.speakers.undo(edit_id, body.who, tracker().clock())
        return in_full(tx, source_id)
