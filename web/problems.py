"""What goes wrong, told to a reader as a page and to a program as a JSON problem.

A problem is ``{"error": code, "field": name or null, "message": what to do}``.
"""

from http import HTTPStatus
from typing import NamedTuple

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_babel import LazyString, force_locale, gettext, lazy_gettext
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    RequestEntityTooLarge,
    SecurityError,
)

from tracker.errors import ArticleChanged, InvalidInput, NotFound, StorageError, TrackerError
from web.words import refusal

API_PATHS = ("/api/", "/healthz", "/feed.atom")


class Problem(NamedTuple):
    """One thing that went wrong, with the HTTP status that says so."""

    status: int
    error: str
    message: str | LazyString
    """Lazy where it is told in the language of whoever reads it."""
    field: str | None = None
    prefix: str = ""
    """What programs read before the message."""


class RefusedError(Exception):
    """A request that cannot be served as sent."""

    def __init__(
        self,
        status: HTTPStatus,
        error: str,
        message: str | LazyString,
        field: str | None = None,
        prefix: str = "",
    ) -> None:
        """Refuse with an HTTP status, a code for programs and a message for people."""
        super().__init__(message)
        self.problem = Problem(status, error, message, field, prefix)


def refused(field: str, expected: str, **values: object) -> RefusedError:
    """The refusal of a request whose ``field`` is not what was expected.

    ``expected`` is an English sentence with places for ``values``, and translated by.
    """
    message = lazy_gettext(expected, **values)
    return RefusedError(HTTPStatus.BAD_REQUEST, "invalid_field", message, field, f"{field}: ")


_HTTP = {
    400: ("bad_request", lazy_gettext("The request cannot be understood.")),
    404: ("not_found", lazy_gettext("There is nothing at this address.")),
    405: ("method_not_allowed", lazy_gettext("This address does not take that method.")),
    415: ("unsupported_media_type", lazy_gettext("Send the body as application/json.")),
    500: (
        "internal_error",
        lazy_gettext("Something failed here; the server's log has the details."),
    ),
}
_TITLES = {
    400: lazy_gettext("This cannot be done"),
    403: lazy_gettext("Not allowed"),
    404: lazy_gettext("Not found"),
    409: lazy_gettext("Another text is stored"),
    413: lazy_gettext("Too large"),
    500: lazy_gettext("Something failed"),
    503: lazy_gettext("Not available just now"),
}


def install(app: Flask) -> None:
    """Answer every error of ``app`` with a page or a JSON problem."""
    for kind in (RefusedError, TrackerError):
        app.register_error_handler(kind, lambda error: answer(problem_of(error)))
    app.register_error_handler(CSRFError, lambda error: answer(_of_form(error)))
    app.register_error_handler(SecurityError, _of_host)
    app.register_error_handler(RequestEntityTooLarge, lambda error: answer(_of_size()))
    app.register_error_handler(HTTPException, _of_http)


def problem_of(error: RefusedError | TrackerError) -> Problem:
    """What went wrong, to be told to whoever asked."""
    if isinstance(error, RefusedError):
        return error.problem
    message = LazyString(refusal, error)
    match error:
        case NotFound():
            return Problem(404, "not_found", message)
        case ArticleChanged():
            return Problem(409, "article_changed", message, error.field)
        case InvalidInput():
            return Problem(400, "invalid_field", message, error.field)
        case StorageError():
            return Problem(503, "unavailable", message)
        case _:
            return Problem(500, "internal_error", _HTTP[500][1])


def _of_form(error: CSRFError) -> Problem:
    return Problem(
        400,
        "form_expired",
        gettext(
            "This form was not sent from a page of this session, so nothing was changed. "
            "Go back, reload the page and send it again."
        ),
    )


def _of_size() -> Problem:
    limit = current_app.config["MAX_CONTENT_LENGTH"]
    message = lazy_gettext("at most %(limit)s bytes were expected", limit=limit)
    return Problem(413, "too_large", message, "body", "body: ")


def _of_host(error: SecurityError) -> Response:
    """No page: under a foreign name there are no addresses to put on one."""
    message = "This server does not answer to that host name; TRACKER_PUBLIC_URL says to which.\n"
    return Response(message, HTTPStatus.BAD_REQUEST, mimetype="text/plain")


def _of_http(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:
        return make_response(error.get_response())
    name, message = _HTTP.get(code, ("error", error.description or "The request failed."))
    response = answer(Problem(code, name, message))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.allow.update(error.valid_methods)
    return response


def answer(problem: Problem) -> Response:
    """Tell it to whoever asked."""
    if request.path.startswith(API_PATHS):
        with force_locale("en"):  # programs read the same words whoever runs them
            message = f"{problem.prefix}{problem.message}"
        body = {"error": problem.error, "field": problem.field, "message": message}
        response = jsonify(body)
    else:
        title = _TITLES.get(problem.status, HTTPStatus(problem.status).phrase)
        response = make_response(render_template("problem.html", problem=problem, title=title))
    response.status_code = problem.status
    return response
