"""The parts of a sentence around reporting words: who speaks, and where the content may lie."""

from dataclasses import dataclass

from tracker.articles import Sentence, TokenKind, is_any
from tracker.claims.cues import Cue
from tracker.languages import AttributionTable
from tracker.sources import Mention, MentionKind

_FARTHEST_COMPLEMENTISER = 22
_LONGEST_ADJUNCT = 9
_LONGEST_LOOSE = 8
_SUBJECT_KINDS = frozenset(MentionKind)
COMMA = (",", "–", "—", "-")


@dataclass(frozen=True)
class Clauses:
    """A sentence, with its cues and mentions, to be asked about its parts."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    cues: tuple[Cue, ...]
    table: AttributionTable

    @property
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

    # --- who ----------------------------------------------------------------------------------

    def subject_before(self, cue: Cue) -> Mention | None:
        """The mention right before a cue, but for adverbs and the comma after an apposition."""
        position = cue.first
        for _ in range(6):
            mention = self._ending_at(position)
            if mention is not None and self._is_affiliation(mention):
                position = mention.start - 1
                continue
            if mention is not None:
                return mention
            if position and self._is_adverb(position - 1):
                position -= 1
            elif self.is_mark(position - 1, (",",)) and self._closes_aside(position - 1):
                position -= 1
            else:
                return None
        return None

    def _closes_aside(self, comma: int) -> bool:
        """Whether a comma before a cue ends an apposition or an aside of adverbs."""
        mention = self._ending_at(comma)
        return mention is not None and mention.role is not None

    def _is_affiliation(self, mention: Mention) -> bool:
        """Whether a mention only says where the one before it belongs: "Kane of Penhallow"."""
        return is_any(self.sentence, mention.start - 1, self.table.affiliations) and (
            self._ending_at(mention.start - 1) is not None
        )

    def _ending_at(self, n: int) -> Mention | None:
        return next((m for m in self.mentions if m.end == n or m.last == n), None)

    def _is_adverb(self, n: int) -> bool:
        hits = (self.table.adverbs.at(self.sentence.folded, start) for start in (n, n - 1, n - 2))
        return any(hit is not None and hit.last == n + 1 for hit in hits)

    def antecedent(self, cue: Cue) -> Mention | None:
        """Whom a relative clause with this cue is about: "X, who last week said"."""
        for n in range(cue.first - 1, max(cue.first - 8, 0), -1):
            if is_any(self.sentence, n, self.table.relatives):
                end = n - 1 if self.is_mark(n - 1, (",",)) else n
                return self._ending_at(end)
            if not (self.is_word(n)) or self._ending_at(n + 1) is not None:
                return None
        return None

    def subject_after(self, cue: Cue, limit: int) -> Mention | None:
        """The mention that follows a cue as its subject, but for adjuncts."""
        for mention in self.mentions:
            if cue.last <= mention.start < limit and not self.is_governed(mention):
                return mention
        return None

    def source_of_preposition(self, cue: Cue) -> Mention | None:
        """The mention that a preposition governs."""
        for mention in self.mentions:
            if mention.start >= cue.last:
                gap = range(cue.last, mention.start)
                fits = all(self._leads_to_source(n) for n in gap)
                return mention if fits and len(gap) <= _LONGEST_ADJUNCT else None
        return None

    def _leads_to_source(self, n: int) -> bool:
        """Whether a token may stand in "according to [a statement by] X"."""
        return self.is_word(n) and n not in self._cue_tokens

    def loose_before(self, cue: Cue, first: int) -> Mention | None:
        """A subject of common nouns that fills the clause before a cue."""
        start = next(
            (n + 1 for n in range(cue.first - 1, first - 1, -1) if not self.is_word(n)), first
        )
        while start < cue.first and is_any(self.sentence, start, self.table.coordinators):
            start += 1
        return self._loose(start, cue.first)

    def loose_after(self, cue: Cue, limit: int) -> Mention | None:
        """A subject of common nouns right behind a cue: „…”, a spus o vecină."""
        first = self.skip_adjuncts(cue.last)
        last = next((n for n in range(first, limit) if not self.is_word(n)), limit)
        return self._loose(first, min(last, first + 4))

    def _loose(self, first: int, last: int) -> Mention | None:
        folded = self.sentence.folded
        noun = first + is_any(self.sentence, first, self.table.determiners)
        if not 0 < last - noun <= _LONGEST_LOOSE or folded[noun] in self.table.function_words:
            return None
        if folded[noun] in self.table.lead_ins or folded[noun] in self.table.adjunct_prepositions:
            return None
        if any(n in self._cue_tokens for n in range(first, last)) or folded[noun].isdigit():
            return None
        return Mention(MentionKind.OTHER, first, last, first, last)

    def topic(self, first: int, last: int) -> Mention | None:
        """The first mention between two tokens that no preposition governs."""
        for mention in self.mentions:
            if first <= mention.start and mention.end <= last and not self.is_governed(mention):
                return mention
        return None

    def is_governed(self, mention: Mention) -> bool:
        """Whether a preposition, genitive or possessive makes a mention somebody's object."""
        before = mention.start - 1
        last = self.sentence.folded[mention.last - 1]
        return is_any(self.sentence, before, self.table.genitives) or last.endswith(("'s", "s'"))

    # --- where --------------------------------------------------------------------------------

    def complementiser(self, cue: Cue, limit: int) -> tuple[int, bool] | None:
        """Where content starts after "that", and whether nothing but small change lies between."""
        commas = 0
        following = [c.first for c in self.cues if c.first >= cue.last and not c.is_preposition]
        limit = min([limit, *following])
        for n in range(cue.last, min(cue.last + _FARTHEST_COMPLEMENTISER, limit)):
            hit = self.table.complementisers.at(self.sentence.folded, n)
            if hit is not None and self._is_complementiser(n, cue, commas):
                return hit.last, commas == 0
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
            if not self.is_word(n) or n in self._cue_tokens:
                return preposition
            venue = self.table.venues.at(folded, n)
            outlet = self.table.outlets.at(folded, n)
            hit = venue or outlet
            if hit is not None:
                return hit.last
            if folded[n] in self.table.addressees:
                return n + 1
        return preposition

    @property
    def _cue_tokens(self) -> frozenset[int]:
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

    def starts_contrast(self, n: int) -> bool:
        """Whether a clause of its own may start at a token."""
        return self.contrast_before(n) is not None

    def contrast_before(self, n: int) -> int | None:
        """Where the conjunction starts that ends right before a token."""
        for start in range(max(n - 3, 0), n):
            hit = self.table.contrasts.at(self.sentence.folded, start)
            if hit is not None and hit.last == n:
                return start
        return n - 1 if self.is_mark(n - 1, (";",)) else None
