"""What the API can do: one line beside each view says method, path, parameters and answers.

That line is the route, the check of what comes in, and the description in ``/api/openapi.json``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Blueprint, Response, request
from pydantic import BaseModel

from tracker.errors import InvalidDecision
from web import problems
from web.api.reading import read_body, read_query
from web.problems import Problem

JSON = "application/json"
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One thing that the API can do."""

    method: str
    path: str
    """As Flask writes it."""
    view: Callable[..., Any]
    """Its docstring is the description."""
    query: type[BaseModel] | None
    """What stands behind the question mark; the view gets it as ``query``."""
    body: type[BaseModel] | None
    """What is sent; the view gets it as ``body``."""
    sent: type[BaseModel] | None
    """What is sent, where the view reads it by itself."""
    answer: type[BaseModel] | None
    headers: tuple[str, ...]
    """Headers that mean something to it, besides those of every operation."""
    status: HTTPStatus
    media: str
    """The media type of the answer."""
    errors: tuple[HTTPStatus, ...]
    """What can go wrong besides what the parameters and the body bring with them."""

    @property
    def name(self) -> str:
        """What links to it: the name of its endpoint without the blueprint's."""
        return self.view.__name__

    @property
    def tag(self) -> str:
        """What it is about: the module that it stands in."""
        return self.view.__module__.rpartition(".")[2]

    @property
    def is_tagged(self) -> bool:
        """Whether answers have an ETag: what is read has one, but for a page.

        In a page stands a token against forged requests, which is another every second.
        """
        return self.method == "GET" and self.media != "text/html"

    def serve(self, **given: Any) -> Response:
        """Read what came, run the view, and answer; what has an ETag may be answered with 304."""
        if self.query is not None:
            given["query"] = read_query(self.query)
        if self.body is not None:
            given["body"] = read_body(self.body)
        response = self._respond(self.view(**given))
        if self.is_tagged:
            response.add_etag()
            response.make_conditional(request)
        return response

    def _respond(self, said: Any) -> Response:
        match said:
            case Response():
                return said
            case BaseModel():
                return Response(json_of(said), self.status, mimetype=self.media)
            case _:
                return Response(status=HTTPStatus.NO_CONTENT)


class Api(Blueprint):
    """A blueprint that remembers what its routes do."""

    def __init__(self, name: str, import_name: str) -> None:
        super().__init__(name, import_name)
        self.operations: list[Operation] = []

    def operation(
        self,
        method: str,
        path: str,
        *,
        query: type[BaseModel] | None = None,
        body: type[BaseModel] | None = None,
        sent: type[BaseModel] | None = None,
        answer: type[BaseModel] | None = None,
        headers: tuple[str, ...] = (),
        status: HTTPStatus = HTTPStatus.OK,
        media: str = JSON,
        errors: tuple[HTTPStatus, ...] = (),
    ) -> Callable[[View], View]:
        """Route ``path`` to the view that follows."""

        def add(view: View) -> View:
            operation = Operation(
                method=method,
                path=path,
                view=view,
                query=query,
                body=body,
                sent=sent,
                answer=answer,
                headers=headers,
                status=status,
                media=media,
                errors=errors,
            )
            self.operations.append(operation)
            self.add_url_rule(path, view.__name__, operation.serve, methods=[method])
            return view

        return add


def json_of(model: BaseModel) -> str:
    """The JSON of an answer."""
    return model.model_dump_json()


blueprint = Api("api", __name__)


@blueprint.errorhandler(InvalidDecision)
def of_decision(error: InvalidDecision) -> Response:
    """What is sent was understood, but what it is about does not stand so that it could be done."""
    return problems.answer(
        Problem(HTTPStatus.CONFLICT, "invalid_decision", str(error), error.field)
    )
