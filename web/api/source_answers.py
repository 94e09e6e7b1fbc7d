"""How speakers read as JSON, beyond what a claim tells of its own."""

from datetime import date
from typing import Self

from flask import url_for

from tracker import types
from tracker.claims import topics
from tracker.sources import edits
from tracker.storage import speaking
from web import sources
from web.api.answers import Answer, Claim, Moment, Source


class KnownSource(Source):
    """A speaker with everything that is known of it."""

    aliases: list[str]
    claim_count: int
    merged_into: int | None
    """The speaker that stands for this one."""
    page: str
    """Where a person reads it."""

    @classmethod
    def counted(cls, value: types.Source, count: int) -> Self:
        """A speaker and how many claims it has."""
        return cls(
            **Source.of(value).model_dump(),
            aliases=list(value.aliases),
            claim_count=count,
            merged_into=value.merged_into,
            page=url_for("sources.detail", source_id=value.id, _external=True),
        )


class Role(Answer):
    """What articles called a speaker, and on whose behalf."""

    role: str | None
    speaks_for: str | None
    first: date
    """The days on which it first and last spoke so."""
    last: date
    claims: int
    """How many."""

    @classmethod
    def of(cls, value: speaking.Role) -> Self:
        """A role."""
        return cls(
            role=value.role,
            speaks_for=value.speaks_for,
            first=value.first,
            last=value.last,
            claims=value.claims,
        )


class Opponent(Answer):
    """Somebody on the other side."""

    speaker: Source
    conflicts: list[int]

    @classmethod
    def of(cls, value: speaking.Opponent) -> Self:
        """An opponent and the conflicts, without those dismissed."""
        return cls(speaker=Source.of(value.source), conflicts=list(value.conflicts))


class Reversal(Answer):
    """What a speaker took back or turned around."""

    earlier: Claim
    later: Claim
    conflict: int | None
    """Under which it is reviewed."""

    @classmethod
    def of(cls, value: sources.Reversal) -> Self:
        """A reversal."""
        conflict = value.conflict.id if value.conflict else None
        return cls(earlier=Claim.of(value.earlier), later=Claim.of(value.later), conflict=conflict)


class SourceEdit(Answer):
    """What somebody decided of who is who."""

    id: int
    """What it is undone by."""
    event: edits.SourceEvent
    source_id: int
    """The speaker that stayed."""
    other_id: int
    """The one that was merged into it, or split off."""
    other: str
    claims: list[int]
    """Those that changed hands."""
    at: Moment
    by: str
    undone_at: Moment | None
    undone_by: str | None

    @classmethod
    def of(cls, value: edits.SourceEdit) -> Self:
        """A merge or a split."""
        told = {name: getattr(value, name) for name in cls.model_fields}
        return cls(**told | {"claims": list(value.claims)})


class FullSource(KnownSource):
    """A speaker with what its claims and its history tell."""

    roles: list[Role]
    """The latest first."""
    spokespeople: list[Source]
    """Who speaks on its behalf."""
    opponents: list[Opponent]
    """Who stands against it in most conflicts first; ten at most."""
    reversals: list[Reversal]
    """The latest first, without those dismissed; twenty at most."""
    history: list[SourceEdit]
    """Who was merged into it and split off, the last first."""


class Topic(Answer):
    """Claims that speak of one thing."""

    thing: str
    """What kind of thing, as an English word; empty where that is not known."""
    called: str
    """Its name, or that of a place, a body or a person; neither stands for the claims that share a
    topic with no other."""
    claims: list[int]

    @classmethod
    def of(cls, value: topics.Topic) -> Self:
        """A topic with the ids of its claims."""
        claims = [claim.id for claim in value.claims]
        return cls(thing=value.thing, called=value.called, claims=claims)


class Topics(Answer):
    """What a speaker spoke of."""

    topics: list[Topic]
