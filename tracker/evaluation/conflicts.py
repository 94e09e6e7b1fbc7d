"""How well the stored relations between claims agree with the gold ones.

A found claim stands for a gold claim of the same article when their contents share at least half
of the words of the shorter one. A gold relation is found by one stored pair at most, and a stored
pair finds one gold relation at most; every other stored pair of the wanted kinds is a false alarm.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.evaluation.gold import GoldArticle, GoldRelation
from tracker.evaluation.scores import score
from tracker.evaluation.words import touching, word_spans
from tracker.types import CONFLICTING, Claim, RelatedPair, RelationLabel

HARD = frozenset({RelationLabel.CONTRADICTION, RelationLabel.REVERSAL})
"""The relations that cannot both stand; with tension they are ``CONFLICTING``."""


@dataclass(frozen=True, kw_only=True)
class ConflictScore:
    """How many of the gold relations were found, and how many of the stored pairs found one."""

    precision: float
    recall: float
    f1: float
    found: int
    """Gold relations that a stored pair stands for."""
    gold: int


@dataclass(frozen=True, kw_only=True)
class CandidateScore:
    """How many of the gold relations, repeats and updates too, were compared at all."""

    recall: float
    """Of those whose two claims were found."""
    compared: int
    found: int
    """Gold relations whose two claims were found."""
    gold: int


@dataclass(frozen=True, kw_only=True)
class ConflictReport:
    """What was compared; contradictions and reversals, and these with tensions."""

    candidates: CandidateScore
    hard: ConflictScore
    with_tension: ConflictScore


@dataclass(frozen=True)
class Candidate:
    """A stored pair and the gold relations, by number, that it could stand for."""

    label: RelationLabel
    relations: frozenset[int]


def stands_for(article: GoldArticle, claim: Claim) -> frozenset[str]:
    """The ids of the gold claims that a stored claim of the same article stands for."""
    words = word_spans(article.text)
    found = touching(words, claim.attribution.content)
    gold = {c.id: touching(words, [p.span for p in c.content]) for c in article.claims}
    return frozenset(
        id
        for id, content in gold.items()
        if found and content and 2 * len(found & content) >= min(len(found), len(content))
    )


def candidates(
    related: Iterable[RelatedPair],
    stood_for: Mapping[int, frozenset[str]],
    relations: Sequence[GoldRelation],
) -> list[Candidate]:
    """What each stored pair could stand for; ``stood_for`` is of the stored claims, by id."""
    ends = [frozenset({relation.a, relation.b}) for relation in relations]
    return [
        Candidate(
            pair.relation.label,
            frozenset(
                number
                for number, end in enumerate(ends)
                if any(
                    end == {a, b}
                    for a in stood_for[pair.premise.id]
                    for b in stood_for[pair.hypothesis.id]
                )
            ),
        )
        for pair in related
    ]


def count_candidates(
    compared: Iterable[frozenset[int]],
    stood_for: Mapping[int, frozenset[str]],
    relations: Sequence[GoldRelation],
) -> CandidateScore:
    """How many relations have a match; ``compared`` are the stored matches by their claims."""
    matches = set(compared)
    standing: dict[str, list[int]] = {}
    for claim, gold_ids in stood_for.items():
        for gold_id in gold_ids:
            standing.setdefault(gold_id, []).append(claim)
    pairs = [
        [frozenset({a, b}) for a in standing.get(r.a, ()) for b in standing.get(r.b, ())]
        for r in relations
    ]
    found = sum(bool(each) for each in pairs)
    hits = sum(any(pair in matches for pair in each) for each in pairs)
    return CandidateScore(
        recall=hits / found if found else 0.0, compared=hits, found=found, gold=len(relations)
    )


def added_up(scores: Sequence[CandidateScore]) -> CandidateScore:
    """The score of several stores together."""
    compared, found = sum(each.compared for each in scores), sum(each.found for each in scores)
    return CandidateScore(
        recall=compared / found if found else 0.0,
        compared=compared,
        found=found,
        gold=sum(each.gold for each in scores),
    )


def report_conflicts(
    found: Sequence[Candidate],
    relations: Sequence[GoldRelation],
    compared: CandidateScore,
) -> ConflictReport:
    """Score all stored pairs against all gold relations."""
    return ConflictReport(
        candidates=compared,
        hard=_score(found, relations, HARD),
        with_tension=_score(found, relations, CONFLICTING),
    )


def _score(
    found: Sequence[Candidate],
    relations: Sequence[GoldRelation],
    wanted: frozenset[RelationLabel],
) -> ConflictScore:
    gold = {number for number, relation in enumerate(relations) if relation.label in wanted}
    alarms = [sorted(gold & pair.relations) for pair in found if pair.label in wanted]
    right = _most_assigned(alarms)
    total = score(right, len(alarms), right, len(gold))
    return ConflictScore(
        precision=total.precision, recall=total.recall, f1=total.f1, found=right, gold=len(gold)
    )


def _most_assigned(choices: Sequence[Sequence[int]]) -> int:
    """How many of the choosers can have one of their choices each, no choice being had twice.

    Maximum bipartite matching by augmenting paths, so that no order of the pairs matters.
    """
    holder: dict[int, int] = {}

    def settle(chooser: int, tried: set[int]) -> bool:
        for choice in choices[chooser]:
            if choice not in tried:
                tried.add(choice)
                if choice not in holder or settle(holder[choice], tried):
                    holder[choice] = chooser
                    return True
        return False

    return sum(settle(chooser, set()) for chooser in range(len(choices)))
