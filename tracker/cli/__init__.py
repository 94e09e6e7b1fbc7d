"""The command line: ``tracker up | ingest | catch-up | evaluate | export | calibrate | db | …``.

Settings come from the environment (prefix ``TRACKER_``). An expected fault is one line on standard
error and exit status 2.
"""

import os
import sys
from contextlib import closing

import click

from tracker.assembly import rehearse
from tracker.cli.accounts import account, token
from tracker.cli.articles import ingest, retry
from tracker.cli.calibrate import calibrate
from tracker.cli.opening import Commands, caught_up, opened_tracker
from tracker.cli.results import evaluate_command, export
from tracker.cli.subscriptions import subscribe, subscriptions, unsubscribe
from tracker.cli.upkeep import reindex, vacuum
from tracker.config import read_settings
from tracker.storage import open_storage


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="claim-tracker")
def main() -> None:
    """Who said what in the news, and who says otherwise."""


@main.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("flags", nargs=-1, type=click.UNPROCESSED)
def up(flags: tuple[str, ...]) -> None:
    """Start everything on this machine; `tracker up --help` lists the flags."""
    os.execv(sys.executable, [sys.executable, "-m", "workers.embedded", *flags])


@main.command("catch-up")
def catch_up() -> None:
    """Run whatever is pending, here and now, without a queue."""
    with opened_tracker() as tracker:
        click.echo(caught_up(tracker))


@main.command()
def check() -> None:
    """Put a sentence through every model, and say what is missing or damaged."""
    rehearse(read_settings())
    click.echo("All models work.")


@main.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Create the database or bring it up to this version of the program."""
    settings = read_settings()
    if not settings.database_url:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    with closing(open_storage(settings.sqlalchemy_url)) as storage:
        storage.migrate()
    click.echo("The database is up to date.")


for command in (
    *(ingest, retry),
    *(evaluate_command, export, calibrate),
    *(subscribe, subscriptions, unsubscribe),
    *(account, token),
    *(reindex, vacuum),
):
    main.add_command(command)
