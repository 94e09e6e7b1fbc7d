"""What may stand behind the question mark."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tracker.types import AlertState, ArticleState, ConflictOrder, ConflictState, RelationLabel
from web.listing import LAST_PAGE, LONGEST_SEARCH

LARGEST = 2**31 - 1
MOST = 200
"""How many rows an answer holds at most."""
PLAIN = r"^[^\x00]*$"

Id = Annotated[int, Field(ge=1, le=LARGEST)]
Words = Annotated[str, Field(max_length=LONGEST_SEARCH, pattern=PLAIN)]
Day = Annotated[date, BeforeValidator(date.fromisoformat)]


class Query(BaseModel):
    """What every query string shares: what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Going(Query):
    """A list that is read a stretch at a time."""

    cursor: str | None = None
    """From the ``next`` of the answer before."""
    per_page: Annotated[int, Field(ge=1, le=MOST)] = 50


class Fitting(Query):
    """Which conflicts; the words are those of the list's own address."""

    state: list[ConflictState | Literal["open"]] = Field(default=[])
    """Any of these; ``open`` stands for all that ask for a decision."""
    relation: RelationLabel | None = None
    speaker: Id | None = None
    """The id of a source that a claim on either side has."""
    language: Words | None = None
    """Of a claim on either side."""
    q: Words = ""
    """Words that a claim on either side has, without regard to case, accents and endings."""
    assignee: Words | None = None
    second: Literal["1"] | None = None
    """Only those for which a second opinion is wanted."""
    sort: ConflictOrder = ConflictOrder.LATEST


class ConflictQuery(Fitting, Going):
    """A list of conflicts."""

    page: Annotated[int, Field(ge=1, le=LAST_PAGE, json_schema_extra={"deprecated": True})] = 1
    """Begins at this page instead; rows that come in meanwhile move the pages."""


class FeedQuery(Fitting):
    """A feed of conflicts."""

    filter: Id | None = None
    """The id of a saved filter, which then stands alone."""


class WhichClaims(Query):
    """Which claims."""

    q: Words = ""
    """Words that a claim has, without regard to case, accents and endings."""
    speaker: Id | None = None
    """The id of a source."""
    outlet: Words | None = None
    since: Day | None = None
    """The first day on which it was said."""
    until: Day | None = None
    """The last day on which it was said."""


class ClaimQuery(WhichClaims, Going):
    """A list of claims."""


class ArticleQuery(Going):
    """A list of articles."""

    state: ArticleState | None = None


class SourceQuery(Going):
    """A list of speakers."""

    q: Words = ""
    """Beginnings of words of a name."""


class DeliveryQuery(Going):
    """A list of deliveries."""

    subscription: Id | None = None
    """The id of a subscription."""
    state: AlertState | None = None
