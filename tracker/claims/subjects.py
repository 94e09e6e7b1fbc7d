"""Who speaks: the subjects that a sentence offers for reporting words."""

from dataclasses import dataclass

from tracker.articles import is_any
from tracker.claims.clauses import Clauses
from tracker.claims.cues import Cue
from tracker.sources import Mention, MentionKind

_LONGEST_LEAD = 9
"""Words that may stand between "according to" and the source."""
_LONGEST_LOOSE = 8
"""Words of a subject that is told by its place alone."""
_STEPS = 6
"""How many adverbs and asides may part a subject from its verb."""
_FARTHEST_RELATIVE = 8


@dataclass(frozen=True)
class Subjects:
    """Finds subjects in a sentence."""

    clauses: Clauses

    def subject_before(self, cue: Cue) -> Mention | None:
        """The mention right before a cue, but for adverbs, affiliations and appositions."""
        position = cue.first
        for _ in range(_STEPS):
            mention = self._ending_at(position)
            if mention is not None and not self._is_affiliation(mention):
                return mention
            if mention is not None:
                position = mention.start - 1
            elif self._is_adverb(position - 1) or self._closes_aside(position - 1):
                position -= 1
            else:
                return None
        return None

    def _closes_aside(self, n: int) -> bool:
        """Whether a token is the comma after an apposition."""
        mention = self._ending_at(n)
        return self.clauses.is_mark(n, (",",)) and mention is not None and mention.role is not None

    def _is_affiliation(self, mention: Mention) -> bool:
        """Whether a mention only says where the one before it belongs: "Kane of Penhallow"."""
        return is_any(
            self.clauses.sentence, mention.start - 1, self.clauses.table.affiliations
        ) and (self._ending_at(mention.start - 1) is not None)

    def _ending_at(self, n: int) -> Mention | None:
        return next((m for m in self.clauses.mentions if m.end == n or m.last == n), None)

    def _is_adverb(self, n: int) -> bool:
        starts = range(max(n - 2, 0), n + 1)
        folded = self.clauses.sentence.folded
        hits = (self.clauses.table.adverbs.at(folded, start) for start in starts)
        return any(hit is not None and hit.last == n + 1 for hit in hits)

    def antecedent(self, cue: Cue) -> Mention | None:
        """Whom a relative clause with this cue is about: "X, who last week said"."""
        for n in range(cue.first - 1, max(cue.first - _FARTHEST_RELATIVE, 0), -1):
            if is_any(self.clauses.sentence, n, self.clauses.table.relatives):
                end = n - 1 if self.clauses.is_mark(n - 1, (",",)) else n
                return self._ending_at(end)
            if not (self.clauses.is_word(n)) or self._ending_at(n + 1) is not None:
                return None
        return None

    def subject_after(self, cue: Cue, limit: int) -> Mention | None:
        """The mention that follows a cue as its subject, but for adjuncts."""
        for mention in self.clauses.mentions:
            if cue.last <= mention.start < limit and not self.is_governed(mention):
                return mention
        return None

    def source_of_preposition(self, cue: Cue) -> Mention | None:
        """The mention that a preposition governs."""
        for mention in self.clauses.mentions:
            if mention.start >= cue.last:
                gap = range(cue.last, mention.start)
                fits = all(self._leads_to_source(n) for n in gap)
                return mention if fits and len(gap) <= _LONGEST_LEAD else None
        return None

    def _leads_to_source(self, n: int) -> bool:
        """Whether a token may stand in "according to [a statement by] X"."""
        return self.clauses.is_word(n) and n not in self.clauses.cue_tokens

    def loose_before(self, cue: Cue, first: int) -> Mention | None:
        """A subject of common nouns that fills the clause before a cue."""
        start = next(
            (n + 1 for n in range(cue.first - 1, first - 1, -1) if not self.clauses.is_word(n)),
            first,
        )
        while start < cue.first and is_any(
            self.clauses.sentence, start, self.clauses.table.coordinators
        ):
            start += 1
        return self._loose(start, cue.first)

    def loose_after(self, cue: Cue, limit: int) -> Mention | None:
        """A subject of common nouns right behind a cue: „…”, a spus o vecină."""
        first = self.clauses.skip_adjuncts(cue.last)
        last = next((n for n in range(first, limit) if not self.clauses.is_word(n)), limit)
        return self._loose(first, min(last, first + 4))

    def _loose(self, first: int, last: int) -> Mention | None:
        folded = self.clauses.sentence.folded
        noun = first + is_any(self.clauses.sentence, first, self.clauses.table.determiners)
        if (
            not 0 < last - noun <= _LONGEST_LOOSE
            or folded[noun] in self.clauses.table.function_words
        ):
            return None
        if (
            folded[noun] in self.clauses.table.lead_ins
            or folded[noun] in self.clauses.table.adjunct_prepositions
        ):
            return None
        if any(n in self.clauses.cue_tokens for n in range(first, last)) or folded[noun].isdigit():
            return None
        return Mention(MentionKind.OTHER, first, last, first, last)

    def topic(self, first: int, last: int) -> Mention | None:
        """The first mention between two tokens that no preposition governs."""
        for mention in self.clauses.mentions:
            if first <= mention.start and mention.end <= last and not self.is_governed(mention):
                return mention
        return None

    def is_governed(self, mention: Mention) -> bool:
        """Whether a preposition, genitive or possessive makes a mention somebody's object."""
        before = mention.start - 1
        last = self.clauses.sentence.folded[mention.last - 1]
        return is_any(self.clauses.sentence, before, self.clauses.table.genitives) or last.endswith(
            self.clauses.table.possessive_endings
        )
