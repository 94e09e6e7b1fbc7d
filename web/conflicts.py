"""The conflicts: the list that is worked through, and the page on which one is settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker.articles import paragraphs
from tracker.languages import languages
from tracker.storage import Transaction
from tracker.types import (
    CONFLICTING,
    Article,
    Claim,
    Conflict,
    ConflictFilter,
    ConflictState,
    RelatedPair,
)
from web.current import tracker
from web.forms import read_text
from web.listing import LAST_PAGE, TO_REVIEW, canonical, page_of, read_filter, read_number
from web.marking import Passage, carrying_words, passage
from web.problems import refused

blueprint = Blueprint("conflicts", __name__)

PAGE_SIZE = 25
MOST_SPEAKERS = 300
"""How many speakers the filter offers; the page of any other links to the conflicts it is in."""
DECISIONS = (ConflictState.CONFIRMED, ConflictState.DISMISSED, ConflictState.REOPENED)
LONGEST_NOTE = 2000
LONGEST_NAME = 80


@dataclass(frozen=True)
class Quotation:
    """A claim of a conflict with the article it stands in and its place there."""

    claim: Claim
    article: Article
    passage: Passage


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """The conflicts that the filter asks for, newest and most severe first."""
    wanted = read_filter(request.args)
    number = read_number(request.args, "page", default=1, highest=LAST_PAGE)
    with tracker().storage.snapshot() as tx:
        found = tx.conflicts.page(wanted, PAGE_SIZE + 1, (number - 1) * PAGE_SIZE)
        page = page_of(found, number, PAGE_SIZE)
        claims = claims_of(tx, page.items)
        pairs = tx.matches.of_claims(list(claims))
        view = render_template(
            "conflicts/list.html",
            page=page,
            claims=claims,
            leading={each.id: leading(each, pairs) for each in page.items},
            wanted=wanted,
            counts=tx.conflicts.counts(),
            articles=sum(tx.articles.counts().values()),
            speakers=offered_speakers(tx, wanted),
            languages=languages(),
            query=canonical(request.args),
        )
    response = make_response(view)
    response.headers["HX-Push-Url"] = url_for("conflicts.index", **canonical(request.args))
    return response


@blueprint.get("/conflicts/<id:conflict_id>")
def detail(conflict_id: int) -> str:
    """Both sides of one conflict, why it is one, and what has been decided."""
    with tracker().storage.snapshot() as tx:
        conflict = tx.conflicts.get(conflict_id)
        claims = claims_of(tx, [conflict])
        pairs = across(conflict, tx.matches.of_claims(list(claims)))
        return render_template(
            "conflicts/detail.html",
            conflict=conflict,
            sides=[quotations(tx, [claims[id] for id in side], pairs) for side in conflict.sides],
            pairs=pairs,
            alerts=tx.alerts.of_conflict(conflict_id),
            subscriptions={each.id: each for each in tx.subscriptions.all()},
            following=following(tx, conflict_id),
            name=session.get("name", ""),
        )


@blueprint.post("/conflicts/<id:conflict_id>/decision")
def decide(conflict_id: int) -> ResponseReturnValue:
    """Confirm, dismiss or reopen a conflict, with a note that the history keeps."""
    state, note, name = read_decision()
    with tracker().storage.transaction() as tx:
        tx.conflicts.decide(conflict_id, state, note, by=name or "editor", at=tracker().clock())
    session["name"] = name
    session.permanent = True
    flash(f"The conflict is {state}. The history below keeps your note.")
    return redirect(url_for("conflicts.detail", conflict_id=conflict_id), HTTPStatus.SEE_OTHER)


def read_decision() -> tuple[ConflictState, str, str]:
    """The state, note and name of the decision form.

    Raises:
        RefusedError: the form was not filled in on the page.
    """
    state = request.form.get("state")
    if state not in DECISIONS:
        raise refused("state", f"one of {', '.join(DECISIONS)} was expected")
    return ConflictState(state), read_text("note", LONGEST_NOTE), read_text("name", LONGEST_NAME)


def claims_of(tx: Transaction, conflicts: Sequence[Conflict]) -> dict[int, Claim]:
    """The claims on either side of ``conflicts``, by id."""
    ids = dict.fromkeys(id for each in conflicts for side in each.sides for id in side)
    return {claim.id: claim for claim in tx.claims.get_many(list(ids))}


def across(conflict: Conflict, pairs: Sequence[RelatedPair]) -> list[RelatedPair]:
    """The pairs that set one side against the other, surest first."""
    first, second = map(frozenset, conflict.sides)
    crossing = [
        pair
        for pair in pairs
        if pair.relation.label in CONFLICTING
        and len({pair.premise.id, pair.hypothesis.id} & first) == 1
        and len({pair.premise.id, pair.hypothesis.id} & second) == 1
    ]
    return sorted(crossing, key=lambda pair: -pair.relation.probability)


def leading(conflict: Conflict, pairs: Sequence[RelatedPair]) -> tuple[int, int]:
    """The claim of either side that the conflict's reason speaks of, or else the earliest."""
    first, second = conflict.sides
    for pair in across(conflict, pairs):
        if pair.relation.reason == conflict.reason:
            one, other = pair.premise.id, pair.hypothesis.id
            return (one, other) if one in first else (other, one)
    return first[0], second[0]


def quotations(
    tx: Transaction, claims: Sequence[Claim], pairs: Sequence[RelatedPair]
) -> list[Quotation]:
    """The claims in their contexts, with the words marked that ``pairs`` rest on."""
    shown = []
    for claim in claims:
        article = tx.articles.get(claim.article_id)
        words = carrying_words(claim, pairs)
        shown.append(
            Quotation(claim, article, passage(article.text, paragraphs(article.text), claim, words))
        )
    return shown


def following(tx: Transaction, conflict_id: int) -> Conflict | None:
    """The conflict to review after this one."""
    waiting = tx.conflicts.page(ConflictFilter(states=TO_REVIEW), 2, 0)
    return next((each for each in waiting if each.id != conflict_id), None)


def offered_speakers(tx: Transaction, wanted: ConflictFilter) -> list[tuple[int, str]]:
    """The speakers the filter offers, by name: the most quoted, and the one that is chosen."""
    known = sorted(tx.sources.with_claims(), key=lambda entry: -entry[1])
    offered = {source.id: source.name for source, _ in known[:MOST_SPEAKERS]}
    if wanted.source_id is not None and wanted.source_id not in offered:
        offered[wanted.source_id] = tx.sources.get(wanted.source_id).name
    return sorted(offered.items(), key=lambda entry: entry[1].casefold())
