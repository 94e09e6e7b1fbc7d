"""What claims are about, as a few headings under which a page can put them.

Claims stand together that name the same matter ("the bridge over the Arva"), or else speak of the
same kind of thing ("bridge"), or else name the same place, body or person in their own words. Among
several such ties the one that holds the most claims counts; the rest stands alone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.claims.matters import ACTORS
from tracker.languages import fold
from tracker.languages.words import split_words
from tracker.types import Claim

_TIES = ("matter:", "concept:", "entity:")
"""The kinds of keys that hold claims together, the most telling first."""


@dataclass(frozen=True)
class Topic:
    """Claims that speak of one thing."""

    claims: tuple[Claim, ...]
    thing: str = ""
    """What kind of thing, by the English identifier that all languages share."""
    called: str = ""
    """Its name, or that of a place, a body or a person, as the claims print it.

    Neither stands where claims share a topic with no other."""


def topics(claims: Sequence[Claim]) -> list[Topic]:
    """The topics of claims, the largest first, and last what stands alone.

    Within a topic the claims stay in the order in which they were given.
    """
    left, found = list(claims), list[Topic]()
    for kind in _TIES:
        ties = {claim.id: _ties(claim, kind) for claim in left}
        while key := _strongest(ties[claim.id] for claim in left):
            held = tuple(claim for claim in left if key in ties[claim.id])
            found.append(_topic(key, held))
            left = [claim for claim in left if key not in ties[claim.id]]
    found.sort(key=lambda topic: -len(topic.claims))
    return [*found, Topic(tuple(left))] if left else found


def _strongest(ties: Iterable[frozenset[str]]) -> str | None:
    """The key that most claims share; None where no two share one."""
    sharing = Counter(key for keys in ties for key in keys)
    shared = [key for key, number in sharing.items() if number > 1]
    return min(shared, key=lambda key: (-sharing[key], key), default=None)


def _ties(claim: Claim, kind: str) -> frozenset[str]:
    keys = frozenset(key for key in claim.statement.details.keys if key.startswith(kind))
    if kind == "entity:":
        own = {word.folded for word in split_words(claim.statement.text)}
        return frozenset(key for key in keys if set(key.removeprefix(kind).split()) <= own)
    return frozenset(key for key in keys if key.split(":")[1] not in ACTORS)


def _topic(key: str, claims: tuple[Claim, ...]) -> Topic:
    kind, *words = key.split(":")
    thing = "" if kind == "entity" else words[0]
    called = "" if kind == "concept" else _printed(words[-1], claims)
    return Topic(claims, thing, called)


def _printed(name: str, claims: Iterable[Claim]) -> str:
    texts = (f"{c.statement.text} {c.statement.about}" for c in claims)
    words = {word.folded: word.text for text in texts for word in split_words(text)}
    return " ".join(words.get(part, part.capitalize()) for part in fold(name).split())
