import re

import pytest
from flask.testing import FlaskClient

from tests.web.reading import read, submit
from tracker.pipeline import Tracker
from tracker.types import RelationLabel, Subscription

URL = "/subscriptions"
GOOD = {
    "name": "Night desk",
    "channel": "https://desk.example/hook?token=hidden-token",
    "relations": ["contradiction", "reversal"],
    "speakers": "Radu Mărginean\n\n  Ileana Dobrescu ",
    "minimum_severity": "0.4",
}


def stored(tracker: Tracker) -> list[Subscription]:
    with tracker.storage.snapshot() as tx:
        return tx.subscriptions.all()


def test_a_subscription_is_added_as_described(client: FlaskClient, tracker: Tracker) -> None:
    response = submit(client, URL, URL, **GOOD)
    assert response.status_code == 200
    (found,) = stored(tracker)
    assert found.name == "Night desk"
    assert found.relations == {RelationLabel.CONTRADICTION, RelationLabel.REVERSAL}
    assert found.speakers == {"Radu Mărginean", "Ileana Dobrescu"}
    assert found.minimum_severity == 0.4


def test_a_made_secret_is_shown_once(client: FlaskClient, tracker: Tracker) -> None:
    response = submit(client, URL, URL, **GOOD)
    (found,) = stored(tracker)
    assert found.secret
    assert found.secret.startswith("whsec_")
    assert f"shown only now: {found.secret}" in response.text.replace("&#43;", "+")
    assert "whsec_" not in client.get(URL).text


def test_the_list_shows_where_but_no_secret(client: FlaskClient) -> None:
    submit(client, URL, URL, **GOOD)
    page = read(client, URL)
    assert "https://desk.example" in page.text
    assert "hidden-token" not in client.get(URL).text
    assert "contradiction, reversal" in page.text


def test_a_subscription_is_removed(client: FlaskClient, tracker: Tracker) -> None:
    submit(client, URL, URL, **GOOD)
    (found,) = stored(tracker)
    response = submit(client, URL, f"{URL}/{found.id}/remove")
    assert "is no longer alerted" in response.text
    assert stored(tracker) == []
    assert submit(client, URL, f"{URL}/{found.id}/remove").status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"channel": "nonsense"}, "channel"),
        ({"channel": "https://"}, "channel"),
        ({"secret": "guessable"}, "secret"),
        ({"relations": []}, "relations"),
    ],
)
def test_a_wrong_field_is_named_beside_it_and_nothing_typed_is_lost(
    client: FlaskClient, tracker: Tracker, change: dict[str, object], field: str
) -> None:
    response = submit(client, URL, URL, **GOOD | {"name": "Kept words"} | change)
    assert response.status_code == 400
    assert f'id="{field}-problem"' in response.text
    assert field == "name" or 'value="Kept words"' in response.text
    assert "Radu Mărginean" in response.text
    assert stored(tracker) == []


@pytest.mark.parametrize(
    "change",
    [
        {"relations": ["quarrel"]},
        {"minimum_severity": "much"},
        {"minimum_severity": "2"},
        {"minimum_severity": "nan"},
        {"name": "a\0b"},
        {"channel": "x" * 3000},
    ],
)
def test_a_form_not_filled_in_on_the_page_is_refused(
    client: FlaskClient, tracker: Tracker, change: dict[str, object]
) -> None:
    assert submit(client, URL, URL, **GOOD | change).status_code == 400
    assert stored(tracker) == []


def test_the_last_alerts_are_listed_with_their_state(
    newsroom: FlaskClient, tracker: Tracker
) -> None:
    submit(newsroom, URL, URL, name="Desk", channel="json://localhost/", relations="contradiction")
    tracker.alert(1)
    tracker.catch_up()
    page = read(newsroom, URL)
    assert re.search(r"Conflict 1 to Desk\s+sent", page.text)
    assert "/conflicts/1" in page.links
