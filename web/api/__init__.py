"""The HTTP API: the desk for programs. Described in docs/api.md."""

from web.api import (
    articles,
    claims,
    conflicts,
    corrections,
    decisions,
    docs,
    exports,
    filters,
    linked,
    pairs,
    sources,
    speakers,
    subscriptions,
)
from web.api.operations import Operation, blueprint

__all__ = [
    "Operation",
    "articles",
    "blueprint",
    "claims",
    "conflicts",
    "corrections",
    "decisions",
    "docs",
    "exports",
    "filters",
    "linked",
    "pairs",
    "sources",
    "speakers",
    "subscriptions",
]
