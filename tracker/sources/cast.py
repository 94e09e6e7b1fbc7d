"""Who appears in an article: every person and body under one name, with roles and gender."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracker.articles import ReadableText, ReadArticle, Sentence, TokenKind
from tracker.languages import AttributionTable, fold
from tracker.languages.attribution import Gender
from tracker.sources.mentions import Mention, MentionKind, Spotter, proper_words, words_of
from tracker.sources.names import bare_name, parts, same_name
from tracker.types import SourceDraft, SourceKind


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


def read_cast(article: ReadArticle, table: AttributionTable) -> Cast:
    """Gather the characters of an article."""
    spotter = Spotter(table, proper_words(article.sentences, table))
    mentions = [spotter.spot(sentence) for sentence in article.sentences]
    return _Casting(article, table, mentions).run()


class _Casting:
    """Full names first, so that a surname finds its bearer wherever it stands."""

    def __init__(
        self, article: ReadArticle, table: AttributionTable, mentions: list[list[Mention]]
    ) -> None:
        self.article, self.table, self.mentions = article, table, mentions
        self.people: dict[str, list[Character]] = {}
        self.bodies: dict[str, Character] = {}
        self.bearers: dict[tuple[int, int], Character] = {}

    def run(self) -> Cast:
        for wanted in (self._is_full_name, self._is_other):
            for sentence, mention in self._named():
                if wanted(mention):
                    self._cast(sentence, mention)
        return Cast(self.mentions, self.bearers)

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
            called = [c for c in self.people.get(self._key(name), []) if same_name(name, c.name)]
            if len(called) > 1:
                called = [c for c in called if c in self._met(sentence)] or called
            if called:
                return called[0] if len(called) == 1 else self._either(name)
        return self._by_name(name) or self._by_initials(name)

    def _met(self, sentence: Sentence) -> set[Character]:
        """Who was named by a full name up to a sentence."""
        return {who for (number, _), who in self.bearers.items() if number <= sentence.number}

    def _either(self, name: str) -> Character:
        """A surname that two people of the article bear stays unresolved."""
        return self.bodies.setdefault(fold(name), Character(name, SourceKind.UNRESOLVED))

    def _by_name(self, name: str) -> Character | None:
        return self.bodies.get(fold(name))

    def _key(self, name: str) -> str:
        return parts(name)[-1][:1]

    def _new(self, name: str, mention: Mention) -> Character:
        if self._is_person(mention) and self._sounds_personal(name, mention):
            character = Character(name, SourceKind.PERSON)
            self.people.setdefault(self._key(name), []).append(character)
        else:
            character = Character(name, SourceKind.ORGANISATION)
            self.bodies[fold(name)] = character
        return character

    def _sounds_personal(self, name: str, mention: Mention) -> bool:
        if mention.role is not None or mention.honorific:
            return mention.noun is None or mention.noun.lemma not in self.body_lemmas
        return len(parts(name)) > 1 and "&" not in name

    @property
    def body_lemmas(self) -> frozenset[str]:
        """The nouns that make the name after them a body's ("firma Alfa")."""
        return self.table.body_lemmas

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
        role = words_of(self.article.reading, sentence, *mention.role)
        if character.role is None:
            character.role = role
        body = body_within(self.article.reading, sentence, mention.role, self.table)
        if body is None or character.kind is not SourceKind.PERSON:
            return
        if body.lemma and not self._by_name(body.name):
            self.bodies[fold(body.name)] = Character(
                body.name, SourceKind.ORGANISATION, Gender.NEUTER, lemmas={body.lemma}
            )
        if character.speaks_for is None and (body.lemma or self._speaks(mention)):
            character.speaks_for = body.name

    def _speaks(self, mention: Mention) -> bool:
        """Whether a role is one that speaks for whatever name goes with it."""
        return mention.noun is not None and mention.noun.lemma in self.table.spokespeople


def is_named(sentence: Sentence, mention: Mention, table: AttributionTable) -> bool:
    """Whether a mention names somebody: a name, or a body with a name in its phrase."""
    if mention.kind is MentionKind.NAME:
        return True
    return mention.kind is MentionKind.BODY and any(
        sentence.tokens[n].is_capitalised
        for n in range(mention.first, mention.last)
        if n > 0 or (n != mention.head and sentence.folded[n] not in table.determiners)
    )


def base_name(
    reading: ReadableText, sentence: Sentence, mention: Mention, table: AttributionTable
) -> str:
    """A name without articles and case endings."""
    first = mention.first
    while first < mention.last - 1 and sentence.folded[first] in table.determiners:
        first += 1
    name = words_of(reading, sentence, first, mention.last)
    if mention.noun is not None and mention.role is None:
        return nominative(name, mention, table)
    return (
        bare_name(name, table.bare_endings)
        if mention.last - first == 1
        else _without_possessive(name)
    )


def nominative(name: str, mention: Mention, table: AttributionTable) -> str:
    """A noun phrase in the nominative: the noun's own base form in place of its first word."""
    noun = mention.noun
    first, space, rest = name.partition(" ")
    hit = noun and table.bodies.at([fold(first)], 0) or noun and table.roles.at([fold(first)], 0)
    if not noun or not hit or hit.value.lemma != noun.lemma or table.adjectives_first:
        return _without_possessive(name)
    base = noun.base if first[0].islower() else noun.base[0].upper() + noun.base[1:]
    return base + space + rest


@dataclass(frozen=True, slots=True)
class Body:
    """A body named in a role, with its noun's lemma where it has one."""

    name: str
    lemma: str | None


def body_within(
    reading: ReadableText, sentence: Sentence, stretch: tuple[int, int], table: AttributionTable
) -> Body | None:
    """The body in a role phrase: "Kremlin spokesman", "directorul Fondului de Investiții"."""
    first, last = stretch
    titles = table.roles.find(sentence.folded[first:last])
    own = {first + n for hit in titles for n in range(hit.first, hit.last)}
    start = next(
        (n for n in range(first, last) if n not in own and _names(sentence, n, table)), last
    )
    end = start
    while end < last and end not in own and _goes_on(sentence, end, table):
        end += 1
    if start == end:
        return None
    hit = next(
        (h for n in range(end - 1, start - 1, -1) if (h := table.bodies.at(sentence.folded, n))),
        None,
    )
    noun = hit.value if hit else None
    kind = MentionKind.BODY if noun else MentionKind.NAME
    mention = Mention(kind, start, end, start, end, noun=noun)
    return Body(base_name(reading, sentence, mention, table), noun.lemma if noun else None)


def _names(sentence: Sentence, n: int, table: AttributionTable) -> bool:
    token = sentence.tokens[n]
    return token.is_capitalised and (
        sentence.folded[n] not in table.function_words or token.text[1:].isupper()
    )


def _goes_on(sentence: Sentence, n: int, table: AttributionTable) -> bool:
    token = sentence.tokens[n]
    if token.text.endswith(("'s", "’s")):
        return True
    return (
        token.is_capitalised
        or sentence.folded[n] in table.complements
        or token.kind is TokenKind.QUOTE
    )


def _without_possessive(name: str) -> str:
    for ending in ("'s", "’s", "s'", "s’"):
        if name.endswith(ending):
            return name[: -len(ending)] + ("s" if ending[0] == "s" else "")
    return name
