"""A subscription that cannot work is refused by the field at fault."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from standardwebhooks import Webhook

from tests.alerts.samples import MORNING, SECRET, subscription
from tracker.alerts import check_subscription, new_secret, place_of
from tracker.alerts.subscriptions import valid_secrets
from tracker.errors import InvalidSubscription
from tracker.types import RelationLabel, SubscriptionDraft

HOOK = "https://example.org/hook"
GOOD = SubscriptionDraft(name="desk", channels=(HOOK,), secret=SECRET)


@pytest.mark.parametrize(
    "draft",
    [
        GOOD,
        replace(GOOD, channels=("http://127.0.0.1:9000/hook?team=5",), minimum_severity=1.0),
        replace(GOOD, channels=("json://localhost/path",), secret=None),
        replace(GOOD, channels=(HOOK, "json://localhost/path")),
        replace(GOOD, zone="Europe/Bucharest", quiet_from=time(22), quiet_to=time(6)),
        replace(GOOD, channels=("mailto://desk:password@example.org",), secret=None),
    ],
)
def test_what_can_work_is_accepted(draft: SubscriptionDraft) -> None:
    check_subscription(draft)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(GOOD, name=" "), "name"),
        (replace(GOOD, relations=frozenset()), "relations"),
        (replace(GOOD, relations=frozenset({RelationLabel.REPEAT})), "relations"),
        (replace(GOOD, minimum_severity=1.5), "minimum_severity"),
        (replace(GOOD, minimum_severity=float("nan")), "minimum_severity"),
        (replace(GOOD, changes=frozenset()), "changes"),
        (replace(GOOD, topics=frozenset({"pod", "?!"})), "topics"),
        (replace(GOOD, zone="Europe/Atlantis"), "zone"),
        (replace(GOOD, zone="../etc/passwd"), "zone"),
        (replace(GOOD, zone=""), "zone"),
        (replace(GOOD, quiet_from=time(22)), "quiet_from"),
        (replace(GOOD, quiet_from=time(6), quiet_to=time(6)), "quiet_to"),
        (replace(GOOD, channels=()), "channels"),
        (replace(GOOD, channels=(HOOK, HOOK)), "channels"),
        (replace(GOOD, channels=(HOOK, "not a url")), "channels"),
        (replace(GOOD, secret=None), "secret"),
        (replace(GOOD, secret=SECRET.removeprefix("whsec_")), "secret"),
        (replace(GOOD, secret="whsec_not base64!"), "secret"),
        (replace(GOOD, secret="whsec_c2hvcnQ="), "secret"),
        (replace(GOOD, secret="whsec_ăîâșț"), "secret"),
        (replace(GOOD, channels=("json://localhost",)), "secret"),
        (replace(GOOD, channels=("https:///hook",)), "channels"),
        (replace(GOOD, channels=("https://example.org:port/hook",)), "channels"),
        (replace(GOOD, channels=("https://[broken/hook",)), "channels"),
        (replace(GOOD, channels=("carrier-pigeon://loft",), secret=None), "channels"),
        (replace(GOOD, channels=("not a url",), secret=None), "channels"),
        (replace(GOOD, channels=("",), secret=None), "channels"),
    ],
)
def test_what_cannot_work_is_refused_by_its_field(draft: SubscriptionDraft, field: str) -> None:
    with pytest.raises(InvalidSubscription) as refusal:
        check_subscription(draft)
    assert refusal.value.field == field


def test_a_refusal_does_not_repeat_the_secret() -> None:
    with pytest.raises(InvalidSubscription) as refusal:
        check_subscription(replace(GOOD, secret="whsec_dG9vLXNob3J0"))
    assert "dG9vLXNob3J0" not in str(refusal.value)


def test_a_new_secret_is_usable_and_never_the_same() -> None:
    secret = new_secret()
    check_subscription(replace(GOOD, secret=secret))
    assert Webhook(secret)
    assert secret != new_secret()


@pytest.mark.parametrize(
    ("channel", "shown"),
    [
        ("https://user:pass@example.org:8443/services/T0KEN?key=x", "https://example.org:8443"),
        ("HTTPS://example.org/hook", "https://example.org"),
        ("tgram://123456:ABC-token/chat", "tgram://…"),
    ],
)
def test_of_a_channel_only_what_is_no_secret_is_shown(channel: str, shown: str) -> None:
    assert place_of(channel) == shown


def test_an_old_secret_signs_beside_the_new_one_for_a_while() -> None:
    rotated = subscription(old_secret="whsec_old", old_secret_until=MORNING)
    assert valid_secrets(rotated, MORNING - timedelta(seconds=1)) == [SECRET, "whsec_old"]
    assert valid_secrets(rotated, MORNING) == [SECRET]
    assert valid_secrets(subscription(), MORNING) == [SECRET]
