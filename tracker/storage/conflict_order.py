"""The orders in which conflicts are listed."""

from datetime import date

from pydantic import TypeAdapter
from sqlalchemy import Date, func
from sqlmodel import col

from tracker.storage.stretches import Number, Order, Share
from tracker.storage.tables import ConflictRow
from tracker.types import ConflictOrder

_DAY = func.date(ConflictRow.evidence_at, type_=Date)
_SEVERITY = col(ConflictRow.severity)
_ID = col(ConflictRow.id)
_ORDERS = {
    ConflictOrder.LATEST: Order((_DAY, _SEVERITY, _ID), TypeAdapter(tuple[date, Share, Number])),
    ConflictOrder.SEVERITY: Order((_SEVERITY, _DAY, _ID), TypeAdapter(tuple[Share, date, Number])),
    ConflictOrder.OUTLETS: Order(
        (col(ConflictRow.outlets), _DAY, _SEVERITY, _ID),
        TypeAdapter(tuple[Number, date, Share, Number]),
    ),
}


def order_of(order: ConflictOrder) -> Order:
    """What a list of conflicts in this order is ordered by."""
    return _ORDERS[order]
