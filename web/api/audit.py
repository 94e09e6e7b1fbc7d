"""The audit log."""

from typing import Self

from tracker import types
from web.api.answers import Answer, Moment
from web.api.lists import Next, onward
from web.api.operations import blueprint
from web.api.queries import Going
from web.current import tracker


class AuditEntry(Answer):
    """Something that was done."""

    id: int
    at: Moment
    deed: types.Deed
    by: str
    """The name of an account; of a failed sign-in the name that was tried."""
    about: str
    """What it was done to."""
    address: str
    """The network address it came from; none from the command line."""

    @classmethod
    def of(cls, value: types.AuditEntry) -> Self:
        """An entry."""
        told = {name: getattr(value, name) for name in cls.model_fields}
        return cls(**told)


class AuditLog(Answer):
    """A stretch of the audit log."""

    entries: list[AuditEntry]
    next: Next


@blueprint.operation("GET", "/api/audit", query=Going, answer=AuditLog)
def audit(query: Going) -> AuditLog:
    """What was done with accounts, tokens and subscriptions, the last first."""
    with tracker().storage.snapshot() as tx:
        found = tx.audit.stretch(query.per_page, query.cursor)
    shown = [AuditEntry.of(each) for each in found.items]
    return AuditLog(entries=shown, next=onward(found.cursor))
