"""The overview: what comes in, what is decided, who has gone silent, and how long things wait."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from statistics import median

from flask import Blueprint, render_template
from flask_babel import gettext

from tracker.articles.rhythm import FEWEST_ARTICLES, SHORTEST_SILENCE, TIMES_LONGER, silent
from tracker.storage import Transaction
from tracker.storage.overview import Review, Waiting
from web.charts import Chart, chart
from web.current import tracker

blueprint = Blueprint("overview", __name__, url_prefix="/overview")

DAYS = 30
RHYTHM_DAYS = 90
"""How far back the rhythm of outlets is read."""


@dataclass(frozen=True)
class Daily:
    """Something counted a day, by name."""

    title: str
    drawn: Chart


@blueprint.get("")
def index() -> str:
    """What went on in the last days, and what waits now."""
    now = tracker().clock()
    since = datetime.combine(now.date() - timedelta(days=DAYS - 1), time(), UTC)
    with tracker().storage.snapshot() as tx:
        reviews = tx.overview.reviews(since)
        return render_template(
            "overview/overview.html",
            days=DAYS,
            daily=daily(tx, since, reviews),
            median_review=median_of(reviews),
            reviews=len(reviews),
            silent=silent(tx.overview.published(now - timedelta(days=RHYTHM_DAYS)), now),
            rhythm=(RHYTHM_DAYS, FEWEST_ARTICLES, TIMES_LONGER, SHORTEST_SILENCE),
            waiting=waiting(tx),
            now=now,
        )


def daily(tx: Transaction, since: datetime, reviews: Sequence[Review]) -> list[Daily]:
    """What is counted a day."""
    counted = {
        gettext("Articles received"): tx.overview.articles(since),
        gettext("Claims found"): tx.overview.claims(since),
        gettext("Conflicts opened"): tx.overview.conflicts(since),
        gettext("Conflicts decided"): Counter(each.decided_at.date() for each in reviews),
    }
    return [Daily(title, chart(each, since.date(), DAYS)) for title, each in counted.items()]


def median_of(reviews: Sequence[Review]) -> timedelta | None:
    """The median time from opened to decided; None where nothing was decided."""
    if not reviews:
        return None
    return timedelta(seconds=median(each.took.total_seconds() for each in reviews))


def waiting(tx: Transaction) -> dict[str, Waiting]:
    """What waits for each step, by what is to be done."""
    return {
        gettext("articles to be read"): tx.overview.to_extract(),
        gettext("claims to be matched"): tx.overview.to_match(),
        gettext("pairs to be compared"): tx.overview.to_compare(),
        gettext("conflicts to be alerted"): tx.overview.to_alert(),
        gettext("messages to be sent"): tx.overview.to_deliver(),
    }
