"""The speakers: who is quoted how often, what one has said over time, and who is who."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from tracker.claims.topics import topics
from tracker.storage import Transaction
from tracker.types import Claim, Conflict, ConflictFilter, ConflictState, Source
from web.current import tracker
from web.forms import LONGEST_NAME, acting, read_ids, read_text
from web.listing import LAST_PAGE, page_of, read_number, read_words

blueprint = Blueprint("sources", __name__, url_prefix="/sources")

PAGE_SIZE = 100
MOST_CLAIMS = 200
MOST_CONFLICTS = 20
MOST_REVERSALS = 20
MOST_OPPONENTS = 10
LATELY = 2000
"""How many of the last claims tell who is quoted most."""
MOST_FOUND = 50
"""How many speakers a search lists, and are offered to merge with."""


@dataclass(frozen=True)
class Reversal:
    """What a speaker said before and after, and the conflict that it is under review as."""

    earlier: Claim
    later: Claim
    conflict: Conflict | None


@blueprint.get("")
def index() -> str:
    """Who was quoted most lately, or whose names fit the words that are searched for."""
    words = read_words(request.args, "q")
    number = read_number(request.args, "page", default=1, highest=LAST_PAGE)
    start = (number - 1) * PAGE_SIZE
    with tracker().storage.snapshot() as tx:
        found = with_counts(tx, words) if words else tx.sources.lately(LATELY)
        page = page_of(found[start : start + PAGE_SIZE + 1], number, PAGE_SIZE)
        return render_template("sources/list.html", page=page, words=words, lately=LATELY)


@blueprint.get("/<id:source_id>")
def detail(source_id: int) -> ResponseReturnValue:
    """One speaker: names, roles, claims by topic, reversals, and whom they stand against."""
    with tracker().storage.snapshot() as tx:
        source = tx.speakers.bearer(source_id)
        if source.id != source_id:
            return redirect(url_for(".detail", source_id=source.id))
        claims = tx.claims.of_source(source_id, MOST_CLAIMS)
        return render_template(
            "sources/detail.html",
            source=source,
            roles=tx.speaking.roles(source_id),
            spokespeople=tx.speaking.spokespeople((source.name, *source.aliases)),
            topics=topics(claims),
            is_cut=len(claims) == MOST_CLAIMS,
            conflicts=tx.conflicts.page(ConflictFilter(source_id=source_id), MOST_CONFLICTS, 0),
            opponents=tx.speaking.opponents(source_id, MOST_OPPONENTS),
            reversals=reversals(tx, source_id),
            history=tx.speakers.history(source_id),
            others=others(tx, source, read_words(request.args, "other")),
        )


@blueprint.post("/<id:source_id>/merge")
def merge(source_id: int) -> ResponseReturnValue:
    """Let this speaker stand for another too."""
    (other,) = read_ids("other")[:1]
    with tracker().storage.transaction() as tx:
        tx.speakers.merge(source_id, other, acting(), tracker().clock())
    flash(gettext("The two are one speaker now, in later articles too."))
    return here(source_id)


@blueprint.post("/<id:source_id>/split")
def split(source_id: int) -> ResponseReturnValue:
    """Make a name, and the claims that are ticked, a speaker of its own."""
    name = read_text("speaker", LONGEST_NAME)
    claims = read_ids("claim") if request.form.getlist("claim") else []
    with tracker().storage.transaction() as tx:
        new = tx.speakers.split(source_id, name, claims, acting(), tracker().clock())
    flash(gettext("“%(name)s” is a speaker of its own now, in later articles too.", name=name))
    return here(new)


@blueprint.post("/<id:source_id>/edits/<id:edit_id>/undo")
def undo(source_id: int, edit_id: int) -> ResponseReturnValue:
    """Take a merge or a split back."""
    with tracker().storage.transaction() as tx:
        tx.speakers.undo(edit_id, acting(), tracker().clock())
    flash(gettext("It is undone."))
    return here(source_id)


def here(source_id: int) -> ResponseReturnValue:
    """To the page of a speaker."""
    return redirect(url_for("sources.detail", source_id=source_id), HTTPStatus.SEE_OTHER)


def reversals(tx: Transaction, source_id: int) -> list[Reversal]:
    """What a speaker took back or turned around, without what a person dismissed."""
    pairs = tx.speaking.reversals(source_id, MOST_REVERSALS)
    claims = {c.id: c for c in tx.claims.get_many(list({id for pair in pairs for id in pair}))}
    conflicts = tx.conflicts.holding(claims)
    found = [
        Reversal(claims[a], claims[b], next((c for c in conflicts if _sets(c, a, b)), None))
        for a, b in pairs
    ]
    return [
        each
        for each in found
        if each.conflict is None or each.conflict.state is not ConflictState.DISMISSED
    ]


def _sets(conflict: Conflict, a: int, b: int) -> bool:
    """Whether a conflict sets one claim against the other."""
    return any(
        a in one and b in other for one, other in (conflict.sides, tuple(reversed(conflict.sides)))
    )


def with_counts(tx: Transaction, words: str) -> list[tuple[Source, int]]:
    """The speakers whose names fit, with how much they said."""
    found = tx.sources.called(words, MOST_FOUND)
    counts = tx.sources.counts([each.id for each in found])
    return [(each, counts[each.id]) for each in found]


def others(tx: Transaction, source: Source, words: str) -> list[Source]:
    """The speakers to merge with: those whose names fit, or else are similar."""
    found = tx.sources.called(words, MOST_FOUND) if words else tx.sources.similar(source)
    return [e for e in found if e.id != source.id and e.merged_into is None][:MOST_FOUND]
