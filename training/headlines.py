"""Headlines under which articles on the events of the claim sets might have run.

A set names its event once, and another one only where a later claim is about something else.
Whoever learns from that takes any other line of context for another event. So each set has two
headlines besides, one Romanian and one English, which are no translations of each other
(``headlines.jsonl``).

The titles of most stories only name things, while a headline of the news often says what somebody
in the article says. Whoever learns from such titles alone reads a headline as part of the claim. So
articles of stories may have one of their claims for a title.
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from training.claim_sets import ClaimPair, Told

FILE = Path(__file__).parent / "headlines.jsonl"
HEADED_BY_CLAIMS = 0.6
"""Share of the pairs of stories that have claims for titles."""
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


Articles = Mapping[tuple[str, str, str], Sequence[str]]
"""What is said in the articles of stories, by story, date and title."""


def said_in_articles(pairs: Iterable[ClaimPair]) -> Articles:
    """What is said in each article, as a headline may have it: with the speaker or without."""
    said: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for pair in pairs:
        for told in (pair.premise, pair.hypothesis):
            said[_article(pair, told)] |= {told.text, f"{told.speaker}: {told.text}"}
    return {article: sorted(texts) for article, texts in said.items()}


def headed_by_claims(pair: ClaimPair, articles: Articles, chance: random.Random) -> ClaimPair:
    """The pair of a story, often with a claim of either article, any of them, for its title."""
    if chance.random() >= HEADED_BY_CLAIMS:
        return pair
    premise, hypothesis = (
        replace(told, about=chance.choice(articles[_article(pair, told)]))
        for told in (pair.premise, pair.hypothesis)
    )
    if _article(pair, pair.premise) == _article(pair, pair.hypothesis):
        hypothesis = replace(hypothesis, about=premise.about)
    return replace(pair, premise=premise, hypothesis=hypothesis)


def with_own_words(pair: ClaimPair) -> ClaimPair:
    """The pair with the words of either claim behind its line of context."""
    premise, hypothesis = (
        replace(side, about=f"{side.about} {side.text}") for side in (pair.premise, pair.hypothesis)
    )
    return replace(pair, premise=premise, hypothesis=hypothesis)


def _article(pair: ClaimPair, told: Told) -> tuple[str, str, str]:
    return pair.set_id, told.said_on.isoformat(), told.about
