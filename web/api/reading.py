"""Reading what a program sends: its query string and its body, as Pydantic models."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypeVar, get_origin

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from web.current import settings
from web.listing import canonical
from web.problems import RefusedError, refused

Model = TypeVar("Model", bound=BaseModel)


def read_query(model: type[Model]) -> Model:
    """The query string; empty parameters count as absent.

    Raises:
        RefusedError: a parameter is unknown, given twice or not what was expected.
    """
    given = {name: _one_or_many(model, name, all) for name, all in canonical(request.args).items()}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise _refusal(error) from None


def read_body(model: type[Model]) -> Model:
    """The body.

    Raises:
        RefusedError: it is not said to be JSON, or a field is missing or wrong.
        RequestEntityTooLarge: it is longer than an article may be.
    """
    try:
        return model.model_validate_json(read_bytes())
    except ValidationError as error:
        raise _refusal(error) from None


def read_bytes() -> bytes:
    """The body as it was sent.

    Raises:
        RefusedError: it is not said to be JSON. A form on another site cannot say so, which is
            what keeps such forms out.
        RequestEntityTooLarge: it is longer than an article may be.
    """
    if request.mimetype != "application/json":
        raise RefusedError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "Content-Type: application/json was expected",
            "Content-Type",
        )
    body = request.get_data(cache=False)
    # Werkzeug cuts a body of unannounced length at the limit without a word.
    if request.content_length is None and len(body) >= settings().max_article_bytes:
        raise RequestEntityTooLarge
    return body


def _one_or_many(model: type[BaseModel], name: str, values: Sequence[str]) -> Any:
    field = model.model_fields.get(name)
    if field is not None and get_origin(field.annotation) is list:
        return values
    if len(values) > 1:
        raise refused(name, "it was expected once")
    return values[0]


def _refusal(error: ValidationError) -> RefusedError:
    """The first fault, by the name of the field that has it."""
    fault: Mapping[str, Any] = error.errors(include_url=False, include_input=False)[0]
    field = str(fault["loc"][0]) if fault["loc"] else "body"
    return refused(field, fault["msg"])
