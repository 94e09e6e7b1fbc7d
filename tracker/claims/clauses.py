"""The parts of a sentence around reporting words: marks, adjuncts, conjunctions."""

import re
from dataclasses import dataclass
from functools import cached_property

from tracker.articles import Sentence, TokenKind, is_any
from tracker.claims.cues import Cue
from tracker.languages import AttributionTable
from tracker.sources import Mention

_FARTHEST_COMPLEMENTISER = 22
_LONGEST_ADJUNCT = 9
_YEAR = re.compile(r"(?:19|20)\d\d")
COMMA = (",", "–", "—", "-")


@dataclass(frozen=True, slots=True)
class That:
    """A conjunction that opens reported words."""

    content: int
    """The token after it."""
    is_near: bool
    """Whether no comma parts it from its cue."""


@dataclass(frozen=True)
class Clauses:
    """A sentence, with its cues and mentions, to be asked about its parts."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    cues: tuple[Cue, ...]
    table: AttributionTable

    @cached_property
    def end(self) -> int:
        """The end of the sentence without its final punctuation."""
        end = len(self.sentence.tokens)
        while end and is_any(self.sentence, end - 1, (".", "!", "?", "…", ",", ";", ":", ")")):
            end -= 1
        return end

    def is_quote(self, n: int) -> bool:
        """Whether a token is a quotation."""
        tokens = self.sentence.tokens
        return 0 <= n < len(tokens) and tokens[n].kind is TokenKind.QUOTE

    def is_word(self, n: int) -> bool:
        """Whether a token is a word."""
        tokens = self.sentence.tokens
        return 0 <= n < len(tokens) and tokens[n].kind is TokenKind.WORD

    def is_mark(self, n: int, marks: tuple[str, ...]) -> bool:
        """Whether a token is one of some punctuation marks."""
        return is_any(self.sentence, n, marks)

    def words_in(self, first: int, last: int) -> int:
        """How many words some tokens hold; a quotation counts as several."""
        return sum(3 if self.is_quote(n) else self.is_word(n) for n in range(first, last))

    def is_mention(self, first: int, last: int) -> bool:
        """Whether some tokens are nothing but a mention."""
        return any(m.start <= first and m.end >= last for m in self.mentions)

    def complementiser(self, cue: Cue) -> That | None:
        """The conjunction that opens the content of a cue, before any other cue."""
        commas = 0
        verbs = (c.first for c in self.cues if c.first >= cue.last and not c.is_preposition)
        limit = min(next(verbs, self.end), cue.last + _FARTHEST_COMPLEMENTISER)
        for n in range(cue.last, limit):
            hit = self.table.complementisers.at(self.sentence.folded, n)
            if hit is not None and self._is_complementiser(n, cue, commas):
                return That(hit.last, is_near=commas == 0)
            if self.is_mark(n, COMMA):
                commas += 1
            elif self.is_mark(n, (";", ":", "(", ")")) or self.is_quote(n):
                return None
        return None

    def _is_complementiser(self, n: int, cue: Cue, commas: int) -> bool:
        word = self.sentence.folded[n]
        if word in self.table.sure_complementisers:
            if commas == 0 and not self.table.drops_subjects:
                return self._is_near(n, cue)
            return commas != 1 or self.is_mark(n - 1, COMMA)
        return commas == 0 and self.skip_adjuncts(cue.last) >= n

    def _is_near(self, n: int, cue: Cue) -> bool:
        """Whether only adjuncts, addressees or a few words of such lie between cue and "that"."""
        after = self.after_address(cue)
        opener = is_any(self.sentence, after, self.table.adjunct_prepositions)
        return after >= n or (opener and n - after <= _LONGEST_ADJUNCT)

    def skip_adjuncts(self, n: int) -> int:
        """The token after adverbs, addressees and phrases of time and place."""
        while True:
            ahead = self._adjunct_end(n)
            if ahead == n:
                return n
            n = ahead

    def _adjunct_end(self, n: int) -> int:
        if not self.is_word(n):
            return n
        adverb = self.table.adverbs.at(self.sentence.folded, n)
        if adverb is not None:
            return adverb.last
        if self.sentence.folded[n] in self.table.adjunct_prepositions:
            return self._phrase_end(n)
        return n

    def _phrase_end(self, preposition: int) -> int:
        """The end of a phrase such as "in a statement on Monday"; its start if it is none."""
        folded = self.sentence.folded
        for n in range(preposition + 1, min(preposition + _LONGEST_ADJUNCT, self.end)):
            if not self.is_word(n) or n in self.cue_tokens:
                return preposition
            venue = self.table.venues.at(folded, n)
            outlet = self.table.outlets.at(folded, n)
            hit = venue or outlet
            if _YEAR.fullmatch(folded[n]):
                return n + 1
            if hit is not None:
                return hit.last
            if folded[n] in self.table.addressees:
                return n + 1
        return preposition

    @cached_property
    def cue_tokens(self) -> frozenset[int]:
        """The tokens that belong to cues."""
        return frozenset(n for cue in self.cues for n in range(cue.first, cue.last))

    def after_address(self, cue: Cue) -> int:
        """The token after a cue, the people spoken to, and the time and place."""
        after = self.skip_adjuncts(cue.last)
        if self._is_addressing(cue):
            after = self.skip_adjuncts(self.addressee_end(after))
        return after

    def _is_addressing(self, cue: Cue) -> bool:
        return self.sentence.folded[cue.last - 1] in self.table.addressing

    def addressee_end(self, n: int) -> int:
        """The token after whom a verb such as "tell" is directed at."""
        folded = self.sentence.folded
        for position in range(n, min(n + 6, self.end)):
            if not self.is_word(position):
                break
            outlet = self.table.outlets.at(folded, position)
            if outlet is not None:
                return outlet.last
            if folded[position] in self.table.addressees:
                return self._last_addressee(position)
        mention = next((m for m in self.mentions if m.start == n), None)
        return mention.end if mention is not None else n

    def _last_addressee(self, n: int) -> int:
        while n + 1 < self.end and self.sentence.folded[n + 1] in self.table.addressees:
            n += 1
        return n + 1

    def contrast_before(self, n: int) -> int | None:
        """Where the conjunction starts that ends right before a token."""
        for start in range(max(n - 3, 0), n):
            hit = self.table.contrasts.at(self.sentence.folded, start)
            if hit is not None and hit.last == n:
                return start
        return n - 1 if self.is_mark(n - 1, (";",)) else None
