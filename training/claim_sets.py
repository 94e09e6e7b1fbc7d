"""The claims of ``training/claim_sets`` with their relations, and their check.

``python -m training.claim_sets FILE…`` says of each set whether it keeps the form that the folder's
README tells, and counts.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

import click

from tracker.types import Kind, RelationLabel
from training.lines import counted, read_lines

FOLDER = Path(__file__).parent / "claim_sets"
COUNTS = Counter(
    {
        RelationLabel.CONTRADICTION: 2,
        RelationLabel.REVERSAL: 1,
        RelationLabel.TENSION: 1,
        RelationLabel.UPDATE: 1,
        RelationLabel.REPEAT: 1,
        RelationLabel.NONE: 2,
    }
)
"""How many later claims of each relation a set has."""
HELD_OUT = 5
"""Every so many sets and stories are for measuring."""
FEWEST_WORDS, MOST_WORDS = 3, 60


@dataclass(frozen=True)
class Told:
    """A claim as far as a comparer sees it."""

    speaker: str
    language: str
    said_on: date
    about: str
    text: str


@dataclass(frozen=True)
class ClaimPair:
    """A claim, a later one, and what the later is to the earlier."""

    set_id: str
    premise: Told
    hypothesis: Told
    relation: RelationLabel
    kind: Kind

    @property
    def languages(self) -> str:
        """Of either claim: ``ro-en``."""
        return f"{self.premise.language}-{self.hypothesis.language}"


def is_held_out(pair: ClaimPair) -> bool:
    """Whether a pair is for measuring; all pairs of a set or story are or none."""
    return is_for_measuring(pair.set_id)


def is_for_measuring(name: str) -> bool:
    """Whether the set or story of that id is held out."""
    return crc32(name.encode()) % HELD_OUT == 0


def read_sets(paths: Sequence[Path] = ()) -> Iterator[ClaimPair]:
    """The pairs of some files, or of all of the folder, in order.

    Raises:
        ValueError: a set does not keep the form; the message names it.
    """
    return read_lines(paths or sorted(FOLDER.glob("*.jsonl")), _set)


def _set(record: Mapping[str, Any]) -> list[ClaimPair]:
    pairs = pairs_of(record)
    if Counter(pair.relation for pair in pairs) != COUNTS:
        raise ValueError(f"{record['id']}: not the relations that a set has")
    return pairs


def pairs_of(record: Mapping[str, Any]) -> list[ClaimPair]:
    """A claim with each of the later ones of its record.

    Raises:
        ValueError: one is too short or long, out of order, or lacks something.
    """
    premise = _told(record["a"], record["about"])
    pairs = []
    for later in record["b"]:
        hypothesis = _told(later, later["about"] or record["about"])
        if hypothesis.said_on < premise.said_on:
            raise ValueError(f"{record['id']}: a later claim is dated before the first")
        label, kind = RelationLabel(later["label"]), Kind(later["kind"])
        pairs.append(ClaimPair(record["id"], premise, hypothesis, label, kind))
    return pairs


def _told(record: Mapping[str, Any], about: str) -> Told:
    text = record["text"].strip()
    if not FEWEST_WORDS <= len(text.split()) <= MOST_WORDS:
        raise ValueError(f"a text of {len(text.split())} words: {text[:60]!r}")
    if not record["speaker"] or not about:
        raise ValueError(f"no speaker or event: {text[:60]!r}")
    said_on = date.fromisoformat(record["date"])
    return Told(record["speaker"], record["lang"], said_on, about, text)


def refuse_contradiction_of_oneself(label: RelationLabel, a: Told, b: Told, name: str) -> None:
    """Raise a ``ValueError`` with the name where one speaker is said to contradict, not reverse."""
    if label is RelationLabel.CONTRADICTION and a.speaker == b.speaker:
        raise ValueError(f"{name}: one speaker's contradiction is a reversal")


Read = Callable[[Sequence[Path]], Iterator[ClaimPair]]
"""What reads the pairs of some files."""


def check(read: Read, files: Sequence[Path], noun: str) -> None:
    """Print how many some files hold, of which relations and languages, or what is wrong."""
    pairs = read_or_exit(read, files)
    click.echo(f"{len({pair.set_id for pair in pairs})} {noun}, {len(pairs)} pairs")
    for values in ([pair.relation for pair in pairs], [pair.languages for pair in pairs]):
        for line in counted(values):
            click.echo(line)


def read_or_exit(read: Read, files: Sequence[Path]) -> list[ClaimPair]:
    """The pairs of some files; ends the program with what is wrong in them, if anything is."""
    try:
        return list(read(files))
    except ValueError as error:
        raise SystemExit(str(error)) from error


@click.command(help=__doc__)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
def main(files: Sequence[Path]) -> None:
    """Check and count."""
    pairs = read_or_exit(read_sets, files)
    click.echo(f"{len({pair.set_id for pair in pairs})} sets, {len(pairs)} pairs")
    for line in counted([pair.languages for pair in pairs]):
        click.echo(line)
    for kind, count in sorted(Counter(f"{p.relation}: {p.kind}" for p in pairs).items()):
        click.echo(f"  {kind} {count}")


if __name__ == "__main__":
    main()
