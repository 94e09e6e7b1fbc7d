"""One conflict: both sides, why it is one, and what people make of it."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tracker.conflicts import choices
from tracker.types import Conflict, Event, Role
from web.current import tracker
from web.evidence import across, evidence_of
from web.forms import LONGEST_NAME, LONGEST_NOTE, acting, read_decision, read_ids, read_text
from web.identity import may
from web.inbox import next_to_review, tell
from web.sides import folded, gathered, quotations
from web.timeline import timeline

_COMING = frozenset({Event.JOINED, Event.REOPENED, Event.REPRINTED})
MOST_ENTRIES = 10
"""How many entries of the history are shown at once."""
MOST_OTHERS = 20
"""How many conflicts are offered to merge with."""

blueprint = Blueprint("conflicts", __name__, url_prefix="/conflicts/<id:conflict_id>")


@blueprint.get("")
def detail(conflict_id: int) -> ResponseReturnValue:
    """Both sides of one conflict, why it is one, and what has been decided."""
    with tracker().storage.snapshot() as tx:
        conflict = tx.conflicts.get(conflict_id)
        if conflict.merged_into is not None:
            return redirect(url_for(".detail", conflict_id=conflict.merged_into))
        evidence = evidence_of(tx, [conflict])
        claims = evidence.claims
        related = tx.matches.of_claims(list(claims))
        pairs = across(conflict, related)
        fresh = unseen(conflict) & claims.keys()
        told = fresh.union(*tx.conflicts.leading([conflict]).values())
        page = render_template(
            "conflicts/detail.html",
            conflict=conflict,
            sides=[
                folded(gathered(quotations(tx, side, evidence, pairs), related, told), told)
                for side in conflict.sides
            ],
            again={print.id: print for each in evidence.sightings.values() for print in each},
            pairs=pairs,
            choices=choices(conflict.state),
            fresh=fresh,
            most_entries=MOST_ENTRIES,
            earliest=min(claims.values(), key=lambda each: (each.published_at, each.id)).id,
            shown_claims=claims,
            drawn=timeline([[claims[id] for id in side] for side in conflict.sides], evidence),
            alerts=tx.alerts.of_conflict(conflict_id),
            subscriptions={each.id: each for each in tx.subscriptions.all()},
            following=next_to_review(tx, conflict_id),
            assignees=tx.conflicts.assignees(),
            others=tx.conflicts.beside(conflict, MOST_OTHERS),
            name=session.get("name", ""),
        )
    if may(Role.REVIEWER):  # what only a reader saw is still news to those who decide
        with tracker().storage.transaction() as tx:
            tx.reviews.look(conflict_id, tracker().clock())
    return page


@blueprint.post("/decision")
def decide(conflict_id: int) -> ResponseReturnValue:
    """Confirm, dismiss, snooze or reopen a conflict, with a note that the history keeps."""
    now = tracker().clock()
    decision = read_decision(now)
    with tracker().storage.transaction() as tx:
        batch = tx.reviews.decide([conflict_id], decision, now)
    tell(decision, 1, batch)
    return here(conflict_id)


@blueprint.post("/note")
def note(conflict_id: int) -> ResponseReturnValue:
    """Keep a note without deciding anything."""
    with tracker().storage.transaction() as tx:
        text = read_text("note", LONGEST_NOTE)
        tx.reviews.note(conflict_id, text, acting(), tracker().clock())
    return here(conflict_id)


@blueprint.post("/assignee")
def assign(conflict_id: int) -> ResponseReturnValue:
    """Say who sees to it."""
    assignee = read_text("assignee", LONGEST_NAME)
    with tracker().storage.transaction() as tx:
        tx.reviews.assign(conflict_id, assignee, acting(), tracker().clock())
    return here(conflict_id)


@blueprint.post("/second-opinion")
def ask_second(conflict_id: int) -> ResponseReturnValue:
    """Ask another person to look before it is decided."""
    with tracker().storage.transaction() as tx:
        question = read_text("note", LONGEST_NOTE)
        tx.reviews.ask_second(conflict_id, acting(), question, tracker().clock())
    flash(gettext("The list shows that a second opinion is wanted."))
    return here(conflict_id)


@blueprint.post("/move")
def move(conflict_id: int) -> ResponseReturnValue:
    """Put a claim on the other side."""
    (claim_id,) = read_ids("claim")[:1]
    with tracker().storage.transaction() as tx:
        tx.sides.move(conflict_id, claim_id, acting(), tracker().clock())
    return here(conflict_id)


@blueprint.post("/split")
def split(conflict_id: int) -> ResponseReturnValue:
    """Take the claims that are ticked into a conflict of their own."""
    claims = read_ids("claim")
    with tracker().storage.transaction() as tx:
        new = tx.sides.split(conflict_id, claims, acting(), tracker().clock())
    flash(gettext("These claims are a conflict of their own now."))
    return here(new)


@blueprint.post("/merge")
def merge(conflict_id: int) -> ResponseReturnValue:
    """Let this conflict stand for another one too."""
    (other,) = read_ids("other")[:1]
    crossed = bool(request.form.get("crossed"))
    with tracker().storage.transaction() as tx:
        tx.sides.merge(conflict_id, other, acting(), tracker().clock(), crossed=crossed)
    flash(gettext("This conflict stands for both now."))
    return here(conflict_id)


def here(conflict_id: int) -> ResponseReturnValue:
    """To the page of a conflict."""
    return redirect(url_for("conflicts.detail", conflict_id=conflict_id), HTTPStatus.SEE_OTHER)


def unseen(conflict: Conflict) -> frozenset[int]:
    """The claims that came since somebody last looked; none before the first look."""
    if conflict.looked_at is None:
        return frozenset()
    return frozenset(
        claim
        for entry in conflict.history
        if entry.at > conflict.looked_at and entry.event in _COMING
        for claim in entry.claims
    )
