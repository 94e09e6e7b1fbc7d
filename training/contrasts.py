"""The contrast sets of ``training/contrasts``, and their check.

``python -m training.contrasts FILE…`` says whether sets keep the form that the folder's README
tells, and counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from tracker.types import CONFLICTING
from training.claim_sets import ClaimPair, check, pairs_of, refuse_contradiction_of_oneself
from training.lines import read_lines

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
    for pair in pairs:
        refuse_contradiction_of_oneself(pair.relation, pair.premise, pair.hypothesis, record["id"])
    return pairs


@click.command(help=__doc__)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
def main(files: Sequence[Path]) -> None:
    """Check and count."""
    check(read_contrasts, files, "sets")


if __name__ == "__main__":
    main()
