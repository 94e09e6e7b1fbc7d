"""How stored values read as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Self

from flask import url_for
from pydantic import BaseModel, ConfigDict, PlainSerializer, WithJsonSchema

from tracker import types
from web.display import is_measured

Moment = Annotated[
    datetime,
    PlainSerializer(datetime.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""ISO 8601, in UTC."""


class Answer(BaseModel):
    """What every answer shares: the line under a field is its description."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class Problem(Answer):
    """What went wrong."""

    error: str
    """A code for programs."""
    field: str | None
    """The field, parameter or header at fault."""
    message: str
    """What was expected, for people."""


class Source(Answer):
    """A speaker."""

    id: int
    name: str
    kind: types.SourceKind
    role: str | None
    speaks_for: str | None
    """The body on whose behalf the speaker speaks."""

    @classmethod
    def of(cls, value: types.Source) -> Self:
        """A speaker, as a claim names it."""
        return cls(
            id=value.id,
            name=value.name,
            kind=value.kind,
            role=value.role,
            speaks_for=value.speaks_for,
        )


class Claim(Answer):
    """Who said what, when, in which words."""

    id: int
    article_id: int
    quotation: str
    """The words as printed; the pieces of a split quotation joined by a blank."""
    spans: list[tuple[int, int]]
    """Where they stand in the text of the article: code points, the end excluded."""
    type: types.AttributionType
    relayed_by: str | None
    """The other outlet through which the words came."""
    addressee: str | None
    """To whom it was said."""
    found_by: str
    """The extractor, with its version."""
    speaker: Source
    said_on: date
    language: str
    language_measured: bool
    """Whether it was measured how well claims are found in this language."""
    polarity: types.Polarity
    modality: types.Modality
    outlet: str
    published_at: Moment

    @classmethod
    def of(cls, value: types.Claim) -> Self:
        """A claim."""
        said, attribution = value.statement, value.attribution
        return cls(
            id=value.id,
            article_id=value.article_id,
            quotation=said.text,
            spans=[(span.start, span.end) for span in attribution.content],
            type=attribution.type,
            relayed_by=attribution.relayed_by,
            addressee=attribution.addressee,
            found_by=value.extractor,
            speaker=Source.of(value.source),
            said_on=said.said_on,
            language=said.language,
            language_measured=is_measured(said.language),
            polarity=said.details.polarity,
            modality=said.details.modality,
            outlet=value.outlet,
            published_at=value.published_at,
        )


class ArticleHead(Answer):
    """An article without its text and its claims."""

    id: int
    state: types.ArticleState
    error: str | None
    """Why it could not be read."""
    outlet: str
    external_id: str | None
    """The outlet's own identifier."""
    revision: int
    url: str | None
    title: str | None
    author: str | None
    language: str
    published_at: Moment
    received_at: Moment
    page: str
    """Where a person reads it."""

    @classmethod
    def of(cls, value: types.Article) -> Self:
        """An article, as a list shows it."""
        return cls(
            id=value.id,
            state=value.state,
            error=value.error,
            outlet=value.outlet,
            external_id=value.external_id,
            revision=value.revision,
            url=value.url,
            title=value.title,
            author=value.author,
            language=value.language,
            published_at=value.published_at,
            received_at=value.received_at,
            page=url_for("articles.detail", article_id=value.id, _external=True),
        )


class Article(ArticleHead):
    """An article with its claims, without its text."""

    claims: list[Claim]
    """In the order of the text."""

    @classmethod
    def read(cls, value: types.Article, claims: Sequence[types.Claim]) -> Self:
        """An article and what was found in it."""
        head = ArticleHead.of(value).model_dump()
        return cls(**head, claims=[Claim.of(each) for each in claims])


class HistoryEntry(Answer):
    """One thing that happened to a conflict."""

    at: Moment
    event: types.Event
    by: str
    note: str
    claims: list[int]
    """The claims that came, went or changed sides."""


class Conflict(Answer):
    """A disagreement under review."""

    id: int
    state: types.ConflictState
    relation: types.RelationLabel
    kind: types.Kind | None
    severity: float
    """From 0 to 1."""
    reason: str
    outlets: int
    """How many outlets carry a claim of it."""
    occurrence: int
    """Grows by one each time new evidence brings it back."""
    dismissal: types.Dismissal | None
    snoozed_until: Moment | None
    """Null in a snoozed conflict means until new evidence."""
    assignee: str
    """Who sees to it; nobody when empty."""
    second_opinion: bool
    """Whether another person is asked to look before it is decided."""
    merged_into: int | None
    """The conflict that stands for this one."""
    opened_at: Moment
    updated_at: Moment
    evidence_at: Moment
    """When a claim last came that is new evidence."""
    page: str
    """Where a person reads it."""
    sides: list[list[Claim]]
    """Two; the side that spoke first comes first."""
    history: list[HistoryEntry]

    @classmethod
    def of(cls, value: types.Conflict, claims: Mapping[int, types.Claim]) -> Self:
        """A conflict, with ``claims`` by id."""
        return cls(
            id=value.id,
            state=value.state,
            relation=value.label,
            kind=value.kind,
            severity=value.severity,
            reason=str(value.reason),
            outlets=value.outlets,
            occurrence=value.occurrence,
            dismissal=value.dismissal,
            snoozed_until=value.snoozed_until,
            assignee=value.assignee,
            second_opinion=value.second_opinion,
            merged_into=value.merged_into,
            opened_at=value.opened_at,
            updated_at=value.updated_at,
            evidence_at=value.evidence_at,
            page=url_for("conflicts.detail", conflict_id=value.id, _external=True),
            sides=[[Claim.of(claims[id]) for id in side] for side in value.sides],
            history=[_change(entry) for entry in value.history],
        )


def _change(entry: types.HistoryEntry) -> HistoryEntry:
    return HistoryEntry(
        at=entry.at,
        event=entry.event,
        by=entry.by,
        note=entry.note,
        claims=list(entry.claims),
    )
