"""Saved filters: lists of conflicts that people come back to."""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from tracker.storage.statements import absent, changed, find, insert_missing, stored_id
from tracker.storage.tables import SavedFilterRow
from tracker.types import SavedFilter, Stored


class SavedFilters:
    """Everything asked of saved filters."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[SavedFilter]:
        """All of them, by name."""
        query = select(SavedFilterRow).order_by(col(SavedFilterRow.name))
        return [_saved(row) for row in self._session.exec(query)]

    def get(self, id: int) -> SavedFilter:
        """One of them.

        Raises:
            NotFound: there is none.
        """
        return _saved(find(self._session, SavedFilterRow, id))

    def named(self, name: str) -> SavedFilter | None:
        """The one of this name, if there is one."""
        row = self._session.exec(select(SavedFilterRow).where(SavedFilterRow.name == name)).first()
        return None if row is None else _saved(row)

    def save(self, name: str, query: str, owner: str = "") -> None:
        """Keep a query string under a name; the same name again means the new one."""
        new = {"name": name, "query": query, "owner": owner}
        if not insert_missing(self._session, SavedFilterRow, new):
            row = self._session.exec(
                select(SavedFilterRow).where(SavedFilterRow.name == name)
            ).one()
            row.query = query
            self._session.flush()

    def remove(self, id: int) -> None:
        """Forget one.

        Raises:
            NotFound: there is none.
        """
        if not changed(self._session, delete(SavedFilterRow).where(col(SavedFilterRow.id) == id)):
            raise absent(Stored.SAVED_FILTER, id)


def _saved(row: SavedFilterRow) -> SavedFilter:
    return SavedFilter(id=stored_id(row.id), name=row.name, query=row.query, owner=row.owner)
