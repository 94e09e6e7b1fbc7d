"""Which matter a claim is about: "the talks" are the talks in Miami that the lead speaks of.

A noun such as "the talks" tells one matter from another only with a name: place, body or person. A
claim that gives none takes it from where its reader had it: the words around it, the sentence
before, the lead, the title. What is found becomes part of its context and a key.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tracker.languages import LanguagePack
from tracker.languages.terms import name_forms
from tracker.languages.words import Word, split_words

_REACH = 6
"""Words after a noun among which the name stands that belongs to it."""
ACTORS = frozenset((
    "army", "bank", "candidate", "child", "city_hall", "coach", "company", "council",
    "customer", "doctor", "driver", "farmer", "government", "mayor", "ministry", "parliament",
    "party", "patient", "people", "pilot", "player", "police", "president", "prime_minister",
    "prosecutor", "pupil", "soldier", "teacher", "team", "trade_union", "victim", "woman",
    "worker",
))  # fmt: skip
"""Concepts of the tables that act and are no matter themselves."""
_PARTING = frozenset('.,;:!?()–—\n"“”„«»')


@dataclass(frozen=True, slots=True)
class Matter:
    """A noun with the name that tells it from others of its kind."""

    concept: str
    """The noun by the English identifier that all languages share."""
    names: frozenset[str]
    """The name's words, folded, in each form they may have had before they were declined."""
    text: str
    """As printed, from the noun to the name."""

    @property
    def keys(self) -> frozenset[str]:
        """``matter:talks:miami``."""
        return frozenset(f"matter:{self.concept}:{name}" for name in self.names)


class Matters:
    """Reads matters in one language; remembers the surroundings that many claims share."""

    def __init__(self, pack: LanguagePack) -> None:
        self._pack = pack
        self._named = cache(self._named_in)

    def of(self, content: str, around: Sequence[str]) -> list[Matter]:
        """The matters of a claim: those it names, and those that its nouns stand for.

        ``around`` are the texts in which a noun may have got its name, the nearest first. Where the
        content has no such noun, those of the nearest text count.
        """
        own = list(self._topics(content)) or list(self._topics("".join(around[:1])))
        found = [matter or self._antecedent(concept, around) for concept, matter in own]
        return list(dict.fromkeys(matter for matter in found if matter is not None))

    def _antecedent(self, concept: str, around: Sequence[str]) -> Matter | None:
        """The named matter that a noun takes up, the nearest first."""
        matters = (matter for stretch in around for matter in self._named(stretch))
        return next((matter for matter in matters if matter.concept == concept), None)

    def _named_in(self, stretch: str) -> tuple[Matter, ...]:
        return tuple(matter for _, matter in self._topics(stretch) if matter is not None)

    def _topics(self, text: str) -> Iterator[tuple[str, Matter | None]]:
        """The nouns of a text that name a kind of matter, each with its name if it has one."""
        words = split_words(text)
        for hit in self._pack.comparison.senses.find([word.folded for word in words]):
            for sense in hit.value:
                if sense.pole == 0 and sense.concept not in ACTORS:
                    yield (
                        sense.concept,
                        self._named_at(text, words, hit.first, hit.last, sense.concept),
                    )

    def _named_at(
        self, text: str, words: Sequence[Word], first: int, last: int, concept: str
    ) -> Matter | None:
        """The noun at ``first`` with the first name after it, in the same breath."""
        for n in range(last, min(last + _REACH, len(words))):
            if not _PARTING.isdisjoint(text[words[n - 1].end : words[n].start]):
                return None
            if self._is_name(words[n]):
                end = n + 1
                while end < len(words) and self._goes_on(text, words, end):
                    end += 1
                names = (name_forms(w.folded, self._pack.comparison) for w in words[n:end])
                printed = text[words[first].start : words[end - 1].end]
                return Matter(concept, frozenset().union(*names), printed)
        return None

    def _goes_on(self, text: str, words: Sequence[Word], n: int) -> bool:
        return text[words[n - 1].end : words[n].start] == " " and self._is_name(words[n])

    def _is_name(self, word: Word) -> bool:
        table = self._pack.comparison
        is_date = word.folded in table.months or word.folded in table.weekdays
        return word.text[0].isupper() and not is_date and word.folded not in table.stop_words
