"""What every command needs: the parts opened and closed again, and faults said in one line."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import click

from tracker.assembly import build_tracker
from tracker.config import Settings, read_settings
from tracker.errors import StorageError, TrackerError
from tracker.pipeline import Tracker
from tracker.storage import Storage, open_storage
from tracker.types import ArticleState


class Fault(click.ClickException):
    """A fault that the user can do something about; one line, exit status 2."""

    exit_code = 2


class Commands(click.Group):
    """A group whose commands may raise any ``TrackerError``."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an expected fault becomes one line."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # the reader of our output has gone; click ends quietly
            raise
        except (TrackerError, OSError) as error:
            raise Fault(" ".join(str(error).split())) from error


@contextmanager
def opened_tracker(settings: Settings | None = None) -> Iterator[Tracker]:
    """The tracker of these settings, or of the environment's, until the end of the block."""
    tracker = build_tracker(settings or _settings())
    with closing(tracker.storage):
        yield tracker


@contextmanager
def opened_storage() -> Iterator[Storage]:
    """The store alone, which opens faster, until the end of the block."""
    with closing(open_storage(_settings().sqlalchemy_url)) as storage:
        yield storage


def caught_up(tracker: Tracker) -> str:
    """Run whatever is pending; answers what came of it, for the user."""
    told = f"{tracker.catch_up()} steps were run."
    with tracker.storage.snapshot() as tx:
        failed = tx.articles.counts()[ArticleState.QUARANTINED]
    if failed:
        told += f" Quarantined articles: {failed}; `tracker retry --all` puts them back in line."
    return told


def _settings() -> Settings:
    settings = read_settings()
    if not settings.database_url and not settings.data_dir.is_dir():
        raise StorageError(
            f"nothing is stored in {settings.data_dir}: run `tracker db upgrade` to begin, "
            "or set TRACKER_DATA_DIR to the folder that is meant"
        )
    return settings
