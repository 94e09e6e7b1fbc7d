"""What is sent: the fields of every body."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from tracker.articles.incoming import HIGHEST_REVISION, LONGEST
from tracker.claims.correction import Correction
from tracker.types import ConflictState, Decision, Dismissal, SourceDraft, SourceKind
from web.api.queries import LARGEST, PLAIN
from web.claims import LONGEST_QUOTATION
from web.forms import LONGEST_NAME, LONGEST_NOTE, LONGEST_SNOOZE
from web.identity import PROGRAM, called
from web.problems import refused

MOST_AT_ONCE = 500
"""Conflicts that are decided in one go, or claims that are split off."""


def whole(value: object) -> object:
    """A number without a fraction is whole, however a program writes it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Id = Annotated[int, Field(ge=1, le=LARGEST), BeforeValidator(whole)]
Name = Annotated[str, StringConstraints(max_length=LONGEST_NAME, pattern=PLAIN)]
Note = Annotated[str, StringConstraints(max_length=LONGEST_NOTE, pattern=PLAIN)]
SOMETHING = r"^[^\x00]*[^\x00\s][^\x00]*$"
Text = Annotated[str, StringConstraints(min_length=1, pattern=SOMETHING)]


class Body(BaseModel):
    """What every body shares: a field it does not know is refused, and nothing is guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)


class Nothing(Body):
    """An empty object."""


class By(Body):
    """Who does it."""

    by: Name = PROGRAM
    """The name that the history keeps; with accounts it keeps that of the account instead."""

    @property
    def who(self) -> str:
        """The name, never empty."""
        return called(self.by)


class Deciding(By):
    """A decision."""

    state: Literal[
        ConflictState.CONFIRMED,
        ConflictState.DISMISSED,
        ConflictState.SNOOZED,
        ConflictState.REOPENED,
    ]
    dismissal: Dismissal | None = None
    """Why it is dismissed; with ``dismissed`` only, and then always."""
    snoozed_until: AwareDatetime | None = None
    """When it comes back, within a year; with ``snoozed`` only. Null means on new evidence."""
    note: Note = ""

    def decision(self, now: datetime) -> Decision:
        """What is decided.

        Raises:
            RefusedError: the fields do not go together.
        """
        if (self.dismissal is None) == (self.state is ConflictState.DISMISSED):
            raise refused("dismissal", "a dismissal, and nothing else, takes a reason")
        until = self.snoozed_until
        if until is not None and self.state is not ConflictState.SNOOZED:
            raise refused("snoozed_until", "only what is snoozed comes back at a time")
        if until is not None and not now < until <= now + timedelta(days=LONGEST_SNOOZE):
            raise refused("snoozed_until", f"a time in the next {LONGEST_SNOOZE} days was expected")
        return Decision(
            state=self.state,
            by=self.who,
            note=self.note.strip(),
            dismissal=self.dismissal,
            snoozed_until=until,
        )


class DecidingMany(Deciding):
    """A decision on many conflicts, all or none."""

    conflicts: Annotated[list[Id], Field(min_length=1, max_length=MOST_AT_ONCE)]


class Noting(By):
    """A note."""

    note: Annotated[Text, StringConstraints(max_length=LONGEST_NOTE)]


class Assigning(By):
    """Who sees to it."""

    assignee: Name
    """Nobody when empty."""


class AskingSecond(By):
    """A second opinion is wanted."""

    note: Note = ""
    """The question."""


class Moving(By):
    """A claim goes to the other side."""

    claim: Id


class Splitting(By):
    """Claims of both sides become a conflict of their own."""

    claims: Annotated[list[Id], Field(min_length=2, max_length=MOST_AT_ONCE)]


class Merging(By):
    """This conflict stands for another one too."""

    other: Id
    crossed: bool = False
    """Whether the first side of the other goes to the second side of this one."""


class NewSpeaker(Body):
    """Somebody who speaks."""

    name: Annotated[Text, StringConstraints(max_length=LONGEST_NAME)]
    kind: SourceKind = SourceKind.PERSON
    """Of a speaker that is new."""

    def draft(self) -> SourceDraft:
        """The speaker, to be found among those known."""
        return SourceDraft(name=self.name.strip(), kind=self.kind)


class Correcting(By):
    """What a claim should be; what is absent stays."""

    quotation: Annotated[Text, StringConstraints(max_length=LONGEST_QUOTATION)] | None = None
    """The exact words, as they stand in the article; the pieces of a split one on a line each."""
    speaker: NewSpeaker | None = None
    note: Note = ""

    def correction(self) -> Correction:
        """What is to be put right."""
        return Correction(
            by=self.who,
            note=self.note.strip(),
            quotation=self.quotation,
            speaker=self.speaker.draft() if self.speaker else None,
        )


class MergingSources(By):
    """This speaker stands for another one too."""

    other: Id


class SplittingSource(By):
    """A name becomes a speaker of its own."""

    name: Annotated[Text, StringConstraints(max_length=LONGEST_NAME)]
    """The claims made in this name go with it."""
    claims: Annotated[list[Id], Field(max_length=MOST_AT_ONCE)] = Field(default_factory=list)
    """More claims of the old one that do."""


class NewFilter(Body):
    """A list to come back to."""

    name: Annotated[Text, StringConstraints(max_length=LONGEST_NAME)]
    """The same name again means the new list."""
    query: Annotated[str, StringConstraints(max_length=LONGEST_NOTE, pattern=PLAIN)]
    """A query string of ``/api/conflicts``."""


class NewArticle(BaseModel):
    """An article; a field that is null counts as absent."""

    # Every way in reads articles in the same words (tracker.articles.incoming); this describes it.
    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    outlet: Annotated[Text, Field(max_length=LONGEST["outlet"])]
    """Who published."""
    text: Text
    """The article, verbatim; it is kept exactly as sent."""
    external_id: Annotated[Text, Field(max_length=LONGEST["external_id"])] | None = None
    """The outlet's own identifier."""
    revision: Annotated[int, Field(ge=1, le=HIGHEST_REVISION)] | None = 1
    url: (
        Annotated[str, Field(max_length=LONGEST["url"], json_schema_extra={"format": "uri"})] | None
    ) = None
    """http or https."""
    title: Annotated[Text, Field(max_length=LONGEST["title"])] | None = None
    author: Annotated[Text, Field(max_length=LONGEST["author"])] | None = None
    published_at: AwareDatetime | None = None
    """A date and time with a zone; the present when absent."""
    language: Annotated[str, Field(pattern="^[A-Za-z]{2}$")] | None = None
    """ISO 639-1; detected when absent."""
