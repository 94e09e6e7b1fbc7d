"""Alerts over a real network connection to a receiver on this machine."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tests.alerts.samples import ALERT, ALERTED, CLAIMS, CONFLICT, SECRET, parcel, subscription
from tests.receiver import Receiver, receiver
from tracker.alerts import ChannelNotifier, new_secret
from tracker.errors import ChannelGone, DeliveryError
from tracker.types import AlertedConflict, Change, MessageKind, RelationLabel, Subscription

NOTIFIER = ChannelNotifier("https://desk.example.org/")


OTHER = AlertedConflict(
    alert=replace(ALERT, id=32, conflict_id=8, change=Change.CAME_BACK, occurrence=2),
    conflict=replace(CONFLICT, id=8, label=RelationLabel.TENSION),
    claims=CLAIMS,
)


def send(to: Subscription) -> int | None:
    return NOTIFIER.send(parcel(to, ALERTED))


def failure(to: Subscription) -> str:
    with pytest.raises(DeliveryError) as error:
        send(to)
    return str(error.value)


def test_a_webhook_carries_both_sides_and_a_signature_that_verifies() -> None:
    with receiver() as desk:
        assert send(subscription(desk.url)) == 204
    [got] = desk.received
    message = Webhook(SECRET).verify(got.body, got.headers)
    assert got.headers["webhook-id"] == "message-17"
    assert got.headers["content-type"] == "application/json"
    assert message["type"] == "conflict.opened"
    data = message["data"]
    assert data["url"] == "https://desk.example.org/conflicts/7"
    assert (data["relation"], data["kind"], data["severity"]) == ("contradiction", "negation", 0.8)
    assert data["reason"] == str(CONFLICT.reason)
    assert data["change"] == "opened"
    assert data["outlets"] == ["Gazeta de Prut", "Monitorul Câmpiei"]
    said = [
        [(claim["speaker"], claim["role"], claim["quotation"], claim["outlet"]) for claim in side]
        for side in data["sides"]
    ]
    assert said == [
        [("Șerban Drăgan", None, "Podul este închis", "Monitorul Câmpiei")],
        [("Ilinca Moraru", "primarul", "Podul nu este închis", "Gazeta de Prut")],
    ]


def test_every_attempt_bears_the_same_id() -> None:
    with receiver(500, 503) as desk:
        for _ in range(2):
            failure(subscription(desk.url))
        send(subscription(desk.url))
    assert {got.headers["webhook-id"] for got in desk.received} == {"message-17"}
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


@pytest.mark.parametrize(
    ("change", "type"),
    [
        (Change.NEW_EVIDENCE, "conflict.new_evidence"),
        (Change.CAME_BACK, "conflict.reopened"),
        (Change.CONFIRMED, "conflict.confirmed"),
        (Change.DISMISSED, "conflict.dismissed"),
    ],
)
def test_a_webhook_says_what_happened(desk: Receiver, change: Change, type: str) -> None:
    changed = replace(ALERTED, alert=replace(ALERT, change=change))
    NOTIFIER.send(parcel(subscription(desk.url), changed))
    message = json.loads(desk.received[0].body)
    assert (message["type"], message["data"]["change"]) == (type, change)


def test_while_the_old_secret_is_valid_either_verifies(desk: Receiver) -> None:
    old, now = new_secret(), datetime.now(UTC)
    to = subscription(desk.url, old_secret=old, old_secret_until=now + timedelta(hours=1))
    send(to)
    send(replace(to, old_secret_until=now))
    both, one = desk.received
    for secret in (SECRET, old):
        assert Webhook(secret).verify(both.body, both.headers)
    assert Webhook(SECRET).verify(one.body, one.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(one.body, one.headers)


def test_a_receiver_that_is_gone_is_told_apart() -> None:
    with receiver(410) as desk, pytest.raises(ChannelGone) as error:
        send(subscription(desk.url))
    assert (str(error.value), error.value.status) == (
        f"desk (http://{desk.host}): answered 410",
        410,
    )


def test_a_digest_lists_every_conflict(desk: Receiver) -> None:
    for channel in (desk.url, f"json://{desk.host}/hook"):
        NOTIFIER.send(parcel(subscription(channel), ALERTED, OTHER, kind=MessageKind.DIGEST))
    hook, apprise = (json.loads(got.body) for got in desk.received)
    assert hook["type"] == "conflicts.digest"
    listed = [(each["conflict_id"], each["change"]) for each in hook["data"]["conflicts"]]
    assert listed == [(7, "opened"), (8, "came_back")]
    assert len(hook["data"]["conflicts"][1]["sides"][1]) == 1
    assert apprise["title"] == "desk: 2 conflicts"
    for words in (
        "1. Contradiction: Șerban Drăgan / Ilinca Moraru",
        "2. Back again: Tension: Șerban Drăgan / Ilinca Moraru",
        "https://desk.example.org/conflicts/7",
        "https://desk.example.org/conflicts/8",
    ):
        assert words in apprise["message"]
    assert apprise["message"].count("“Podul nu este închis”") >= 2


def test_a_test_says_that_it_is_one(desk: Receiver) -> None:
    for channel in (desk.url, f"json://{desk.host}/hook"):
        NOTIFIER.send(parcel(subscription(channel), kind=MessageKind.TEST))
    hook, apprise = (json.loads(got.body) for got in desk.received)
    assert (hook["type"], hook["data"]) == ("test", {"subscription": "desk"})
    assert "This is a test" in apprise["message"]


def test_any_other_channel_goes_through_apprise(desk: Receiver) -> None:
    send(subscription(f"json://{desk.host}/hook"))
    [got] = desk.received
    message = json.loads(got.body)
    assert message["title"] == "Contradiction: Șerban Drăgan / Ilinca Moraru"
    for words in (
        "Șerban Drăgan (Monitorul Câmpiei, 1 Mar 2026): “Podul este închis”",
        "Ilinca Moraru, primarul (Gazeta de Prut, 1 Mar 2026): “Podul nu este închis”",
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
