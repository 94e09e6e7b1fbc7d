"""The revisions of an article, and what changed from one to another."""

from collections.abc import Iterable
from typing import Self

from tracker.articles import revisions as texts
from web.api.answers import Answer, Claim
from web.api.article_answers import ArticleHead
from web.api.operations import blueprint
from web.articles import Revised, revised
from web.current import tracker


class Revisions(Answer):
    """An article with its other revisions."""

    revisions: list[ArticleHead]
    """In their order; the article alone where its outlet gave it no identifier."""


class Words(Answer):
    """Words of a paragraph."""

    text: str
    changed: bool
    """Whether the other revision lacks them."""

    @classmethod
    def all_of(cls, values: Iterable[texts.Stretch]) -> list[Self]:
        """The words of a paragraph in their order; joined they are the paragraph."""
        return [cls(text=each.text, changed=each.changed) for each in values]


class Paragraph(Answer):
    """A paragraph in both revisions; empty in the one that lacks it."""

    before: list[Words]
    after: list[Words]


class Comparison(Answer):
    """Two revisions of an article side by side."""

    old: ArticleHead
    new: ArticleHead
    paragraphs: list[Paragraph]
    gone: list[Claim]
    """The claims that only the old one has."""
    came: list[Claim]
    """The claims that only the new one has."""

    @classmethod
    def of(cls, value: Revised) -> Self:
        """What changed."""
        return cls(
            old=ArticleHead.of(value.old),
            new=ArticleHead.of(value.new),
            paragraphs=[
                Paragraph(before=Words.all_of(each.before), after=Words.all_of(each.after))
                for each in value.changes
            ],
            gone=[Claim.of(each) for each in value.gone],
            came=[Claim.of(each) for each in value.came],
        )


@blueprint.operation("GET", "/api/articles/<id:article_id>/revisions", answer=Revisions)
def revisions(article_id: int) -> Revisions:
    """Every revision of an article that came in."""
    with tracker().storage.snapshot() as tx:
        found = tx.articles.revisions(tx.articles.get(article_id))
    return Revisions(revisions=[ArticleHead.of(each) for each in found])


@blueprint.operation("GET", "/api/articles/<id:article_id>/since/<id:other_id>", answer=Comparison)
def changes_since(article_id: int, other_id: int) -> Comparison:
    """What changed in an article since another of its revisions, and which claims came or went."""
    with tracker().storage.snapshot() as tx:
        return Comparison.of(revised(tx, article_id, other_id))
