"""The rows of the CSV files: one column a field, described by the line under it."""

from datetime import date
from typing import Self

from flask import url_for

from tracker import types
from web.api.answers import Answer, Moment
from web.api.conflict_answers import Conflict, ConflictHead

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""


class Row(Answer):
    """What every row shares."""

    @classmethod
    def columns(cls) -> list[str]:
        """The names of the columns."""
        return list(cls.model_fields)

    def cells(self) -> list[str]:
        """What stands in the columns; no text from an article is run as a formula."""
        values = self.model_dump(mode="json").values()
        return [_guarded(value) if isinstance(value, str) else _plain(value) for value in values]


class ConflictRow(ConflictHead, Row):
    """A conflict in a CSV file."""

    first_claims: str
    """The ids of the claims on the side that spoke first, with blanks between."""
    first_speaker: str
    """Of the first claim on that side."""
    first_quotation: str
    """The words of the first claim on that side."""
    second_claims: str
    second_speaker: str
    second_quotation: str
    page: str

    @classmethod
    def flat(cls, value: Conflict) -> Self:
        """The row of a conflict."""
        shared = value.model_dump(include=set(cls.model_fields))
        (one, *_), (other, *_) = value.sides
        first, second = (" ".join(str(claim.id) for claim in side) for side in value.sides)
        return cls(
            **shared,
            first_claims=first,
            first_speaker=one.speaker.name,
            first_quotation=one.quotation,
            second_claims=second,
            second_speaker=other.speaker.name,
            second_quotation=other.quotation,
        )


class ClaimRow(Row):
    """A claim in a CSV file."""

    id: int
    article_id: int
    outlet: str
    published_at: Moment
    said_on: date
    speaker_id: int
    speaker: str
    role: str | None
    speaks_for: str | None
    quotation: str
    """The pieces of a split quotation joined by a blank."""
    spans: str
    """Where they stand in the text of the article: ``142-163 180-197``, the end excluded."""
    type: types.AttributionType
    relayed_by: str | None
    addressee: str | None
    polarity: types.Polarity
    modality: types.Modality
    language: str
    found_by: str
    sighting_of: int | None
    """The claim that stands for this one, because it was printed first."""
    page: str

    @classmethod
    def of(cls, value: types.Claim) -> Self:
        """The row of a claim."""
        said, attribution, source = value.statement, value.attribution, value.source
        return cls(
            id=value.id,
            article_id=value.article_id,
            outlet=value.outlet,
            published_at=value.published_at,
            said_on=said.said_on,
            speaker_id=source.id,
            speaker=source.name,
            role=source.role,
            speaks_for=source.speaks_for,
            quotation=said.text,
            spans=" ".join(f"{span.start}-{span.end}" for span in attribution.content),
            type=attribution.type,
            relayed_by=attribution.relayed_by,
            addressee=attribution.addressee,
            polarity=said.details.polarity,
            modality=said.details.modality,
            language=said.language,
            found_by=value.extractor,
            sighting_of=value.sighting_of,
            page=url_for("claims.detail", claim_id=value.id, _external=True),
        )


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _plain(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)
