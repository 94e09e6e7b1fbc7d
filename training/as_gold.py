"""Writes our held-out articles for ``tracker evaluate``: ``python -m training.as_gold FOLDER``."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from training.attribution_data import is_held_out
from training.marked import MarkedArticle, MarkedAttribution, read_all

_ADDED = re.compile(r"^(?:the|an?|un|o) |\s*\(anon\w*\)$", re.IGNORECASE)
"""What a canonical name has besides what the program calls a source."""


def record(article: MarkedArticle) -> dict[str, Any]:
    """An article as a line of gold data; see ``docs/evaluation.md``."""
    return {
        "id": article.name,
        "scenario": article.name,
        "lang": article.language,
        "outlet": article.header["outlet"],
        "url": None,
        "title": article.header["title"],
        "published_at": article.header["date"],
        "text": article.text,
        "claims": [_claim(article, attribution) for attribution in article.attributions],
    }


def plain(canonical: str) -> str:
    """A canonical name as the program calls a source: without article and "(anonymous)"."""
    return _ADDED.sub("", canonical) or canonical


def _claim(article: MarkedArticle, attribution: MarkedAttribution) -> dict[str, Any]:
    source = _piece(article.text, attribution.source)
    return {
        "id": f"{article.name}-c{attribution.number}",
        "source": {
            "mention": source["text"] if source else None,
            "start": source["start"] if source else None,
            "canonical": plain(attribution.canonical),
        },
        "cue": _piece(article.text, attribution.cue),
        "content": [{"text": article.text[s:e], "start": s} for s, e in attribution.content],
        "type": attribution.type,
    }


def _piece(text: str, pieces: list[tuple[int, int]]) -> dict[str, Any] | None:
    return {"text": text[slice(*pieces[0])], "start": pieces[0][0]} if pieces else None


def held_out(languages: tuple[str, ...]) -> Iterator[MarkedArticle]:
    """The articles that nothing is trained on, in these languages or in all."""
    for article in read_all():
        if is_held_out(article) and (not languages or article.language in languages):
            yield article


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--language", "languages", multiple=True, help="only these; may be repeated")
def main(folder: Path, languages: tuple[str, ...]) -> None:
    """Write ``articles.jsonl`` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(record(a), ensure_ascii=False) for a in held_out(languages)]
    (folder / "articles.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
