"""Signing in to a desk with accounts."""

import re

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts.samples import PASSWORD, made
from tests.web.reading import submit
from tracker.pipeline import Tracker
from tracker.types import Role


def enter(
    client: FlaskClient, name: str = "Ana", password: str = PASSWORD, wanted: str = ""
) -> TestResponse:
    """Fill in the form to sign in."""
    fields = {"name": name, "password": password, "from": wanted}
    return submit(client, "/login", "/login", **fields)


def signed_in(app: Flask, tracker: Tracker, name: str, role: Role) -> FlaskClient:
    """A browser in which somebody new is signed in."""
    made(tracker.storage, name, role)
    client = app.test_client()
    assert enter(client, name).status_code == 200
    return client


def token_of(client: FlaskClient, *scopes: str, days: int = 30) -> str:
    """A token made on the page of whoever is signed in."""
    fields = {"name": "wire", "scopes": list(scopes), "days": days}
    answer = submit(client, "/account", "/account/tokens", **fields)
    found = re.search(r"<code>(claimtracker_[\w-]+)</code>", answer.text)
    assert found, answer.text
    return found[1]


def bearer(token: str) -> dict[str, str]:
    """The header that shows a token."""
    return {"Authorization": f"Bearer {token}"}
