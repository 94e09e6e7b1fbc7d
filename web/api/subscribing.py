"""What is sent about subscriptions."""

from dataclasses import replace
from datetime import time
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, StringConstraints

from tracker.languages import languages
from tracker.types import (
    CONFLICTING,
    NEWS,
    Change,
    RelationLabel,
    Rhythm,
    SubscriptionDraft,
    Tongue,
)
from web.api.bodies import Body, Text
from web.api.queries import PLAIN
from web.forms import LONGEST_NAME

Draft = TypeVar("Draft", bound=SubscriptionDraft)

CLOCKS = frozenset({"digest_at", "quiet_from", "quiet_to"})
"""The fields that are times of day."""


def served(code: str) -> str:
    """The code of a language that is served.

    Raises:
        ValueError: it is that of no such language.
    """
    if code not in languages():
        raise ValueError(f"one of {', '.join(languages())} was expected")
    return code


Label = Annotated[Text, StringConstraints(max_length=LONGEST_NAME)]
Channel = Annotated[Text, StringConstraints(max_length=2000)]
Condition = Annotated[Text, StringConstraints(max_length=200)]
Language = Annotated[str, AfterValidator(served)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Conditions(Body):
    """Which conflicts, upon what, and when."""

    relations: list[RelationLabel] = sorted(CONFLICTING)
    """``contradiction``, ``reversal``, ``tension``; at least one."""
    changes: list[Change] = sorted(NEWS)
    """At least one."""
    speakers: list[Condition] = Field(default_factory=list)
    """Names; everybody when empty."""
    outlets: list[Condition] = Field(default_factory=list)
    """Names; all when empty."""
    topics: list[Condition] = Field(default_factory=list)
    """Beginnings of words; anything when empty."""
    languages: list[Language] = Field(default_factory=list)
    """Of the claims, by codes (ISO 639-1); all when empty."""
    minimum_severity: Annotated[float, Field(ge=0, le=1)] = 0.0
    language: Tongue = Tongue.ENGLISH
    """In which the messages are written."""
    rhythm: Rhythm = Rhythm.LIVE
    digest_at: Clock = "08:00"
    """When a daily message goes out, by the clock of ``zone``."""
    zone: Annotated[str, StringConstraints(max_length=80, pattern=PLAIN)] = "UTC"
    """The IANA name of a time zone."""
    quiet_from: Clock | None = None
    """When quiet hours begin, by the clock of ``zone``; null where ``quiet_to`` is."""
    quiet_to: Clock | None = None

    def applied(self, draft: Draft) -> Draft:
        """A subscription with what was sent in the place of what it was."""
        sent = {name: _stored(name, getattr(self, name)) for name in self.model_fields_set}
        return replace(draft, **sent)


class NewSubscription(Conditions):
    """Who is to be alerted to which conflicts."""

    name: Label
    channels: Annotated[list[Channel], Field(min_length=1)]
    """http or https webhooks, or URLs that apprise knows."""
    secret: Annotated[str, StringConstraints(max_length=160, pattern=PLAIN)] | None = None
    """The signing secret of the webhooks, ``whsec_…``; one is made when it is absent."""


def _without_defaults(schema: dict[str, Any]) -> None:
    for each in schema["properties"].values():
        each.pop("default", None)


class ChangingSubscription(Conditions):
    """What is to be different in a subscription; what is absent stays."""

    model_config = ConfigDict(json_schema_extra=_without_defaults)

    name: Label = ""
    channels: Annotated[list[Channel], Field(min_length=1)] = Field(default_factory=list)
    """All of them; those that are not named here get nothing more."""


class Muting(Body):
    """Nothing is sent for a while."""

    until: AwareDatetime | None
    """A moment within a year; null ends it."""


def _stored(field: str, value: Any) -> Any:
    """What was sent, as a subscription has it."""
    if isinstance(value, list):
        parts = [each.strip() if type(each) is str else each for each in value]
        return tuple(parts) if field == "channels" else frozenset(parts)
    if type(value) is not str:  # words of the program are strings too
        return value
    return time.fromisoformat(value) if field in CLOCKS else value.strip()
