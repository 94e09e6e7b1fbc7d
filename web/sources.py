"""The speakers: who is quoted how often, and what one of them has said over time."""

from flask import Blueprint, render_template

from tracker.types import ConflictFilter
from web.current import tracker

blueprint = Blueprint("sources", __name__, url_prefix="/sources")

MOST_CLAIMS = 200
MOST_CONFLICTS = 20


@blueprint.get("")
def index() -> str:
    """Every speaker that is quoted, most quoted first."""
    with tracker().storage.snapshot() as tx:
        known = sorted(
            tx.sources.with_claims(), key=lambda entry: (-entry[1], entry[0].name.casefold())
        )
        return render_template("sources/list.html", sources=known)


@blueprint.get("/<id:source_id>")
def detail(source_id: int) -> str:
    """One speaker: names, roles, claims over time and the conflicts they are in."""
    with tracker().storage.snapshot() as tx:
        source = tx.sources.get(source_id)
        return render_template(
            "sources/detail.html",
            source=source,
            claims=tx.claims.of_source(source_id, MOST_CLAIMS),
            conflicts=tx.conflicts.page(ConflictFilter(source_id=source_id), MOST_CONFLICTS, 0),
            most_claims=MOST_CLAIMS,
        )
