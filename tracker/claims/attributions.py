"""Attributions of one sentence: which words are reported by which cue, and whose they are."""

from dataclasses import dataclass, replace

from tracker.articles import Sentence, is_any
from tracker.claims.clauses import COMMA, Clauses
from tracker.claims.cues import Cue, find_cues
from tracker.languages import AttributionTable
from tracker.languages.attribution import Form, Frame
from tracker.sources import Mention, MentionKind

_FEWEST_WORDS = 2
_LONGEST_OPENING = 6
"""Words that may stand before a cue whose subject is dropped."""
_SHORT_LEFT = 5
"""Up to how many words content before an attribution is thought to go on behind it."""
_CLAUSAL = frozenset({Frame.SPEECH, Frame.THOUGHT})


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


def find_attributions(
    sentence: Sentence, mentions: list[Mention], table: AttributionTable
) -> list[Found]:
    """The attributions of a sentence in the order of their cues."""
    cues = tuple(find_cues(sentence, table))
    clauses = Clauses(sentence, tuple(mentions), cues, table)
    return _Finder(clauses).run()


class _Finder:
    """Goes through the cues of a sentence from left to right."""

    def __init__(self, clauses: Clauses) -> None:
        self.c = clauses
        self.table = clauses.table
        self.found: list[Found] = []
        self.relay: str | None = None

    def run(self) -> list[Found]:
        for cue in self.c.cues:
            if self._is_nested(cue):
                continue
            found = self._relayed(cue) or self._attribution(cue)
            if found is not None:
                self._close_before(found)
                self.found.append(found)
        if not self.found:
            self._colon()
        return [found for found in self.found if self._is_statement(found)]

    # --- what belongs to what is open -----------------------------------------------------------

    def _is_nested(self, cue: Cue) -> bool:
        """Whether a cue stands inside reported words, and so is part of them."""
        last = self.found[-1] if self.found else None
        if last is None or not last.is_open:
            return any(a <= cue.first < b for f in self.found for a, b in f.content)
        return not self._breaks_out(cue, last)

    def _breaks_out(self, cue: Cue, last: Found) -> bool:
        start = self._clause_start(cue)
        loose = self.c.loose_before(cue, last.content[-1][0])
        if loose is not None and self.c.contrast_before(loose.start) is not None:
            if self.c.complementiser(cue, self.c.end) is not None:
                return True
        if cue.form is Form.GERUND:
            return self.c.is_mark(start - 1, COMMA) or self.c.is_quote(start - 1)
        if cue.first < last.content[-1][0]:
            return False
        if self._press_after(cue) is not None:
            return True
        if self._ends_relative(cue):
            return True
        return self.c.contrast_before(start) is not None or any(
            self.c.is_mark(n, (";",)) for n in range(last.content[-1][0], start)
        )

    def _ends_relative(self, cue: Cue) -> bool:
        """Whether a cue after a comma is the main verb that a relative clause has kept waiting."""
        last = self.found[-1]
        return last.is_relative and last.is_open and self.c.is_mark(cue.first - 1, (",",))

    def _close_before(self, found: Found) -> None:
        """End the content that is open where the next attribution starts."""
        if not self.found or not self.found[-1].is_open:
            return
        last = self.found[-1]
        start = min(found.clause[0], *(a for a, _ in found.content))
        contrast = self.c.contrast_before(start)
        end = start if contrast is None else contrast
        while end and (self.c.is_mark(end - 1, (*COMMA, ";"))):
            end -= 1
        *before, (first, _) = last.content
        self.found[-1] = replace(last, content=(*before, (first, max(end, first))), is_open=False)

    def _is_statement(self, found: Found) -> bool:
        """Whether there is something said, other than a wish not to be named."""
        words = sum(self.c.words_in(a, b) for a, b in found.content)
        said = self.c.sentence.folded[found.content[0][0] : found.content[-1][1]]
        shy = len(said) <= _SHORT_LEFT and bool(self.table.anonymity.find(said))
        return words >= _FEWEST_WORDS and not shy

    # --- one cue --------------------------------------------------------------------------------

    def _attribution(self, cue: Cue) -> Found | None:
        if cue.is_preposition:
            return self._by_preposition(cue)
        if cue.form is Form.GERUND:
            return self._right(cue, self._gerund_subject(cue))
        subject = self.c.subject_before(cue)
        if cue.is_noun_like and subject is None and not self._has_distant_subject(cue):
            return None
        direct = self.c.complementiser(cue, self.c.end)
        if direct is not None and direct[1]:
            return self._opened(cue, self._subject(cue, subject, direct[0]), direct[0])
        return (
            self._after_quote(cue, subject)
            or self._trailing(cue, subject)
            or self._before_quote(cue, subject)
            or (direct and self._opened(cue, self._subject(cue, subject, direct[0]), direct[0]))
            or self._inverted(cue, subject)
            or self._bare(cue, subject)
        )

    def _clause_start(self, cue: Cue) -> int:
        subject = None if cue.is_preposition else self.c.subject_before(cue)
        return subject.start if subject else cue.first

    def _opened(self, cue: Cue, mention: Mention | None, start: int) -> Found | None:
        """Content from a token to the end of the sentence, or to what starts before it."""
        if mention is None and not self._may_drop_subject(cue):
            return None
        return self._opened_for(cue, mention, start)

    def _content_end(self, start: int, cue: Cue | None = None) -> int:
        end = max(self.c.end, start)
        if cue is None or self.c.antecedent(cue) is None:
            return end
        # "X, who said it was late, has left": the main verb ends a relative clause
        verbs = (n for n in range(start + 1, end - 1) if self._resumes(n))
        return next(verbs, end)

    def _resumes(self, n: int) -> bool:
        return self.c.is_mark(n, (",",)) and (
            self.table.auxiliaries.at(self.c.sentence.folded, n + 1) is not None
            or is_any(self.c.sentence, n + 1, self.table.passive_auxiliaries)
        )

    def _may_drop_subject(self, cue: Cue) -> bool:
        """Whether a cue without a subject opens its clause, so that it has the last speaker's."""
        if not self.table.drops_subjects:
            return False
        if self._follows_coordinator(cue):
            return True
        before = range(self._region(cue), cue.first)
        return len(before) <= _LONGEST_OPENING and all(
            not self.c.is_word(n) or self.c.sentence.folded[n] in self.table.function_words
            for n in before
        )

    def _has_distant_subject(self, cue: Cue) -> bool:
        if self.c.antecedent(cue) is not None:
            return True
        return self.c.is_mark(cue.first - 1, COMMA) and (
            self.c.topic(self._region(cue), cue.first) is not None
        )

    # --- content after the cue ------------------------------------------------------------------

    def _right(self, cue: Cue, mention: Mention | None) -> Found | None:
        """Whatever follows a cue whose subject is known, be it clause, quotation or object."""
        if mention is None and not self.found:
            return None
        direct = self.c.complementiser(cue, self.c.end)
        if direct is not None and direct[1]:
            return self._opened_for(cue, mention, direct[0])
        return self._object(cue, mention) or self._bare_for(cue, mention)

    def _opened_for(self, cue: Cue, mention: Mention | None, start: int) -> Found:
        return Found(
            (cue.first, cue.last),
            ((start, self._content_end(start, cue)),),
            mention,
            (self._start_with(cue, mention), start),
            is_open=True,
            is_introduced=self._is_introduced(start),
            is_relative=self.c.antecedent(cue) is not None,
            relay=self._relay_in(cue.first, start, mention),
        )

    def _start_with(self, cue: Cue, mention: Mention | None) -> int:
        """Where the attribution starts: at its subject, if that stands before the cue."""
        start = self._clause_start(cue)
        if mention is not None and mention.kind is MentionKind.OTHER:
            return min(start, mention.start)
        return start

    def _is_introduced(self, start: int) -> bool:
        hits = (self.table.complementisers.at(self.c.sentence.folded, n) for n in range(start))
        return any(hit is not None and hit.last == start for hit in hits)

    def _gerund_subject(self, cue: Cue) -> Mention | None:
        if self.found:
            return self.found[-1].mention
        return self.c.topic(0, cue.first)

    def _before_quote(self, cue: Cue, subject: Mention | None) -> Found | None:
        """X said: “…”; X said “…”."""
        after = self.c.after_address(cue)
        marked = self.c.is_mark(after, (":",))
        if not marked:
            later = self._colon_after(cue)
            if later is not None:
                after, marked = later, True
        start = after + marked
        if not (marked or self.c.is_quote(after) or self._comma_quote(after)):
            return None
        if not marked and not self.c.is_quote(after):
            start = after + 1
        mention = self._subject(cue, subject, start)
        return self._opened(cue, mention, start) if start < self.c.end else None

    def _comma_quote(self, n: int) -> bool:
        return self.c.is_mark(n, COMMA) and self.c.is_quote(n + 1)

    def _colon_after(self, cue: Cue) -> int | None:
        for n in range(cue.last, min(cue.last + 14, self.c.end)):
            if self.c.is_mark(n, (":",)):
                return n if self.c.is_quote(n + 1) else None
            if self.c.is_quote(n) or self.c.is_mark(n, (";",)):
                return None
        return None

    def _bare(self, cue: Cue, subject: Mention | None) -> Found | None:
        """He said it was late; he called it late."""
        mention = self._subject(cue, subject, cue.first)
        if mention is None and not self._may_drop_subject(cue):
            return None
        return self._object(cue, mention) or self._bare_for(cue, mention)

    def _bare_for(self, cue: Cue, mention: Mention | None) -> Found | None:
        if self.c.sentence.folded[cue.last - 1] not in self.table.bare_verbs:
            return None
        if cue.is_noun_like and not self._directly_after_subject(cue):
            return None
        start = self.c.after_address(cue)
        if self.c.is_mark(start, (",",)) or self.c.words_in(start, self.c.end) < 3:
            return None
        return self._opened_for(cue, mention, start)

    def _directly_after_subject(self, cue: Cue) -> bool:
        if cue.form is Form.GERUND or self._follows_coordinator(cue):
            return True
        return self.c.subject_before(cue) is not None or self._has_distant_subject(cue)

    def _follows_coordinator(self, cue: Cue) -> bool:
        return bool(self.found) and self.c.contrast_before(cue.first) is not None

    def _object(self, cue: Cue, mention: Mention | None) -> Found | None:
        """He rejected the criticism; he described the talks as productive."""
        if not self._directly_after_subject(cue) and not self._may_drop_subject(cue):
            return None
        start = self.c.skip_adjuncts(cue.last)
        if Frame.ASSESSMENT in cue.frames and self._has_predicate(start):
            return self._opened_for(cue, mention, start)
        if Frame.STANCE in cue.frames and self.c.words_in(start, self.c.end) >= 3:
            return None if self.c.is_mark(start, COMMA) else self._opened_for(cue, mention, start)
        return None

    def _has_predicate(self, start: int) -> bool:
        folded = self.c.sentence.folded
        for n in range(start, min(start + 14, self.c.end)):
            if self.c.is_quote(n) or self.table.predicate_markers.at(folded, n) is not None:
                return True
            if self.c.is_mark(n, (*COMMA, ";", ":")):
                return False
        return False

    # --- content before the cue -----------------------------------------------------------------

    def _after_quote(self, cue: Cue, subject: Mention | None) -> Found | None:
        """“…,” he said; „…”, a spus el."""
        start = subject.start if subject else cue.first
        quote = start - 1 - self.c.is_mark(start - 1, COMMA)
        if not self.c.is_quote(quote):
            return None
        return self._trailing_for(cue, subject, start)

    def _inverted(self, cue: Cue, subject: Mention | None) -> Found | None:
        """The plan is dead, said Ms Fox; planul a căzut, a declarat ministrul."""
        if subject is not None or not self.c.is_mark(cue.first - 1, COMMA):
            return None
        if not self.table.drops_subjects:
            after = self.c.subject_after(cue, cue.last + 2)
            if after is None or after.kind is MentionKind.PRONOUN:
                return None
            if not self._ends_clause(after.end):
                return None
        return self._trailing_for(cue, None, cue.first)

    def _ends_clause(self, n: int) -> bool:
        n = self.c.skip_adjuncts(n)
        return n >= self.c.end or self.c.is_mark(n, COMMA) or self.c.is_quote(n)

    def _trailing(self, cue: Cue, subject: Mention | None) -> Found | None:
        """The plan is dead, the minister said on Monday."""
        subject = subject or self.c.loose_before(cue, self._region(cue))
        if subject is None or not self.c.is_mark(subject.start - 1, COMMA):
            return None
        left = self._left(subject.start)
        after = self.c.after_address(cue)
        if left is None:
            return None
        if after < self.c.end and self._is_lead_in_phrase(left):
            return None
        long = self.c.words_in(*left) > _SHORT_LEFT
        adjunct = long and self._goes_on_with_adjunct(cue, after)
        if not (after >= self.c.end or self.c.is_mark(after, COMMA) or adjunct):
            return None
        return self._trailing_for(cue, subject, subject.start)

    def _goes_on_with_adjunct(self, cue: Cue, n: int) -> bool:
        """Whether what follows a cue only says when, where and how it was said."""
        if is_any(self.c.sentence, n, self.table.adjunct_prepositions):
            return True
        token = self.c.sentence.tokens[n]
        starts_clause = token.is_capitalised or token.folded in self.table.function_words
        return n > cue.last and not starts_clause

    def _is_lead_in_phrase(self, left: tuple[int, int]) -> bool:
        """Whether words before a subject are "In Washington" or "Asked about it", no content."""
        folded = self.c.sentence.folded[left[0]]
        return folded in self.table.lead_ins or folded in self.table.adjunct_prepositions

    def _trailing_for(self, cue: Cue, subject: Mention | None, start: int) -> Found | None:
        left = self._left(start)
        if left is None or not (cue.frames & {*_CLAUSAL, Frame.WEAK}):
            return None
        end = self.c.after_address(cue)
        if subject is None:
            limit = self._clause_limit(cue)
            subject = self.c.subject_after(cue, limit) or self.c.loose_after(cue, limit)
            end = max(end, subject.end if subject else 0)
        if subject is None and not self._may_drop_subject(cue):
            return None
        end = self.c.skip_adjuncts(end)
        return self._with_continuation(cue, subject, left, (start, end))

    def _clause_limit(self, cue: Cue) -> int:
        """Where the subject after a cue must have come: before the next quotation or cue."""
        verbs = (other for other in self.c.cues if not other.is_preposition)
        following = [other.first for other in verbs if other.first >= cue.last]
        limit = min([*following, self.c.end])
        return next((n for n in range(cue.last, limit) if self.c.is_quote(n)), limit)

    def _left(self, end: int) -> tuple[int, int] | None:
        """The content that ends before a token, as far back as it may reach."""
        while end and self.c.is_mark(end - 1, COMMA):
            end -= 1
        first = max([self.c.sentence.dateline_end, *(found.clause[1] for found in self.found)])
        first = max([first, *(b for f in self.found for _, b in f.content if not f.is_open)])
        for n in range(first, end):
            if self.c.is_mark(n, (";", ":")):
                first = n + 1
        while first < end and self._is_lead_in(first):
            first += 1
        if self.c.words_in(first, end) < 1 or self.c.is_mention(first, end):
            return None
        return first, end

    def _is_lead_in(self, n: int) -> bool:
        return (
            self.c.is_mark(n, COMMA)
            or is_any(self.c.sentence, n, self.table.coordinators)
            and self.c.is_mark(n - 1, (*COMMA, ";"))
        )

    def _with_continuation(
        self,
        cue: Cue,
        mention: Mention | None,
        left: tuple[int, int],
        clause: tuple[int, int],
    ) -> Found:
        content = [left]
        rest = self._continuation(clause[1], left)
        if rest is not None:
            content.append((rest, self._content_end(rest)))
        return Found(
            (cue.first, cue.last),
            tuple(content),
            mention,
            clause,
            is_open=rest is not None,
            relay=self._relay_in(clause[0], self._relay_limit(clause, rest), mention),
        )

    def _relay_limit(self, clause: tuple[int, int], rest: int | None) -> int:
        return clause[1] + 6 if rest is None else rest

    def _continuation(self, n: int, left: tuple[int, int]) -> int | None:
        """Where the content goes on behind an attribution in its middle."""
        if not self.c.is_mark(n, COMMA) or n + 1 >= self.c.end:
            return None
        n += 1
        if any(cue.first == n for cue in self.c.cues):
            return None
        if self.table.relays.at(self.c.sentence.folded, n) is not None:
            return None
        if self.c.is_quote(n):
            return n
        linker = self.table.linkers.at(self.c.sentence.folded, n)
        if linker is not None:
            return linker.last if is_any(self.c.sentence, n, self.table.coordinators) else n
        short = self.c.words_in(*left) <= _SHORT_LEFT
        if (
            short
            and not self.c.is_quote(left[0])
            and not is_any(self.c.sentence, n, self.table.relatives)
        ):
            return n
        return None

    # --- prepositions ---------------------------------------------------------------------------

    def _by_preposition(self, cue: Cue) -> Found | None:
        mention = self.c.source_of_preposition(cue)
        if mention is None:
            return None
        opens = (
            cue.first == 0
            or self.c.is_mark(cue.first - 1, (";", ":"))
            or (self.c.contrast_before(cue.first) is not None)
        )
        if is_any(self.c.sentence, cue.first, self.table.opinion_prepositions) and not (
            opens and self._is_opinion(mention)
        ):
            return None
        if self._passes_on(cue, mention):
            return None
        return self._preposed(cue, mention) if opens else self._postposed(cue, mention)

    def _is_opinion(self, mention: Mention) -> bool:
        return mention.kind is MentionKind.NAME and self.c.is_mark(mention.end, (",",))

    def _passes_on(self, cue: Cue, mention: Mention) -> bool:
        """Whether an outlet is named that passes on what somebody else says in the sentence."""
        outlet = self._outlet(mention)
        others = [c for c in self.c.cues if c.first > cue.first and not c.is_preposition]
        if outlet is None or not (self.found or others):
            return False
        if self.found:
            self.found[-1] = replace(self.found[-1], relay=self.found[-1].relay or outlet)
        self.relay = outlet
        return True

    def _preposed(self, cue: Cue, mention: Mention) -> Found | None:
        """According to X, the plan is dead."""
        start = mention.end
        for n in range(start, min(start + 14, self.c.end)):
            if self.c.is_mark(n, (",",)):
                start = n + 1
                break
        return self._opened_for(cue, mention, start)

    def _postposed(self, cue: Cue, mention: Mention) -> Found | None:
        """The plan is dead, according to X."""
        left = self._left(cue.first)
        if left is None:
            return None
        return self._with_continuation(cue, mention, left, (cue.first, mention.end))

    # --- whose, and through whom ----------------------------------------------------------------

    def _subject(self, cue: Cue, subject: Mention | None, limit: int) -> Mention | None:
        if subject is not None:
            return subject
        antecedent = self.c.antecedent(cue)
        if antecedent is not None:
            return antecedent
        inverted = self.c.subject_after(cue, limit)
        if inverted is not None and limit > cue.last:
            return inverted
        if self._follows_coordinator(cue) or (self.found and self._ends_relative(cue)):
            return self.found[-1].mention
        region = self._region(cue)
        topic = self.c.topic(region, cue.first)
        return topic or (None if self._is_weak(cue) else self.c.loose_before(cue, region))

    def _is_weak(self, cue: Cue) -> bool:
        """Whether a cue is speech only if what speaks is known to be a source."""
        return cue.frames == {Frame.WEAK}

    def _region(self, cue: Cue) -> int:
        return max([self.c.sentence.dateline_end, *(found.clause[1] for found in self.found)])

    def _press_after(self, cue: Cue) -> str | None:
        """The outlet that is the subject of a cue after a comma: ", notează Reuters"."""
        subject = None if cue.is_preposition else self.c.subject_before(cue)
        if subject is None:
            subject = self.c.subject_after(cue, cue.last + 3)
        start = min(cue.first, subject.start) if subject else cue.first
        if subject is None or not self.c.is_mark(start - 1, COMMA):
            return None
        return self._outlet(subject)

    def _relayed(self, cue: Cue) -> Found | None:
        """An attribution to an outlet of what is attributed already: only its end and relay."""
        if not self.found or cue.is_preposition:
            return None
        outlet = self._press_after(cue)
        if outlet is None:
            return None
        self.found[-1] = replace(self.found[-1], relay=self.found[-1].relay or outlet)
        return Found(None, ((cue.first, cue.first),), None, (self._clause_start(cue), cue.last))

    def _relay_in(self, first: int, last: int, mention: Mention | None) -> str | None:
        own = range(mention.start, mention.end) if mention else range(0)
        folded = self.c.sentence.folded
        for n in range(first, min(last, len(folded))):
            hit = None if n in own else self.table.outlets.at(folded, n)
            if hit is not None:
                tokens = self.c.sentence.tokens[n : hit.last]
                return " ".join(token.text for token in tokens)
        return self.relay

    def _outlet(self, mention: Mention) -> str | None:
        folded = self.c.sentence.folded
        for n in range(mention.start, mention.end):
            if self.table.outlets.at(folded, n) is not None or (
                mention.noun is not None and mention.noun.lemma in self.table.press
            ):
                tokens = self.c.sentence.tokens[mention.first : mention.last]
                return " ".join(token.text for token in tokens)
        return None

    # --- colon ----------------------------------------------------------------------------------

    def _colon(self) -> None:
        """X was blunt: “…” has a quotation for its cue."""
        for n in range(1, self.c.end):
            if self.c.is_mark(n, (":",)) and self.c.is_quote(n + 1):
                subject = self.c.topic(0, n)
                if subject is not None and self.c.words_in(n + 1, self.c.end) >= 3:
                    cue = (subject.end, n) if subject.end < n else None
                    span = (n + 1, self._content_end(n + 1))
                    self.found.append(Found(cue, (span,), subject, (0, n + 1)))
                return
