"""A subscription that cannot work is refused by the field at fault."""

from dataclasses import replace

import pytest
from standardwebhooks import Webhook

from tests.alerts.samples import SECRET, subscription
from tracker.alerts import check_subscription, new_secret, place_of
from tracker.errors import InvalidSubscription
from tracker.types import RelationLabel, SubscriptionDraft

GOOD = SubscriptionDraft(name="desk", channel="https://example.org/hook", secret=SECRET)


@pytest.mark.parametrize(
    "draft",
    [
        GOOD,
        replace(GOOD, channel="http://127.0.0.1:9000/hook?team=5", minimum_severity=1.0),
        replace(GOOD, channel="json://localhost/path", secret=None),
        replace(GOOD, channel="mailto://desk:password@example.org", secret=None),
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
        (replace(GOOD, secret=None), "secret"),
        (replace(GOOD, secret=SECRET.removeprefix("whsec_")), "secret"),
        (replace(GOOD, secret="whsec_not base64!"), "secret"),
        (replace(GOOD, secret="whsec_c2hvcnQ="), "secret"),
        (replace(GOOD, secret="whsec_ăîâșț"), "secret"),
        (replace(GOOD, channel="json://localhost"), "secret"),
        (replace(GOOD, channel="https:///hook"), "channel"),
        (replace(GOOD, channel="https://example.org:port/hook"), "channel"),
        (replace(GOOD, channel="https://[broken/hook"), "channel"),
        (replace(GOOD, channel="carrier-pigeon://loft", secret=None), "channel"),
        (replace(GOOD, channel="not a url", secret=None), "channel"),
        (replace(GOOD, channel="", secret=None), "channel"),
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
    assert place_of(subscription(channel).channel) == shown
