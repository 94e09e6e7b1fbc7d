"""What of a database is compared with the models."""

from typing import Any


def is_of_the_models(name: str | None, kind: str, parents: Any) -> bool:
    """Whether the models describe it; what is searched by looks different on each database."""
    return name is None or (not name.endswith(("_near", "_search")) and "_search_" not in name)
