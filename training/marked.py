"""Articles written for training, with their attributions marked in the text.

A file holds a header, an empty line, the marked text, a line ``---`` and one line an attribution.
``training/articles/README.md`` says how to write one. ``python -m training.marked FILE …`` checks.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ARTICLES = Path(__file__).parent / "articles"
TYPES = ("direct", "indirect", "mixed")
FLAGS = ("negated", "by", "to", "speaks-for", "unresolved")
"""What may be said of an attribution besides; all but the bare ones are followed by a name."""
BARE = ("negated", "unresolved")
REQUIRED = ("lang", "outlet", "date", "title", "field")
PARTS = {"s": "source", "c": "cue", "q": "content"}
OPENING = re.compile(r"\{([scq])(\d+(?:,\d+)*)\|")
QUOTES = "\"“”„«»‘’'‚‹›"


@dataclass
class MarkedAttribution:
    """One attribution; pieces are (start, end) in code points of the article's text."""

    number: int
    canonical: str
    type: str
    flags: Mapping[str, str]
    source: list[tuple[int, int]] = field(default_factory=list)
    cue: list[tuple[int, int]] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class MarkedArticle:
    """A text with its attributions in the order of their numbers."""

    name: str
    header: Mapping[str, str]
    text: str
    attributions: Sequence[MarkedAttribution]

    @property
    def language(self) -> str:
        """ISO 639-1."""
        return self.header["lang"]


def read_marked(path: Path) -> MarkedArticle:
    """Read and check a file.

    Raises:
        ValueError: it breaks a rule; the message says which, and where.
    """
    head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    body, dashes, table = rest.rpartition("\n---\n")
    if not dashes:
        raise ValueError("no line '---' between the text and the list of attributions")
    header = dict(_split(line, ":") for line in head.splitlines())
    if missing := [name for name in REQUIRED if not header.get(name)]:
        raise ValueError(f"the header lacks {', '.join(missing)}")
    listed = {a.number: a for a in map(_listed, filter(str.strip, table.splitlines()))}
    text = _unmarked(body.strip(), listed)
    for attribution in listed.values():
        _check(attribution, text)
    return MarkedArticle(path.stem, header, text, [listed[n] for n in sorted(listed)])


def read_all(folder: Path = ARTICLES) -> Iterator[MarkedArticle]:
    """All articles of a folder, by name."""
    for path in sorted(folder.glob("*.txt")):
        yield read_marked(path)


def _split(line: str, mark: str) -> tuple[str, str]:
    name, found, value = line.partition(mark)
    if not found:
        raise ValueError(f"no {mark!r} in the line {line!r}")
    return name.strip(), value.strip()


def _listed(line: str) -> MarkedAttribution:
    """``3: Ana Rusu | mixed | negated; to: Agerpres``."""
    number, rest = _split(line, ":")
    canonical, type_, *more = (part.strip() for part in rest.split("|"))
    if type_ not in TYPES:
        raise ValueError(f"{line!r}: the type is one of {', '.join(TYPES)}")
    flags = dict(_flag(part.strip(), line) for part in (more[0].split(";") if more else []))
    return MarkedAttribution(int(number), canonical, type_, flags)


def _flag(part: str, line: str) -> tuple[str, str]:
    name, _, value = (piece.strip() for piece in part.partition(":"))
    if name not in FLAGS or bool(value) == (name in BARE):
        raise ValueError(f"{line!r}: {part!r} is none of {', '.join(FLAGS)}, or lacks its name")
    return name, value


def _unmarked(body: str, listed: Mapping[int, MarkedAttribution]) -> str:
    """The text without its marks, whose places are added to the attributions."""
    pieces: list[str] = []
    open_marks: list[tuple[str, list[int], int]] = []
    length = position = 0
    while position < len(body):
        opening = OPENING.match(body, position)
        if opening:
            numbers = [int(number) for number in opening[2].split(",")]
            if unknown := [n for n in numbers if n not in listed]:
                raise ValueError(f"{opening[0]!r}: no attribution {unknown[0]} in the list")
            open_marks.append((PARTS[opening[1]], numbers, length))
            position = opening.end()
            continue
        char = body[position]
        position += 1
        if char == "}" and open_marks:
            part, numbers, start = open_marks.pop()
            for number in numbers:
                getattr(listed[number], part).append((start, length))
        elif char in "{}":
            raise ValueError(
                f"a stray {char!r} near {body[max(position - 30, 0) : position + 30]!r}"
            )
        else:
            pieces.append(char)
            length += 1
    if open_marks:
        raise ValueError(f"the mark {open_marks[-1][:2]} is never closed")
    return "".join(pieces)


def _check(a: MarkedAttribution, text: str) -> None:
    where = f"attribution {a.number} ({a.canonical})"
    if not a.content:
        raise ValueError(f"{where} has no content in the text")
    if len(a.source) > 1:
        raise ValueError(f"{where} has two sources; use numbers of their own")
    for start, end in a.source + a.cue + a.content:
        words = text[start:end]
        if not words.strip() or words != words.strip() or "\n\n" in words.strip("\n"):
            raise ValueError(
                f"{where}: {words!r} is empty, runs over a paragraph or has a blank end"
            )
    said = [text[start:end] for start, end in a.content]
    if a.type == "mixed" and not any(mark in words for words in said for mark in QUOTES):
        raise ValueError(f"{where} is mixed, but there is no quotation mark in {said}")
    if a.type == "direct" and any(words[0] in '"“„«' for words in said):
        raise ValueError(f"{where} is direct: leave its quotation marks outside, {said}")


def main(names: Sequence[str]) -> int:
    """Check files; answers how many are wrong."""
    wrong = attributions = 0
    for name in names:
        try:
            attributions += len(read_marked(Path(name)).attributions)
        except ValueError as error:
            wrong += 1
            print(f"{name}: {error}")
    print(f"{len(names) - wrong} files with {attributions} attributions are well; {wrong} are not")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
