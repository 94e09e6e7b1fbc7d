"""Two texts side by side, and outlets that have gone silent."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.articles import paragraphs
from tracker.articles.revisions import Change, compare_texts
from tracker.articles.rhythm import silent

OLD = "Podul e închis.\n\nPrimarul a spus că podul se deschide luni.\n\nAlt paragraf."
NEW = "Podul e închis.\n\nPrimarul a spus că podul se deschide joi.\n\nCu totul altceva aici!"


def texts(change: Change) -> tuple[str, str]:
    return ("".join(s.text for s in change.before), "".join(s.text for s in change.after))


def test_what_stayed_changed_came_and_went() -> None:
    same, changed, went, came = compare_texts(OLD, NEW)
    assert same.same
    assert [s.text for s in changed.before if s.changed] == ["luni"]
    assert [s.text for s in changed.after if s.changed] == ["joi"]
    assert texts(went) == ("Alt paragraf.", "")
    assert texts(came) == ("", "Cu totul altceva aici!")


@given(*2 * [st.lists(st.sampled_from(["a b c", "a b d", "x", "ș 👩‍🚒", "y z"]), max_size=6)])
def test_no_paragraph_is_lost_or_added(before: list[str], after: list[str]) -> None:
    old, new = "\n\n".join(before), "\n\n".join(after)
    shown = [texts(change) for change in compare_texts(old, new)]
    assert [text for text, _ in shown if text] == before
    assert [text for _, text in shown if text] == after


@given(st.text("ab \n."))
def test_a_text_differs_in_nothing_from_itself(text: str) -> None:
    changes = compare_texts(text, text)
    assert len(changes) == len(paragraphs(text))
    assert all(change.same for change in changes)


NOW = datetime(2026, 3, 20, tzinfo=UTC)


def every(gap: timedelta, last: timedelta, number: int = 9) -> list[datetime]:
    """Moments ``gap`` apart, the last of them ``last`` ago."""
    return [NOW - last - n * gap for n in range(number)]


def test_an_outlet_is_silent_when_its_pause_is_far_longer_than_usual() -> None:
    day, hour = timedelta(days=1), timedelta(hours=1)
    published = {
        "weekly": every(7 * day, 10 * day),
        "daily": every(day, 5 * day),
        "hourly, asleep": every(hour, 10 * hour),
        "hourly, gone": every(hour, 2 * day),
        "young": every(hour, 9 * day, number=4),
    }
    found = silent(published, NOW)
    assert [each.outlet for each in found] == ["hourly, gone", "daily"]
    assert (found[1].usual, found[1].pause, found[1].last) == (day, 5 * day, NOW - 5 * day)


def test_one_long_holiday_does_not_change_the_usual_rhythm() -> None:
    day = timedelta(days=1)
    moments = [*every(day, 5 * day, 4), *every(day, 60 * day, 4)]
    assert silent({"daily": moments}, NOW)[0].usual == day
    assert silent({"all at once": [NOW] * 9}, NOW) == []
