"""Saved filters: lists of conflicts that people come back to."""

from http import HTTPStatus
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from web.api import answers, lists
from web.api.bodies import NewFilter
from web.api.operations import blueprint
from web.current import tracker
from web.inbox import address
from web.listing import canonical, read_filter


@blueprint.operation("GET", "/api/filters", answer=lists.SavedFilters)
def filters() -> lists.SavedFilters:
    """Every saved filter, by name."""
    with tracker().storage.snapshot() as tx:
        found = tx.saved_filters.all()
    return lists.SavedFilters(filters=[answers.SavedFilter.of(each) for each in found])


@blueprint.operation(
    "POST",
    "/api/filters",
    body=NewFilter,
    answer=answers.SavedFilter,
    status=HTTPStatus.CREATED,
)
def save_filter(body: NewFilter) -> answers.SavedFilter:
    """Keep a list under a name."""
    args = MultiDict(parse_qsl(body.query))
    read_filter(args)
    name = body.name.strip()
    with tracker().storage.transaction() as tx:
        tx.saved_filters.save(name, address(canonical(args)))
        (kept,) = (each for each in tx.saved_filters.all() if each.name == name)
    return answers.SavedFilter.of(kept)


@blueprint.operation("DELETE", "/api/filters/<id:filter_id>", status=HTTPStatus.NO_CONTENT)
def remove_filter(filter_id: int) -> None:
    """Forget a saved filter."""
    with tracker().storage.transaction() as tx:
        tx.saved_filters.remove(filter_id)
