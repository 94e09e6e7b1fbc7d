"""Records of the sets that teach the comparison."""

from typing import Any


def later(label: str, **changes: Any) -> dict[str, Any]:
    return {
        "speaker": "Ana Pop",
        "lang": "en",
        "date": "2026-02-02",
        "about": None,
        "text": f"The bridge at Runcu is {label}.",
        "label": label,
        "kind": "negation",
    } | changes
