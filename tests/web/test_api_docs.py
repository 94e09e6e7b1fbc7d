"""The examples of docs/api.md, run one after the other, and what else it promises."""

import json
import re
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from web.api import blueprint
from web.api.bodies import NewArticle
from web.api.queries import Fitting
from web.api.rows import ClaimRow, ConflictRow

DOCS = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"```http\n(?P<asked>.*?)```\n+```json\n(?P<status>\d+)\n(?P<said>.*?)```", re.S
)


def is_like(told: Any, found: Any) -> bool:
    """Whether ``found`` is what the page tells, which leaves things out."""
    match told:
        case "…":
            return True
        case dict():
            return all(name in found and is_like(told[name], found[name]) for name in told)
        case [*first, "…"]:
            return len(found) >= len(first) and all(map(is_like, first, found))
        case list():
            return len(told) == len(found) and all(map(is_like, told, found))
        case _:
            return bool(told == found)


def test_the_examples_are_answered_as_told(newsroom: FlaskClient) -> None:
    examples = list(EXAMPLE.finditer(DOCS))
    assert len(examples) == DOCS.count("```http") > 8
    for example in examples:
        head, _, body = example["asked"].partition("\n\n")
        line, *fields = head.strip().splitlines()
        method, path = line.split()
        headers = Headers([tuple(field.split(": ", 1)) for field in fields])
        answer = newsroom.open(path, method=method, headers=headers, data=body.encode())
        assert answer.status_code == int(example["status"]), (line, answer.text)
        assert is_like(json.loads(example["said"]), answer.get_json()), (line, answer.text)


def test_every_operation_that_is_named_exists_and_every_noun_is_named() -> None:
    paths = {re.sub(r"<[^>]+>", "1", each.path) for each in blueprint.operations}
    named = set(re.findall(r"`(?:[A-Z]+ )?(/(?:api|feed|healthz)[\w/.-]*)", DOCS))
    named = {re.sub(r"/7/", "/1/", path).rstrip("/") for path in named} - {"/api", "/api/decisions"}
    assert named <= paths
    nouns = {path.split("/")[2].partition(".")[0] for path in paths if path.startswith("/api/")}
    assert all(f"/api/{noun}" in DOCS for noun in nouns)


def test_every_column_and_every_field_of_a_filter_is_named() -> None:
    names = {*ConflictRow.columns(), *ClaimRow.columns(), *Fitting.model_fields}
    names |= set(NewArticle.model_fields)
    missing = {name for name in names if not re.search(rf"`{name}[`=]", DOCS)}
    assert missing == set()
