import re
from datetime import UTC, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient

from tests.fakes import RecordingNotifier
from tests.web.reading import Form, Page, read, submit
from tracker.alerts import fingerprint_of
from tracker.pipeline import Tracker
from tracker.types import RelationLabel, Rhythm, Subscription, Tongue

URL = "/subscriptions"
GOOD = {
    "name": "Night desk",
    "channels": "https://desk.example/hook?token=hidden-token",
    "relations": ["contradiction", "reversal"],
    "changes": ["opened", "came_back"],
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
    assert "Contradiction or reversal (opened or came back)" in page.text


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
        ({"channels": "nonsense"}, "channels"),
        ({"channels": "json://localhost/\nnonsense"}, "channels"),
        ({"channels": " \n "}, "channels"),
        ({"changes": []}, "changes"),
        ({"topics": "pod\n?!"}, "topics"),
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"quiet_from": "22:00"}, "quiet_from"),
        ({"quiet_from": "22:00", "quiet_to": "late"}, "quiet_to"),
        ({"minimum_severity": "much"}, "minimum_severity"),
        ({"channels": "https://"}, "channels"),
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
        {"channels": "x" * 5000},
        {"changes": ["quarrelled"]},
        {"languages": ["xx"]},
        {"rhythm": "yearly"},
        {"language": "fr"},
        {"digest_at": "25:00"},
        {"digest_at": "08:00+02:00"},
    ],
)
def test_a_form_not_filled_in_on_the_page_is_refused(
    client: FlaskClient, tracker: Tracker, change: dict[str, object]
) -> None:
    assert submit(client, URL, URL, **GOOD | change).status_code == 400
    assert stored(tracker) == []


def test_everything_that_can_be_asked_for_is_kept_and_said(
    client: FlaskClient, tracker: Tracker
) -> None:
    fields = {
        "channels": "https://desk.example/hook\njson://localhost/a",
        "outlets": "Gazeta de Seară",
        "topics": "baraj vale\npod",
        "languages": ["ro"],
        "language": "ro",
        "rhythm": "daily",
        "digest_at": "07:30",
        "zone": "Europe/Bucharest",
        "quiet_from": "22:00",
        "quiet_to": "06:15",
    }
    text = submit(client, URL, URL, **GOOD | fields).text
    (found,) = stored(tracker)
    assert found.channels == ("https://desk.example/hook", "json://localhost/a")
    assert (found.outlets, found.languages) == ({"Gazeta de Seară"}, {"ro"})
    assert found.topics == {"baraj vale", "pod"}
    assert found.language is Tongue.ROMANIAN
    assert (found.rhythm, found.digest_at) == (Rhythm.DAILY, time(7, 30))
    assert (found.quiet_from, found.quiet_to) == (time(22), time(6, 15))
    for words in (
        "with a statement of Ileana Dobrescu or Radu Mărginean",
        "in Gazeta de Seară",
        "about “baraj vale” or “pod”",
        "in the language Romanian",
        "severity 40% and more",
        "in one message a day at 07:30 (Europe/Bucharest)",
        "written in Romanian",
        "but not from 22:00 to 06:15 (Europe/Bucharest).",
    ):
        assert words in " ".join(Page(text).text.split())


# --- changing it --------------------------------------------------------------------------------


def added(client: FlaskClient, tracker: Tracker, **change: object) -> Subscription:
    submit(client, URL, URL, **GOOD | change)
    return stored(tracker)[-1]


def test_the_form_of_a_subscription_shows_what_it_is_and_no_secret(
    client: FlaskClient, tracker: Tracker
) -> None:
    rule = added(client, tracker, topics="baraj", quiet_from="22:00", quiet_to="06:00")
    text = client.get(f"{URL}/{rule.id}").text
    for words in ('value="Night desk"', "baraj", 'value="22:00"', 'value="0.4"', "Radu Mărginean"):
        assert words in text
    assert "https://desk.example" in text
    assert "hidden-token" not in text
    assert str(rule.secret) not in text
    assert client.get(f"{URL}/4711").status_code == 404


def test_a_subscription_sent_back_as_it_was_shown_stays_as_it_is(
    client: FlaskClient, tracker: Tracker
) -> None:
    rule = added(client, tracker, quiet_from="22:00", quiet_to="06:00", languages=["ro", "en"])
    form = Form(client.get(f"{URL}/{rule.id}").text)
    client.post(f"{URL}/{rule.id}", data=form.fields)
    assert stored(tracker) == [rule]


def test_a_changed_subscription_keeps_the_channels_that_are_ticked(
    client: FlaskClient, tracker: Tracker
) -> None:
    rule = added(client, tracker, channels="https://a.example/1\nhttps://b.example/2")
    page = f"{URL}/{rule.id}"
    fields = GOOD | {"channels": "json://localhost/", "name": "Day desk"}
    response = submit(client, page, page, **fields, keep=fingerprint_of("https://b.example/2"))
    assert "“Day desk” is changed." in response.text
    (found,) = stored(tracker)
    assert found.channels == ("https://b.example/2", "json://localhost/")
    assert found.secret == rule.secret


def test_a_change_that_is_refused_keeps_what_was_typed(
    client: FlaskClient, tracker: Tracker
) -> None:
    rule = added(client, tracker)
    page = f"{URL}/{rule.id}"
    response = submit(client, page, page, **GOOD | {"name": "Kept words", "zone": "Nowhere"})
    assert response.status_code == 400
    assert 'id="zone-problem"' in response.text
    assert 'value="Kept words"' in response.text
    assert 'value="Nowhere"' in response.text
    assert stored(tracker) == [rule]


def test_a_subscription_is_muted_and_no_longer(client: FlaskClient, tracker: Tracker) -> None:
    id = added(client, tracker, zone="Europe/Bucharest").id
    assert "muted until" in submit(client, URL, f"{URL}/{id}/mute", mute="7").text
    submit(client, URL, f"{URL}/{id}/mute", mute="until", until="2026-03-20")
    assert stored(tracker)[0].muted_until == datetime(2026, 3, 19, 22, tzinfo=UTC)
    assert "muted until" not in submit(client, URL, f"{URL}/{id}/mute", mute="off").text


@pytest.mark.parametrize("until", ["", "soon", "2026-03-01", "2126-03-01"])
def test_a_mute_that_is_no_day_to_come_is_refused(
    client: FlaskClient, tracker: Tracker, until: str
) -> None:
    id = added(client, tracker).id
    assert submit(client, URL, f"{URL}/{id}/mute", mute="until", until=until).status_code == 400
    assert stored(tracker)[0].muted_until is None


def test_a_new_secret_is_shown_once_and_the_old_one_signs_for_a_day(
    client: FlaskClient, tracker: Tracker
) -> None:
    before = added(client, tracker)
    text = submit(client, URL, f"{URL}/{before.id}/secret").text.replace("&#43;", "+")
    (after,) = stored(tracker)
    assert f"shown only now: {after.secret}" in text
    assert (after.old_secret, after.secret == before.secret) == (before.secret, False)
    assert after.old_secret_until is not None
    assert timedelta(hours=23) < after.old_secret_until - tracker.clock() < timedelta(hours=24)
    assert "old signing secret is valid until" in client.get(URL).text
    assert "whsec_" not in client.get(URL).text


def test_what_is_not_signed_has_no_secret_to_change(client: FlaskClient, tracker: Tracker) -> None:
    id = added(client, tracker, channels="json://localhost/").id
    assert submit(client, URL, f"{URL}/{id}/secret").status_code == 400


# --- what was sent ------------------------------------------------------------------------------


def test_a_test_goes_to_every_channel(
    client: FlaskClient, tracker: Tracker, notifier: RecordingNotifier
) -> None:
    id = added(client, tracker, channels="json://localhost/\ntgram://123456789:abcdefg/12345").id
    submit(client, URL, f"{URL}/{id}/test")
    tracker.catch_up()
    assert [each.delivery.channel[:4] for each in notifier.sent] == ["json", "tgra"]
    page = read(client, URL)
    assert len(re.findall(r"a test to Night desk\s+sent", page.text)) == 2


def alerted(client: FlaskClient, tracker: Tracker) -> None:
    """One subscription, to which the first conflict is sent."""
    added(client, tracker, name="Desk", channels="json://localhost/", speakers="")
    tracker.alert(1)
    tracker.catch_up()


def test_the_last_messages_are_listed_with_their_state_and_log(
    newsroom: FlaskClient, tracker: Tracker, notifier: RecordingNotifier
) -> None:
    notifier.failing = True
    alerted(newsroom, tracker)
    page = read(newsroom, URL)
    assert re.search(r"Conflict 1 to Desk\s+pending", page.text)
    assert re.search(r"Desk: answered 503\s+60.0\ss", page.text)
    assert "/conflicts/1" in page.links


def test_a_message_is_sent_again_under_the_same_id(
    newsroom: FlaskClient, tracker: Tracker, notifier: RecordingNotifier
) -> None:
    alerted(newsroom, tracker)
    assert "sent again" in submit(newsroom, URL, f"{URL}/deliveries/1/again").text
    tracker.catch_up()
    assert "2 attempts" in read(newsroom, URL).text
    assert len({each.delivery.message_id for each in notifier.sent}) == 1
    assert len(notifier.sent) == 2
    assert submit(newsroom, URL, f"{URL}/deliveries/4711/again").status_code == 404


def test_a_channel_that_is_gone_is_said_so_and_can_be_opened_again(
    newsroom: FlaskClient, tracker: Tracker, notifier: RecordingNotifier
) -> None:
    notifier.gone = {"json://localhost/"}
    alerted(newsroom, tracker)
    (rule,) = stored(tracker)
    assert "Nothing is sent to json://… any more" in read(newsroom, URL).text
    assert submit(newsroom, URL, f"{URL}/{rule.id}/test").status_code == 400
    submit(newsroom, URL, f"{URL}/{rule.id}/open")
    assert "any more" not in read(newsroom, URL).text
    assert stored(tracker)[0].closed == frozenset()
