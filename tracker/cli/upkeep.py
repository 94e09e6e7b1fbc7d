"""Commands of upkeep: what claims are found by, and what has had its time."""

import re
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from tracker.cli.opening import opened_storage, opened_tracker
from tracker.config import read_settings
from tracker.languages import languages
from tracker.pipeline import utc_now
from tracker.storage import Storage
from tracker.types import Dropped, Expiry, Log
from tracker.upkeep import (
    Keeping,
    Part,
    Reindexing,
    drop_articles,
    drop_logs,
    drop_sources,
    old_logs,
    turn,
)

NEVER = datetime.min.replace(tzinfo=UTC)
"""Nothing was published before."""
_DAYS = re.compile(r"([1-9]\d{0,4})d")


def age(ctx: click.Context, param: click.Parameter, value: str | None) -> timedelta | None:
    """The age that an option such as ``365d`` names."""
    if value is None:
        return None
    found = _DAYS.fullmatch(value)
    if found is None:
        raise click.BadParameter(f"{value!r} is no number of days such as 365d")
    return timedelta(days=int(found[1]))


@click.command()
@click.option("--all", "everything", is_flag=True, help="Start over with what was done before.")
@click.option("--match", is_flag=True, help="Match every claim once more afterwards.")
def reindex(everything: bool, match: bool) -> None:
    """Compute anew what claims are found by: names, words, meanings.

    Does what was not yet done with the present models and language tables. Workers and pages may
    go on; after an interruption it goes on where it stopped.
    """
    with opened_tracker() as tracker:
        work = Reindexing(tracker.storage, tracker.encoder, languages())
        if everything:
            work.start_over()
        for part in work.parts(match=match):
            click.echo(f"{part.name}: {_run(work, part)} {part.shelf.noun}s")


def _run(work: Reindexing, part: Part) -> int:
    with _bar(work.left(part), part.name) as bar:
        return sum(_shown(number, bar) for number in work.run(part))


def _bar(length: int, label: str = "") -> Any:
    return click.progressbar(
        length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    )


def _shown(number: int, bar: Any) -> int:
    bar.update(number)
    return number


@click.command()
@click.option(
    "--older-than", metavar="DAYSd", callback=age, help="Remove articles older than 365d, say."
)
@click.option("--outlet", "outlets", multiple=True, help="Only those of this outlet; several.")
@click.option("--dry-run", is_flag=True, help="Tell what would go, and change nothing.")
def vacuum(older_than: timedelta | None, outlets: tuple[str, ...], dry_run: bool) -> None:
    """Remove what has had its time, and give the space back.

    Old articles go with their claims, unless a conflict needs them, somebody corrected a claim or
    a step is still to come; so do sources without claims, and old logs. Workers and pages may go
    on; after an interruption run it again.
    """
    if outlets and older_than is None:
        raise click.UsageError("--outlet goes with --older-than, which says how old.")
    keeping, now = Keeping.of(read_settings()), utc_now()
    before = NEVER if older_than is None else now - older_than
    expiry = Expiry(before=before, outlets=frozenset(outlets))
    with opened_storage() as storage:
        if dry_run:
            forecast = _told(_forecast(storage, expiry), old_logs(storage, keeping, now))
            click.echo(f"This would go: {forecast}\nNothing was changed.")
        else:
            dropped = _told(_drop(storage, expiry), drop_logs(storage, keeping, now))
            click.echo(f"This went: {dropped}")
            _give_back(storage)


def _forecast(storage: Storage, expiry: Expiry) -> Dropped:
    with storage.snapshot() as tx:
        return tx.retention.forecast(expiry)


def _drop(storage: Storage, expiry: Expiry) -> Dropped:
    before = _forecast(storage, expiry)
    gone: list[Dropped] = []
    with _bar(before.articles) as bar:
        for batch in drop_articles(storage, expiry):
            gone.append(batch)
            bar.update(batch.articles)
    return Dropped(
        articles=sum(batch.articles for batch in gone),
        claims=sum(batch.claims for batch in gone),
        sources=drop_sources(storage),
        kept=before.kept,
    )


def _give_back(storage: Storage) -> None:
    free = storage.give_back(turn)
    if free:
        click.echo(
            f"{free / 1e6:.0f} MB stay free in the file, for what comes next; how to give them "
            "back is in docs/operations.md."
        )


def _told(dropped: Dropped, logs: dict[Log, int]) -> str:
    found = (
        ("articles", dropped.articles),
        ("claims", dropped.claims),
        ("sources", dropped.sources),
    )
    figures = ", ".join(f"{number} {noun}" for noun, number in (*found, *logs.items()))
    return f"{figures}.\n{dropped.kept} old articles are needed and stay."
