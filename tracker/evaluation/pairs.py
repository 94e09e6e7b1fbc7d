"""How well the comparers and the relation layer judge stand-alone pairs, without any articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.claims import Matters, describe
from tracker.comparison import Cascade, Pairing
from tracker.evaluation.conflicts import HARD
from tracker.evaluation.gold import GoldPair, GoldStatement
from tracker.evaluation.scores import Score, score
from tracker.languages import Languages
from tracker.sources import describe_speaker, same_voice
from tracker.types import CONFLICTING, RelationLabel, Statement

ACROSS = "across"
"""What pairs in two languages are counted under."""


@dataclass(frozen=True, kw_only=True)
class PairScores:
    """How well some pairs were judged."""

    pairs: int
    macro_f1: float
    """Mean F1 of the labels that occur."""
    hard: Score
    """Contradictions and reversals, taken together."""


@dataclass(frozen=True, kw_only=True)
class PairReport(PairScores):
    """The relations of pairs, as they should be and as they were judged."""

    traps_flagged: float
    """The fraction of the traps that were judged a contradiction, reversal or tension."""
    by_language: dict[str, PairScores]
    """The pairs whose two statements are in one language, by it, and those across languages."""
    unsupported: int
    """Pairs with a statement in a language that no table serves; the model judges them alone."""
    confusion: dict[str, dict[str, int]]
    """How often a pair with the first label was judged to have the second."""


def judge(pairs: Sequence[GoldPair], cascade: Cascade, packs: Languages) -> list[RelationLabel]:
    """The relation of each pair."""
    judgements = cascade.judge([pairing_of(pair, packs) for pair in pairs])
    return [judgement.relation.label for judgement in judgements]


def pairing_of(pair: GoldPair, packs: Languages) -> Pairing:
    """What is compared."""
    return paired(_statement(pair.a, packs), _statement(pair.b, packs))


def paired(premise: Statement, hypothesis: Statement) -> Pairing:
    """Two statements of which no more is known; that they are one voice is told by the names."""
    voices = (describe_speaker(premise.speaker), describe_speaker(hypothesis.speaker))
    return Pairing(premise, hypothesis, same_voice(*voices))


def report_pairs(
    pairs: Sequence[GoldPair], judged: Sequence[RelationLabel], packs: Languages
) -> PairReport:
    """Set the judged labels beside the gold ones."""
    gold = [pair.label for pair in pairs]
    traps = [label for pair, label in zip(pairs, judged, strict=True) if pair.trap]
    flagged = sum(label in CONFLICTING for label in traps)
    return PairReport(
        **vars(_scores(gold, judged)),
        traps_flagged=flagged / len(traps) if traps else 0.0,
        by_language=_by_language(pairs, judged),
        unsupported=sum(not {pair.a.lang, pair.b.lang} <= packs.keys() for pair in pairs),
        confusion=_confusion(gold, judged),
    )


def _by_language(
    pairs: Sequence[GoldPair], judged: Sequence[RelationLabel]
) -> dict[str, PairScores]:
    groups: dict[str, tuple[list[RelationLabel], list[RelationLabel]]] = {}
    for pair, label in zip(pairs, judged, strict=True):
        name = pair.a.lang if pair.a.lang == pair.b.lang else ACROSS
        gold, found = groups.setdefault(name, ([], []))
        gold.append(pair.label)
        found.append(label)
    return {name: _scores(*groups[name]) for name in sorted(groups)}


def _scores(gold: Sequence[RelationLabel], judged: Sequence[RelationLabel]) -> PairScores:
    occurring = [label for label in RelationLabel if label in gold or label in judged]
    each = [_score(gold, judged, frozenset({label})).f1 for label in occurring]
    return PairScores(
        pairs=len(gold),
        macro_f1=sum(each) / len(each) if each else 0.0,
        hard=_score(gold, judged, HARD),
    )


def _statement(side: GoldStatement, packs: Languages) -> Statement:
    return statement(side.speaker, side.text, side.lang, side.date, side.about, packs)


def statement(
    speaker: str, text: str, language: str, said_on: date, about: str, packs: Languages
) -> Statement:
    """A claim that stands in no article, with its details read off."""
    pack = packs.nearest(language)
    matters = Matters(pack).of(text, [about])
    return Statement(
        speaker=speaker,
        text=text,
        language=language,
        said_on=said_on,
        about=about,
        details=describe(text, pack, said_on, about=about, matters=matters),
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
