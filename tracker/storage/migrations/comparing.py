"""What of a database is compared with the models."""

from typing import Any


def is_of_the_models(name: str | None, kind: str, parents: Any) -> bool:
    """Whether the models describe it; what serves the search exists on one database only."""
    return name is None or "_search" not in name
