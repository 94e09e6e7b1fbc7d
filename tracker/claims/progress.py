"""Attributions on their way, while a sentence is read from left to right."""

from dataclasses import dataclass, field, replace

from tracker.articles import is_any
from tracker.claims.clauses import COMMA, Clauses
from tracker.claims.cues import Cue
from tracker.claims.subjects import Subjects
from tracker.languages import AttributionTable
from tracker.languages.verbs import Frame
from tracker.sources import Mention

_LONGEST_CONJUNCTION = 3
_LONGEST_OPENING = 6
"""Words that may stand before a cue whose subject is dropped."""


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution as token numbers of its sentence."""

    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    mention: Mention | None
    """Whose words they are; None where the subject is dropped."""
    clause: tuple[int, int]
    """The attribution itself, from its subject to its last adjunct."""
    is_open: bool = False
    """Whether the content runs to the end of the sentence unless something else starts."""
    relay: str | None = None
    is_introduced: bool = False
    """Whether a conjunction stands before the content, so that quotation marks are part of it."""
    is_relative: bool = False
    """Whether the cue stands in a relative clause: "X, who said …"."""

    @property
    def tokens(self) -> frozenset[int]:
        """The tokens that are content or name the source."""
        named = range(self.mention.start, self.mention.end) if self.mention else range(0)
        return frozenset(named) | {n for first, end in self.content for n in range(first, end)}


@dataclass
class Progress:
    """What is known of a sentence so far; asked by the rules for every cue."""

    c: Clauses
    """The sentence; short, because every rule asks it."""
    found: list[Found] = field(default_factory=list)
    relay: str | None = None
    """The outlet that the sentence names first of all as passing on what follows."""

    @property
    def who(self) -> Subjects:
        """The subjects of the sentence."""
        return Subjects(self.c)

    @property
    def table(self) -> AttributionTable:
        """The words of the language."""
        return self.c.table

    @property
    def region(self) -> int:
        """Where what has not been attributed yet starts."""
        start = self.c.sentence.dateline_end
        return max(start, self.found[-1].clause[1]) if self.found else start

    @property
    def last(self) -> Found | None:
        """The attribution found last."""
        return self.found[-1] if self.found else None

    def close_at(self, start: int) -> None:
        """End the content that is open before a token, and before the conjunction in front."""
        if self.last is None or not self.last.is_open:
            return
        contrast = self.c.contrast_before(start)
        end = start if contrast is None else contrast
        while end and self.c.is_mark(end - 1, (*COMMA, ";")):
            end -= 1
        *before, (first, _) = self.last.content
        content = (*before, (first, max(end, first)))
        self.found[-1] = replace(self.last, content=content, is_open=False)

    def pass_on(self, outlet: str) -> None:
        """Note the outlet through which the last statement came, unless one is known."""
        if self.last is not None:
            self.found[-1] = replace(self.last, relay=self.last.relay or outlet)

    # --- subjects -----------------------------------------------------------------------------

    def clause_start(self, cue: Cue) -> int:
        """Where the attribution of a cue starts: at the subject right before it, if any."""
        subject = None if cue.is_preposition else self.who.subject_before(cue)
        return subject.start if subject else cue.first

    def follows_coordinator(self, cue: Cue) -> bool:
        """Whether a cue shares the subject of the one before: "and insisted that"."""
        return bool(self.found) and self.c.contrast_before(cue.first) is not None

    def ends_relative(self, cue: Cue) -> bool:
        """Whether a cue after a comma is the main verb that a relative clause has kept waiting."""
        waits = self.last is not None and self.last.is_relative and self.last.is_open
        return waits and self.c.is_mark(cue.first - 1, (",",))

    def may_drop_subject(self, cue: Cue) -> bool:
        """Whether a cue without a subject opens its clause, so that it has the last speaker's."""
        if not self.table.drops_subjects:
            return False
        if self.follows_coordinator(cue):
            return True
        before = range(self.region, cue.first)
        return len(before) <= _LONGEST_OPENING and all(
            not self.c.is_word(n) or self.c.sentence.folded[n] in self.table.function_words
            for n in before
        )

    def has_subject(self, cue: Cue) -> bool:
        """Whether a cue has a subject that cannot be mistaken."""
        return self.who.subject_before(cue) is not None or self.has_distant_subject(cue)

    def has_distant_subject(self, cue: Cue) -> bool:
        """Whether a relative pronoun or an aside stands between a cue and its subject."""
        if self.who.antecedent(cue) is not None:
            return True
        return self.c.is_mark(cue.first - 1, COMMA) and (
            self.who.topic(self.region, cue.first) is not None
        )

    def subject(self, cue: Cue, before: Mention | None, limit: int) -> Mention | None:
        """The subject of a cue; ``before`` stands right before it, ``limit`` ends its clause."""
        if before is not None:
            return before
        antecedent = self.who.antecedent(cue)
        if antecedent is not None:
            return antecedent
        inverted = self.who.subject_after(cue, limit)
        if inverted is not None:
            return inverted
        if self.last is not None and (self.follows_coordinator(cue) or self.ends_relative(cue)):
            return self.last.mention
        topic = self.who.topic(self.region, cue.first)
        return topic or (None if _is_weak(cue) else self.who.loose_before(cue, self.region))

    # --- content ------------------------------------------------------------------------------

    def is_introduced(self, start: int) -> bool:
        """Whether a conjunction such as "that" stands right before a token."""
        before = range(max(start - _LONGEST_CONJUNCTION, 0), start)
        hits = (self.table.complementisers.at(self.c.sentence.folded, n) for n in before)
        return any(hit is not None and hit.last == start for hit in hits)

    def content_end(self, start: int, cue: Cue | None = None) -> int:
        """Where content that starts at a token ends if no other attribution ends it."""
        end = max(self.c.end, start)
        if cue is None or self.who.antecedent(cue) is None:
            return end
        # "X, who said it was late, has left": the main verb ends a relative clause
        verbs = (n for n in range(start + 1, end - 1) if self._resumes(n))
        return next(verbs, end)

    def _resumes(self, n: int) -> bool:
        return self.c.is_mark(n, (",",)) and (
            self.table.auxiliaries.at(self.c.sentence.folded, n + 1) is not None
            or is_any(self.c.sentence, n + 1, self.table.passive_auxiliaries)
        )


def _is_weak(cue: Cue) -> bool:
    """Whether a cue is speech only if what speaks is known to be a source."""
    return cue.frames == {Frame.WEAK}
