"""How well the comparers and the relation layer judge stand-alone pairs, without any articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.claims import Matters, describe
from tracker.comparison import Cascade, Pairing
from tracker.evaluation.conflicts import HARD
from tracker.evaluation.gold import GoldPair, GoldStatement
from tracker.evaluation.scores import Score, score
from tracker.languages import LanguagePack
from tracker.sources import describe_speaker, same_voice
from tracker.types import CONFLICTING, RelationLabel, Statement


@dataclass(frozen=True, kw_only=True)
class PairReport:
    """The relations of pairs, as they should be and as they were judged."""

    macro_f1: float
    """Mean F1 of the labels that occur."""
    hard: Score
    """Contradictions and reversals, taken together."""
    traps_flagged: float
    """The fraction of the traps that were judged a contradiction, reversal or tension."""
    unsupported: int
    """Pairs with a statement in a language that no table serves; judged ``none``."""
    confusion: dict[str, dict[str, int]]
    """How often a pair with the first label was judged to have the second."""


def judge(
    pairs: Sequence[GoldPair], cascade: Cascade, packs: Mapping[str, LanguagePack]
) -> list[RelationLabel]:
    """The relation of each pair; ``none`` where a language has no table."""
    supported = [pair for pair in pairs if _is_supported(pair, packs)]
    judgements = cascade.judge([pairing_of(pair, packs) for pair in supported])
    labels = {
        pair.id: judgement.relation.label
        for pair, judgement in zip(supported, judgements, strict=True)
    }
    return [labels.get(pair.id, RelationLabel.NONE) for pair in pairs]


def pairing_of(pair: GoldPair, packs: Mapping[str, LanguagePack]) -> Pairing:
    """What is compared; that the two speak with one voice is told by their names."""
    voices = (describe_speaker(pair.a.speaker), describe_speaker(pair.b.speaker))
    return Pairing(_statement(pair.a, packs), _statement(pair.b, packs), same_voice(*voices))


def report_pairs(
    pairs: Sequence[GoldPair], judged: Sequence[RelationLabel], packs: Mapping[str, LanguagePack]
) -> PairReport:
    """Set the judged labels beside the gold ones."""
    gold = [pair.label for pair in pairs]
    traps = [label for pair, label in zip(pairs, judged, strict=True) if pair.trap]
    occurring = [label for label in RelationLabel if label in gold or label in judged]
    each = [_score(gold, judged, frozenset({label})).f1 for label in occurring]
    flagged = sum(label in CONFLICTING for label in traps)
    return PairReport(
        macro_f1=sum(each) / len(each) if each else 0.0,
        hard=_score(gold, judged, HARD),
        traps_flagged=flagged / len(traps) if traps else 0.0,
        unsupported=sum(not _is_supported(pair, packs) for pair in pairs),
        confusion=_confusion(gold, judged),
    )


def _is_supported(pair: GoldPair, packs: Mapping[str, LanguagePack]) -> bool:
    return pair.a.lang in packs and pair.b.lang in packs


def _statement(side: GoldStatement, packs: Mapping[str, LanguagePack]) -> Statement:
    pack = packs[side.lang]
    return Statement(
        speaker=side.speaker,
        text=side.text,
        language=side.lang,
        said_on=side.date,
        about=side.about,
        details=describe(
            side.text,
            pack,
            side.date,
            about=side.about,
            matters=Matters(pack).of(side.text, [side.about]),
        ),
    )


def _score(
    gold: Sequence[RelationLabel],
    judged: Sequence[RelationLabel],
    wanted: frozenset[RelationLabel],
) -> Score:
    right = sum(g in wanted and j in wanted for g, j in zip(gold, judged, strict=True))
    found = sum(label in wanted for label in judged)
    return score(right, found, right, sum(label in wanted for label in gold))


def _confusion(
    gold: Sequence[RelationLabel], judged: Sequence[RelationLabel]
) -> dict[str, dict[str, int]]:
    together = list(zip(gold, judged, strict=True))
    return {str(g): {str(j): together.count((g, j)) for j in RelationLabel} for g in RelationLabel}
