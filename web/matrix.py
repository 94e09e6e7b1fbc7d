"""A story laid out as a table: a row a speaker, a column a question."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.claims.topics import Topic, topics
from tracker.languages import fold
from tracker.types import Claim, Conflict, Source

MOST_QUESTIONS = 12
"""Columns; what has no column of its own stands in the last."""


Column = list[tuple[Claim, int]]
"""Claims with the side they are on."""


@dataclass(frozen=True)
class Question:
    """A column: what the sides of a conflict differ on, or a topic; neither for all the rest."""

    conflict: Conflict | None = None
    topic: Topic | None = None


@dataclass(frozen=True)
class Quoted:
    """What somebody says to a question, with every claim that prints it in the same words."""

    claims: tuple[Claim, ...]
    side: int = 0
    """1 or 2 in a conflict, otherwise 0."""


@dataclass(frozen=True)
class Voice:
    """A row: a speaker, and what was said to each question."""

    source: Source
    cells: tuple[tuple[Quoted, ...], ...]


@dataclass(frozen=True)
class Matrix:
    """Who says what to which question."""

    questions: tuple[Question, ...]
    voices: tuple[Voice, ...]


def matrix(claims: Sequence[Claim], conflicts: Sequence[Conflict]) -> Matrix:
    """The claims of a story by speaker and question; the most severe conflict comes first.

    A claim stands in the column of every conflict it is in, or else in that of its topic. The
    speakers with the most claims come first.
    """
    columns = _conflict_columns(claims, conflicts)
    placed = {claim.id for _, column in columns for claim, _ in column}
    columns += _topic_columns([claim for claim in claims if claim.id not in placed])
    columns = _at_most(columns, MOST_QUESTIONS)
    said = defaultdict(list)
    for claim in claims:
        said[claim.source.id].append(claim)
    voices = sorted(said.values(), key=lambda own: (-len(own), own[0].source.name))
    return Matrix(
        tuple(question for question, _ in columns),
        tuple(_voice(own[0].source, [column for _, column in columns]) for own in voices),
    )


def _conflict_columns(
    claims: Sequence[Claim], conflicts: Sequence[Conflict]
) -> list[tuple[Question, Column]]:
    ordered = sorted(conflicts, key=lambda each: (-each.severity, each.id))
    return [
        (
            Question(conflict=each),
            [
                (c, n)
                for c in claims
                for n, side in enumerate(each.sides, 1)
                if c.standing_id in side
            ],
        )
        for each in ordered
    ]


def _topic_columns(claims: Sequence[Claim]) -> list[tuple[Question, Column]]:
    return [
        (Question(topic=topic), [(claim, 0) for claim in topic.claims]) for topic in topics(claims)
    ]


def _at_most(columns: list[tuple[Question, Column]], most: int) -> list[tuple[Question, Column]]:
    if len(columns) <= most:
        return columns
    kept, rest = columns[: most - 1], columns[most - 1 :]
    return [*kept, (Question(), [(claim, 0) for _, column in rest for claim, _ in column])]


def _voice(source: Source, columns: Sequence[Column]) -> Voice:
    own = [[each for each in column if each[0].source.id == source.id] for column in columns]
    return Voice(source, tuple(map(_quoted, own)))


def _quoted(column: Column) -> tuple[Quoted, ...]:
    """What is said, the same words on the same side once."""
    same: dict[tuple[str, int], dict[int, Claim]] = defaultdict(dict)
    for claim, side in column:
        same[fold(claim.statement.text), side][claim.id] = claim
    return tuple(Quoted(tuple(claims.values()), side) for (_, side), claims in same.items())
