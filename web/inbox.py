"""The inbox: the conflicts that are worked through, many at once where that serves."""

from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from tracker.languages import languages
from tracker.storage import Transaction
from tracker.types import UNDECIDED, ConflictFilter, Decision, Role, SavedFilter
from web.current import tracker
from web.forms import LONGEST_NAME, acting, read_decision, read_ids, read_text
from web.identity import account, may
from web.listing import LAST_PAGE, canonical, page_of, read_filter, read_number, undecided
from web.problems import RefusedError, refused
from web.words import word

blueprint = Blueprint("inbox", __name__)

PAGE_SIZE = 25
LONGEST_QUERY = 2000


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """The conflicts that the filter asks for."""
    wanted = read_filter(request.args)
    number = read_number(request.args, "page", default=1, highest=LAST_PAGE)
    query = canonical(request.args)
    with tracker().storage.snapshot() as tx:
        found = tx.conflicts.page(wanted, PAGE_SIZE + 1, (number - 1) * PAGE_SIZE)
        page = page_of(found, number, PAGE_SIZE)
        leading = tx.conflicts.leading(page.items)
        counts = tx.conflicts.counts()
        saved = tx.saved_filters.all()
        view = render_template(
            "inbox/list.html",
            page=page,
            claims=tx.claims.by_id(id for pair in leading.values() for id in pair),
            leading=leading,
            wanted=wanted,
            counts=counts,
            waiting=undecided(counts),
            articles=0 if any(counts.values()) else sum(tx.articles.counts().values()),
            speaker=tx.sources.get(wanted.source_id) if wanted.source_id else None,
            assignees=tx.conflicts.assignees(),
            languages=languages(),
            query=query,
            saved=saved,
            is_saved=address(query) in {each.query for each in saved},
        )
    response = make_response(view)
    response.headers["HX-Push-Url"] = url_for("inbox.index", **query)
    return response


@blueprint.post("/decisions")
def decide() -> ResponseReturnValue:
    """Decide of all the conflicts that are ticked; it can be undone in one."""
    ids = read_ids("conflict")
    now = tracker().clock()
    decision = read_decision(now)
    with tracker().storage.transaction() as tx:
        batch = tx.reviews.decide(ids, decision, now)
    tell(decision, len(set(ids)), batch)
    return back()


@blueprint.post("/decisions/<batch>/undo")
def undo(batch: str) -> ResponseReturnValue:
    """Put the conflicts of a decision back where they stood."""
    with tracker().storage.transaction() as tx:
        undone = tx.reviews.undo(batch, acting(), tracker().clock())
    if undone:
        flash(
            ngettext(
                "One conflict stands where it stood before.",
                "%(num)d conflicts stand where they stood before.",
                len(undone),
            )
        )
    else:
        flash(gettext("Something else was decided since; nothing was undone."))
    return back()


@blueprint.post("/filters")
def save_filter() -> ResponseReturnValue:
    """Keep the list that is shown under a name."""
    name = read_text("name_of_filter", LONGEST_NAME)
    if not name:
        raise refused("name_of_filter", "a name was expected")
    keep(name, read_text("query", LONGEST_QUERY))
    flash(gettext("“%(name)s” is kept.", name=name))
    return back()


@blueprint.post("/filters/<id:filter_id>/remove")
def remove_filter(filter_id: int) -> ResponseReturnValue:
    """Forget a list that was kept."""
    with tracker().storage.transaction() as tx:
        removed: SavedFilter = tx.saved_filters.get(filter_id)
        check_own(removed)
        tx.saved_filters.remove(filter_id)
    flash(gettext("“%(name)s” is forgotten.", name=removed.name))
    return back()


def owner() -> str:
    """Whose list it is that is kept now; nobody's where there are no accounts."""
    known = account()
    return known.name if known else ""


def check_own(kept: SavedFilter | None) -> None:
    """Let nobody but administrators change what somebody else keeps.

    Raises:
        RefusedError: it is somebody else's.
    """
    if kept is not None and kept.owner != owner() and not may(Role.ADMIN):
        message = gettext("“%(name)s” is kept by somebody else.", name=kept.name)
        raise RefusedError(HTTPStatus.FORBIDDEN, "forbidden", message)


def tell(decision: Decision, count: int, batch: str) -> None:
    """Say on the next page what was decided, with the way back."""
    flash(
        ngettext(
            "The conflict is %(state)s.",
            "%(num)d conflicts are %(state)s.",
            count,
            state=word(decision.state),
        ),
        f"undo {batch}",
    )


def back() -> ResponseReturnValue:
    """To the page that the form was on."""
    query = read_text("back", LONGEST_QUERY)
    return redirect(f"{url_for('inbox.index')}{query and '?'}{query}", HTTPStatus.SEE_OTHER)


def keep(name: str, query: str) -> SavedFilter:
    """Keep the list of a query string under a name, for whoever asks.

    Raises:
        RefusedError: the query string asks for no list, or the name is that of somebody else's.
    """
    args = MultiDict(parse_qsl(query))
    read_filter(args)
    with tracker().storage.transaction() as tx:
        check_own(tx.saved_filters.named(name))
        tx.saved_filters.save(name, address(canonical(args)), owner())
        (kept,) = (each for each in tx.saved_filters.all() if each.name == name)
    return kept


def address(query: dict[str, list[str]]) -> str:
    """A filter as the query string of its page, in one order and without the page's number."""
    fields = sorted((name, value) for name, values in query.items() for value in values)
    return urlencode([field for field in fields if field[0] != "page"])


def next_to_review(tx: Transaction, conflict_id: int) -> int | None:
    """The conflict to review after this one."""
    waiting = tx.conflicts.ids(ConflictFilter(states=UNDECIDED), 2)
    return next((id for id in waiting if id != conflict_id), None)
