"""Pairs as the program meets them: claims that it finds itself in whole articles.

What it finds is a claim of the story when the words are mostly the same; anything else that it
takes for a claim has no relation to anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.comparing import pairing_of
from tracker.comparison import Pairing
from tracker.evaluation.conflicts import stands_for
from tracker.evaluation.gold import GoldArticle
from tracker.evaluation.run import emptied
from tracker.pipeline import Tracker
from tracker.types import RelationLabel
from training.coverage import Coverage


@dataclass(frozen=True)
class Met:
    """A pair that is compared, and the relation that it has in its story."""

    pairing: Pairing
    relation: RelationLabel


def met(story: Coverage, tracker: Tracker) -> list[Met]:
    """All pairs of a story that the tracker compares; its own storage is not touched."""
    with emptied(tracker) as fresh:
        return list(_met(story, fresh))


def _met(story: Coverage, tracker: Tracker) -> Iterator[Met]:
    articles = [GoldArticle.model_validate(record) for record in story.articles]
    ids = [tracker.add_article(article.draft(n)).article_id for n, article in enumerate(articles)]
    for id in ids:
        tracker.extract(id)
        tracker.match(id)
    with tracker.storage.snapshot() as tx:
        stood_for = {
            claim.id: stands_for(article, claim)
            for article, id in zip(articles, ids, strict=True)
            for claim in tx.claims.of_article(id)
        }
        waiting = {each[0].id: each for id in ids for each in tx.matches.uncompared(id)}
    relations = {(r["a"], r["b"]): RelationLabel(r["label"]) for r in story.relations}
    for _, premise, hypothesis in waiting.values():
        found = [
            relations.get((a, b), relations.get((b, a), RelationLabel.NONE))
            for a in stood_for[premise.id]
            for b in stood_for[hypothesis.id]
        ]
        yield Met(pairing_of(premise, hypothesis), _gravest(found))


def _gravest(found: list[RelationLabel]) -> RelationLabel:
    """Of what several claims that one stands for are to another: a conflict before all else."""
    return min(found, key=list(RelationLabel).index, default=RelationLabel.NONE)
