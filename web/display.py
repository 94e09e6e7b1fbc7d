"""How values read on a page: moments, languages, severities, addresses."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from flask import Flask, url_for
from flask_babel import format_date, format_datetime, format_percent, format_timedelta
from markupsafe import Markup

from tracker.alerts import place_of
from tracker.languages import languages
from tracker.types import CONFLICTING, ConflictOrder, Dismissal
from web.current import tracker
from web.listing import undecided
from web.words import because, heading, language, note_of, word

DAY = "d MMM yyyy"
MOMENT = "d MMM yyyy, HH:mm"


def install(app: Flask) -> None:
    """Make these readings available to the templates of ``app``."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        moment=moment,
        day=day,
        plain_day=plain_day,
        language=language,
        degree=degree,
        percent=percent,
        duration=duration,
        place=place_of,
        word=word,
        because=because,
        heading=heading,
        note_of=note_of,
    )
    app.jinja_env.tests["web_address"] = is_web_address
    app.jinja_env.tests["measured"] = is_measured
    app.jinja_env.globals.update(
        to_review=to_review,
        review_url=review_url,
        dismissals=tuple(Dismissal),
        orders=tuple(ConflictOrder),
        conflicting=sorted(CONFLICTING),
    )


def moment(value: datetime) -> Markup:
    """A moment to the minute, in UTC and saying so."""
    return _time(value.isoformat(), f"{format_datetime(value, MOMENT)} UTC")


def day(value: date) -> Markup:
    """A day, without the time."""
    return _time(f"{value:%Y-%m-%d}", format_date(value, DAY))


def _time(machine: str, human: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(machine, human.replace(" ", "\N{NBSP}"))


def plain_day(value: date) -> str:
    """A day as bare text, for drawings."""
    return str(format_date(value, "d MMM"))


def is_measured(code: str) -> bool:
    """Whether it was measured how well statements are found in a language."""
    return code in languages()


def degree(severity: float) -> int:
    """A severity between 0 and 1 as 1 to 5, for its bars."""
    return min(5, int(severity * 5) + 1)


def percent(share: float) -> str:
    """A share between 0 and 1, in whole percent."""
    return str(format_percent(share))


def duration(value: timedelta) -> str:
    """How long something takes, in its largest unit."""
    return str(format_timedelta(value, granularity="minute", threshold=1.5))


def is_web_address(url: str | None) -> bool:
    """Whether a link to ``url`` leads to a page and nowhere else (no script, no file)."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def to_review() -> int:
    """How many conflicts wait for a decision."""
    with tracker().storage.snapshot() as tx:
        counts = tx.conflicts.counts()
    return undecided(counts)


def review_url() -> str:
    """The list of the conflicts that wait for a decision."""
    return url_for("inbox.index", state="open")
