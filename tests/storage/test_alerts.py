"""Subscriptions, their alerts, and the messages that carry them."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from tests.storage.samples import NOON, later, opened
from tracker.errors import InvalidInput, NotFound
from tracker.storage import Storage
from tracker.storage.migrating import MIGRATIONS
from tracker.types import (
    NEWS,
    AlertState,
    Change,
    ConflictState,
    Decision,
    Delivery,
    MessageKind,
    Rhythm,
    Subscription,
    SubscriptionDraft,
    Tongue,
)

LEASE = timedelta(minutes=2)
HOOK, MAIL = "https://desk.example/hook", "mailto://desk:pw@mail.example"
DRAFT = SubscriptionDraft(name="desk", channels=(HOOK, MAIL), secret="whsec_x")


def subscribe(storage: Storage, draft: SubscriptionDraft = DRAFT) -> Subscription:
    with storage.transaction() as tx:
        return tx.subscriptions.add(draft)


def add(storage: Storage, subscription: Subscription, conflict_id: int, change: Change) -> int:
    with storage.transaction() as tx:
        conflict = tx.conflicts.get(conflict_id)
        id = tx.alerts.add(subscription.id, conflict, change, NOON)
    assert id is not None
    return id


def message(storage: Storage, subscription: Subscription, *alert_ids: int) -> list[int]:
    with storage.transaction() as tx:
        return tx.messages.make(subscription, MessageKind.ALERT, alert_ids, NOON)


def delivery(storage: Storage, id: int) -> Delivery:
    with storage.snapshot() as tx:
        return tx.deliveries.get(id)


def claimed(storage: Storage, id: int, minutes: int = 0) -> Delivery | None:
    with storage.transaction() as tx:
        return tx.deliveries.claim(id, now=later(minutes), lease=LEASE)


# --- subscriptions ------------------------------------------------------------------------------


def test_a_subscription_comes_back_as_it_was_described(storage: Storage) -> None:
    draft = replace(
        DRAFT,
        changes=frozenset({Change.CONFIRMED}),
        speakers=frozenset({"Ana Rusu"}),
        outlets=frozenset({"Gazeta"}),
        topics=frozenset({"pod", "baraj vechi"}),
        languages=frozenset({"ro"}),
        language=Tongue.ROMANIAN,
        rhythm=Rhythm.DAILY,
        digest_at=time(7, 30),
        zone="Europe/Bucharest",
        quiet_from=time(22),
        quiet_to=time(6, 15),
    )
    stored = subscribe(storage, draft)
    with storage.snapshot() as tx:
        found = tx.subscriptions.get(stored.id)
        assert tx.subscriptions.all() == [found]
    fields = {name: getattr(found, name) for name in draft.__dataclass_fields__}
    assert SubscriptionDraft(**fields) == draft
    with storage.transaction() as tx:
        tx.subscriptions.remove(stored.id)
        with pytest.raises(NotFound):
            tx.subscriptions.remove(stored.id)


def test_a_changed_subscription_keeps_what_the_form_does_not_show(storage: Storage) -> None:
    id = subscribe(storage).id
    with storage.transaction() as tx:
        tx.subscriptions.mute(id, later())
        tx.subscriptions.rotate(id, "whsec_y", later(5))
        tx.subscriptions.close(id, HOOK)
        tx.subscriptions.close(id, MAIL)
        tx.subscriptions.change(
            id, replace(DRAFT, name="night", channels=(HOOK,), secret="whsec_y")
        )
        found = tx.subscriptions.get(id)
    assert (found.name, found.muted_until, found.closed) == ("night", later(), {HOOK})
    assert (found.secret, found.old_secret, found.old_secret_until) == (
        *("whsec_y", "whsec_x"),
        later(5),
    )
    assert found.open_channels == ()
    with storage.transaction() as tx:
        tx.subscriptions.open_again(id)
        assert tx.subscriptions.get(id).open_channels == (HOOK,)


# --- alerts -------------------------------------------------------------------------------------


def test_what_happened_since_is_told_once(storage: Storage) -> None:
    conflict_id, _ = opened(storage)
    with storage.transaction() as tx:
        conflict = tx.conflicts.get(conflict_id)
        assert [entry.event for entry in tx.alerts.untold(conflict)] == ["opened"]
        tx.conflicts.mark_alerted(conflict, NOON)
        assert tx.alerts.untold(conflict) == []
        assert tx.conflicts.unalerted(later()) == []
        decision = Decision(state=ConflictState.CONFIRMED, by="Ana")
        tx.reviews.decide([conflict_id], decision, later())
        assert tx.conflicts.unalerted(later()) == [conflict_id]
        conflict = tx.conflicts.get(conflict_id)
        assert [entry.event for entry in tx.alerts.untold(conflict)] == ["confirmed"]


def test_a_waiting_alert_tells_of_what_comes_after_it_too(storage: Storage) -> None:
    conflict_id, _ = opened(storage)
    desk = subscribe(storage)
    first = add(storage, desk, conflict_id, Change.OPENED)
    assert add(storage, desk, conflict_id, Change.NEW_EVIDENCE) == first
    with storage.snapshot() as tx:
        [waiting] = tx.alerts.waiting()
        assert waiting.change is Change.OPENED
    assert add(storage, desk, conflict_id, Change.CONFIRMED) == first
    with storage.snapshot() as tx:
        [waiting] = tx.alerts.waiting(desk.id)
        assert waiting.change is Change.CONFIRMED
        assert tx.alerts.was_told(desk.id, tx.conflicts.get(conflict_id))


def test_an_alert_in_a_message_waits_no_more_and_is_not_stored_twice(storage: Storage) -> None:
    conflict_id, _ = opened(storage)
    desk = subscribe(storage)
    alert_id = add(storage, desk, conflict_id, Change.OPENED)
    message(storage, desk, alert_id)
    with storage.transaction() as tx:
        assert tx.alerts.waiting() == []
        conflict = tx.conflicts.get(conflict_id)
        assert tx.alerts.add(desk.id, conflict, Change.OPENED, later()) is None
        [alert] = tx.alerts.of_conflict(conflict_id)
    assert alert.id == alert_id
    assert [(each.channel, each.state) for each in alert.deliveries] == [
        (HOOK, AlertState.PENDING),
        (MAIL, AlertState.PENDING),
    ]
    assert {each.conflict_ids for each in alert.deliveries} == {(conflict_id,)}
    with storage.transaction() as tx:
        tx.subscriptions.remove(desk.id)
        assert tx.alerts.of_conflict(conflict_id) == tx.deliveries.recent(9) == []


# --- deliveries ---------------------------------------------------------------------------------


def test_a_delivery_is_leased_to_one_sender_and_each_attempt_is_logged(storage: Storage) -> None:
    id, other = message(storage, subscribe(storage))
    with storage.snapshot() as tx:
        assert tx.deliveries.due(NOON) == [id, other]
    assert claimed(storage, id) is not None
    assert claimed(storage, id, 1) is None
    again = claimed(storage, id, 3)  # the first sender was cut off
    assert again is not None
    assert again.attempts == 2
    with storage.transaction() as tx:
        tx.deliveries.mark_failed(again, 503, "answered 503", later(4), later(10))
        assert tx.deliveries.due(later(9)) == [other]
        assert tx.deliveries.due(later(10)) == [other, id]
    last = claimed(storage, id, 10)
    assert last is not None
    with storage.transaction() as tx:
        tx.deliveries.mark_sent(last, 204, later(11))
    sent = delivery(storage, id)
    assert (sent.state, sent.sent_at, sent.error) == (AlertState.SENT, later(11), None)
    assert [(each.at, each.ended_at, each.status) for each in sent.log] == [
        (NOON, None, None),
        (later(3), later(4), 503),
        (later(10), later(11), 204),
    ]
    assert delivery(storage, other).state is AlertState.PENDING


def test_a_late_failure_does_not_undo_an_arrival(storage: Storage) -> None:
    id, _ = message(storage, subscribe(storage))
    slow, quick = claimed(storage, id), claimed(storage, id, 3)
    assert slow is not None
    assert quick is not None
    with storage.transaction() as tx:
        tx.deliveries.mark_sent(quick, 200, later(3))
        tx.deliveries.mark_failed(slow, None, "no answer in time", later(4), later(9))
    found = delivery(storage, id)
    assert (found.state, found.next_attempt_at) == (AlertState.SENT, None)
    assert [each.error for each in found.log] == ["no answer in time", None]


def test_what_was_sent_can_be_sent_again(storage: Storage) -> None:
    id, _ = message(storage, subscribe(storage))
    first = claimed(storage, id)
    assert first is not None
    with storage.transaction() as tx:
        tx.deliveries.mark_sent(first, 204, NOON)
        tx.deliveries.send_again(id, later(60))
        with pytest.raises(NotFound):
            tx.deliveries.send_again(4711, NOON)
    again = claimed(storage, id, 60)
    assert again is not None
    assert (again.message_id, again.attempts, len(again.log)) == (first.message_id, 1, 2)


def test_deliveries_are_listed_a_stretch_at_a_time(storage: Storage) -> None:
    desk, other = subscribe(storage), subscribe(storage)
    first, second, *_ = *message(storage, desk), *message(storage, other)
    taken = claimed(storage, first)
    assert taken is not None
    with storage.transaction() as tx:
        tx.deliveries.mark_sent(taken, 204, NOON)
    with storage.snapshot() as tx:
        part = tx.deliveries.stretch(1, None, desk.id)
        rest = tx.deliveries.stretch(9, part.cursor, desk.id)
        assert [each.id for each in (*part.items, *rest.items)] == [second, first]
        assert rest.cursor is None
        assert tx.deliveries.stretch(9).items == tx.deliveries.recent(9)
        sent = tx.deliveries.stretch(9, state=AlertState.SENT)
        assert [each.id for each in sent.items] == [first]
        assert [each.status for each in sent.items[0].log] == [204]
        with pytest.raises(InvalidInput):
            tx.deliveries.stretch(9, "x")


def test_what_is_on_its_way_to_a_channel_no_longer_used_is_given_up(storage: Storage) -> None:
    desk, other = subscribe(storage), subscribe(storage)
    hook, mail = message(storage, desk)
    message(storage, other)
    with storage.transaction() as tx:
        tx.deliveries.keep_only(desk.id, (HOOK,))
        assert mail not in tx.deliveries.due(NOON)
        assert [each.id for each in tx.deliveries.recent(4)][-2:] == [mail, hook]
    given_up = delivery(storage, mail)
    assert given_up.state is AlertState.WITHDRAWN
    assert given_up.error == "the channel is no longer used"


def test_a_muted_subscription_is_sent_nothing_but_tests(storage: Storage) -> None:
    desk, other = subscribe(storage), subscribe(storage)
    muted, _ = message(storage, desk)
    untouched, _ = message(storage, other)
    with storage.transaction() as tx:
        tx.subscriptions.mute(desk.id, later(60))
        test, _ = tx.messages.make(desk, MessageKind.TEST, (), NOON)
        due = tx.deliveries.due(later(59))
        assert muted not in due
        assert {untouched, test} <= set(due)
        assert muted in tx.deliveries.due(later(60))
    assert claimed(storage, muted, 59) is None
    assert claimed(storage, test, 59) is not None


# --- from before there were messages ------------------------------------------------------------


def test_subscriptions_and_alerts_from_before_are_kept(storage: Storage, database_url: str) -> None:
    conflict_id, _ = opened(storage)
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(MIGRATIONS))
        command.downgrade(config, "0003")
        connection.execute(
            sa.text(
                "INSERT INTO subscription (id, name, channel, relations, speakers, "
                f"minimum_severity) VALUES (5, 'desk', '{HOOK}', '[\"tension\"]', '[]', 0)"
            )
        )
        connection.execute(
            sa.text(
                "INSERT INTO alert (subscription_id, conflict_id, occurrence, state, attempts, "
                f"stored_at, sent_at) VALUES (5, {conflict_id}, 1, 'sent', 2, :at, :at)"
            ),
            {"at": "2026-03-02 12:00:00.000000"},
        )
    engine.dispose()
    storage.migrate()
    with storage.transaction() as tx:
        [kept] = tx.subscriptions.all()
        [alert] = tx.alerts.of_conflict(conflict_id)
        conflict = tx.conflicts.get(conflict_id)
        assert tx.alerts.untold(conflict) == []
        assert tx.alerts.was_told(kept.id, conflict)
    assert (kept.channels, kept.rhythm, kept.zone) == ((HOOK,), Rhythm.LIVE, "UTC")
    assert kept.changes == NEWS - {Change.NEW_EVIDENCE}
    assert (kept.digest_at, kept.language) == (time(8), Tongue.ENGLISH)
    assert [(each.channel, each.state, each.attempts) for each in alert.deliveries] == [
        (HOOK, AlertState.SENT, 2)
    ]
    assert alert.deliveries[0].sent_at == NOON
