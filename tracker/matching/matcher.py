"""Pairs of claims worth comparing, with every partial score."""

from collections.abc import Callable, Mapping, Sequence

from tracker.matching import scores
from tracker.types import Claim, MatchDraft

_SCORES: Mapping[str, Callable[[Claim, Claim], float | None]] = {
    "words": scores.words,
    "meaning": scores.meaning,
    "wording": scores.wording,
    "time": scores.time,
    "names": scores.names,
    "numbers": scores.numbers,
    "voice": scores.voice,
}
"""A score that cannot be had for a pair is left out, and the others weigh the more."""
_WEIGHTS: Mapping[str, float] = {
    "words": 0.35,
    "meaning": 0.25,
    "wording": 0.15,
    "time": 0.1,
    "names": 0.05,
    "numbers": 0.05,
    "voice": 0.05,
}
"""Rounded from a logistic regression on the claim pairs of ``gold/dev``: area under the curve 0.90,
and 0.88 for the regression with each scenario left out in turn. Names weigh little because all
claims of an article share those of its line of context."""
FLOOR = 0.24
"""Keeps 98 of 100 related pairs of ``gold/dev`` and drops a quarter of the others; dropping is only
to save work, since the comparers judge what is kept."""


class Matcher:
    """Scores a claim against others and keeps the pairs that may speak of the same thing."""

    def __init__(self, floor: float = FLOOR) -> None:
        """``floor`` is the lowest total score that is kept."""
        self._floor = floor

    def match(self, claim: Claim, nearby: Sequence[Claim]) -> list[MatchDraft]:
        """The claims worth comparing with ``claim``, best first; never the claim itself."""
        drafts = [_draft(claim, other) for other in nearby if other.id != claim.id]
        kept = [draft for draft in drafts if draft.scores["total"] >= self._floor]
        return sorted(kept, key=_rank)


def _draft(a: Claim, b: Claim) -> MatchDraft:
    is_one = a.article_id == b.article_id
    premise, hypothesis = sorted((a, b), key=lambda each: _order(each, in_one_article=is_one))
    return MatchDraft(
        premise_id=premise.id, hypothesis_id=hypothesis.id, scores=_scores(premise, hypothesis)
    )


def _order(claim: Claim, *, in_one_article: bool) -> tuple[object, ...]:
    """When it was said; of the same moment by place or words, and not by who came in first.

    By words before outlets, so that reprints are compared the same way round.
    """
    place = claim.attribution.content
    rest = (place,) if in_one_article else (claim.statement.text, claim.outlet, place)
    return (claim.statement.said_on, claim.published_at, *rest, claim.id)


def _rank(draft: MatchDraft) -> tuple[float, int, int]:
    return (-draft.scores["total"], draft.premise_id, draft.hypothesis_id)


def _scores(a: Claim, b: Claim) -> dict[str, float]:
    measured = {name: score(a, b) for name, score in _SCORES.items()}
    partial = {name: score for name, score in measured.items() if score is not None}
    weight = sum(_WEIGHTS[name] for name in partial)
    total = sum(_WEIGHTS[name] * score for name, score in partial.items()) / weight
    return {**partial, "total": total}
