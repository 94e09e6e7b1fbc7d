"""Signing in to a desk with accounts."""

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
