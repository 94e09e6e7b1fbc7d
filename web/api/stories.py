"""Stories: articles that tell of one thing, and who says what in them on which question."""

from typing import Self

from flask import url_for

from tracker import types
from web import matrix
from web.api.answers import Answer, Claim, Moment, Source
from web.api.article_answers import ArticleHead
from web.api.conflict_answers import ConflictHead
from web.api.lists import Next, onward
from web.api.operations import blueprint
from web.api.queries import Going
from web.current import tracker
from web.stories import RECENT, Line, lines, story_of
from web.stories import Story as Told


class StoryHead(Answer):
    """A story, as a list shows it."""

    id: int
    """That of its first article."""
    title: str | None
    """Of its first article, and so is the language."""
    language: str
    first_published_at: Moment
    last_published_at: Moment
    articles: int
    """How many, and so are the next two."""
    outlets: int
    conflicts: int
    page: str
    """Where a person reads it."""

    @classmethod
    def of(cls, value: Line) -> Self:
        """A story in the list."""
        first = value.first
        return cls(
            id=first.id,
            title=first.title,
            language=first.language,
            first_published_at=first.published_at,
            last_published_at=value.last.published_at,
            articles=value.articles,
            outlets=value.outlets,
            conflicts=value.conflicts,
            page=page_of(first),
        )


class Stories(Answer):
    """A stretch of the stories."""

    stories: list[StoryHead]
    next: Next


class Question(Answer):
    """What the sides of a conflict differ on, or else a topic."""

    conflict: ConflictHead | None
    thing: str
    """What kind of thing the topic is; empty with a conflict, and where it is not known."""
    called: str
    """The name of the topic. Where neither stands, and no conflict, it is all the rest."""

    @classmethod
    def of(cls, value: matrix.Question) -> Self:
        """A column."""
        conflict = ConflictHead.of(value.conflict) if value.conflict else None
        topic = value.topic
        return cls(
            conflict=conflict,
            thing=topic.thing if topic else "",
            called=topic.called if topic else "",
        )


class Quoted(Answer):
    """What somebody says to a question."""

    claims: list[int]
    """Every claim that prints it in the same words."""
    side: int
    """1 or 2 in a conflict, otherwise 0."""

    @classmethod
    def of(cls, value: matrix.Quoted) -> Self:
        """Words in a cell."""
        return cls(claims=[claim.id for claim in value.claims], side=value.side)


class Voice(Answer):
    """A speaker, and what was said to each question."""

    speaker: Source
    said: list[list[Quoted]]
    """One list a question, in the order of the questions."""

    @classmethod
    def of(cls, value: matrix.Voice) -> Self:
        """A row."""
        said = [[Quoted.of(each) for each in cell] for cell in value.cells]
        return cls(speaker=Source.of(value.source), said=said)


class Story(Answer):
    """Articles that tell of one thing, and who says what in them on which question."""

    id: int
    """That of its first article."""
    articles: list[ArticleHead]
    """In the order of publication."""
    goes_on: bool
    """Whether it has more articles than are answered."""
    questions: list[Question]
    """Conflicts first, the most severe before the others, then topics."""
    voices: list[Voice]
    """Who has the most claims comes first."""
    claims: list[Claim]
    """All of them, in the order of saying."""
    page: str
    """Where a person reads it."""

    @classmethod
    def of(cls, value: Told) -> Self:
        """A story with its table."""
        first, drawn = value.articles[0], matrix.matrix(value.claims, value.conflicts)
        return cls(
            id=first.id,
            articles=[ArticleHead.of(each) for each in value.articles],
            goes_on=value.is_cut,
            questions=[Question.of(each) for each in drawn.questions],
            voices=[Voice.of(each) for each in drawn.voices],
            claims=[Claim.of(each) for each in value.claims],
            page=page_of(first),
        )


@blueprint.operation("GET", "/api/stories", query=Going, answer=Stories)
def stories(query: Going) -> Stories:
    """The stories of the last 30 days, the newest first."""
    since = tracker().clock() - RECENT
    with tracker().storage.snapshot() as tx:
        found = tx.stories.stretch(since, query.per_page, query.cursor)
        shown = [StoryHead.of(each) for each in lines(tx, found.items)]
    return Stories(stories=shown, next=onward(found.cursor))


@blueprint.operation("GET", "/api/stories/<id:article_id>", answer=Story)
def story(article_id: int) -> Story:
    """The story that an article belongs to; an article that nothing links is one by itself."""
    with tracker().storage.snapshot() as tx:
        return Story.of(story_of(tx, article_id))


def page_of(first: types.Article) -> str:
    """Where a person reads the story that an article is the first of."""
    return url_for("stories.detail", story_id=first.id, _external=True)
