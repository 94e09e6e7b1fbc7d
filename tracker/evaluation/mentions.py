"""Whether two mentions name the same speaker, by their head words.

The head of a mention is its last word before the first preposition or relative word: the surname,
or the head noun. An apposition has a head of its own ("ministrul de Externe, Ana Pop": ministrul,
pop), and a name particle is read both ways ("Ursula von der Leyen": leyen, ursula).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.evaluation.words import WORD


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What ends the head of a mention, what may stand before it, and what belongs to a name, folded, in
# the languages that gold data comes in (English, Romanian, German, French, Spanish, Italian).
ENDING = _set("""
    of from at in for with on who which that to by about against under after before during whose
    where as whom
    din dela de la al ai ale care pe cu pentru despre sub lui
    von vom aus der des dem den im am beim mit zu zum zur bei unter und die das welche welcher
    du dans pour avec qui que dont au aux en
    del las los el por con dello della di che
""")
LEADING = _set("""
    the a an his her their our its my some many several one other another this that these those
    former
    un o unui unei cel cea cei cele der die das ein eine einer le la les l une el los las una il
    lo gli
""")
PARTICLES = _set("von van de la du del di dos da der den")
RELATIVE = _set("who which whose care qui que")

_POSSESSIVE = re.compile(r"['’]s$")
_APPOSITION = re.compile(r"[,(\[;:–—\n]| - ")
_RELATIVE_CLAUSE = re.compile(r"\s*(?:who|which|whose|care|qui|que|der|die|das)\b")
_QUOTES = '"“”„«»'


@dataclass(frozen=True)
class Mention:
    """The words that name a source, and what of them is compared."""

    positions: frozenset[int]
    """Which words of the article they are."""
    words: frozenset[str]
    """Folded."""
    heads: tuple[str, ...]
    """Folded, the main head first."""


def read_mention(text: str, positions: frozenset[int]) -> Mention:
    """The mention with these words, standing at these positions."""
    words = frozenset(_bare(_POSSESSIVE.sub("", word)) for word in WORD.findall(text))
    return Mention(positions, words, heads(text))


def names_the_same(gold: Mention | None, found: Mention | None) -> bool:
    """Whether both name one speaker; where gold has no mention, none is to be found."""
    if gold is None or found is None:
        return gold is found
    if set(gold.heads) & set(found.heads):
        return True
    if not (gold.positions & found.positions and gold.heads and found.heads):
        return False
    return gold.heads[0] in found.words and found.heads[0] in gold.words


def heads(mention: str) -> tuple[str, ...]:
    """The head words of a mention, folded, the main head first."""
    found = dict.fromkeys(
        _head(segment, particles=particles)
        for segment in _appositions(mention.strip().strip(_QUOTES))
        for particles in (True, False)
    )
    return tuple(head for head in found if head)


def _appositions(mention: str) -> Iterator[str]:
    """The segments of a mention up to a relative clause that follows a head."""
    headed = False
    for segment in filter(str.strip, _APPOSITION.split(mention)):
        if headed and _RELATIVE_CLAUSE.match(segment):
            return
        yield segment
        headed = headed or bool(_head(segment, particles=True))


def _head(segment: str, *, particles: bool) -> str:
    words = [_POSSESSIVE.sub("", word) for word in WORD.findall(segment)]
    if len(words) > 1 and _bare(words[0]) in RELATIVE:
        return ""
    while len(words) > 1 and _bare(words[0]) in LEADING:
        words = words[1:]
    end = next((i for i in range(1, len(words)) if _ends_head(words, i, particles)), len(words))
    return _bare(words[end - 1]) if words else ""


def _ends_head(words: list[str], i: int, particles: bool) -> bool:
    if not words[i][:1].islower() or _bare(words[i]) not in ENDING:
        return False
    return not (particles and _is_particle(words, i))


def _is_particle(words: list[str], i: int) -> bool:
    before = words[i - 1]
    after = words[i + 1 : i + 3]
    return (
        _bare(words[i]) in PARTICLES
        and (before[:1].isupper() or _bare(before) in PARTICLES)
        and any(word[:1].isupper() for word in after)
    )


def _bare(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
