"""Gold data: articles with their claims marked, relations between claims, stand-alone pairs.

A folder holds ``articles.jsonl``, ``conflicts.jsonl`` and ``pairs.jsonl``, one record a line; any
of them may be missing, but not both the first and the last. ``docs/evaluation.md`` describes
the fields.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Self, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, NonNegativeInt, ValidationError
from pydantic import model_validator as validates

from tracker.errors import EvaluationError
from tracker.types import ArticleDraft, AttributionType, RelationLabel, Span

UNKNOWN_OUTLET = "unknown"
NOON = time(12, tzinfo=UTC)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class GoldPiece(_Record):
    """A contiguous part of a claim's content."""

    text: str
    start: NonNegativeInt

    @property
    def span(self) -> Span:
        """Where the piece lies in the article's text."""
        return Span(self.start, self.start + len(self.text))


class GoldSource(_Record):
    """Who said it."""

    mention: str | None
    """The words that name the source; null where the subject is dropped."""
    start: NonNegativeInt | None
    canonical: str
    """Who that is: equal strings in one scenario mean the same source."""

    @property
    def span(self) -> Span | None:
        """Where the mention lies in the article's text."""
        if self.mention is None or self.start is None:
            return None
        return Span(self.start, self.start + len(self.mention))


class GoldClaim(_Record):
    """One attributed statement."""

    id: str
    source: GoldSource
    content: tuple[GoldPiece, ...]
    type: AttributionType


class GoldArticle(_Record):
    """An article with every attributed statement marked."""

    id: str
    scenario: str
    lang: str
    outlet: str | None
    url: str | None
    title: str | None
    published_at: AwareDatetime | date
    text: str
    claims: tuple[GoldClaim, ...]

    @validates(mode="after")
    def _pieces_lie_in_the_text(self) -> Self:
        for claim in self.claims:
            for piece in claim.content:
                self._check(claim, piece.span, piece.text)
            mention, span = claim.source.mention, claim.source.span
            if mention is not None and span is not None:
                self._check(claim, span, mention)
        return self

    def _check(self, claim: GoldClaim, span: Span, expected: str) -> None:
        if not expected or self.text[span.start : span.end] != expected:
            raise ValueError(f"claim {claim.id}: {expected!r} is not at {span.start} of the text")

    def draft(self, position: int) -> ArticleDraft:
        """The article as it comes in; ``position`` orders the articles of one day."""
        moment = self.published_at
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, NOON) + timedelta(minutes=position)
        return ArticleDraft(
            outlet=self.outlet or UNKNOWN_OUTLET,
            text=self.text,
            language=self.lang,
            published_at=moment.astimezone(UTC),
            external_id=self.id,
            url=self.url,
            title=self.title,
        )


class GoldRelation(_Record):
    """What two claims are to each other; ``a`` is never later than ``b``."""

    scenario: str
    a: str
    b: str
    label: RelationLabel


class GoldStatement(_Record):
    """One side of a stand-alone pair."""

    speaker: str
    text: str
    lang: str
    date: date
    about: str


class GoldPair(_Record):
    """Two statements and their relation, without articles around them."""

    id: str
    a: GoldStatement
    b: GoldStatement
    label: RelationLabel
    trap: bool
    """Unrelated, but made to look related."""


class Gold(_Record):
    """A folder of gold data; None where it has no such file."""

    articles: tuple[GoldArticle, ...] | None
    relations: tuple[GoldRelation, ...] | None
    pairs: tuple[GoldPair, ...] | None


Record = TypeVar("Record", bound=_Record)


def read_gold(folder: Path) -> Gold:
    """Read and check a folder of gold data.

    Raises:
        EvaluationError: there is nothing to evaluate, or a record is wrong; the message names
            the file and the line, or the id at fault.
    """
    gold = Gold(
        articles=_records(folder / "articles.jsonl", GoldArticle),
        relations=_records(folder / "conflicts.jsonl", GoldRelation),
        pairs=_records(folder / "pairs.jsonl", GoldPair),
    )
    if gold.articles is None and gold.pairs is None:
        raise EvaluationError(f"{folder}: expected articles.jsonl or pairs.jsonl, found neither")
    _check_ids(folder, gold)
    _check_references(folder / "conflicts.jsonl", gold)
    return gold


def read_pairs(file: Path) -> tuple[GoldPair, ...]:
    """Read and check a file of labelled pairs.

    Raises:
        EvaluationError: it is missing, or a record is wrong; the message names the line.
    """
    pairs = _records(file, GoldPair)
    if pairs is None:
        raise EvaluationError(f"{file} is missing; `tracker export --feedback` writes such a file")
    return pairs


def _records(file: Path, kind: type[Record]) -> tuple[Record, ...] | None:
    if not file.is_file():
        return None
    return tuple(_record(file, number, line, kind) for number, line in _lines(file))


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    lines = file.read_bytes().splitlines()
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _record(file: Path, number: int, line: bytes, kind: type[Record]) -> Record:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(map(str, fault["loc"]))
        raise EvaluationError(
            f"{file}:{number}: {where}{': ' if where else ''}{fault['msg']}"
        ) from None


def _check_ids(folder: Path, gold: Gold) -> None:
    articles = gold.articles or ()
    claims = (claim.id for article in articles for claim in article.claims)
    _refuse_twice(folder / "articles.jsonl", (article.id for article in articles))
    _refuse_twice(folder / "articles.jsonl", claims)
    _refuse_twice(folder / "pairs.jsonl", (pair.id for pair in gold.pairs or ()))


def _refuse_twice(file: Path, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for id in ids:
        if id in seen:
            raise EvaluationError(f"{file}: the id {id} is used twice")
        seen.add(id)


def _check_references(file: Path, gold: Gold) -> None:
    known = {claim.id for article in gold.articles or () for claim in article.claims}
    for relation in gold.relations or ():
        for id in (relation.a, relation.b):
            if id not in known:
                raise EvaluationError(f"{file}: {id} is not a claim of articles.jsonl")
