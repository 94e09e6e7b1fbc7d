"""Who appears in an article: every person and body under one name, with roles and gender."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tracker.articles import ReadArticle, Sentence, is_any
from tracker.languages import AttributionTable, fold
from tracker.languages.nouns import Gender
from tracker.sources.mentions import Mention, MentionKind, words_of
from tracker.sources.names import parts, same_name, surnames
from tracker.sources.naming import base_name, body_within, is_named, nominative, office_of
from tracker.sources.spotting import proper_words, spot
from tracker.types import SourceDraft, SourceKind

_VOICE_REACH = 2
"""Sentences back in which the body is named for which somebody speaks."""


@dataclass(eq=False)
class Character:
    """A person or body of the article; grows while the article is read."""

    name: str
    kind: SourceKind
    gender: Gender | None = None
    aliases: list[str] = field(default_factory=list)
    lemmas: set[str] = field(default_factory=set)
    """The role nouns or body nouns used of it."""
    role: str | None = None
    speaks_for: str | None = None

    def draft(self) -> SourceDraft:
        """The character as a source."""
        aliases = tuple(dict.fromkeys(a for a in self.aliases if a != self.name))
        return SourceDraft(
            name=self.name,
            kind=self.kind,
            aliases=aliases,
            role=self.role,
            speaks_for=self.speaks_for,
        )


@dataclass(frozen=True)
class Cast:
    """The characters of an article and the mentions that stand for them."""

    mentions: Sequence[Sequence[Mention]]
    """By sentence."""
    bearers: Mapping[tuple[int, int], Character]
    """Who is meant by a name, by sentence and first token."""
    proper: frozenset[str]
    """The words that the article writes with a capital inside a sentence."""


def no_cast(article: ReadArticle, table: AttributionTable) -> Cast:
    """Nobody known before; where no table tells names from words that open a sentence."""
    return Cast([[] for _ in article.sentences], {}, proper_words(article.sentences, table))


def read_cast(article: ReadArticle, table: AttributionTable) -> Cast:
    """Gather the characters of an article."""
    proper = proper_words(article.sentences, table)
    mentions = [spot(sentence, table, proper) for sentence in article.sentences]
    casting = _Casting(article, table, mentions)
    casting.run()
    return Cast(mentions, casting.bearers, proper)


class _Casting:
    """Full names first, so that a surname finds its bearer wherever it stands."""

    def __init__(
        self, article: ReadArticle, table: AttributionTable, mentions: list[list[Mention]]
    ) -> None:
        self.article, self.table, self.mentions = article, table, mentions
        self.people: dict[str, list[Character]] = {}
        self.bodies: dict[str, Character] = {}
        self.bearers: dict[tuple[int, int], Character] = {}
        self.voices: list[tuple[int, int, Character]] = []

    def run(self) -> None:
        for wanted in (self._is_full_name, self._is_other):
            for sentence, mention in self._named():
                if wanted(mention):
                    self._cast(sentence, mention)
        self._lend_voices()

    def _named(self) -> list[tuple[Sentence, Mention]]:
        return [
            (sentence, mention)
            for sentence, mentions in zip(self.article.sentences, self.mentions, strict=True)
            for mention in mentions
            if is_named(sentence, mention, self.table)
        ]

    def _is_full_name(self, mention: Mention) -> bool:
        return self._is_person(mention) and mention.last - mention.first > 1

    def _is_other(self, mention: Mention) -> bool:
        return not self._is_full_name(mention)

    def _is_person(self, mention: Mention) -> bool:
        if mention.kind is not MentionKind.NAME:
            return False
        return mention.role is not None or mention.noun is None

    # --- one mention --------------------------------------------------------------------------

    def _cast(self, sentence: Sentence, mention: Mention) -> None:
        name = self._name(sentence, mention)
        if not parts(name):
            return
        character = self._find(name, sentence, mention) or self._new(name, mention)
        self.bearers[sentence.number, mention.first] = character
        if name not in character.aliases:
            character.aliases.append(name)
        if len(parts(name)) > len(parts(character.name)):
            character.name = name
        character.gender = self._surer_gender(character, mention)
        self._give_role(character, sentence, mention)

    def _name(self, sentence: Sentence, mention: Mention) -> str:
        return base_name(self.article.reading, sentence, mention, self.table)

    def _find(self, name: str, sentence: Sentence, mention: Mention) -> Character | None:
        if self._is_person(mention):
            called = [c for c in self._of_surname(name) if same_name(name, c.name)]
            if len(called) > 1:
                called = [c for c in called if c in self._met(sentence)] or called
            if called:
                return called[0] if len(called) == 1 else self._either(name)
        return self._by_name(name) or self._by_given_name(name) or self._by_initials(name)

    def _of_surname(self, name: str) -> list[Character]:
        """The people with this surname or, of a double one, with a half of it."""
        return list(
            dict.fromkeys(who for each in surnames(name) for who in self.people.get(each, []))
        )

    def _by_given_name(self, name: str) -> Character | None:
        """The only person who is called so by a given name."""
        if len(parts(name)) != 1:
            return None
        called = {
            who
            for people in self.people.values()
            for who in people
            if parts(who.name)[:1] == parts(name) and len(parts(who.name)) > 1
        }
        return called.pop() if len(called) == 1 else None

    def _met(self, sentence: Sentence) -> set[Character]:
        """Who was named by a full name up to a sentence."""
        return {who for (number, _), who in self.bearers.items() if number <= sentence.number}

    def _either(self, name: str) -> Character:
        """A surname that two people of the article bear stays unresolved."""
        return self.bodies.setdefault(fold(name), Character(name, SourceKind.UNRESOLVED))

    def _by_name(self, name: str) -> Character | None:
        return self.bodies.get(fold(name))

    def _new(self, name: str, mention: Mention) -> Character:
        if self._is_person(mention) and self._sounds_personal(name, mention):
            character = Character(name, SourceKind.PERSON)
            for surname in surnames(name):
                self.people.setdefault(surname, []).append(character)
        else:
            character = Character(name, SourceKind.ORGANISATION)
            self.bodies[fold(name)] = character
        return character

    def _sounds_personal(self, name: str, mention: Mention) -> bool:
        if mention.role is not None or mention.honorific:
            return mention.noun is None or mention.noun.lemma not in self.table.body_lemmas
        return len(parts(name)) > 1 and "&" not in name and self._is_free(name)

    @cached_property
    def _free(self) -> frozenset[str]:
        """The names that no preposition governs at least once."""
        return frozenset(
            fold(self._name(sentence, mention))
            for sentence, mention in self._named()
            if not is_any(sentence, mention.start - 1, self.table.genitives)
        )

    def _is_free(self, name: str) -> bool:
        """Whether a name is a person's by its given name, or stands free of prepositions once."""
        return parts(name)[0] in self.table.given_names or fold(name) in self._free

    def _by_initials(self, name: str) -> Character | None:
        if not (name.isupper() and 2 <= len(name) <= 6):
            return None
        for folded, body in self.bodies.items():
            initials = "".join(word[0] for word in parts(folded) if len(word) > 2)
            if initials == fold(name):
                return body
        return None

    def _surer_gender(self, character: Character, mention: Mention) -> Gender | None:
        if character.kind is SourceKind.ORGANISATION:
            return Gender.NEUTER
        told = mention.honorific or mention.gender is Gender.FEMALE
        return mention.gender if told and mention.gender else character.gender or mention.gender

    def _give_role(self, character: Character, sentence: Sentence, mention: Mention) -> None:
        if mention.noun is not None:
            character.lemmas.add(mention.noun.lemma)
        if mention.role is None:
            return
        if character.role is None and mention.noun is not None:
            role = words_of(self.article.reading, sentence, *mention.role)
            character.role = nominative(role, mention.noun)
        if character.kind is SourceKind.PERSON and mention.noun is not None:
            self._give_body(character, sentence, mention, mention.noun.lemma)

    def _give_body(
        self, character: Character, sentence: Sentence, mention: Mention, lemma: str
    ) -> None:
        """Note the body in a role: it belongs to the cast, and the bearer may speak for it."""
        assert mention.role is not None
        body = body_within(self.article.reading, sentence, mention.role, self.table)
        if body is not None and body.lemma and not self._by_name(body.name):
            self.bodies[fold(body.name)] = Character(
                body.name, SourceKind.ORGANISATION, Gender.NEUTER, lemmas={body.lemma}
            )
        if character.speaks_for is None and character.role is not None:
            office = office_of(character.role, lemma, self.table)
            leads = lemma in self.table.spokespeople | self.table.heads
            character.speaks_for = body.name if body is not None and leads else office
        if body is None and lemma in self.table.spokespeople:
            self.voices.append((sentence.number, mention.first, character))

    def _lend_voices(self) -> None:
        """Let a spokesperson of "the company" speak for the body named last before."""
        bodies = sorted(
            (place, who.name)
            for place, who in self.bearers.items()
            if who.kind is SourceKind.ORGANISATION
        )
        for number, first, character in self.voices:
            before = bisect_left(bodies, ((number, first), ""))
            place, name = bodies[before - 1] if before else ((-_VOICE_REACH - 1, 0), "")
            if character.speaks_for is None and number - place[0] <= _VOICE_REACH:
                character.speaks_for = name
