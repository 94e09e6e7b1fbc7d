"""What people do with conflicts: look, decide, undo, note, assign, ask, move, split, merge."""

from http import HTTPStatus
from typing import Any

from flask import Response, url_for

from web.api import lists
from web.api.bodies import (
    AskingSecond,
    Assigning,
    By,
    Deciding,
    DecidingMany,
    Merging,
    Moving,
    Nothing,
    Noting,
    Splitting,
)
from web.api.conflict_answers import Conflict
from web.api.conflicts import changing, standing
from web.api.operations import blueprint, json_of
from web.current import tracker
from web.problems import RefusedError

CHANGES: dict[str, Any] = {
    "headers": ("If-Match",),
    "errors": (HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED),
}
"""What is common to whatever changes one conflict."""
ONE = "/api/conflicts/<id:conflict_id>"


@blueprint.operation("POST", f"{ONE}/decision", body=Deciding, answer=lists.Decided, **CHANGES)
def decide(conflict_id: int, body: Deciding) -> lists.Decided:
    """Confirm, dismiss, snooze or reopen a conflict."""
    now = tracker().clock()
    with changing(conflict_id) as tx:
        batch = tx.reviews.decide([conflict_id], body.decision(now), now)
        return lists.Decided(decision=batch, conflict=standing(tx, conflict_id))


@blueprint.operation(
    "POST",
    "/api/decisions",
    body=DecidingMany,
    answer=lists.DecidedMany,
    errors=(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
)
def decide_many(body: DecidingMany) -> lists.DecidedMany:
    """Decide alike of many conflicts, all or none; it can be undone in one."""
    now = tracker().clock()
    with tracker().storage.transaction() as tx:
        batch = tx.reviews.decide(body.conflicts, body.decision(now), now)
    return lists.DecidedMany(decision=batch, conflicts=sorted(set(body.conflicts)))


@blueprint.operation(
    "POST",
    "/api/decisions/<decision>/undo",
    body=By,
    answer=lists.Undone,
    errors=(HTTPStatus.CONFLICT,),
)
def undo(decision: str, body: By) -> lists.Undone:
    """Put the conflicts of a decision back where they stood."""
    with tracker().storage.transaction() as tx:
        undone = tx.reviews.undo(decision, body.who, tracker().clock())
    if not undone:
        raise RefusedError(
            HTTPStatus.CONFLICT,
            "nothing_undone",
            "there is no such decision, or something else was decided of its conflicts since; "
            "nothing was changed",
        )
    return lists.Undone(conflicts=undone)


@blueprint.operation("POST", f"{ONE}/look", body=Nothing, answer=Conflict, **CHANGES)
def look(conflict_id: int, body: Nothing) -> Conflict:
    """Say that a person has seen what is known until now; what comes later counts as new."""
    with changing(conflict_id) as tx:
        tx.reviews.look(conflict_id, tracker().clock())
        return standing(tx, conflict_id)


@blueprint.operation("POST", f"{ONE}/note", body=Noting, answer=Conflict, **CHANGES)
def note(conflict_id: int, body: Noting) -> Conflict:
    """Keep a note without deciding anything."""
    with changing(conflict_id) as tx:
        tx.reviews.note(conflict_id, body.note.strip(), body.who, tracker().clock())
        return standing(tx, conflict_id)


@blueprint.operation("POST", f"{ONE}/assignee", body=Assigning, answer=Conflict, **CHANGES)
def assign(conflict_id: int, body: Assigning) -> Conflict:
    """Say who sees to it."""
    with changing(conflict_id) as tx:
        tx.reviews.assign(conflict_id, body.assignee.strip(), body.who, tracker().clock())
        return standing(tx, conflict_id)


@blueprint.operation("POST", f"{ONE}/second-opinion", body=AskingSecond, answer=Conflict, **CHANGES)
def ask_second(conflict_id: int, body: AskingSecond) -> Conflict:
    """Ask another person to look before it is decided."""
    with changing(conflict_id) as tx:
        tx.reviews.ask_second(conflict_id, body.who, body.note.strip(), tracker().clock())
        return standing(tx, conflict_id)


@blueprint.operation("POST", f"{ONE}/move", body=Moving, answer=Conflict, **CHANGES)
def move(conflict_id: int, body: Moving) -> Conflict:
    """Put a claim on the other side."""
    with changing(conflict_id) as tx:
        tx.sides.move(conflict_id, body.claim, body.who, tracker().clock())
        return standing(tx, conflict_id)


@blueprint.operation(
    "POST",
    f"{ONE}/split",
    body=Splitting,
    answer=Conflict,
    status=HTTPStatus.CREATED,
    **CHANGES,
)
def split(conflict_id: int, body: Splitting) -> Response:
    """Take claims of both sides into a conflict of their own, which is answered."""
    with changing(conflict_id) as tx:
        new = tx.sides.split(conflict_id, body.claims, body.who, tracker().clock())
        shown = json_of(standing(tx, new))
    response = Response(shown, HTTPStatus.CREATED, mimetype="application/json")
    response.headers["Location"] = url_for("api.conflict", conflict_id=new)
    return response


@blueprint.operation("POST", f"{ONE}/merge", body=Merging, answer=Conflict, **CHANGES)
def merge(conflict_id: int, body: Merging) -> Conflict:
    """Let this conflict stand for another one too."""
    with changing(conflict_id) as tx:
        tx.sides.merge(conflict_id, body.other, body.who, tracker().clock(), crossed=body.crossed)
        return standing(tx, conflict_id)
