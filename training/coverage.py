"""Whole articles around the claims of held-out stories: ``python -m training.coverage FILE…``.

So the line can be measured from text to conflict on what nothing was learnt from. The files are
checked: each claim has to stand in its article once, word for word. With ``--gold FOLDER`` they are
written for ``tracker evaluate FOLDER``.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from training.claim_sets import is_for_measuring
from training.lines import read_lines
from training.stories import FOLDER as STORIES

FOLDER = Path(__file__).parent / "coverage"
ANY_TYPE = "indirect"
"""What every claim is said to be; how a claim is reported is not marked here."""

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Coverage:
    """A story as its articles tell it; records as ``docs/evaluation.md`` describes them."""

    name: str
    articles: tuple[Record, ...]
    relations: tuple[Record, ...]


def read_coverage(paths: Sequence[Path] = ()) -> Iterator[Coverage]:
    """The stories of some files, or of all of the folder.

    Raises:
        ValueError: an article does not keep the form; the message names it.
    """
    stories = {story["id"]: story for story in read_lines(sorted(STORIES.glob("*.jsonl")), _itself)}
    found = paths or sorted(FOLDER.glob("*.jsonl"))
    return read_lines(found, lambda record: [_coverage(record, stories[record["id"]])])


def _itself(record: Record) -> list[Record]:
    return [record]


def _coverage(record: Record, story: Record) -> Coverage:
    if not is_for_measuring(story["id"]):
        raise ValueError(f"story {story['id']} is not held out")
    told = zip(record["articles"], story["articles"], strict=True)
    articles = [_article(story["id"], n, *each) for n, each in enumerate(told, 1)]
    relations = [
        {
            "scenario": story["id"],
            "a": f"{story['id']}-c{relation['a']}",
            "b": f"{story['id']}-c{relation['b']}",
            "label": relation["label"],
            "kind": relation["kind"],
        }
        for relation in story["relations"]
    ]
    return Coverage(story["id"], tuple(articles), tuple(relations))


def _article(name: str, number: int, written: Record, article: Record) -> Record:
    return {
        "id": f"{name}-a{number}",
        "scenario": name,
        "lang": article["lang"],
        "outlet": article["outlet"],
        "url": None,
        "title": written["title"],
        "published_at": _moment(article["date"]),
        "text": written["text"],
        "claims": [_claim(name, claim, written["text"]) for claim in article["claims"]],
    }


def _moment(date: str) -> str:
    """A day as it is; a time of day, which stories give without a zone, in UTC."""
    return f"{date}Z" if "T" in date else date


def _claim(name: str, claim: Record, text: str) -> Record:
    start, end = _place(claim, text)
    return {
        "id": f"{name}-c{claim['id']}",
        "source": {"mention": None, "start": None, "canonical": claim["speaker"]},
        "content": [{"text": text[start:end], "start": start}],
        "type": ANY_TYPE,
    }


def _place(claim: Record, text: str) -> tuple[int, int]:
    """Where a claim stands, whatever the case of its first letter and its last mark."""
    words = claim["text"].strip().rstrip(".,;!?…")
    first = f"[{re.escape(words[0].lower() + words[0].upper())}]"
    found = [match.span() for match in re.finditer(first + re.escape(words[1:]), text)]
    if len(found) != 1:
        raise ValueError(f"claim {claim['id']} stands {len(found)} times in its article: {words}")
    return found[0]


@click.command(help=__doc__)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--gold", type=click.Path(path_type=Path), help="folder to write gold data into")
def main(files: Sequence[Path], gold: Path | None) -> None:
    """Check, and write if asked to."""
    try:
        stories = list(read_coverage(files))
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    articles = [article for story in stories for article in story.articles]
    relations = [relation for story in stories for relation in story.relations]
    click.echo(f"{len(stories)} stories, {len(articles)} articles, {len(relations)} relations")
    if gold:
        gold.mkdir(parents=True, exist_ok=True)
        _write(gold / "articles.jsonl", articles)
        _write(gold / "conflicts.jsonl", relations)


def _write(path: Path, records: Sequence[Record]) -> None:
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
