"""The contrast sets of ``training/contrasts``, and their check.

``python -m training.contrasts FILE…`` says whether sets keep the form that the folder's README
tells, and counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from tracker.types import CONFLICTING, RelationLabel
from training.claim_sets import ClaimPair, pairs_of
from training.lines import counted, read_lines

FOLDER = Path(__file__).parent / "contrasts"
LATER = 8
"""Later claims of a set."""


def read_contrasts(paths: Sequence[Path] = ()) -> Iterator[ClaimPair]:
    """The pairs of some files, or of all of the folder, in order.

    Raises:
        ValueError: a set does not keep the form; the message names it.
    """
    return read_lines(paths or sorted(FOLDER.glob("*.jsonl")), _set)


def _set(record: Mapping[str, Any]) -> list[ClaimPair]:
    pairs = pairs_of(record)
    conflicts = [pair for pair in pairs if pair.relation in CONFLICTING]
    if len(pairs) != LATER or not 0 < len(conflicts) < LATER:
        raise ValueError(f"{record['id']}: not {LATER} claims of which some conflict, some do not")
    contradictions = [pair for pair in pairs if pair.relation is RelationLabel.CONTRADICTION]
    if any(pair.premise.speaker == pair.hypothesis.speaker for pair in contradictions):
        raise ValueError(f"{record['id']}: one speaker's contradiction is a reversal")
    return pairs


@click.command(help=__doc__)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
def main(files: Sequence[Path]) -> None:
    """Check and count."""
    try:
        pairs = list(read_contrasts(files))
    except ValueError as error:
        raise SystemExit(str(error)) from error
    click.echo(f"{len({pair.set_id for pair in pairs})} sets, {len(pairs)} pairs")
    for values in ([pair.relation for pair in pairs], [pair.languages for pair in pairs]):
        for line in counted(values):
            click.echo(line)


if __name__ == "__main__":
    main()
