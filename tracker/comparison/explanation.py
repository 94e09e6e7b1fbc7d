"""The words that carry a conflict a model has read: the clauses in which it reads it best.

Both claims are cut at their punctuation, and each clause of the one is read with each of the other
as if nothing else had been said. What is shown is thus what the model, asked about these words
alone, calls a conflict. (Occlusion, which leaves out a few words at a time, shows shreds of
sentences, and shows them of sentences that nobody would write.)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from rapidfuzz import fuzz

from tracker.comparison.model import ModelComparer, Pair

_SHORTEST = 12
"""Letters; a shorter clause is shown with a neighbour."""
_MOST_READ = 24
"""Pairs of clauses that are read of two claims, those with the most words in common."""
_END_OF_CLAUSE = re.compile(r"[,;:.!?…]+[\"'”’»)]*(?=\s)|\s[–—-]+(?=\s)|[、。，；：！？]")
_AROUND = " ,.;:!?…–—-„“”‘’\"'«»()、。，；：！？"
"""What is not shown at the ends of a clause."""


@dataclass(frozen=True)
class Explanation:
    """The words that carry a conflict, as printed, on either side."""

    premise_words: str
    hypothesis_words: str


def explain(model: ModelComparer, pairs: Sequence[Pair]) -> list[Explanation]:
    """For each pair the clauses that the model most takes for a conflict."""
    choices = [_choices(pair) for pair in pairs]
    readings = iter(model.readings([choice for some in choices for choice in some]))
    return [_strongest(some, [next(readings).conflict for _ in some]) for some in choices]


def _strongest(choices: Sequence[Pair], conflicts: Sequence[float]) -> Explanation:
    premise, hypothesis = choices[conflicts.index(max(conflicts))]
    return Explanation(premise.text, hypothesis.text)


def _choices(pair: Pair) -> list[Pair]:
    """The pair with one clause on either side."""
    sides = [[replace(side, text=text) for text in clauses(side.text)] for side in pair]
    choices = list(product(*sides))
    if len(choices) > _MOST_READ:
        choices.sort(key=lambda choice: -fuzz.token_set_ratio(choice[0].text, choice[1].text))
    return [(premise, hypothesis) for premise, hypothesis in choices[:_MOST_READ]]


def clauses(text: str) -> list[str]:
    """A text cut at its punctuation, without the marks around its clauses; at least one."""
    found = [""]
    for start, end in pairwise([0, *(m.end() for m in _END_OF_CLAUSE.finditer(text)), len(text)]):
        if _is_short(found[-1]) or _is_short(text[start:end]):
            found[-1] += text[start:end]
        else:
            found.append(text[start:end])
    return [clause.strip(_AROUND) or clause for clause in found]


def _is_short(clause: str) -> bool:
    return len(clause.strip(_AROUND)) < _SHORTEST
