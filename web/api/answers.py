"""How stored values read as JSON: what all answers share, speakers and claims."""

from datetime import date, datetime
from typing import Annotated, Self

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


class Quantity(Answer):
    """A number with what it measures."""

    text: str
    """The words as printed."""
    value: float
    unit: str
    """``percent``, ``EUR``, ``people``; empty when none was read."""
    bound: types.Bound
    """How it limits the true one."""

    @classmethod
    def of(cls, value: types.Quantity) -> Self:
        """A quantity in a claim."""
        return cls(text=value.text, value=value.value, unit=value.unit, bound=value.bound)


class Period(Answer):
    """A date or a deadline."""

    text: str
    """The words as printed."""
    first: date
    last: date
    """The same day unless a period is meant."""

    @classmethod
    def of(cls, value: types.TimeMention) -> Self:
        """A date named in a claim."""
        return cls(text=value.text, first=value.first, last=value.last)


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
    called: str
    """How the article names the speaker."""
    about: str
    """The event or the matter spoken of."""
    said_on: date
    language: str
    language_measured: bool
    """Whether it was measured how well claims are found in this language."""
    polarity: types.Polarity
    modality: types.Modality
    denied: bool
    """Whether the reporting words deny it."""
    quantities: list[Quantity]
    dates: list[Period]
    keys: list[str]
    """What claims have to share to be compared."""
    outlet: str
    published_at: Moment
    sighting_of: int | None
    """The claim that stands for this one in conflicts, because it was printed first; null where
    this one stands for itself."""

    @classmethod
    def of(cls, value: types.Claim) -> Self:
        """A claim."""
        said, attribution = value.statement, value.attribution
        details = said.details
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
            called=said.speaker,
            about=said.about,
            said_on=said.said_on,
            language=said.language,
            language_measured=is_measured(said.language),
            polarity=details.polarity,
            modality=details.modality,
            denied=details.is_denied,
            quantities=[Quantity.of(each) for each in details.quantities],
            dates=[Period.of(each) for each in details.times],
            keys=sorted(details.keys),
            outlet=value.outlet,
            published_at=value.published_at,
            sighting_of=value.sighting_of,
        )


class Sighting(Answer):
    """A claim that prints another again."""

    id: int
    sighting_of: int
    """The claim that it prints again."""
    article_id: int
    outlet: str
    published_at: Moment

    @classmethod
    def of(cls, value: types.Claim) -> Self:
        """A claim, as far as it differs from the one it prints again."""
        return cls(
            id=value.id,
            sighting_of=value.standing_id,
            article_id=value.article_id,
            outlet=value.outlet,
            published_at=value.published_at,
        )
