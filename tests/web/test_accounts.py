"""The pages on which accounts and tokens are managed."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.samples import PASSWORD, made
from tests.web.reading import read, submit
from tests.web.signing import enter, signed_in
from tracker.pipeline import Tracker
from tracker.types import Account, Role


@pytest.fixture
def admin(guarded: Flask, tracker: Tracker) -> FlaskClient:
    return signed_in(guarded, tracker, "Adi", Role.ADMIN)


def named(tracker: Tracker, key: str) -> Account:
    with tracker.storage.snapshot() as tx:
        return tx.accounts.named(key)


def test_an_account_is_added_and_signs_in(
    admin: FlaskClient, guarded: Flask, tracker: Tracker
) -> None:
    fields = {"name": "Bo", "role": "reviewer", "password": PASSWORD}
    assert "Bo" in submit(admin, "/accounts", "/accounts", **fields).text
    assert named(tracker, "bo").role is Role.REVIEWER
    assert enter(guarded.test_client(), "Bo").status_code == 200
    assert "account added" in read(admin, "/audit").text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "adi"}, "already"),
        ({"name": "Tracker"}, "means something else"),
        ({"password": "short"}, "12 to 200 characters"),
    ],
)
def test_an_account_that_cannot_be_is_refused_and_its_name_kept_in_the_form(
    admin: FlaskClient, change: dict[str, str], said: str
) -> None:
    fields = {"name": "Bo", "role": "reader", "password": PASSWORD} | change
    answer = submit(admin, "/accounts", "/accounts", **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert f'value="{fields["name"]}"' in answer.text
    assert PASSWORD not in answer.text


def test_a_role_is_changed_and_counts_at_once(
    admin: FlaskClient, guarded: Flask, tracker: Tracker
) -> None:
    bo = signed_in(guarded, tracker, "Bo", Role.READER)
    assert bo.get("/accounts").status_code == 403
    url = f"/accounts/{named(tracker, 'bo').id}/role"
    submit(admin, "/accounts", url, role="admin")
    assert bo.get("/accounts").status_code == 200
    assert submit(admin, "/accounts", url, role="king").status_code == 400


def test_the_last_administrator_stays(admin: FlaskClient, tracker: Tracker) -> None:
    id = named(tracker, "adi").id
    for url, fields in (
        (f"/accounts/{id}/role", {"role": "reader"}),
        (f"/accounts/{id}/disable", {}),
    ):
        answer = submit(admin, "/accounts", url, **fields)
        assert answer.status_code == 400
        assert "nobody would be administrator" in answer.text
    assert admin.get("/accounts").status_code == 200


def test_a_password_given_by_an_administrator_opens(
    admin: FlaskClient, guarded: Flask, tracker: Tracker
) -> None:
    bo = signed_in(guarded, tracker, "Bo", Role.READER)
    new = PASSWORD[::-1]
    submit(admin, "/accounts", f"/accounts/{named(tracker, 'bo').id}/password", password=new)
    assert bo.get("/").status_code == 303
    assert enter(bo, "Bo", new).status_code == 200


def test_who_was_disabled_is_let_in_again(
    admin: FlaskClient, guarded: Flask, tracker: Tracker
) -> None:
    id = made(tracker.storage, "Bo", Role.READER).id
    bo = guarded.test_client()
    assert "Enable" in submit(admin, "/accounts", f"/accounts/{id}/disable").text
    assert enter(bo, "Bo").status_code == 401
    submit(admin, "/accounts", f"/accounts/{id}/enable")
    assert enter(bo, "Bo").status_code == 200


def test_no_page_shows_a_hash(admin: FlaskClient) -> None:
    for url in ("/accounts", "/account", "/audit"):
        assert "argon2" not in admin.get(url).text
