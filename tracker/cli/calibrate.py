"""Sets the bar for conflicts by what reviewers confirmed and dismissed."""

from dataclasses import replace
from pathlib import Path

import click

from tracker.assembly import write_calibration
from tracker.cli.opening import opened_tracker
from tracker.config import read_settings
from tracker.evaluation import (
    Gold,
    Reviewed,
    evaluate,
    lowest_threshold,
    read_gold,
    read_pairs,
    reviewed,
)
from tracker.languages import languages
from tracker.pipeline import Tracker


@click.command()
@click.argument("feedback", type=click.Path(path_type=Path))
@click.option("--gold", type=click.Path(path_type=Path), required=True, help="Gold data to show.")
@click.option("--precision", default=0.8, show_default=True, help="Share of flags to be right.")
@click.option("--apply", "wanted", is_flag=True, help="Keep the new threshold for this store.")
def calibrate(feedback: Path, gold: Path, precision: float, wanted: bool) -> None:
    """Fit the threshold for conflicts to FEEDBACK, a file of `tracker export --feedback`.

    Shows what is flagged before and after, in the feedback and on gold data. Without --apply
    nothing is changed.
    """
    data, pairs = read_gold(gold), read_pairs(feedback)
    with opened_tracker() as tracker:
        found = reviewed(pairs, tracker.cascade, languages())
        after = lowest_threshold(found, precision)
        for name, threshold in (("before", tracker.cascade.threshold), ("after", after)):
            click.echo(f"{name}: threshold {threshold:.2f}")
            click.echo(_in_feedback(found, threshold))
            click.echo(_on_gold(data, tracker, threshold))
    if wanted:
        file = write_calibration(read_settings(), after)
        click.echo(f"Kept in {file}; workers take it up when they start.")
    else:
        click.echo("Nothing was changed; --apply keeps the new threshold.")


def _in_feedback(found: list[Reviewed], threshold: float) -> str:
    flagged = [each for each in found if each.chance >= threshold]
    right = sum(each.is_conflict for each in flagged)
    return f"  feedback: {len(flagged)} flagged, {right} of them rightly"


def _on_gold(gold: Gold, tracker: Tracker, threshold: float) -> str:
    report = evaluate(
        gold,
        replace(tracker, cascade=tracker.cascade.with_threshold(threshold)),
        languages(),
    )
    lines = []
    if report.conflicts:
        hard = report.conflicts.hard
        lines.append(f"  gold articles: precision {hard.precision:.2f}, recall {hard.recall:.2f}")
    if report.pairs:
        hard_pairs = report.pairs.hard
        lines.append(
            f"  gold pairs: precision {hard_pairs.precision:.2f}, recall {hard_pairs.recall:.2f}, "
            f"macro F1 {report.pairs.macro_f1:.2f}, traps flagged {report.pairs.traps_flagged:.2f}"
        )
    return "\n".join(lines)
