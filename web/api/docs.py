"""What the API says of itself: as OpenAPI 3.1, and as a page."""

import json
import re

from flask import Response, render_template
from markupsafe import Markup, escape

from web.api.openapi import document
from web.api.operations import blueprint
from web.current import settings


@blueprint.operation("GET", "/api/openapi.json")
def openapi() -> Response:
    """The description of this API (OpenAPI 3.1)."""
    return Response(
        json.dumps(document(blueprint.operations, accounts=settings().accounts)),
        mimetype="application/json",
    )


@blueprint.operation("GET", "/api/docs", media="text/html")
def documentation() -> Response:
    """The description of this API, for people."""
    api = document(blueprint.operations, accounts=settings().accounts)
    page = render_template("api.html", api=api, short=short, title_of=title_of, told=told)
    return Response(page, mimetype="text/html")


def told(text: str) -> Markup:
    """A description, with what stands between backticks as code."""
    return Markup(re.sub("``(.+?)``", r"<code>\1</code>", str(escape(text))))


def short(schema: dict[str, object]) -> str:
    """What is expected of a value, in a few words."""
    match schema:
        case {"$ref": str(ref)}:
            return title_of(ref)
        case {"x-line": dict(line)}:
            return short(line)
        case {"const": value}:
            return str(value)
        case {"enum": list(values)}:
            return ", ".join(map(str, values))
        case {"anyOf": list(choices)}:
            return " | ".join(short(each) for each in choices)
        case {"type": "array", "prefixItems": list(items)}:
            return f"[{', '.join(short(each) for each in items)}]"
        case {"type": "array", "items": dict(item)}:
            return f"[{short(item)}, …]"
        case {"type": kind, "format": form}:
            return f"{kind} ({form})"
        case {"type": kind}:
            return f"{kind}{_limits(schema)}"
        case _:
            return ""


def title_of(ref: str) -> str:
    """The name of the schema that is referred to."""
    return ref.rpartition("/")[2]


def _limits(schema: dict[str, object]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f" {low}…{high}"
    longest = schema.get("maxLength")
    return f" …{longest}" if longest is not None else ""
