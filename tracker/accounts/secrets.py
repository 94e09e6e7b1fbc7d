"""Keys and tokens: random, shown once, and kept as digests only."""

import hashlib
import secrets

MARK = "claimtracker_"
"""What tokens begin with, so that scanners find one that was published by mistake."""


def new_key() -> str:
    """A key that nobody can guess."""
    return secrets.token_urlsafe(32)


def new_token() -> str:
    """A token of the API."""
    return MARK + new_key()


def digest(secret: str) -> str:
    """What is kept of a key or token; being random, it needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
