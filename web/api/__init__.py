"""The HTTP API: the desk for programs. Described in docs/api.md."""

from web.api import (
    articles,
    claims,
    conflicts,
    decisions,
    docs,
    exports,
    filters,
    linked,
    sources,
    subscriptions,
)
from web.api.operations import Operation, blueprint

__all__ = [
    "Operation",
    "articles",
    "blueprint",
    "claims",
    "conflicts",
    "decisions",
    "docs",
    "exports",
    "filters",
    "linked",
    "sources",
    "subscriptions",
]
