"""Conflicts: list, read, and say what is known of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from flask import request
from werkzeug.http import generate_etag

from tracker.storage import Transaction
from web.api import lists
from web.api.conflict_answers import Conflict
from web.api.operations import blueprint, json_of
from web.api.queries import ConflictQuery
from web.current import tracker
from web.evidence import evidence_of
from web.listing import read_filter
from web.problems import RefusedError


@blueprint.operation("GET", "/api/conflicts", query=ConflictQuery, answer=lists.Conflicts)
def conflicts(query: ConflictQuery) -> lists.Conflicts:
    """The conflicts that the filter asks for, those with the latest evidence first."""
    skip = (query.page - 1) * query.per_page
    with tracker().storage.snapshot() as tx:
        found = tx.conflicts.stretch(
            read_filter(request.args), query.per_page, query.cursor, skip=skip
        )
        evidence = evidence_of(tx, found.items)
    shown = [Conflict.read(each, evidence) for each in found.items]
    return lists.Conflicts(conflicts=shown, next=lists.onward(found.cursor))


@blueprint.operation("GET", "/api/conflicts/<id:conflict_id>", answer=Conflict)
def conflict(conflict_id: int) -> Conflict:
    """One conflict with both sides and its history."""
    with tracker().storage.snapshot() as tx:
        return standing(tx, conflict_id)


def standing(tx: Transaction, conflict_id: int) -> Conflict:
    """A conflict as it is answered.

    Raises:
        NotFound: no such conflict.
    """
    found = tx.conflicts.get(conflict_id)
    return Conflict.read(found, evidence_of(tx, [found]))


@contextmanager
def changing(conflict_id: int) -> Iterator[Transaction]:
    """A transaction on a conflict that stands as ``If-Match`` says, if the request has one.

    Raises:
        NotFound: no such conflict.
        RefusedError: it was changed since.
    """
    with tracker().storage.transaction() as tx:
        if request.if_match and not request.if_match.contains(etag_of(standing(tx, conflict_id))):
            raise RefusedError(
                HTTPStatus.PRECONDITION_FAILED,
                "changed",
                "If-Match: the conflict was changed since it was read; read it again and decide "
                "on what it says now",
                "If-Match",
            )
        yield tx


def etag_of(shown: Conflict) -> str:
    """The ETag under which a conflict is answered."""
    return generate_etag(json_of(shown).encode())
