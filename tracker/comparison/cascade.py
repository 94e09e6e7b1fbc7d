"""From cheap to dear: exact comparers, the model, a bigger judge for what looks likely, and why.

Nothing is judged twice: what a version of a comparer has said of the same two statements is taken
from ``known``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import TypeVar

from tracker.comparison.comparer import Comparer
from tracker.comparison.evidence import Pairing
from tracker.comparison.explanation import Explanation
from tracker.comparison.judge import Judge
from tracker.comparison.model import Pair
from tracker.comparison.relation import RelationLayer, conflict_in, tempered
from tracker.types import CONFLICTING, Reason, Relation, RelationLabel, Sentence, Statement, Verdict

V = TypeVar("V", Verdict, Verdict | None)


@dataclass(frozen=True)
class Known:
    """Who said something of a pair before, in which version, and the pair's fingerprint."""

    comparer: str
    version: str
    fingerprint: str


@dataclass(frozen=True)
class Judgement:
    """All that was said of a pair, and what it comes to."""

    verdicts: tuple[Verdict, ...]
    relation: Relation
    chance: float = 0.0
    """Of the conflict that the pair looks like, flagged or not; 0 where it looks like none."""


def fingerprint(pairing: Pairing) -> str:
    """The same for two pairs exactly when comparers are shown the same."""
    shown = [_shown(side) for side in (pairing.premise, pairing.hypothesis)]
    return sha256(repr(shown).encode()).hexdigest()[:32]


def _shown(said: Statement) -> tuple[str, ...]:
    details = said.details
    return (
        said.speaker,
        said.text,
        said.language,
        said.said_on.isoformat(),
        said.about,
        details.polarity,
        details.modality,
        str(details.is_denied),
    )


class Cascade:
    """Judges pairs of statements by all that there is to judge with."""

    def __init__(
        self,
        comparers: Sequence[Comparer],
        layer: RelationLayer,
        *,
        explain: Callable[[Sequence[Pair]], list[Explanation]] | None = None,
        judge: Judge | None = None,
    ) -> None:
        """Put it together.

        Args:
            comparers: they judge every pair, the cheapest first.
            layer: makes one relation of what they say.
            explain: finds the words that carry a conflict for which no exact comparer has them.
            judge: is asked last, and only of pairs that look like a conflict.
        """
        self._comparers = tuple(comparers)
        self._layer = layer
        self._explain = explain
        self._judge = judge

    @property
    def threshold(self) -> float:
        """The chance of a conflict from which it is flagged."""
        return self._layer.threshold

    def with_threshold(self, threshold: float) -> "Cascade":
        """The same with another threshold."""
        layer = replace(self._layer, threshold=threshold)
        return Cascade(self._comparers, layer, explain=self._explain, judge=self._judge)

    def judge(
        self, pairings: Sequence[Pairing], known: Mapping[Known, Verdict] = MappingProxyType({})
    ) -> list[Judgement]:
        """What each pair comes to, in order.

        Raises:
            ModelError: a model cannot be used.
        """
        prints = [fingerprint(each) for each in pairings]
        said: list[list[Verdict]] = [[] for _ in pairings]
        for comparer in self._comparers:
            verdicts = _ask(comparer, comparer.compare, pairings, prints, known)
            for so_far, verdict in zip(said, verdicts, strict=True):
                so_far.append(verdict)
        chances = [self._layer.chances_of(*each) for each in zip(pairings, said, strict=True)]
        if self._judge:
            likely = [n for n, each in enumerate(chances) if conflict_in(each) >= _LIKELY]
            asked = [pairings[n] for n in likely]
            answers = _ask(
                self._judge, self._judge.judge, asked, [prints[n] for n in likely], known
            )
            for n, answer in zip(likely, answers, strict=True):
                if answer is not None:
                    said[n].append(answer)
                    chances[n] = tempered(chances[n], answer)
        relations = [self._layer.name(*each) for each in zip(pairings, chances, said, strict=True)]
        return [
            Judgement(tuple(verdicts), relation, conflict_in(each))
            for verdicts, relation, each in zip(
                said, self._explained(pairings, relations), chances, strict=True
            )
        ]

    def _explained(
        self, pairings: Sequence[Pairing], relations: Sequence[Relation]
    ) -> list[Relation]:
        """With the words that carry those that are conflicts, where they are not known yet."""
        explained = list(relations)
        if self._explain:
            places = [n for n, each in enumerate(relations) if _is_unexplained(each)]
            pairs = [(pairings[n].premise, pairings[n].hypothesis) for n in places]
            for n, found in zip(places, self._explain(pairs), strict=True):
                explained[n] = _with_words(relations[n], found)
        return explained


def _is_unexplained(relation: Relation) -> bool:
    return relation.label in CONFLICTING and not relation.premise_words


def _with_words(relation: Relation, found: Explanation) -> Relation:
    words = (found.premise_words, found.hypothesis_words)
    return replace(
        relation,
        reason=Reason(_BY_WORDS[relation.label], words),
        premise_words=words[:1],
        hypothesis_words=words[1:],
    )


_LIKELY = 0.3
"""Chance of a conflict from which the judge is asked."""
_BY_WORDS = {
    RelationLabel.CONTRADICTION: Sentence.CANNOT_BOTH,
    RelationLabel.REVERSAL: Sentence.REVERSES,
    RelationLabel.TENSION: Sentence.PULLS_APART,
}


def _ask(
    who: Comparer | Judge,
    compare: Callable[[Sequence[Pair]], list[V]],
    pairings: Sequence[Pairing],
    prints: Sequence[str],
    known: Mapping[Known, Verdict],
) -> list[V]:
    """What one of them says; the same statements are shown to it once, also within the call."""
    signed = [Known(who.name, who.version, each) for each in prints]
    fresh = {key: each for key, each in zip(signed, pairings, strict=True) if key not in known}
    said = compare([(each.premise, each.hypothesis) for each in fresh.values()])
    found: dict[Known, V] = {**known, **dict(zip(fresh, said, strict=True))}
    return [found[key] for key in signed]
