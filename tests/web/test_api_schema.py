"""The API does what it says of itself: requests made up from its description, good and bad."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import BaseSchema, Case, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.fakes import RecordingNotifier
from tests.web.conftest import assemble
from tracker.config import Settings
from tracker.storage import open_storage
from web import create_app
from web.api import blueprint
from web.api.openapi import document

EXAMPLES = 10
FIXED = settings(
    max_examples=EXAMPLES, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
IN_WORDS = {
    "/api/articles",
    "/api/claims/{claim_id}/correction",
    "/api/conflicts/{conflict_id}/decision",
    "/api/decisions",
    "/api/filters",
    "/api/subscriptions",
    "/api/subscriptions/{subscription_id}/change",
    "/api/subscriptions/{subscription_id}/mute",
    "/api/subscriptions/{subscription_id}/secret",
    "/feed.atom",
}
"""Where what a field may be hangs on another one, or is more than a schema can say."""


def is_filled(value: object) -> bool:
    """Whether something would stand for a value in a query string."""
    if isinstance(value, list):
        return bool(value) and all(map(is_filled, value))
    return value not in ("", {})


def requests() -> Iterator[tuple[str, str, GenerationMode]]:
    """Every operation with good requests, and with bad ones where a request can be bad."""
    for path, methods in document(blueprint.operations)["paths"].items():
        for method, operation in methods.items():
            yield path, method, GenerationMode.POSITIVE
            named = [each for each in operation["parameters"] if each["in"] != "header"]
            if named or "requestBody" in operation:
                yield path, method, GenerationMode.NEGATIVE


@pytest.fixture(scope="module")
def described(full_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    """What a full desk says of its API."""
    folder = tmp_path_factory.mktemp("api")
    shutil.copyfile(full_file, folder / "tracker.db")
    storage = open_storage(f"sqlite:///{folder / 'tracker.db'}")
    app = create_app(Settings(data_dir=folder), assemble(storage, RecordingNotifier()))
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    storage.close()


@pytest.mark.parametrize(("path", "method", "mode"), list(requests()))
def test_answers_are_what_the_description_says(
    described: BaseSchema, path: str, method: str, mode: GenerationMode
) -> None:
    operation = described[path][method]
    excluded = [positive_data_acceptance] if path in IN_WORDS else []

    @FIXED
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        # An empty parameter counts as absent, and a cursor or an ETag is one that was given before.
        assume(all(map(is_filled, case.query.values())))
        case.query.pop("cursor", None)
        case.headers.pop("If-Match", None)
        case.call_and_validate(excluded_checks=excluded)

    ask()
