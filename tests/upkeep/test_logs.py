"""Logs are kept as long as the settings say, and what is still on its way longer."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.storage.samples import NOON, opened, store
from tracker.config import Settings
from tracker.storage import Storage
from tracker.types import (
    AuditDraft,
    Change,
    Deed,
    Delivery,
    Log,
    MessageKind,
    Role,
    SubscriptionDraft,
)
from tracker.upkeep import Keeping, drop_logs, old_logs

DAY = timedelta(days=1)
KEEPING = Keeping.of(Settings(keep_logs_days=365, keep_audit_days=700))


def told(storage: Storage) -> list[Delivery]:
    """A message of a new conflict to two channels, the first of which got it."""
    conflict_id, _ = opened(storage)
    channels = ("https://a.example", "https://b.example")
    with storage.transaction() as tx:
        desk = tx.subscriptions.add(SubscriptionDraft(name="desk", channels=channels))
        alert = tx.alerts.add(desk.id, tx.conflicts.get(conflict_id), Change.OPENED, NOON)
        assert alert is not None
        ids = tx.messages.make(desk, MessageKind.ALERT, [alert], NOON)
    claimed = [claim(storage, id) for id in ids]
    with storage.transaction() as tx:
        tx.deliveries.mark_sent(claimed[0], 204, NOON)
    return claimed


def claim(storage: Storage, id: int) -> Delivery:
    with storage.transaction() as tx:
        delivery = tx.deliveries.claim(id, now=NOON, lease=DAY)
    assert delivery is not None
    return delivery


def log(storage: Storage) -> int:
    with storage.snapshot() as tx:
        return len(tx.deliveries.recent(99))


def count(url: str, table: str) -> int:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        number = connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one()
    engine.dispose()
    return int(number)


def test_messages_go_with_every_attempt_once_none_is_on_its_way(
    storage: Storage, database_url: str
) -> None:
    _, on_its_way = told(storage)
    then = NOON + 366 * DAY
    assert drop_logs(storage, KEEPING, then)[Log.MESSAGES] == 0
    with storage.transaction() as tx:
        tx.deliveries.mark_failed(on_its_way, 503, "answered 503", NOON, None)
    assert drop_logs(storage, KEEPING, NOON + 364 * DAY)[Log.MESSAGES] == 0
    assert log(storage) == 2
    assert drop_logs(storage, KEEPING, then)[Log.MESSAGES] == 1
    assert log(storage) == 0
    assert count(database_url, "attempt") == count(database_url, "alert") == 0
    assert count(database_url, "conflict") == count(database_url, "subscription") == 1


def test_what_waits_for_its_message_stays(storage: Storage) -> None:
    conflict_id, _ = opened(storage)
    with storage.transaction() as tx:
        desk = tx.subscriptions.add(SubscriptionDraft(name="desk", channels=("json://a",)))
        tx.alerts.add(desk.id, tx.conflicts.get(conflict_id), Change.OPENED, NOON)
    drop_logs(storage, KEEPING, NOON + 999 * DAY)
    with storage.snapshot() as tx:
        assert len(tx.alerts.waiting(desk.id)) == 1


def audit(storage: Storage, *days: int) -> None:
    with storage.transaction() as tx:
        for day in days:
            tx.audit.add(AuditDraft(deed=Deed.SIGNED_IN, by=f"day {day}"), NOON + day * DAY)


def entries(storage: Storage) -> list[str]:
    with storage.snapshot() as tx:
        return [each.by for each in tx.audit.recent(9)]


def test_the_audit_log_is_kept_for_ever_unless_a_time_is_set(storage: Storage) -> None:
    audit(storage, 0, 1, 2)
    now = NOON + 701 * DAY
    assert Log.AUDIT not in drop_logs(storage, Keeping.of(Settings()), now)
    assert entries(storage) == ["day 2", "day 1", "day 0"]
    assert drop_logs(storage, KEEPING, now)[Log.AUDIT] == 1
    assert entries(storage) == ["day 2", "day 1"]


def test_a_sign_in_goes_when_it_has_ended(storage: Storage) -> None:
    with storage.transaction() as tx:
        ana = tx.accounts.add("Ana", "ana", Role.READER, NOON, password="hash")
        tx.sign_ins.begin(ana.id, "short", NOON, NOON + DAY)
        tx.sign_ins.begin(ana.id, "long", NOON, NOON + 3 * DAY)
    assert drop_logs(storage, KEEPING, NOON + 2 * DAY)[Log.SIGN_INS] == 1
    with storage.snapshot() as tx:
        assert tx.sign_ins.whose("long", NOON + 2 * DAY) == ana
        assert tx.sign_ins.whose("short", NOON) is None


def test_answered_requests_are_kept_as_long_as_messages(storage: Storage) -> None:
    store(storage)
    with storage.transaction() as tx:
        for key, at in (("old", NOON), ("new", NOON + DAY)):
            tx.requests.save(key, "print", 1, at, created=True)
    assert drop_logs(storage, KEEPING, NOON + 366 * DAY)[Log.REQUESTS] == 1
    with storage.snapshot() as tx:
        assert tx.requests.find("old") is None
        assert tx.requests.find("new") is not None


def test_more_than_go_at_once_go_too(storage: Storage) -> None:
    audit(storage, *range(600))
    assert drop_logs(storage, KEEPING, NOON + 1300 * DAY)[Log.AUDIT] == 600


def test_a_forecast_is_what_comes_about(storage: Storage) -> None:
    told(storage)
    audit(storage, 0, 1, 999)
    now = NOON + 800 * DAY
    forecast = old_logs(storage, KEEPING, now)
    assert forecast[Log.AUDIT] == 2
    assert len(entries(storage)) == 3
    assert drop_logs(storage, KEEPING, now) == forecast


def test_a_time_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        Settings(keep_logs_days=0)
