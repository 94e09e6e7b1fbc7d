"""Pairs of claims worth comparing, with every partial score."""

from collections.abc import Mapping, Sequence

from tracker.languages import Languages
from tracker.matching import scores
from tracker.types import Claim, MatchDraft

_WEIGHTS: Mapping[str, float] = {
    "names": 0.3,
    "words": 0.3,
    "numbers": 0.05,
    "wording": 0.1,
    "meaning": 0.15,
    "time": 0.05,
    "voice": 0.05,
}
_FLOOR = 0.15


class Matcher:
    """Scores a claim against others and keeps the pairs that may speak of the same thing."""

    def __init__(self, languages: Languages) -> None:
        """Take the tables of the languages that claims may be in."""
        self._languages = languages

    def match(self, claim: Claim, nearby: Sequence[Claim]) -> list[MatchDraft]:
        """The claims worth comparing with ``claim``, best first; never the claim itself."""
        drafts = [_draft(claim, other) for other in nearby if other.id != claim.id]
        kept = [draft for draft in drafts if draft.scores["total"] >= _FLOOR]
        return sorted(kept, key=_rank)


def _draft(a: Claim, b: Claim) -> MatchDraft:
    premise, hypothesis = sorted((a, b), key=_order)
    return MatchDraft(
        premise_id=premise.id, hypothesis_id=hypothesis.id, scores=_scores(premise, hypothesis)
    )


def _order(claim: Claim) -> tuple[object, ...]:
    return (claim.statement.said_on, claim.published_at, claim.id)


def _rank(draft: MatchDraft) -> tuple[float, int, int]:
    return (-draft.scores["total"], draft.premise_id, draft.hypothesis_id)


def _scores(a: Claim, b: Claim) -> dict[str, float]:
    partial = {
        "names": scores.names(a, b),
        "words": scores.words(a, b),
        "numbers": scores.numbers(a, b),
        "wording": scores.wording(a, b),
        "time": scores.time(a, b),
        "voice": scores.voice(a, b),
    }
    if (meaning := scores.meaning(a, b)) is not None:
        partial["meaning"] = meaning
    weight = sum(_WEIGHTS[name] for name in partial)
    total = sum(_WEIGHTS[name] * score for name, score in partial.items()) / weight
    return {**partial, "total": total}
