"""The overview: what comes in, what is decided, who has gone silent, and how long things wait."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from flask import Blueprint, render_template
from flask_babel import gettext

from tracker.articles.rhythm import FEWEST_ARTICLES, SHORTEST_SILENCE, TIMES_LONGER, Silence, silent
from tracker.pipeline import Step
from tracker.storage import Transaction
from tracker.storage.overview import Review, Waiting
from web.charts import Chart, chart
from web.current import tracker

blueprint = Blueprint("overview", __name__, url_prefix="/overview")

DAYS = 30
RHYTHM_DAYS = 90
"""How far back the rhythm of outlets is read."""


@dataclass(frozen=True)
class Figures:
    """What went on in the last days, and what waits now."""

    first: date
    """The first of the days."""
    articles: Mapping[date, int]
    claims: Mapping[date, int]
    conflicts: Mapping[date, int]
    decisions: Mapping[date, int]
    """The first ones of conflicts."""
    reviews: int
    """How many conflicts were decided for the first time."""
    median_review: timedelta | None
    """From opened to decided; None where nothing was decided."""
    silent: Sequence[Silence]
    waiting: Mapping[Step, Waiting]


@dataclass(frozen=True)
class Daily:
    """Something counted a day, by name."""

    title: str
    drawn: Chart


@blueprint.get("")
def index() -> str:
    """What went on in the last days, and what waits now."""
    now = tracker().clock()
    with tracker().storage.snapshot() as tx:
        found = figures(tx, now)
    return render_template(
        "overview/overview.html",
        days=DAYS,
        daily=daily(found),
        median_review=found.median_review,
        reviews=found.reviews,
        silent=found.silent,
        rhythm=(RHYTHM_DAYS, FEWEST_ARTICLES, TIMES_LONGER, SHORTEST_SILENCE),
        waiting=waiting(found),
        now=now,
    )


def figures(tx: Transaction, now: datetime) -> Figures:
    """What is counted."""
    first = now.date() - timedelta(days=DAYS - 1)
    since = datetime.combine(first, time(), UTC)
    reviews = tx.overview.reviews(since)
    return Figures(
        first=first,
        articles=tx.overview.articles(since),
        claims=tx.overview.claims(since),
        conflicts=tx.overview.conflicts(since),
        decisions=Counter(each.decided_at.date() for each in reviews),
        reviews=len(reviews),
        median_review=median_of(reviews),
        silent=silent(tx.overview.published(now - timedelta(days=RHYTHM_DAYS)), now),
        waiting={
            Step.EXTRACT: tx.overview.to_extract(),
            Step.MATCH: tx.overview.to_match(),
            Step.COMPARE: tx.overview.to_compare(),
            Step.ALERT: tx.overview.to_alert(),
            Step.DELIVER: tx.overview.to_deliver(),
        },
    )


def median_of(reviews: Sequence[Review]) -> timedelta | None:
    """The median time from opened to decided; None where nothing was decided."""
    if not reviews:
        return None
    return timedelta(seconds=median(each.took.total_seconds() for each in reviews))


def daily(found: Figures) -> list[Daily]:
    """What is counted a day."""
    counted = {
        gettext("Articles received"): found.articles,
        gettext("Claims found"): found.claims,
        gettext("Conflicts opened"): found.conflicts,
        gettext("Conflicts decided"): found.decisions,
    }
    return [Daily(title, chart(each, found.first, DAYS)) for title, each in counted.items()]


def waiting(found: Figures) -> dict[str, Waiting]:
    """What waits for each step, by what is to be done."""
    titles = {
        Step.EXTRACT: gettext("articles to be read"),
        Step.MATCH: gettext("claims to be matched"),
        Step.COMPARE: gettext("pairs to be compared"),
        Step.ALERT: gettext("conflicts to be alerted"),
        Step.DELIVER: gettext("messages to be sent"),
    }
    return {titles[step]: each for step, each in found.waiting.items()}
