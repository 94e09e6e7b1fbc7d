"""Commands on results: how good they are, and the conflicts themselves."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tracker.cli.export import export_conflicts
from tracker.cli.feedback import export_feedback
from tracker.cli.opening import opened_storage, opened_tracker
from tracker.config import read_settings
from tracker.evaluation import as_json, as_text, evaluate, read_gold
from tracker.languages import languages
from tracker.types import CONFLICTING, ConflictFilter, ConflictState, RelationLabel

RELATIONS = sorted(map(str, CONFLICTING))


@click.command("evaluate")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "json_wanted", is_flag=True, help="One JSON object instead of a table.")
def evaluate_command(folder: Path, json_wanted: bool) -> None:
    """Run the line over gold data and say how well it did."""
    gold = read_gold(folder)
    with TemporaryDirectory(prefix="tracker-") as scratch:
        apart = {"data_dir": Path(scratch), "database_url": ""}
        with opened_tracker(read_settings().model_copy(update=apart)) as tracker:
            report = evaluate(gold, tracker, languages())
    click.echo(as_json(report) if json_wanted else as_text(report))


@click.command()
@click.option(
    "--state", "states", multiple=True, type=click.Choice([str(state) for state in ConflictState])
)
@click.option("--relation", type=click.Choice(RELATIONS))
@click.option(
    "--feedback", is_flag=True, help="Pairs of confirmed and dismissed conflicts instead."
)
def export(states: tuple[str, ...], relation: str | None, feedback: bool) -> None:
    """Write the conflicts to standard output, one JSON object a line."""
    if feedback and (states or relation):
        raise click.UsageError("--feedback takes no --state and no --relation")
    wanted = ConflictFilter(
        states=frozenset(map(ConflictState, states)),
        label=RelationLabel(relation) if relation else None,
    )
    with opened_storage() as storage:
        for line in export_feedback(storage) if feedback else export_conflicts(storage, wanted):
            click.echo(line)
