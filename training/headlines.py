"""Headlines under which articles on the events of the claim sets might have run.

A set names its event once, and another one only where a later claim is about something else.
Whoever learns from that takes any other line of context for another event. So each set has two
headlines besides, one Romanian and one English, which are no translations of each other
(``headlines.jsonl``).
"""

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from training.claim_sets import ClaimPair, Told

FILE = Path(__file__).parent / "headlines.jsonl"
ONE_CONTEXT = 0.3
"""Share of the pairs of one event that have one line of context, as claims of one article do."""


@cache
def headlines() -> Mapping[str, Mapping[str, str]]:
    """The headlines by set and language."""
    with FILE.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {record["id"]: {"ro": record["ro"], "en": record["en"]} for record in records}


def headed(pair: ClaimPair, chance: random.Random) -> ClaimPair:
    """The pair of a set with its event told in one of several ways; other events stay as told."""
    ways = headlines()[pair.set_id]
    premise = _headed(pair.premise, ways, chance)
    if pair.hypothesis.about != pair.premise.about:
        return replace(pair, premise=premise)
    if chance.random() < ONE_CONTEXT:
        hypothesis = replace(pair.hypothesis, about=premise.about)
    else:
        hypothesis = _headed(pair.hypothesis, ways, chance)
    return replace(pair, premise=premise, hypothesis=hypothesis)


def _headed(told: Told, ways: Mapping[str, str], chance: random.Random) -> Told:
    """With the event as the set tells it, or a headline, mostly in the claim's own language."""
    own = ways.get(told.language)
    others = [told.about, *ways.values()]
    about = own if own and chance.random() < 0.5 else chance.choice(others)
    return replace(told, about=about)
