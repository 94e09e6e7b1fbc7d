"""Commands on articles: take many in, and put failed ones back in line."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from tracker.articles import Line, jsonl_files, read_lines
from tracker.cli.opening import caught_up, opened_tracker
from tracker.config import read_settings
from tracker.errors import InvalidArticle, InvalidInput
from tracker.pipeline import Tracker, utc_now
from tracker.storage import Storage
from tracker.types import ArticleState

LATER = (
    "A running system takes them up within a minute; without one, run `tracker catch-up` "
    "(or `tracker up`)."
)


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What became of the lines."""

    new: int
    known: int
    refused: tuple[str, ...]
    """Place and reason of each line that was not stored."""


def ingest_lines(tracker: Tracker, lines: Iterable[Line], done: Callable[[Line], object]) -> Intake:
    """Store the article of each line; a line that is refused holds up none after it.

    ``done`` is told of each line once it is dealt with.
    """
    new, known, refused = 0, 0, list[str]()
    for line in lines:
        try:
            created = _add(tracker, line)
        except InvalidInput as fault:
            refused.append(f"{line.place}: {fault}")
        else:
            new, known = new + created, known + (not created)
        done(line)
    return Intake(new=new, known=known, refused=tuple(refused))


def _add(tracker: Tracker, line: Line) -> bool:
    if isinstance(line.content, InvalidArticle):
        raise line.content
    return tracker.add_article(line.content).created


@click.command()
@click.argument("source", metavar="FILE|DIR|-")
@click.option("--run", is_flag=True, help="Extract, match and compare at once, in this process.")
@click.pass_context
def ingest(ctx: click.Context, source: str, run: bool) -> None:
    """Store articles: JSON lines in a file, in the *.jsonl files of a folder, or from stdin.

    Exit status 1 if any line was refused.
    """
    files = [] if source == "-" else jsonl_files(Path(source))
    length = sum(file.stat().st_size for file in files) if files else None
    with opened_tracker() as tracker:
        lines = _lines(files, read_settings().max_article_bytes)
        with click.progressbar(lines, length=length, file=sys.stderr) as bar:
            intake = ingest_lines(tracker, lines, lambda line: bar.update(line.size))
        _report(intake)
        if run:
            click.echo(caught_up(tracker))
        elif intake.new:
            click.echo(f"The new articles are stored. {LATER}")
    if intake.refused:
        ctx.exit(1)


def _report(intake: Intake) -> None:
    for reason in intake.refused:
        click.echo(reason, err=True)
    click.echo(f"{intake.new} new, {intake.known} known, {len(intake.refused)} refused")


def _lines(files: list[Path], max_bytes: int) -> Iterator[Line]:
    now = utc_now()
    if not files:
        yield from read_lines(sys.stdin.buffer, "stdin", received_at=now, max_bytes=max_bytes)
    for file in files:
        with file.open("rb") as stream:
            yield from read_lines(stream, str(file), received_at=now, max_bytes=max_bytes)


@click.command()
@click.argument("ids", nargs=-1, type=int, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Every quarantined article.")
def retry(ids: tuple[int, ...], everything: bool) -> None:
    """Put quarantined or unsupported articles back in line."""
    if bool(ids) == everything:
        raise click.UsageError("Name the articles by their ids, or give --all.")
    with opened_tracker() as tracker:
        chosen = _quarantined(tracker.storage) if everything else ids
        for id in chosen:
            tracker.retry(id)
    click.echo(f"{len(chosen)} articles are back in line. {LATER if chosen else ''}".rstrip())


def _quarantined(storage: Storage) -> list[int]:
    with storage.snapshot() as tx:
        count = tx.articles.counts()[ArticleState.QUARANTINED]
        found = tx.articles.recent(count, state=ArticleState.QUARANTINED) if count else ()
        return [article.id for article in found]
