"""Who is spoken of in a sentence: names, role nouns, bodies and pronouns, as they are printed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from tracker.articles import ReadableText, Sentence, TokenKind, is_any
from tracker.languages import AttributionTable
from tracker.languages.attribution import Gender, Noun
from tracker.sources.names import bare_name

_LONGEST_COMPLEMENT = 14
_LONGEST_PREMODIFIER = 5
_LONGEST_QUOTED_NAME = 4


class MentionKind(Enum):
    """How somebody is spoken of."""

    NAME = "name"
    ROLE = "role"
    BODY = "body"
    PRONOUN = "pronoun"
    ANONYMOUS = "anonymous"
    OTHER = "other"
    """Words that can only be told to be a subject by their place ("vecinii")."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for a possible source; token numbers, ends exclusive."""

    kind: MentionKind
    first: int
    last: int
    """The bare name, or the noun with what belongs to it."""
    start: int
    end: int
    """The whole phrase, with title and apposition."""
    gender: Gender | None = None
    noun: Noun | None = None
    head: int = -1
    """Where the noun stands."""
    """The role or the body's noun."""
    role: tuple[int, int] | None = None
    """Where the role stands that goes with a name."""
    honorific: bool = False


@dataclass(frozen=True)
class Spotter:
    """Finds the mentions of a sentence with a language table."""

    table: AttributionTable
    proper: frozenset[str]
    """Words that the article writes with a capital inside a sentence."""

    def spot(self, sentence: Sentence) -> list[Mention]:
        """The mentions in order, none overlapping another."""
        return self._with_appositions(sentence, self._with_titles(sentence, self._atoms(sentence)))

    # --- single mentions ----------------------------------------------------------------------

    def _atoms(self, sentence: Sentence) -> list[Mention]:
        atoms: list[Mention] = []
        position = sentence.dateline_end
        while position < len(sentence.tokens):
            found = self._at(sentence, position)
            if found is not None:
                atoms.append(found)
            position = found.last if found else position + 1
        return atoms

    def _at(self, sentence: Sentence, n: int) -> Mention | None:
        if sentence.tokens[n].kind is not TokenKind.WORD:
            return None
        return (
            self._anonymous(sentence, n)
            or self._noun(sentence, n)
            or self._pronoun(sentence, n)
            or self._name(sentence, n)
        )

    def _anonymous(self, sentence: Sentence, n: int) -> Mention | None:
        article = self.table.articles.at(sentence.folded, n)
        if article is None and not self._is_unnamed(sentence, n):
            return None
        start = article.last if article else n
        for noun_at in range(start, min(start + 3, len(sentence.tokens))):
            noun = self.table.anonymous.at(sentence.folded, noun_at)
            if noun:
                end = self._complement_end(sentence, noun.last)
                return Mention(MentionKind.ANONYMOUS, n, end, n, end)
            if not self._is_modifier(sentence, noun_at):
                return None
        return None

    def _is_unnamed(self, sentence: Sentence, n: int) -> bool:
        """Whether a noun without an article names nobody: sources, or who asks not to be named."""
        if sentence.folded[n] in self.table.unnamed:
            return True
        return self.table.anonymous.at(sentence.folded, n) is not None and bool(
            self.table.anonymity.find(sentence.folded)
        )

    def _pronoun(self, sentence: Sentence, n: int) -> Mention | None:
        hit = self.table.pronouns.at(sentence.folded, n)
        if hit is None:
            return None
        return Mention(MentionKind.PRONOUN, n, hit.last, n, hit.last, gender=hit.value)

    def _noun(self, sentence: Sentence, n: int) -> Mention | None:
        role = self.table.roles.at(sentence.folded, n)
        body = self.table.bodies.at(sentence.folded, n)
        hit = role if role and not (body and body.last > role.last) else body
        if hit is None or (hit is body and self._leads_name(sentence, n)):
            return None
        kind = MentionKind.ROLE if hit is role else MentionKind.BODY
        takes_names = kind is MentionKind.BODY and not self.table.adjectives_first
        end = self._complement_end(sentence, hit.last, takes_names=takes_names)
        return Mention(kind, n, end, n, end, hit.value.gender, hit.value, head=n)

    def _leads_name(self, sentence: Sentence, n: int) -> bool:
        """Whether a body's noun is only the first word of its name: "Rail Safety Board"."""
        return (
            self.table.adjectives_first
            and self._capital_at(sentence, n)
            and self._capital_at(sentence, n + 1)
            and not self._starts_noun(sentence, n + 1)
        )

    def _name(self, sentence: Sentence, n: int) -> Mention | None:
        if not self._can_be_name(sentence, n):
            return None
        end = self._run_end(sentence, n)
        body = self._body_in(sentence, n, end)
        if body is not None:
            end = self._complement_end(sentence, end, takes_names=True)
            return Mention(MentionKind.NAME, n, end, n, end, noun=body)
        gender = self.table.honorifics.get(sentence.folded[n])
        if gender is None:
            return Mention(MentionKind.NAME, n, end, n, end, gender=self._gender(sentence, n))
        first = n + 1 + (sentence.folded[n + 1 : n + 2] == (".",))
        end = self._run_end(sentence, first) if first < len(sentence.tokens) else first
        return Mention(MentionKind.NAME, first, end, n, end, gender=gender, honorific=True)

    def _can_be_name(self, sentence: Sentence, n: int) -> bool:
        token = sentence.tokens[n]
        if not token.is_capitalised or token.folded in self.table.time_words:
            return token.folded in self.table.honorifics and self._capital_at(sentence, n + 1)
        if n and sentence.tokens[n - 1].kind is TokenKind.WORD:
            return True
        if self._is_function_word(sentence, n):
            return False
        return self._capital_at(sentence, n + 1) or self._is_proper(sentence, n)

    def _is_proper(self, sentence: Sentence, n: int) -> bool:
        """Whether a capital at the start of a sentence is more than that."""
        token = sentence.tokens[n]
        if len(token.text) > 1 and not token.text[1:].islower():
            return True
        if bare_name(token.folded, self.table.bare_endings) in self.proper:
            return True
        if is_any(sentence, n + 1, (",",)):
            return is_any(sentence, n + 2, self.table.relatives | self.table.determiners) or (
                self._starts_noun(sentence, n + 2)
            )
        ahead = range(n + 1, min(n + 4, len(sentence.tokens)))
        return any(self.table.verbs.at(sentence.folded, k) is not None for k in ahead)

    def _run_end(self, sentence: Sentence, n: int) -> int:
        """The end of a run of capitalised words, small name particles among them."""
        end = n + 1
        while end < len(sentence.tokens):
            step = self._run_step(sentence, end)
            if step == 0:
                break
            end += step
        return end

    def _run_step(self, sentence: Sentence, n: int) -> int:
        """How many tokens at ``n`` carry a name on."""
        text = sentence.tokens[n].text
        if self._capital_at(sentence, n):
            return 0 if self._starts_noun(sentence, n) else 1
        if text == "." and len(sentence.tokens[n - 1].text) == 1:
            return 1 if self._capital_at(sentence, n + 1) else 0
        if text in "&'’" and self._capital_at(sentence, n + 1):
            return 2
        if sentence.folded[n] in self.table.particles:
            for ahead in (1, 2):
                if self._capital_at(sentence, n + ahead):
                    return ahead + 1
        return 0

    def _capital_at(self, sentence: Sentence, n: int) -> bool:
        return n < len(sentence.tokens) and (
            sentence.tokens[n].is_capitalised and sentence.folded[n] not in self.table.time_words
        )

    def _starts_noun(self, sentence: Sentence, n: int) -> bool:
        """Whether a title starts at a token, as in "Transport Minister Strand"."""
        return n < len(sentence.tokens) and self.table.roles.at(sentence.folded, n) is not None

    def _body_in(self, sentence: Sentence, first: int, last: int) -> Noun | None:
        for n in range(last - 1, first - 1, -1):
            hit = self.table.bodies.at(sentence.folded, n)
            if hit is not None:
                return hit.value
        return None

    def _gender(self, sentence: Sentence, n: int) -> Gender | None:
        given = sentence.folded[n]
        known = self.table.given_names.get(given)
        if known is not None or not self.table.feminine_endings:
            return known
        feminine = given.endswith(self.table.feminine_endings)
        return Gender.FEMALE if feminine else Gender.MALE

    # --- what belongs to a noun ---------------------------------------------------------------

    def _complement_end(self, sentence: Sentence, n: int, *, takes_names: bool = False) -> int:
        """The end of what a noun is followed by: adjectives, "of the Union", genitives."""
        limit = min(n + _LONGEST_COMPLEMENT, len(sentence.tokens))
        end = position = n
        named = False
        while position < limit:
            if self._is_quoted_name(sentence, position):
                return position + 1
            if self._capital_at(sentence, position):
                if not takes_names and not self._is_oblique(sentence, position):
                    return end
                end = position = self._genitive_end(sentence, position, head=n - 1)
                takes_names, named = False, True
            elif self._opens_complement(sentence, position):
                takes_names = True
                position += 1
            elif takes_names and sentence.folded[position] in self.table.determiners:
                position += 1
            elif self._describes_before(sentence, position, takes_names):
                position += 1
                end = end if named else position
            else:
                return end
        return end

    def _describes_before(self, sentence: Sentence, n: int, after_preposition: bool) -> bool:
        """Whether a small word belongs to the noun on its left."""
        if self.table.adjectives_first and not after_preposition:
            return False
        return self._is_modifier(sentence, n) or sentence.folded[n] in self.table.possessives

    def _opens_complement(self, sentence: Sentence, n: int) -> bool:
        if sentence.folded[n] not in self.table.complements:
            return False
        # "a" is also an auxiliary, and then nothing in the genitive follows
        return self.table.auxiliaries.at(sentence.folded, n) is None or (
            n + 1 < len(sentence.tokens) and self._is_oblique(sentence, n + 1)
        )

    def _is_quoted_name(self, sentence: Sentence, n: int) -> bool:
        """Whether a quotation is the name of the body before it: Federația „Alfa”."""
        token = sentence.tokens[n]
        inner = token.text[1:-1]
        return (
            token.kind is TokenKind.QUOTE
            and (self._capital_at(sentence, n - 1) or self._is_body(sentence, n - 1))
            and inner[:1].isupper()
            and len(inner.split()) <= _LONGEST_QUOTED_NAME
            and inner[-1:].isalnum()
        )

    def _is_body(self, sentence: Sentence, n: int) -> bool:
        return self.table.bodies.at(sentence.folded, n) is not None

    def _genitive_end(self, sentence: Sentence, n: int, head: int) -> int:
        """The end of a name that goes with a noun.

        At the end of a longer run after a role stands its bearer: "ministrul Apărării Ion Pop".
        """
        end = self._run_end(sentence, n)
        if self._is_body(sentence, head) or self._is_body(sentence, n) or end - n <= 2:
            return end
        return max(end - 2, n + 1) if not self.table.adjectives_first else end

    def _is_oblique(self, sentence: Sentence, n: int) -> bool:
        endings = self.table.oblique_endings
        if not endings or sentence.folded[n] in self.table.given_names:
            return False
        return sentence.folded[n].endswith(endings) or (
            sentence.tokens[n].text.isupper() and len(sentence.tokens[n].text) > 1
        )

    def _is_modifier(self, sentence: Sentence, n: int) -> bool:
        """Whether a small word can be an adjective or noun inside a phrase."""
        token = sentence.tokens[n]
        return (
            token.kind is TokenKind.WORD
            and not token.is_capitalised
            and not self._is_function_word(sentence, n)
            and self.table.verbs.at(sentence.folded, n) is None
        )

    def _is_function_word(self, sentence: Sentence, n: int) -> bool:
        return sentence.folded[n] in self.table.function_words

    # --- titles and appositions ---------------------------------------------------------------

    def _with_titles(self, sentence: Sentence, atoms: list[Mention]) -> list[Mention]:
        """Join nouns with the names they stand before: "ministrul Pop", "its chair, Jo Fox"."""
        joined: list[Mention] = []
        for mention in atoms:
            if mention.kind is MentionKind.NAME:
                mention = self._with_article(sentence, mention)
            if mention.kind is MentionKind.NAME and joined:
                joined = self._with_affiliation(sentence, joined, mention)
                title = self._title_before(sentence, joined, mention)
                if title is not None:
                    del joined[joined.index(title) :]
                    mention = replace(
                        mention,
                        start=title.start,
                        role=(title.start, title.last),
                        noun=title.noun,
                        gender=_surer(title, mention),
                    )
            if self.table.adjectives_first and mention.noun and mention.role is None:
                mention = self._premodified(sentence, joined, mention)
            joined.append(mention)
        return joined

    def _with_article(self, sentence: Sentence, name: Mention) -> Mention:
        before = name.start - 1
        if before >= 0 and sentence.folded[before] in self.table.determiners:
            return replace(name, start=before)
        return name

    def _with_affiliation(
        self, sentence: Sentence, joined: list[Mention], name: Mention
    ) -> list[Mention]:
        """Let a role keep the name after it where another follows: "directorul Alfa, Ion Pop"."""
        last = joined[-1]
        if last.role is None or self.table.adjectives_first or last.first < last.role[1]:
            return joined
        if sentence.folded[last.end : name.start] != (",",) or last.role[1] != last.first:
            return joined
        title = replace(last, kind=MentionKind.ROLE, first=last.start, role=None, last=last.end)
        return [*joined[:-1], title]

    def _title_before(
        self, sentence: Sentence, joined: list[Mention], name: Mention
    ) -> Mention | None:
        title = joined[-1]
        gap = sentence.folded[title.end : name.start]
        if not gap and self._is_acronym(sentence, name):
            return None
        if title.kind in (MentionKind.ROLE, MentionKind.ANONYMOUS) and gap in ((), (",",)):
            return title
        return title if title.kind is MentionKind.BODY and not gap else None

    def _is_acronym(self, sentence: Sentence, name: Mention) -> bool:
        return name.last - name.first == 1 and sentence.tokens[name.first].text.isupper()

    def _premodified(self, sentence: Sentence, joined: list[Mention], noun: Mention) -> Mention:
        """Take what stands before a noun into its phrase: "Russia's defence ministry"."""
        start = self._phrase_start(sentence, noun.start)
        while joined and joined[-1].end > start:
            joined.pop()
        return replace(noun, start=start, first=start)

    def _phrase_start(self, sentence: Sentence, noun: int) -> int:
        """Back over capitals, then over small words if they lead to an article or possessive."""
        start = noun
        while start and self._can_modify(sentence, start - 1):
            start -= 1
        for n in range(start - 1, max(noun - _LONGEST_PREMODIFIER, 0) - 1, -1):
            if sentence.folded[n] in self.table.determiners:
                return n
            if sentence.folded[n].endswith(("'s", "s'")):
                return self._phrase_start(sentence, n)
            if not (self._is_modifier(sentence, n) or self._capital_at(sentence, n)):
                return n + 1 if sentence.tokens[n].kind is TokenKind.MARK else start
        return start

    def _can_modify(self, sentence: Sentence, n: int) -> bool:
        return self._capital_at(sentence, n) and not self._is_function_word(sentence, n)

    def _with_appositions(self, sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
        """Join names with the role that follows them between commas: "Jo Fox, its chair"."""
        joined: list[Mention] = []
        for mention in mentions:
            before = joined[-1] if joined else None
            if before and self._is_apposition(sentence, before, mention):
                joined[-1] = replace(
                    before,
                    end=mention.end,
                    role=(mention.start, mention.last),
                    noun=mention.noun,
                    gender=_surer(mention, before),
                )
            else:
                joined.append(mention)
        return joined

    def _is_apposition(self, sentence: Sentence, name: Mention, noun: Mention) -> bool:
        return (
            name.kind is MentionKind.NAME
            and name.role is None
            and self.table.outlets.at(sentence.folded, name.first) is None
            and noun.kind in (MentionKind.ROLE, MentionKind.ANONYMOUS)
            and sentence.folded[name.end : noun.start] == (",",)
        )


def _surer(title: Mention, name: Mention) -> Gender | None:
    """The gender of a name with a title; a masculine title may be a woman's ("prefectul Ana")."""
    if title.gender is Gender.FEMALE:
        return title.gender
    return name.gender or title.gender


def proper_words(sentences: Iterable[Sentence], table: AttributionTable) -> frozenset[str]:
    """The words that stand with a capital inside a sentence, without their endings."""
    return frozenset(
        bare_name(token.folded, table.bare_endings)
        for sentence in sentences
        for token in sentence.tokens[1:]
        if token.is_capitalised
    )


def words_of(reading: ReadableText, sentence: Sentence, first: int, last: int) -> str:
    """Some tokens as they are printed, without combining marks."""
    return reading.text[sentence.tokens[first].start : sentence.tokens[last - 1].end]
