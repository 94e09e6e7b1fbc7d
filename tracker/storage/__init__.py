"""The only place with SQL: what is stored, and every question asked of it."""

from tracker.storage.database import Storage, Transaction, open_storage
from tracker.storage.matches import Found
from tracker.storage.reindexing import Shelf
from tracker.storage.stretches import Stretch

__all__ = ["Found", "Shelf", "Storage", "Stretch", "Transaction", "open_storage"]
