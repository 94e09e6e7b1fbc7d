"""Articles from files of JSON lines, from folders of such files, and from standard input."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tracker.articles.incoming import MAX_ARTICLE_BYTES, parse_article
from tracker.errors import InvalidArticle, InvalidInput
from tracker.types import ArticleDraft


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a file: the article it holds, or what is wrong with it."""

    place: str
    """File and line, as in ``news.jsonl:12``."""
    size: int
    """Bytes, the line's end included."""
    content: ArticleDraft | InvalidArticle


def jsonl_files(path: Path) -> list[Path]:
    """The file itself, or every ``*.jsonl`` in the folder and below it, by name.

    Raises:
        InvalidInput: there is no such file or folder, or the folder holds no such file.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise InvalidInput(f"{path}: no such file or folder", "path")
    files = sorted(file for file in path.rglob("*.jsonl") if file.is_file())
    if not files:
        raise InvalidInput(f"{path}: the folder holds no *.jsonl file", "path")
    return files


def read_lines(
    lines: Iterable[bytes],
    name: str,
    *,
    received_at: datetime,
    max_bytes: int = MAX_ARTICLE_BYTES,
) -> Iterator[Line]:
    """Read the lines of one file, called ``name`` in the answers; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            content = _content(line, received_at, max_bytes)
            yield Line(place=f"{name}:{number}", size=len(line), content=content)


def _content(line: bytes, received_at: datetime, max_bytes: int) -> ArticleDraft | InvalidArticle:
    try:
        return parse_article(line, received_at=received_at, max_bytes=max_bytes)
    except InvalidArticle as fault:
        return fault
