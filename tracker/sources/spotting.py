"""Finds who is spoken of in a sentence: names, nouns and pronouns, then what belongs together."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.articles import Sentence, TokenKind, is_any
from tracker.languages import AttributionTable
from tracker.languages.nouns import Gender, Noun
from tracker.sources.joining import with_appositions, with_titles
from tracker.sources.mentions import Mention, MentionKind
from tracker.sources.names import bare_name
from tracker.sources.phrases import Phrases


def spot(sentence: Sentence, table: AttributionTable, proper: frozenset[str]) -> list[Mention]:
    """The mentions of a sentence in order, none overlapping another.

    ``proper`` holds the words that the article writes with a capital inside a sentence.
    """
    phrases = Phrases(sentence, table)
    atoms = _Spotter(phrases, proper).atoms()
    return with_appositions(phrases, with_titles(phrases, atoms))


def proper_words(sentences: Iterable[Sentence], table: AttributionTable) -> frozenset[str]:
    """The words that stand with a capital inside a sentence, without their endings."""
    return frozenset(
        bare_name(token.folded, table.bare_endings)
        for sentence in sentences
        for token in sentence.tokens[1:]
        if token.is_capitalised
    )


@dataclass(frozen=True)
class _Spotter:
    """Finds single mentions."""

    phrases: Phrases
    proper: frozenset[str]

    def atoms(self) -> list[Mention]:
        """Single mentions in order, none overlapping another."""
        atoms: list[Mention] = []
        position = self.phrases.sentence.dateline_end
        while position < len(self.phrases.sentence.tokens):
            found = self._at(position)
            if found is not None:
                atoms.append(found)
            position = found.last if found else position + 1
        return atoms

    def _at(self, n: int) -> Mention | None:
        if self.phrases.sentence.tokens[n].kind is not TokenKind.WORD:
            return None
        return self._anonymous(n) or self._noun(n) or self._pronoun(n) or self._name(n)

    def _anonymous(self, n: int) -> Mention | None:
        article = self.phrases.table.articles.at(self.phrases.sentence.folded, n)
        if article is None and not self._is_unnamed(n):
            return None
        start = article.last if article else n
        for noun_at in range(start, min(start + 3, len(self.phrases.sentence.tokens))):
            noun = self.phrases.table.anonymous.at(self.phrases.sentence.folded, noun_at)
            if noun:
                end = self.phrases.complement_end(noun.last)
                return Mention(MentionKind.ANONYMOUS, n, end, n, end)
            if not self.phrases.is_modifier(noun_at):
                return None
        return None

    def _is_unnamed(self, n: int) -> bool:
        """Whether a noun without an article names nobody: sources, or who asks not to be named."""
        if self.phrases.sentence.folded[n] in self.phrases.table.unnamed:
            return True
        return self.phrases.table.anonymous.at(
            self.phrases.sentence.folded, n
        ) is not None and bool(self.phrases.table.anonymity.find(self.phrases.sentence.folded))

    def _pronoun(self, n: int) -> Mention | None:
        hit = self.phrases.table.pronouns.at(self.phrases.sentence.folded, n)
        if hit is None or self._governs_name(n, hit.last):
            return None
        return Mention(MentionKind.PRONOUN, n, hit.last, n, hit.last, gender=hit.value)

    def _governs_name(self, n: int, end: int) -> bool:
        """Whether what may be a pronoun is the case of a name here: "potrivit lui Ion Pop"."""
        governs = self.phrases.sentence.folded[n] in self.phrases.table.genitives
        return governs and self.phrases.capital_at(end)

    def _noun(self, n: int) -> Mention | None:
        role = self.phrases.table.roles.at(self.phrases.sentence.folded, n)
        body = self.phrases.table.bodies.at(self.phrases.sentence.folded, n)
        hit = role if role and not (body and body.last > role.last) else body
        if hit is None or (hit is body and self._leads_name(n)):
            return None
        kind = MentionKind.ROLE if hit is role else MentionKind.BODY
        takes_names = kind is MentionKind.BODY and not self.phrases.table.adjectives_first
        end = self.phrases.complement_end(hit.last, takes_names=takes_names)
        return Mention(kind, n, end, n, end, hit.value.gender, hit.value, head=n)

    def _leads_name(self, n: int) -> bool:
        """Whether a body's noun is only the first word of its name: "Rail Safety Board"."""
        return (
            self.phrases.table.adjectives_first
            and self.phrases.capital_at(n)
            and self.phrases.capital_at(n + 1)
            and not self.phrases.starts_noun(n + 1)
        )

    def _name(self, n: int) -> Mention | None:
        if not self._can_be_name(n):
            return None
        end = self.phrases.run_end(n)
        body = self._body_in(n, end)
        if body is not None:
            end = self.phrases.complement_end(end)
            return Mention(MentionKind.NAME, n, end, n, end, noun=body)
        gender = self.phrases.table.honorifics.get(self.phrases.sentence.folded[n])
        if gender is None:
            return Mention(MentionKind.NAME, n, end, n, end, gender=self._gender(n))
        return self._with_honorific(n, gender)

    def _with_honorific(self, n: int, gender: Gender) -> Mention | None:
        """Mr. Hale; None where no name follows."""
        first = n + 1 + is_any(self.phrases.sentence, n + 1, (".",))
        if not self.phrases.capital_at(first):
            return None
        end = self.phrases.run_end(first)
        return Mention(MentionKind.NAME, first, end, n, end, gender=gender, honorific=True)

    def _can_be_name(self, n: int) -> bool:
        token = self.phrases.sentence.tokens[n]
        if not token.is_capitalised or token.folded in self.phrases.table.time_words:
            return token.folded in self.phrases.table.honorifics and self.phrases.capital_at(n + 1)
        if n and self.phrases.sentence.tokens[n - 1].kind is TokenKind.WORD:
            return True
        if self.phrases.is_function_word(n):
            return False
        return self.phrases.capital_at(n + 1) or self._is_proper(n)

    def _is_initial(self, n: int) -> bool:
        return is_any(self.phrases.sentence, n + 1, (".",)) and (
            n + 2 < len(self.phrases.sentence.tokens)
        )

    def _is_proper(self, n: int) -> bool:
        """Whether a capital at the start of a sentence is more than that."""
        token = self.phrases.sentence.tokens[n]
        if not token.text[1:].islower() and (len(token.text) > 1 or self._is_initial(n)):
            return True
        if bare_name(token.folded, self.phrases.table.bare_endings) in self.proper:
            return True
        if is_any(self.phrases.sentence, n + 1, (",",)):
            return is_any(
                self.phrases.sentence,
                n + 2,
                self.phrases.table.relatives | self.phrases.table.determiners,
            ) or (self.phrases.starts_noun(n + 2))
        ahead = range(n + 1, min(n + 4, len(self.phrases.sentence.tokens)))
        return any(
            self.phrases.table.verbs.at(self.phrases.sentence.folded, k) is not None for k in ahead
        )

    def _body_in(self, first: int, last: int) -> Noun | None:
        for n in range(last - 1, first - 1, -1):
            hit = self.phrases.table.bodies.at(self.phrases.sentence.folded, n)
            if hit is not None:
                return hit.value
        return None

    def _gender(self, n: int) -> Gender | None:
        given = self.phrases.sentence.folded[n]
        known = self.phrases.table.given_names.get(given)
        if known is not None or not self.phrases.table.feminine_endings:
            return known
        feminine = given.endswith(self.phrases.table.feminine_endings)
        return Gender.FEMALE if feminine else Gender.MALE
