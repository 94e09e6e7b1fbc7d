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
_WEIGHTS: Mapping[str, float] = {
    "words": 0.15,
    "meaning": 0.45,
    "wording": 0.2,
    "time": 0.05,
    "names": 0.05,
    "numbers": 0.05,
    "voice": 0.05,
}
"""Near a logistic regression on the pairs of our held-out stories told in articles
(``training/coverage``). Names weigh little because all claims of an article share those of its line
of context."""
_USUAL: Mapping[str, float] = {"wording": 0.7, "meaning": 0.5}
"""What a score counts as that cannot be had for a pair. The first makes up for the meanings of
claims in two languages, which lie further apart."""
FLOOR = 0.36
"""Keeps 1,099 of the 1,151 related pairs that those stories have among 40 candidates a claim, and
drops two of three others; dropping is only to save work, since the comparers judge what is kept."""


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
    weighed = (w * partial.get(name, _USUAL.get(name, 0.0)) for name, w in _WEIGHTS.items())
    return {**partial, "total": min(sum(weighed), 1.0)}
