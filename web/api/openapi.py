"""The API as OpenAPI 3.1, made from the lines beside its views."""

import re
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from inspect import cleandoc, getmodule
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from tracker.types import Scope
from web.api.answers import Problem
from web.api.articles import LONGEST_KEY
from web.api.operations import JSON, Operation
from web.rules import RULES

Json = dict[str, Any]

REF = "#/components/schemas/{model}"
HEADERS: Mapping[str, tuple[str, Json]] = {
    "Idempotency-Key": (
        "A request repeated with its key is answered as the first time.",
        {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    ),
    "If-Match": (
        "The ETag of the conflict as it was read; changed since, it is answered with 412.",
        {"type": "string"},
    ),
    "If-None-Match": (
        "The ETag of the answer that is known; still the same, it is answered with 304.",
        {"type": "string"},
    ),
}
IDS: Mapping[str | None, Json] = {
    "id": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
    None: {"type": "string", "pattern": "^[0-9a-f]{32}$"},
}
"""What stands for a part of a path, by its converter."""
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")


TOKEN: Json = {"token": {"type": "http", "scheme": "bearer"}}
GUARDED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
"""What can go wrong wherever a token is asked for."""


def document(operations: Sequence[Operation], *, accounts: bool = False) -> Json:
    """The description of ``operations``, which ask for tokens where there are accounts."""
    schemas = _schemas(operations)
    paths: Json = {}
    for each in operations:
        scope = _scope(each) if accounts else None
        paths.setdefault(_PART.sub(r"{\2}", each.path), {})[each.method.lower()] = _operation(
            each, schemas, scope
        )
    secured = {"securitySchemes": TOKEN} if accounts else {}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Claim tracker", "version": "1", "license": {"name": "MIT"}},
        "servers": [{"url": "/"}],
        "tags": list(_tags(operations)),
        "paths": paths,
        "components": secured
        | {"schemas": {name: schemas[name] for name in _used(paths, schemas)}},
    }


def _schemas(operations: Sequence[Operation]) -> Json:
    """Every model by its name."""
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [(Problem, "serialization")]
    for each in operations:
        models += [(model, "validation") for model in (each.query, each.body, each.sent) if model]
        models += [(each.answer, "serialization")] if each.answer else []
    _, schema = models_json_schema(list(dict.fromkeys(models)), ref_template=REF)
    defined: Json = schema["$defs"]
    return defined


def _tags(operations: Sequence[Operation]) -> Iterator[Json]:
    modules = {each.tag: getmodule(each.view) for each in operations}
    for tag, module in modules.items():
        yield {"name": tag, "description": cleandoc(module.__doc__ or "") if module else ""}


def _scope(each: Operation) -> Scope | None:
    """What a token has to be good for; none where none is asked for."""
    rule = RULES.get(f"api.{each.name}")
    return rule.scope if rule else None


def _operation(each: Operation, schemas: Json, scope: Scope | None) -> Json:
    guarded = GUARDED if scope else ()
    said: Json = {
        "operationId": each.name,
        "tags": [each.tag],
        "summary": cleandoc(each.view.__doc__ or ""),
        "parameters": [*_path(each), *_query(each, schemas), *_headers(each)],
        "responses": {
            str(int(status)): answer for status, answer in _answers(each, schemas, guarded)
        },
    }
    if scope:
        said["security"] = [{"token": [scope]}]
    body = each.body or each.sent
    if body is not None:
        said["requestBody"] = {"required": True, "content": {JSON: {"schema": _ref(body)}}}
    return said


def _path(each: Operation) -> Iterator[Json]:
    for converter, name in _PART.findall(each.path):
        yield {"name": name, "in": "path", "required": True, "schema": IDS[converter or None]}


def _query(each: Operation, schemas: Json) -> Iterator[Json]:
    if each.query is None:
        return
    for name, schema in schemas[each.query.__name__]["properties"].items():
        told = {key: schema[key] for key in ("description", "deprecated") if key in schema}
        plain = {key: value for key, value in schema.items() if key not in (*told, "title")}
        yield {"name": name, "in": "query", "schema": _given(plain), **told}


def _given(schema: Json) -> Json:
    """The schema of a parameter that is there; what is absent is no null in a query string."""
    choices = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if len(choices) == 1:
        only: Json = choices[0]
        return only
    return {key: value for key, value in schema.items() if key != "default" or value}


def _headers(each: Operation) -> Iterator[Json]:
    for name in (*each.headers, *(["If-None-Match"] if each.is_tagged else [])):
        description, schema = HEADERS[name]
        yield {"name": name, "in": "header", "description": description, "schema": schema}


def _answers(
    each: Operation, schemas: Json, guarded: Sequence[HTTPStatus]
) -> Iterator[tuple[HTTPStatus, Json]]:
    yield each.status, _answer(each, schemas)
    if each.is_tagged:
        yield HTTPStatus.NOT_MODIFIED, {"description": "It is what is known already."}
    for status in sorted({*_errors(each), *each.errors, *guarded, HTTPStatus.SERVICE_UNAVAILABLE}):
        content = {JSON: {"schema": _ref(Problem)}}
        yield status, {"description": status.phrase, "content": content}


def _errors(each: Operation) -> Iterator[HTTPStatus]:
    """What its parameters and its body bring with them."""
    if each.query or each.headers:
        yield HTTPStatus.BAD_REQUEST
    if "id:" in each.path:
        yield HTTPStatus.NOT_FOUND
    if each.body or each.sent:
        yield HTTPStatus.BAD_REQUEST
        yield HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        yield HTTPStatus.UNSUPPORTED_MEDIA_TYPE


def _answer(each: Operation, schemas: Json) -> Json:
    if each.status is HTTPStatus.NO_CONTENT:
        return {"description": each.status.phrase}
    if each.answer is None:
        plain = {"type": "object"} if each.media.endswith("json") else {"type": "string"}
        return {"description": each.status.phrase, "content": {each.media: {"schema": plain}}}
    if each.media == JSON:
        content = {JSON: {"schema": _ref(each.answer)}}
        return {"description": schemas[each.answer.__name__]["description"], "content": content}
    schema = {"type": "string", "x-line": _ref(each.answer)}
    described = f"Each line is a {each.answer.__name__}."
    return {"description": described, "content": {each.media: {"schema": schema}}}


def _ref(model: type[BaseModel]) -> Json:
    return {"$ref": REF.format(model=model.__name__)}


def _used(paths: Json, schemas: Json) -> list[str]:
    """The names of the models that the description refers to, and those that these refer to."""
    found: set[str] = set()
    waiting = _names_in(paths)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting |= _names_in(schemas[name])
    return sorted(found)


def _names_in(value: Any) -> set[str]:
    return set(re.findall(r"#/components/schemas/(\w+)", str(value)))
