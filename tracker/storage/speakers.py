"""Who is who, as people decide it: sources merged, names and claims split off, and undone."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from tracker.errors import InvalidDecision
from tracker.languages import fold
from tracker.sources import exact_key
from tracker.sources.edits import SourceEdit, SourceEvent
from tracker.sources.names import parts
from tracker.storage.sightings import Sightings
from tracker.storage.source_index import kept_near
from tracker.storage.sources import add_names, bearer, source_of
from tracker.storage.statements import Lock, changed, find, hold, stored_id
from tracker.storage.tables import ClaimRow, SourceEditRow, SourceRow
from tracker.types import Source


class Speakers:
    """Everything that people decide of sources."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def merge(self, id: int, other_id: int, by: str, at: datetime) -> None:
        """Let a source stand for another too: for what it said, and for what comes in its name.

        Raises:
            NotFound: no such source.
            InvalidDecision: they are one already.
        """
        row, other = self._held(id), self._held(other_id)
        if id == other_id:
            raise InvalidDecision("a speaker cannot be merged with itself; choose another", "other")
        claims = self._move(other_id, id, at)
        self._remember(SourceEvent.MERGED, row, other_id, claims, by, at)
        other.merged_into = id
        add_names(self._session, row, _names(other))

    def split(self, id: int, name: str, claim_ids: Collection[int], by: str, at: datetime) -> int:
        """Make a source of its own under ``name``, with the claims made in that name and those.

        The name is not the old source's any more, whatever later articles say. Answers the new id.

        Raises:
            NotFound: no such source.
            InvalidDecision: the name is the source's own, another's or empty, or a claim is not
                the source's.
        """
        row = self._held(id)
        self._check_name(row, name)
        new = SourceRow(name=name, kind=row.kind, aliases=(), apart=(row.name,))
        self._session.add(new)
        self._session.flush()
        new_id = stored_id(new.id)
        claims = self._said_under(id, [name], claim_ids)
        self._give(claims, id, new_id, at)
        self._remember(SourceEvent.SPLIT, row, new_id, claims, by, at)
        for each in self._group(row):
            each.apart = (*each.apart, name)
            add_names(self._session, each, ())
        add_names(self._session, new, ())
        return new_id

    def undo(self, edit_id: int, by: str, at: datetime) -> None:
        """Take a merge or a split back; what has come since goes where its name belongs.

        Raises:
            NotFound: no such edit.
            InvalidDecision: it is undone already, or a later one has to be undone first.
        """
        edit = find(self._session, SourceEditRow, edit_id, lock=True)
        if edit.undone_at is not None:
            raise InvalidDecision("this is undone already; reload the page")
        row = self._held(edit.source_id)
        if edit.event is SourceEvent.MERGED:
            self._part(row, find(self._session, SourceRow, edit.other_id), edit, at)
        else:
            self._rejoin(row, self._held(edit.other_id), at)
        edit.undone_at, edit.undone_by = at, by
        self._session.flush()

    def history(self, id: int) -> list[SourceEdit]:
        """What was decided of a source, newest first."""
        query = (
            select(SourceEditRow, SourceRow.name)
            .join(SourceRow, col(SourceRow.id) == col(SourceEditRow.other_id))
            .where(or_(col(SourceEditRow.source_id) == id, col(SourceEditRow.other_id) == id))
            .order_by(col(SourceEditRow.id).desc())
        )
        return [_edit(row, other) for row, other in self._session.exec(query)]

    def bearer(self, id: int) -> Source:
        """The source that stands for one since they were merged; itself where they were not.

        Raises:
            NotFound: no such source.
        """
        return source_of(bearer(self._session, find(self._session, SourceRow, id)))

    def _held(self, id: int) -> SourceRow:
        """A source that stands for itself; nobody else changes sources until the end."""
        for lock in Lock.SPEAKERS, Lock.SOURCES, Lock.SIGHTINGS, Lock.MATCHES, Lock.CONFLICTS:
            hold(self._session, lock)
        row = find(self._session, SourceRow, id, lock=True)
        if row.merged_into is not None:
            raise InvalidDecision(
                "“{name}” is merged into another speaker; undo that first, on the page of "
                "speaker {id}",
                name=row.name,
                id=row.merged_into,
            )
        return row

    def _check_name(self, row: SourceRow, name: str) -> None:
        if not parts(name) or parts(name) == parts(row.name):
            raise InvalidDecision("the new speaker needs a name that differs from this one", "name")
        if any(found.id != row.id for found in self._called(name)):
            raise InvalidDecision(
                "there is a speaker “{name}” already; correct the speaker on the claims' own "
                "pages, or choose another name",
                "name",
                name=name,
            )

    def _called(self, name: str) -> list[SourceRow]:
        """The sources of this very name, oldest first."""
        rows = kept_near(self._session, [exact_key(name)])
        return [row for row in rows if parts(row.name) == parts(name)]

    def _group(self, row: SourceRow) -> list[SourceRow]:
        """A source and all that are merged into it."""
        query = select(SourceRow).where(SourceRow.merged_into == row.id)
        parts = self._session.exec(query.order_by(col(SourceRow.id))).all()
        return [row, *(each for part in parts for each in self._group(part))]

    def _move(self, id: int, to: int, at: datetime) -> tuple[int, ...]:
        claims = self._said_under(id, None, ())
        self._give(claims, id, to, at)
        return claims

    def _said_under(
        self, id: int, names: Iterable[str] | None, also: Collection[int]
    ) -> tuple[int, ...]:
        """A source's claims that its article puts under one of these names, and ``also``."""
        query = select(ClaimRow.id, ClaimRow.speaker).where(col(ClaimRow.source_id) == id)
        rows = [(stored_id(claim), fold(name)) for claim, name in self._session.exec(query)]
        if not set(also) <= {claim for claim, _ in rows}:
            raise InvalidDecision("one of the claims is not this speaker's; reload", "claims")
        wanted = None if names is None else {fold(name) for name in names}
        return tuple(c for c, name in rows if wanted is None or name in wanted or c in also)

    def _give(self, claims: Collection[int], id: int, to: int, at: datetime) -> None:
        here = update(ClaimRow).where(col(ClaimRow.id).in_(claims))
        changed(self._session, here.values(source_id=to))
        sightings = Sightings(self._session)
        sightings.part(id, to)
        sightings.settle_source(to, at)

    def _part(self, row: SourceRow, other: SourceRow, edit: SourceEditRow, at: datetime) -> None:
        """Undo a merge: claims go back that came with it, or since under names of the other."""
        before = {fold(name) for name in edit.names}
        own = [name for name in _names(other) if fold(name) not in before]
        here = select(ClaimRow.id).where(
            col(ClaimRow.id).in_(edit.claims), col(ClaimRow.source_id) == edit.source_id
        )
        came = [stored_id(claim) for claim in self._session.exec(here)]
        claims = self._said_under(edit.source_id, own, came)
        self._give(claims, edit.source_id, edit.other_id, at)
        lost = {fold(name) for name in own}
        row.aliases = tuple(name for name in row.aliases if fold(name) not in lost)
        other.merged_into = None
        add_names(self._session, row, ())

    def _rejoin(self, row: SourceRow, other: SourceRow, at: datetime) -> None:
        """Undo a split: the two are one again, under the old name."""
        for one, name in [(other, row.name), *((each, other.name) for each in self._group(row))]:
            one.apart = tuple(known for known in one.apart if fold(known) != fold(name))
        other.merged_into = row.id
        self._move(stored_id(other.id), stored_id(row.id), at)
        add_names(self._session, row, _names(other))

    def _remember(
        self,
        event: SourceEvent,
        row: SourceRow,
        other_id: int,
        claims: tuple[int, ...],
        by: str,
        at: datetime,
    ) -> None:
        edit = SourceEditRow(
            source_id=stored_id(row.id),
            other_id=other_id,
            at=at,
            event=event,
            by=by,
            names=_names(row),
            claims=claims,
        )
        self._session.add(edit)


def _names(row: SourceRow) -> tuple[str, ...]:
    return (row.name, *row.aliases)


def _edit(row: SourceEditRow, other: str) -> SourceEdit:
    return SourceEdit(
        id=stored_id(row.id),
        event=row.event,
        source_id=row.source_id,
        other_id=row.other_id,
        other=other,
        claims=row.claims,
        at=row.at,
        by=row.by,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
    )
