"""Alerts over a real network connection to a receiver on this machine."""

import json
from collections.abc import Iterator

import pytest
from standardwebhooks import Webhook

from tests.alerts.samples import ALERT, CLAIMS, CONFLICT, SECRET, subscription
from tests.receiver import Receiver, receiver
from tracker.alerts import ChannelNotifier
from tracker.errors import DeliveryError
from tracker.types import Subscription

NOTIFIER = ChannelNotifier("https://desk.example.org/")


def send(to: Subscription) -> None:
    NOTIFIER.send(ALERT, to, CONFLICT, CLAIMS)


def failure(to: Subscription) -> str:
    with pytest.raises(DeliveryError) as error:
        send(to)
    return str(error.value)


def test_a_webhook_carries_both_sides_and_a_signature_that_verifies() -> None:
    with receiver() as desk:
        send(subscription(desk.url))
    [got] = desk.received
    message = Webhook(SECRET).verify(got.body, got.headers)
    assert got.headers["webhook-id"] == "alert-31"
    assert got.headers["content-type"] == "application/json"
    assert message["type"] == "conflict.opened"
    data = message["data"]
    assert data["url"] == "https://desk.example.org/conflicts/7"
    assert (data["relation"], data["kind"], data["severity"]) == ("contradiction", "negation", 0.8)
    assert data["reason"] == str(CONFLICT.reason)
    said = [
        [(claim["speaker"], claim["quotation"], claim["outlet"]) for claim in side]
        for side in data["sides"]
    ]
    assert said == [
        [("Șerban Drăgan", "Podul este închis", "Monitorul Câmpiei")],
        [("Ilinca Moraru", "Podul nu este închis", "Gazeta de Prut")],
    ]


def test_every_attempt_bears_the_same_id() -> None:
    with receiver(500, 503) as desk:
        for _ in range(2):
            failure(subscription(desk.url))
        send(subscription(desk.url))
    assert {got.headers["webhook-id"] for got in desk.received} == {"alert-31"}
    assert [got.status for got in desk.received] == [500, 503, 204]


@pytest.mark.parametrize("status", [301, 400, 500])
def test_any_answer_but_success_is_a_failure_and_redirects_are_not_followed(status: int) -> None:
    with receiver(status) as desk:
        said = failure(subscription(desk.url))
    assert said == f"desk (http://{desk.host}): answered {status}"
    assert len(desk.received) == 1


def test_a_failure_shows_neither_secret_nor_credentials() -> None:
    with receiver(500) as desk:
        said = failure(subscription(f"http://user:passw0rd@{desk.host}/T0KEN?key=T0KEN"))
    assert not [word for word in ("passw0rd", "T0KEN", SECRET, SECRET[6:]) if word in said]


def test_a_receiver_that_is_not_there_is_a_failure() -> None:
    with receiver() as gone:
        pass
    assert "cannot be reached" in failure(subscription(gone.url))


def test_an_unusable_secret_is_a_failure_that_does_not_repeat_it() -> None:
    said = failure(subscription("http://127.0.0.1:1/hook", secret="whsec_"))
    assert "the signing secret is missing or unusable" in said


@pytest.fixture
def desk() -> Iterator[Receiver]:
    with receiver() as open_receiver:
        yield open_receiver


def test_any_other_channel_goes_through_apprise(desk: Receiver) -> None:
    send(subscription(f"json://{desk.host}/hook"))
    [got] = desk.received
    message = json.loads(got.body)
    assert message["title"] == "Contradiction: Șerban Drăgan / Ilinca Moraru"
    for words in (
        "Șerban Drăgan (Monitorul Câmpiei, 2026-03-01): “Podul este închis”",
        "Ilinca Moraru (Gazeta de Prut, 2026-03-01): “Podul nu este închis”",
        str(CONFLICT.reason),
        "https://desk.example.org/conflicts/7",
    ):
        assert words in message["message"]


def test_a_failure_through_apprise_says_the_status_and_no_token() -> None:
    with receiver(500) as desk:
        said = failure(subscription(f"json://user:passw0rd@{desk.host}/T0KEN"))
    assert said == "desk (json://…): answered 500"


def test_a_channel_that_apprise_does_not_know_is_a_failure() -> None:
    assert "does not know" in failure(subscription("carrier-pigeon://loft"))
