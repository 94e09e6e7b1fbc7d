"""When messages go out, by clocks that jump twice a year."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alerts.samples import subscription
from tracker.alerts import free_from, goes_at_once, is_due
from tracker.alerts.rhythm import last_digest
from tracker.types import Rhythm, Subscription

ZONE = "Europe/Bucharest"
MOMENTS = st.builds(
    lambda start, seconds: start + timedelta(seconds=seconds),
    st.just(datetime(2025, 1, 1, tzinfo=UTC)),
    st.integers(0, 3 * 365 * 86_400),
)
MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
ZONES = st.sampled_from([ZONE, "UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"])


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    """A moment in March 2026, by the clock of Bucharest."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def daily(hour: int = 8, **other: object) -> Subscription:
    return subscription(rhythm=Rhythm.DAILY, digest_at=time(hour), zone=ZONE, **other)


def quiet(start: time, end: time, **other: object) -> Subscription:
    return subscription(**{"zone": ZONE, "quiet_from": start, "quiet_to": end} | other)


def test_live_goes_at_once() -> None:
    assert goes_at_once(subscription(), at(3))
    assert not goes_at_once(daily(), at(8))


def test_a_daily_digest_goes_at_its_hour_of_the_local_clock() -> None:
    assert not is_due(daily(), since=at(9), now=at(23))
    assert not is_due(daily(), since=at(9), now=at(7, 59, day=3))
    assert is_due(daily(), since=at(9), now=at(8, day=3))
    assert is_due(daily(), since=at(9), now=at(20, day=5)), "whoever is late sends it late"


def test_an_hourly_digest_goes_at_the_full_hour() -> None:
    hourly = subscription(rhythm=Rhythm.HOURLY, zone="Asia/Kolkata")
    half = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)  # 16:00 there
    assert not is_due(hourly, since=half, now=half + timedelta(minutes=59))
    assert is_due(hourly, since=half, now=half + timedelta(hours=1))


def test_what_falls_into_quiet_hours_waits_until_they_end() -> None:
    night = quiet(time(22), time(6, 30))
    assert free_from(night, at(21, 59)) == at(21, 59)
    assert free_from(night, at(22)) == at(6, 30, day=3)
    assert free_from(night, at(2)) == at(6, 30)
    assert free_from(night, at(6, 30)) == at(6, 30)
    assert not goes_at_once(night, at(23))
    assert not is_due(night, since=at(23), now=at(6, 29, day=3))
    assert is_due(night, since=at(23), now=at(6, 30, day=3))
    assert free_from(quiet(time(12), time(14)), at(13)) == at(14)


def test_a_digest_due_in_quiet_hours_goes_at_their_end() -> None:
    early = daily(hour=5, quiet_from=time(22), quiet_to=time(7))
    assert not is_due(early, since=at(20), now=at(5, day=3))
    assert is_due(early, since=at(20), now=at(7, day=3))


def test_nothing_goes_while_it_is_muted_or_every_channel_is_closed() -> None:
    muted = subscription(muted_until=at(12))
    assert not goes_at_once(muted, at(11, 59))
    assert goes_at_once(muted, at(12))
    night = quiet(time(22), time(6), muted_until=at(23))
    assert free_from(night, at(12)) == at(6, day=3)
    hook = "https://example.org/hook"
    assert not goes_at_once(subscription(hook, closed=frozenset({hook})), at(12))


@pytest.mark.parametrize(
    ("noon", "hour", "due"),
    [
        (
            datetime(2026, 3, 29, 12, tzinfo=UTC),
            3,
            datetime(2026, 3, 29, 1, tzinfo=UTC),
        ),  # 3:00 is skipped
        (
            datetime(2026, 10, 25, 12, tzinfo=UTC),
            3,
            datetime(2026, 10, 25, 0, tzinfo=UTC),
        ),  # 3:00 comes twice
    ],
    ids=["spring", "autumn"],
)
def test_a_night_on_which_the_clock_jumps_has_one_digest(
    noon: datetime, hour: int, due: datetime
) -> None:
    digest = daily(hour)
    assert last_digest(digest, due - timedelta(minutes=1)) < due - timedelta(hours=20)
    found = {last_digest(digest, noon - timedelta(minutes=10 * n)) for n in range(72)}
    assert found - {last_digest(digest, noon - timedelta(days=1))} == {due}


@given(MOMENTS, MINUTES, ZONES, st.sampled_from([Rhythm.HOURLY, Rhythm.DAILY]))
def test_digests_follow_each_other_within_a_period(
    now: datetime, clock: time, zone: str, rhythm: Rhythm
) -> None:
    digest = subscription(rhythm=rhythm, digest_at=clock, zone=zone)
    longest = timedelta(hours=25) if rhythm is Rhythm.DAILY else timedelta(hours=1, minutes=30)
    last = last_digest(digest, now)
    assert last <= now < last + longest
    assert last_digest(digest, last) == last
    assert last_digest(digest, last - timedelta(microseconds=1)) < last


@given(MOMENTS, MINUTES, MINUTES, ZONES)
def test_quiet_hours_end_and_are_then_over(
    now: datetime, start: time, end: time, zone: str
) -> None:
    night = quiet(start, end, zone=zone)
    free = free_from(night, now)
    assert now <= free <= now + timedelta(hours=50)
    assert free_from(night, free) == free
