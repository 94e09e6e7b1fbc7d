"""The only place with SQL: what is stored, and every question asked of it."""

from tracker.storage.database import Storage, Transaction, open_storage

__all__ = ["Storage", "Transaction", "open_storage"]
