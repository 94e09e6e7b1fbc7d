"""Pairs made from the claims of the sets by edits that can be defended, each with its twins.

A figure is changed, or the sentence is negated: said by another source of the same thing at the
same time, that contradicts it. The twins keep the surface and lose the conflict: the same edit said
of another event, the figure only rounded, both sentences negated, nothing edited at all. So neither
a negation nor another figure decides alone.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from tracker.types import Kind, RelationLabel
from training.claim_sets import ClaimPair, Told

_FIGURE = re.compile(
    r"(?<![\w.,/:-])\d{1,3}(?:[.,]\d{3})+(?![\w.,:/-]\w)|(?<![\w.,/:-])\d+(?![\w.,:/-]\w)"
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_LOOSE = re.compile(
    r"(?:aproape|circa|cam|vreo|peste|sub|cel puțin|cel mult|aproximativ|în jur de|mai mult de|"
    r"about|nearly|almost|over|under|at least|at most|more than|around|some|up to|fewer than)\s*\Z",
    re.IGNORECASE,
)
_ABOUT = {"ro": "circa", "en": "about"}
_VERBS = {
    "ro": re.compile(r"\b(?:este|sunt|are|au fost|a fost|va fi|vor fi|va|vor|a|au|poate|pot)\b"),
    "en": re.compile(r"\b(?:is|are|was|were|has|have|had|will|can|could|would)\b"),
}
_NEGATIVE = re.compile(
    r"\b(?:nu|n-|nici|nimeni|niciun|nicio|fără|not|no|never|nobody|none|without|nor|neither)\b|n't",
    re.IGNORECASE,
)
_FARTHEST = 300
"""Days between a statement and its reversal at most."""
_SMALLEST, _LARGEST = 1.2, 3.0
"""By what a figure is multiplied or divided."""


@dataclass(frozen=True)
class _Edit:
    """What a claim becomes, and what that turns on."""

    text: str
    kind: Kind


def edited(pairs: Sequence[ClaimPair], chance: random.Random) -> Iterator[ClaimPair]:
    """The edits and twins of claims, as far as these can be edited.

    ``pairs`` are those of the sets: the first claim of each is edited, and one of the later ones;
    other events and other speakers are taken from other sets.
    """
    for pair in _two_a_set(pairs, chance):
        claim = pair.hypothesis
        other = chance.choice(pairs).premise
        if other.about == claim.about or other.language != claim.language:
            continue
        for edit in (_other_figure(claim, chance), _negated(claim)):
            if edit:
                yield from _with_twins(pair.set_id, claim, edit, other, chance)


def _two_a_set(pairs: Sequence[ClaimPair], chance: random.Random) -> Iterator[ClaimPair]:
    """For each set a pair whose later claim is the first claim of the set, and one of its pairs."""
    sets: dict[str, list[ClaimPair]] = {}
    for pair in pairs:
        sets.setdefault(pair.set_id, []).append(pair)
    for some in sets.values():
        yield replace(some[0], hypothesis=some[0].premise)
        yield chance.choice(some)


def _with_twins(
    set_id: str, claim: Told, edit: _Edit, other: Told, chance: random.Random
) -> Iterator[ClaimPair]:
    later = claim.said_on + timedelta(days=chance.randint(1, _FARTHEST))
    denial = replace(claim, text=edit.text, speaker=other.speaker)

    def pair(premise: Told, hypothesis: Told, relation: RelationLabel) -> ClaimPair:
        return ClaimPair(set_id, premise, hypothesis, relation, edit.kind)

    sides = [claim, denial]
    chance.shuffle(sides)
    yield pair(*sides, RelationLabel.CONTRADICTION)
    yield pair(claim, replace(denial, about=other.about), RelationLabel.NONE)
    same = chance.choice((claim.text, edit.text))
    again = replace(claim, text=same)
    if chance.random() < 0.5:
        yield pair(again, replace(again, said_on=later), RelationLabel.REPEAT)
    else:
        yield pair(again, replace(again, speaker=other.speaker), RelationLabel.NONE)
    if edit.kind is Kind.NEGATION:
        back = replace(claim, text=edit.text, said_on=later)
        yield pair(claim, back, RelationLabel.REVERSAL)
    elif rounded := _rounded(claim):
        yield pair(claim, replace(rounded, speaker=other.speaker), RelationLabel.NONE)


def _figure(claim: Told) -> re.Match[str] | None:
    """The only figure of a claim, unless it is a year or a loose one."""
    found = [m for m in _FIGURE.finditer(claim.text) if not _YEAR.fullmatch(m[0])]
    if len(found) != 1 or _LOOSE.search(claim.text[: found[0].start()]):
        return None
    return found[0]


def _other_figure(claim: Told, chance: random.Random) -> _Edit | None:
    found = _figure(claim)
    if found is None:
        return None
    value = int(re.sub(r"\D", "", found[0]))
    factor = chance.uniform(_SMALLEST, _LARGEST)
    changed = (
        round(value * factor) if value < 10 or chance.random() < 0.5 else round(value / factor)
    )
    if changed == value or changed <= 0:
        return None
    return _Edit(_replaced(claim.text, found, _like(found[0], changed)), Kind.NUMERIC)


def _rounded(claim: Told) -> Told | None:
    """The claim with "about" and its figure to two digits, where that changes it."""
    found = _figure(claim)
    if found is None or claim.language not in _ABOUT:
        return None
    value = int(re.sub(r"\D", "", found[0]))
    step = 10 ** (len(str(value)) - 2)
    near = round(value / step) * step if step >= 1 else value
    if near == value:
        return None
    told = f"{_ABOUT[claim.language]} {_like(found[0], near)}"
    return replace(claim, text=_replaced(claim.text, found, told))


def _like(printed: str, value: int) -> str:
    """A figure with the marks between thousands that another one has."""
    mark = next((letter for letter in printed if not letter.isdigit()), "")
    return f"{value:,}".replace(",", mark) if mark else str(value)


def _replaced(text: str, found: re.Match[str], by: str) -> str:
    return text[: found.start()] + by + text[found.end() :]


def _negated(claim: Told) -> _Edit | None:
    """The claim with its first finite verb negated, where nothing else is negative in it."""
    verbs = _VERBS.get(claim.language)
    if verbs is None or _NEGATIVE.search(claim.text):
        return None
    found = list(verbs.finditer(claim.text))
    if len(found) != 1:  # with several, the negation may miss the point
        return None
    verb = found[0]
    denied = f"nu {verb[0]}" if claim.language == "ro" else f"{verb[0]} not"
    return _Edit(_replaced(claim.text, verb, denied), Kind.NEGATION)
