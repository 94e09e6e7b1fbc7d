"""Accounts made fast, and a moment."""

from datetime import UTC, datetime

from argon2 import PasswordHasher

from tracker.accounts import Actor, name_key
from tracker.storage import Storage
from tracker.types import Account, Role

NOW = datetime(2026, 3, 6, 9, tzinfo=UTC)
PASSWORD = "correct horse battery"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
BOSS = Actor("Boss", "10.0.0.9")


def made(storage: Storage, name: str = "Ana", role: Role = Role.ADMIN) -> Account:
    """An account with the password above, hashed at no cost."""
    with storage.transaction() as tx:
        return tx.accounts.add(name, name_key(name), role, NOW, password=CHEAP)
