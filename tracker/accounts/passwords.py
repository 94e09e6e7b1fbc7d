"""Passwords: how long they are, how they are kept, and whether one fits."""

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from tracker.errors import InvalidAccount

LEAST_PASSWORD = 12
MOST_PASSWORD = 200
"""Characters; a longer one would only cost time."""

NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$N1eR+S8Zt2A7STxCEJWw4Q$"
    "Gq+B7n4nZ/2IpPnxr1a4Emw4bS+XUislkN4jgO9l1/Q"
)
"""The hash of a password that nobody has, made as ``Passwords`` makes them."""


def check_password(password: str) -> None:
    """Refuse a password that is too short to be kept from guessing, or too long to be hashed.

    Raises:
        InvalidAccount: it is.
    """
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise InvalidAccount(
            "a password has {least} to {most} characters",
            "password",
            least=LEAST_PASSWORD,
            most=MOST_PASSWORD,
        )


class Passwords:
    """Hashes passwords with Argon2id and the costs of RFC 9106 for machines with less memory."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4)

    def hash(self, password: str) -> str:
        """What is kept of a password.

        Raises:
            InvalidAccount: it is too short or too long.
        """
        check_password(password)
        return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one of which ``kept`` is the hash.

        Where nothing is kept it takes as long, so that nobody learns which names exist.
        """
        try:
            is_right = self._hasher.verify(kept or NOBODYS, password[:MOST_PASSWORD])
        except VerificationError:
            return False
        return is_right and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether a hash was made with other costs than today's."""
        return self._hasher.check_needs_rehash(kept)
