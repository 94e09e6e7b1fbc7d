"""Saved filters: lists of conflicts that people come back to."""

from http import HTTPStatus
from typing import Self

from tracker import types
from web.api.answers import Answer
from web.api.bodies import NewFilter
from web.api.operations import blueprint
from web.current import tracker
from web.inbox import check_own, keep


class SavedFilter(Answer):
    """A list of conflicts that people come back to."""

    id: int
    name: str
    query: str
    """The query string of ``/api/conflicts`` and of ``/feed.atom`` that answers this list."""

    @classmethod
    def of(cls, value: types.SavedFilter) -> Self:
        """A saved filter."""
        return cls(id=value.id, name=value.name, query=value.query)


class SavedFilters(Answer):
    """Every saved filter, by name."""

    filters: list[SavedFilter]


@blueprint.operation("GET", "/api/filters", answer=SavedFilters)
def filters() -> SavedFilters:
    """Every saved filter, by name."""
    with tracker().storage.snapshot() as tx:
        found = tx.saved_filters.all()
    return SavedFilters(filters=[SavedFilter.of(each) for each in found])


@blueprint.operation(
    "POST",
    "/api/filters",
    body=NewFilter,
    answer=SavedFilter,
    status=HTTPStatus.CREATED,
)
def save_filter(body: NewFilter) -> SavedFilter:
    """Keep a list under a name."""
    return SavedFilter.of(keep(body.name.strip(), body.query))


@blueprint.operation("DELETE", "/api/filters/<id:filter_id>", status=HTTPStatus.NO_CONTENT)
def remove_filter(filter_id: int) -> None:
    """Forget a saved filter."""
    with tracker().storage.transaction() as tx:
        check_own(tx.saved_filters.get(filter_id))
        tx.saved_filters.remove(filter_id)
