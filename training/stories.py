"""The claims of ``training/stories`` with all their relations, and their check.

``python -m training.stories FILE…`` says of each story whether it keeps the form that the folder's
README tells, and counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import click

from tracker.types import Kind, RelationLabel
from training.claim_sets import ClaimPair, Told, check, refuse_contradiction_of_oneself
from training.lines import read_lines

FOLDER = Path(__file__).parent / "stories"
FEWEST_WORDS, MOST_WORDS = 2, 60
_UNRELATED = RelationLabel.NONE, Kind.WORLDKNOWLEDGE
"""What pairs that are not listed carry; the kind means nothing there."""


def read_stories(paths: Sequence[Path] = ()) -> Iterator[ClaimPair]:
    """All pairs of the stories of some files, or of all of the folder; most have no relation.

    Raises:
        ValueError: a story does not keep the form; the message names it.
    """
    return read_lines(paths or sorted(FOLDER.glob("*.jsonl")), _pairs)


def _pairs(record: Mapping[str, Any]) -> list[ClaimPair]:
    claims = _claims(record["articles"])
    places = {name: place for place, name in enumerate(claims)}
    related: dict[tuple[str, str], tuple[RelationLabel, Kind]] = {}
    for found in record["relations"]:
        a, b = found["a"], found["b"]
        if places[a] >= places[b]:
            raise ValueError(f"{a} does not stand before {b}")
        if (a, b) in related:
            raise ValueError(f"{a} and {b} are related twice")
        label, kind = RelationLabel(found["label"]), Kind(found["kind"])
        _check(label, claims[a], claims[b], f"{a} {b}")
        related[a, b] = label, kind
    return [
        ClaimPair(record["id"], claims[a], claims[b], *related.get((a, b), _UNRELATED))
        for a, b in combinations(claims, 2)
    ]


def _claims(articles: Sequence[Mapping[str, Any]]) -> dict[str, Told]:
    claims: dict[str, Told] = {}
    dates = [date.fromisoformat(article["date"][:10]) for article in articles]
    if dates != sorted(dates):
        raise ValueError("the articles are not in order of date")
    for n, (article, said_on) in enumerate(zip(articles, dates, strict=True), 1):
        for m, claim in enumerate(article["claims"], 1):
            if claim["id"] != f"{n}.{m}":
                raise ValueError(f"claim {claim['id']} should be {n}.{m}")
            text = claim["text"].strip()
            if not FEWEST_WORDS <= len(text.split()) <= MOST_WORDS:
                raise ValueError(f"claim {claim['id']} has {len(text.split())} words")
            if not claim["speaker"] or not article["title"]:
                raise ValueError(f"claim {claim['id']} has no speaker or title")
            claims[claim["id"]] = Told(
                claim["speaker"], article["lang"], said_on, article["title"], text
            )
    return claims


def _check(label: RelationLabel, a: Told, b: Told, name: str) -> None:
    if label is RelationLabel.NONE:
        raise ValueError(f"{name}: none is not listed")
    refuse_contradiction_of_oneself(label, a, b, name)


@click.command(help=__doc__)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
def main(files: Sequence[Path]) -> None:
    """Check and count."""
    check(read_stories, files, "stories")


if __name__ == "__main__":
    main()
