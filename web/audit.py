"""The audit log, for administrators."""

from flask import Blueprint, render_template, request

from web.current import tracker
from web.listing import LAST_PAGE, page_of, read_number

blueprint = Blueprint("audit", __name__, url_prefix="/audit")

PAGE_SIZE = 100


@blueprint.get("")
def index() -> str:
    """What was done, newest first."""
    number = read_number(request.args, "page", default=1, highest=LAST_PAGE)
    with tracker().storage.snapshot() as tx:
        found = tx.audit.recent(PAGE_SIZE + 1, (number - 1) * PAGE_SIZE)
    return render_template("audit.html", page=page_of(found, number, PAGE_SIZE))
