"""The names of accounts: what they may be, and which of them are the same."""

import unicodedata
from collections.abc import Container

from tracker.errors import InvalidAccount

LONGEST_NAME = 80
TAKEN = frozenset({"tracker", "editor", "api"})
"""What histories call the program itself, and people and programs that give no name."""


def name_key(name: str) -> str:
    """Equal for names that differ by case, blanks or look-alike forms of letters only."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def check_name(name: str) -> str:
    """The name without the blanks around it.

    Raises:
        InvalidAccount: it is empty, too long, not printable, or means something else already.
    """
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise InvalidAccount(
            "a name has 1 to {most} printable characters", "name", most=LONGEST_NAME
        )
    if name_key(name) in TAKEN:
        raise InvalidAccount("“{name}” means something else in histories", "name", name=name)
    return name


def free_name(wanted: str, taken: Container[str]) -> str:
    """``wanted``, or the first of ``wanted 2``, ``wanted 3``, … whose key is not ``taken``."""
    name, number = wanted, 1
    while name_key(name) in taken:
        number += 1
        name = f"{wanted} {number}"
    return name
