"""Noun phrases: how far a name or a noun reaches in its sentence."""

from dataclasses import dataclass

from tracker.articles import Sentence, TokenKind
from tracker.languages import AttributionTable

_LONGEST_COMPLEMENT = 14
_LONGEST_PREMODIFIER = 5
_LONGEST_QUOTED_NAME = 4


@dataclass(frozen=True)
class Phrases:
    """Measures phrases in a sentence; positions are token numbers."""

    sentence: Sentence
    table: AttributionTable

    def is_acronym(self, n: int) -> bool:
        """Whether a token is written in capitals only."""
        text = self.sentence.tokens[n].text
        return len(text) > 1 and text.isupper()

    def capital_at(self, n: int) -> bool:
        """Whether a token is a word with a capital that is no date."""
        return n < len(self.sentence.tokens) and (
            self.sentence.tokens[n].is_capitalised
            and self.sentence.folded[n] not in self.table.time_words
        )

    def starts_noun(self, n: int) -> bool:
        """Whether a title starts at a token, as in "Transport Minister Strand"."""
        return (
            n < len(self.sentence.tokens)
            and self.table.roles.at(self.sentence.folded, n) is not None
        )

    def is_body(self, n: int) -> bool:
        """Whether a body's noun starts at a token."""
        return self.table.bodies.at(self.sentence.folded, n) is not None

    def is_modifier(self, n: int) -> bool:
        """Whether a small word can be an adjective or noun inside a phrase."""
        token = self.sentence.tokens[n]
        return (
            token.kind is TokenKind.WORD
            and not token.is_capitalised
            and not self.is_function_word(n)
            and self.table.verbs.at(self.sentence.folded, n) is None
        )

    def is_function_word(self, n: int) -> bool:
        """Whether a token is neither name, noun nor adjective."""
        return self.sentence.folded[n] in self.table.function_words

    def _is_oblique(self, n: int) -> bool:
        endings = self.table.oblique_endings
        if not endings or self.sentence.folded[n] in self.table.given_names:
            return False
        return self.sentence.folded[n].endswith(endings) or self.is_acronym(n)

    def run_end(self, n: int) -> int:
        """The end of a run of capitalised words, small name particles among them."""
        end = n + 1
        while end < len(self.sentence.tokens):
            step = self._run_step(end)
            if step == 0:
                break
            end += step
        return end

    def _run_step(self, n: int) -> int:
        """How many tokens at ``n`` carry a name on."""
        text = self.sentence.tokens[n].text
        if self.capital_at(n):
            return 0 if self.starts_noun(n) else 1
        if text == "." and len(self.sentence.tokens[n - 1].text) == 1:
            return 1 if self.capital_at(n + 1) else 0
        if text in "&'’" and self.capital_at(n + 1):
            return 2
        if self.sentence.folded[n] in self.table.particles:
            for ahead in (1, 2):
                if self.capital_at(n + ahead):
                    return ahead + 1
        return 0

    def complement_end(self, n: int, *, takes_names: bool = False) -> int:
        """The end of what a noun is followed by: adjectives, "of the Union", genitives."""
        limit = min(n + _LONGEST_COMPLEMENT, len(self.sentence.tokens))
        end = position = n
        named = False
        while position < limit:
            if self._is_quoted_name(position):
                return position + 1
            if self.capital_at(position):
                if not takes_names and not self._is_oblique(position):
                    return end
                end = position = self._genitive_end(position, head=n - 1)
                takes_names, named = False, True
            elif named and self._joins_name(position):
                end = position = position + 2
            elif self._opens_complement(position):
                takes_names = True
                position += 1
            elif takes_names and self.sentence.folded[position] in self.table.determiners:
                position += 1
            elif self._describes_before(position, takes_names):
                position += 1
                end = end if named else position
            else:
                return end
        return end

    def _describes_before(self, n: int, after_preposition: bool) -> bool:
        """Whether a small word belongs to the noun on its left."""
        if self.table.adjectives_first and not after_preposition:
            return False
        return self.is_modifier(n) or self.sentence.folded[n] in self.table.possessives

    def _joins_name(self, n: int) -> bool:
        """Whether a conjunction stands inside a name: "Consiliul de Securitate și Apărare"."""
        return (
            self.sentence.folded[n] in self.table.coordinators
            and self.capital_at(n - 1)
            and self.capital_at(n + 1)
            and self.run_end(n + 1) == n + 2
            and not self.starts_noun(n + 1)
            and not self.is_body(n + 1)
        )

    def _opens_complement(self, n: int) -> bool:
        if self.sentence.folded[n] not in self.table.complements:
            return False
        # "a" is also an auxiliary, and then nothing in the genitive follows
        return self.table.auxiliaries.at(self.sentence.folded, n) is None or (
            n + 1 < len(self.sentence.tokens) and self._is_oblique(n + 1)
        )

    def _is_quoted_name(self, n: int) -> bool:
        """Whether a quotation is the name of the body before it: Federația „Alfa”."""
        token = self.sentence.tokens[n]
        inner = token.text[1:-1]
        return (
            token.kind is TokenKind.QUOTE
            and (self.capital_at(n - 1) or self.is_body(n - 1))
            and inner[:1].isupper()
            and len(inner.split()) <= _LONGEST_QUOTED_NAME
            and inner[-1:].isalnum()
        )

    def _genitive_end(self, n: int, head: int) -> int:
        """The end of a name that goes with a noun.

        At the end of a longer run after a role stands its bearer: "ministrul Apărării Ion Pop".
        """
        end = self.run_end(n)
        if self.is_body(head) or self.is_body(n):
            return end
        given = (k for k in range(n + 1, end) if self._starts_name(k))
        if (bearer := next(given, None)) is not None:
            return bearer
        return end if self.table.adjectives_first or end - n <= 2 else max(end - 2, n + 1)

    def _starts_name(self, n: int) -> bool:
        """Whether a given name starts a person's name inside a run: "for Health Jo Fox"."""
        names, folded = self.table.given_names, self.sentence.folded
        return folded[n] in names and folded[n - 1] not in names and self.capital_at(n + 1)

    def phrase_start(self, noun: int) -> int:
        """Back over capitals, then over small words if they lead to an article or possessive."""
        start = noun
        while start and self._can_modify(start - 1):
            start -= 1
        for n in range(start - 1, max(noun - _LONGEST_PREMODIFIER, 0) - 1, -1):
            if self.sentence.folded[n] in self.table.determiners:
                return n
            if self.sentence.folded[n].endswith(self.table.possessive_endings):
                return self.phrase_start(n)
            if not (self.is_modifier(n) or self.capital_at(n)):
                return n + 1 if self.sentence.tokens[n].kind is TokenKind.MARK else start
        return start

    def _can_modify(self, n: int) -> bool:
        return self.capital_at(n) and not self.is_function_word(n)
