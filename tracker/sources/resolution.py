"""From a mention to the source it stands for, within one article.

Names are looked up. For whatever else stands for somebody, rules give a first answer (recency and
gender, speakers before others, after Hobbs 1978 and the centering literature), which is then
weighed against all others by what was learnt (``tracker.sources.antecedents``).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from tracker.articles import ReadArticle, Sentence
from tracker.languages import AttributionTable, fold
from tracker.languages.nouns import Gender
from tracker.sources.antecedents import (
    Features,
    History,
    Question,
    learnt_ranking,
    trails,
)
from tracker.sources.cast import Cast, Character
from tracker.sources.mentions import Mention, MentionKind, words_of
from tracker.sources.names import parts, same_name
from tracker.sources.naming import (
    base_name,
    body_within,
    common_body_within,
    is_article,
    is_indefinite,
)
from tracker.types import SourceDraft, SourceKind

_STEM = 5
"""Letters in which two forms of a noun agree."""
_MEMORY = 300
"""How many mentions back the bearer of a role or the body meant may have been named."""
_NEAR = 6
"""How many characters back the body may have been named for which "a spokesman" speaks."""
_REACH = 4
"""How many sentences back a pronoun may look for its bearer."""
_WEIGHED = frozenset((MentionKind.PRONOUN, MentionKind.ROLE, MentionKind.OTHER))
"""Mentions for which weighing beats the rules on our held-out articles; for bodies it does not."""
_AHEAD = 1
"""How many sentences on somebody may be named who is meant already: "He lost. Ion Pop, 40, …"."""
_LIKELY = 0.6
"""Least probability with which somebody is named; on our held-out articles 461 of 619 answers are
right and 63 wrong with it, 463 and 99 without."""


class Chooser(Protocol):
    """Says which of several candidates is meant."""

    def __call__(
        self, kind: str, candidates: Sequence[Character | None], features: Sequence[Features]
    ) -> int:
        """The number of one of the candidates, of which the last is nobody known so far."""


def likeliest(
    kind: str, candidates: Sequence[Character | None], features: Sequence[Features]
) -> int:
    """The one with the highest probability, unless that is too low to name anybody."""
    chances = learnt_ranking().chances(kind, features)
    best = max(range(len(chances)), key=chances.__getitem__)
    return best if chances[best] >= _LIKELY else len(candidates) - 1


class Resolver:
    """Says who speaks; asked claim by claim in the order of the text, it remembers the speakers."""

    def __init__(
        self,
        article: ReadArticle,
        cast: Cast,
        table: AttributionTable,
        contents: Sequence[tuple[int, int]] = (),
        choose: Chooser = likeliest,
    ) -> None:
        """``contents`` are the stretches of the readable text that are reported by anybody."""
        self._article, self._cast, self._table = article, cast, table
        self._choose = choose
        self._spoken: dict[int, list[Character]] = {}
        self._named = Counter(cast.bearers.values())
        self._turns: Counter[Character] = Counter()
        self._heard: dict[Character, int] = {}
        self._last: Character | None = None
        self._is_lost = False
        self._own: dict[str, Character] = {}
        self._places = sorted(cast.bearers)
        self._by_name = {fold(bearer.name): bearer for bearer in cast.bearers.values()}
        self._trails = trails(article, cast, table, contents, self._is_oblique)

    def resolve(
        self, sentence: Sentence, mention: Mention | None, content: Sequence[tuple[int, int]] = ()
    ) -> SourceDraft | None:
        """The source of a mention; whoever goes on speaking where the subject is dropped.

        ``content`` is what is said. None where nobody can be meant.
        """
        speaker = self._speaker(sentence, mention, content)
        if speaker is None:
            return self._unresolved(sentence, mention) if mention else None
        self._spoken.setdefault(sentence.number, []).append(speaker)
        self._turns[speaker] += 1
        self._heard[speaker] = sentence.number
        self._last, self._is_lost = speaker, False
        return speaker.draft()

    def _speaker(
        self, sentence: Sentence, mention: Mention | None, content: Sequence[tuple[int, int]]
    ) -> Character | None:
        if mention is None:
            return self._weighed(sentence, None, self._going_on(sentence), content)
        named = self._cast.bearers.get((sentence.number, mention.first))
        if named is not None and named.kind is SourceKind.UNRESOLVED:
            alike = [c for c in self._possible(sentence) if same_name(named.name, c.name)]
            people = [c for c in alike if c.kind is SourceKind.PERSON]
            return self._weighed(sentence, mention, None, content, people) or named
        if named is not None:
            return named
        known = set(self._own)
        ruled = self._bearer(sentence, mention)
        if mention.kind not in _WEIGHED or self._is_spokesperson(mention):
            return ruled
        made = next((self._own.pop(name) for name in set(self._own) - known), None)
        chosen = self._weighed(sentence, mention, None if ruled is made else ruled, content)
        if chosen is None and made is not None:
            self._own[fold(made.name)] = made
            return made
        return chosen

    def _is_spokesperson(self, mention: Mention) -> bool:
        return mention.noun is not None and mention.noun.lemma in self._table.spokespeople

    def _going_on(self, sentence: Sentence) -> Character | None:
        """Whom a dropped subject takes up."""
        if self._is_lost:
            return None
        return self._nearest(sentence, 0, lambda _: True) or self._last

    def _unresolved(self, sentence: Sentence, mention: Mention) -> SourceDraft:
        self._is_lost = True  # nobody known may take up the words of somebody unknown
        return SourceDraft(name=self._words(sentence, mention), kind=SourceKind.UNRESOLVED)

    def _weighed(
        self,
        sentence: Sentence,
        mention: Mention | None,
        ruled: Character | None,
        content: Sequence[tuple[int, int]],
        candidates: list[Character] | None = None,
    ) -> Character | None:
        """The likeliest character for a mention, of some or of all; None if it is nobody known."""
        asked = Question(self._article, sentence, mention, ruled, content, self._table)
        candidates = self._possible(sentence) if candidates is None else candidates
        features = asked.candidates(candidates, self._trails, self._history)
        features.append(asked.features_of_nobody(is_lost=self._is_lost))
        number = self._choose(asked.kind, [*candidates, None], features)
        return candidates[number] if number < len(candidates) else None

    def _possible(self, sentence: Sentence) -> list[Character]:
        """Everybody who can be meant: those named or heard so far, and those named soon."""
        end = bisect_left(self._places, (sentence.number + _AHEAD + 1, 0))
        near = self._places[max(end - _MEMORY, 0) : end]
        named = (self._cast.bearers[place] for place in reversed(near))
        everybody = dict.fromkeys([*named, *self._own.values()])
        return [who for who in everybody if not self._is_one_of_two(who, sentence)]

    def _is_one_of_two(self, who: Character, sentence: Sentence) -> bool:
        """Whether somebody has only been named beside another: "A and B left. He said …"."""
        trail = self._trails.get(who, ())
        if self._turns[who] or not trail or trail[0].sentence > sentence.number:
            return False
        return all(trace.is_paired for trace in trail if trace.sentence <= sentence.number)

    def _history(self, character: Character) -> History:
        """When somebody has spoken."""
        turns = self._turns[character]
        return History(self._heard.get(character), turns, character is self._last)

    def _bearer(self, sentence: Sentence, mention: Mention) -> Character | None:
        match mention.kind:
            case MentionKind.PRONOUN:
                return self._of_pronoun(sentence, mention)
            case MentionKind.ROLE:
                return self._of_role(sentence, mention)
            case MentionKind.OTHER:
                return self._of_description(sentence, mention)
            case MentionKind.ANONYMOUS:
                return self._new(sentence, mention, SourceKind.ANONYMOUS)
            case MentionKind.NAME if mention.noun is None or mention.role is not None:
                return self._of_name(sentence, mention)
            case _:
                return self._of_body(sentence, mention)

    # --- pronouns -----------------------------------------------------------------------------

    def _of_pronoun(self, sentence: Sentence, mention: Mention) -> Character | None:
        return self._nearest(sentence, mention.start, lambda c: _fits(c, mention.gender))

    def _nearest(
        self, sentence: Sentence, start: int, fits: Callable[[Character], bool]
    ) -> Character | None:
        """The one fitting character in the nearest sentence that has any, speakers first."""
        for number in range(sentence.number, max(sentence.number - _REACH, 0) - 1, -1):
            limit = start if number == sentence.number else None
            spoken = [c for c in reversed(self._spoken.get(number, [])) if fits(c)]
            if spoken:
                return spoken[0]
            nearby = list(dict.fromkeys(filter(fits, self._subjects(number, limit))))
            if nearby:
                return nearby[0] if len(nearby) == 1 else self._likeliest(nearby, fits)
        return None

    def _likeliest(
        self, nearby: Sequence[Character], fits: Callable[[Character], bool]
    ) -> Character | None:
        """Of several, the one whose gender is known if it is one, else whoever spoke last."""
        known = [c for c in nearby if c.gender is not None]
        if len(known) == 1:
            return known[0]
        return self._last if self._last is not None and fits(self._last) else None

    def _subjects(self, number: int, limit: int | None) -> Iterator[Character]:
        """Those named in a sentence who are not governed by a preposition."""
        sentence = self._article.sentences[number]
        for mention in self._cast.mentions[number]:
            bearer = self._cast.bearers.get((number, mention.first))
            ahead = limit is not None and mention.start >= limit
            ahead = ahead or mention.start < sentence.dateline_end
            if bearer is not None and not ahead and not self._is_oblique(sentence, mention):
                yield bearer

    def _is_oblique(self, sentence: Sentence, mention: Mention) -> bool:
        before = sentence.folded[mention.start - 1] if mention.start else ""
        last = sentence.folded[mention.last - 1]
        return before in self._table.genitives or last.endswith(self._table.possessive_endings)

    # --- names --------------------------------------------------------------------------------

    def _of_name(self, sentence: Sentence, mention: Mention) -> Character:
        """Whoever is called so, by surname, given name or initials; else somebody new."""
        name = base_name(self._article.reading, sentence, mention, self._table)
        known = (*self._recent(sentence), *self._own.values())
        people = [c for c in known if c.kind is not SourceKind.ORGANISATION]
        for fits in (_is_initials, same_name, _is_given_name):
            called = [c for c in people if fits(name, c.name)]
            if called:
                return called[0]
        given = sentence.folded[mention.first] in self._table.given_names
        is_person = given or mention.role is not None or (len(parts(name)) > 1 and "&" not in name)
        return self._new_named(name, SourceKind.PERSON if is_person else SourceKind.ORGANISATION)

    # --- nouns --------------------------------------------------------------------------------

    def _of_role(self, sentence: Sentence, mention: Mention) -> Character | None:
        lemma = mention.noun.lemma if mention.noun else ""
        unnamed = self._unnamed(sentence, mention)
        if unnamed is not None:
            return unnamed
        if is_indefinite(sentence, mention, self._table):
            if lemma in self._table.spokespeople:
                return self._last_body(sentence)
            return self._somebody(sentence, mention, lemma)
        bearers = [c for c in (*self._recent(sentence), *self._own.values()) if lemma in c.lemmas]
        bearers = [c for c in bearers if _fits(c, mention.gender)] or bearers
        described = self._described(sentence, mention)
        if described:
            bearers = [c for c in bearers if _may_bear(c, described)]
        if bearers:
            return self._closest(sentence, mention, bearers)
        if lemma in self._table.spokespeople:
            return self._last_body(sentence)
        if described and self._names_another(sentence, mention):
            return self._new(sentence, mention, SourceKind.UNRESOLVED)
        return self._nearest(
            sentence, mention.start, lambda c: self._can_be(c, lemma, mention.gender)
        )

    def _names_another(self, sentence: Sentence, mention: Mention) -> bool:
        """Whether a name in a role shows that it is nobody's known so far: "premierul Italiei"."""
        words = sentence.tokens[mention.first + 1 : mention.last]
        return any(token.is_capitalised for token in words)

    def _described(self, sentence: Sentence, mention: Mention) -> frozenset[str]:
        """The words by which a role is told from others of its kind, by their first letters."""
        skipped = self._table.function_words | self._table.complements
        words = (w for w in sentence.folded[mention.first : mention.last] if w not in skipped)
        own = fold(mention.noun.base).split() if mention.noun else []
        stems = {word[:_STEM] for word in own}
        return frozenset(word[:_STEM] for word in words if word[:_STEM] not in stems)

    def _closest(self, sentence: Sentence, mention: Mention, bearers: list[Character]) -> Character:
        """Of several bearers of a role, the one whose role has most words of this mention."""
        words = set(fold(self._words(sentence, mention)).split())
        return max(bearers, key=lambda c: len(words & set(fold(c.role or "").split())))

    def _can_be(self, character: Character, lemma: str, gender: Gender | None) -> bool:
        """Whether somebody of whom no other role is known can bear this one."""
        known = character.lemmas - self._table.generic_roles
        if known and lemma not in self._table.generic_roles:
            return False
        return character.kind is not SourceKind.ORGANISATION and (
            gender is not Gender.FEMALE or character.gender in (None, gender)
        )

    def _unnamed(self, sentence: Sentence, mention: Mention) -> Character | None:
        """A spokesperson without a name stands for the body."""
        if not self._is_spokesperson(mention):
            return None
        stretch = (mention.start, mention.last)
        body = body_within(self._article.reading, sentence, stretch, self._table)
        if body is not None:
            return self._new_named(body.name, SourceKind.ORGANISATION)
        common = common_body_within(sentence, mention, self._table)
        return self._of_body(sentence, common) if common is not None else None

    def _last_body(self, sentence: Sentence) -> Character | None:
        """The body named last, for which "a spokesman" speaks."""
        recent = self._recent(sentence)[:_NEAR]
        return next((c for c in recent if c.kind is SourceKind.ORGANISATION), None)

    def _of_description(self, sentence: Sentence, mention: Mention) -> Character:
        """Somebody in whose role the noun stands; else the words themselves are the name."""
        kind = SourceKind.UNRESOLVED
        if is_indefinite(sentence, mention, self._table):
            kind = SourceKind.ANONYMOUS
        else:
            stem = self._head(sentence, mention)[:_STEM]
            for character in self._recent(sentence):
                words = fold(character.role or "").split()
                if len(stem) == _STEM and any(word.startswith(stem) for word in words):
                    return character
        return self._new(sentence, mention, kind)

    def _head(self, sentence: Sentence, mention: Mention) -> str:
        """The noun of a description, folded: its first word, or the last before "of"."""
        words = sentence.folded[mention.first : mention.last]
        if not self._table.adjectives_first:
            return words[0]
        ends = (n for n, word in enumerate(words) if n and word in self._table.genitives)
        return words[next(ends, len(words)) - 1]

    def _somebody(self, sentence: Sentence, mention: Mention, lemma: str) -> Character:
        """Somebody without a name: "a nurse", "un medic din secție"."""
        first = mention.first
        while first < mention.last - 1 and is_article(sentence, first, self._table):
            first += 1
        name = words_of(self._article.reading, sentence, first, mention.last)
        somebody = self._new_named(name, SourceKind.ANONYMOUS)
        somebody.lemmas.add(lemma)
        return somebody

    def _of_body(self, sentence: Sentence, mention: Mention) -> Character | None:
        lemma = mention.noun.lemma if mention.noun else ""
        is_bare = mention.last - mention.first == 1
        if is_indefinite(sentence, mention, self._table):
            known = None
        elif lemma in self._table.hypernyms:
            known = self._of_hypernym(sentence, lemma) or self._named_with(sentence, mention)
        else:
            known = self._named_with(sentence, mention) if is_bare else None
        return known or self._new(sentence, mention, SourceKind.ORGANISATION)

    def _named_with(self, sentence: Sentence, mention: Mention) -> Character | None:
        """The body named last whose own noun it is: "the council" for "Orsay Council"."""
        if mention.noun is None:
            return None
        noun = fold(mention.noun.base)
        bodies = [c for c in self._recent(sentence) if c.kind is SourceKind.ORGANISATION]
        return next(
            (c for c in bodies if mention.noun.lemma in c.lemmas or noun in parts(c.name)), None
        )

    def _of_hypernym(self, sentence: Sentence, lemma: str) -> Character | None:
        """The body that a general noun stands for: the last one called so, or the main company."""
        recent = self._recent(sentence)
        if lemma not in self._table.companies:
            covered = self._table.hypernyms[lemma] | {lemma}
            return next((c for c in recent if covered & c.lemmas), None)
        called = [c for c in recent if lemma in c.lemmas]
        if called:
            return called[0]
        covered = self._table.hypernyms[lemma]
        possible = [c for c in recent if covered & c.lemmas or _is_unlabelled(c)]
        counted = {c: self._named[c] + self._turns[c] for c in possible}
        possible.sort(key=lambda c: -counted[c])
        clear = len(possible) == 1 or (
            len(possible) > 1 and counted[possible[0]] > counted[possible[1]]
        )
        return possible[0] if clear else None

    def _recent(self, sentence: Sentence) -> list[Character]:
        """Those named last up to a sentence, the latest first."""
        end = bisect_left(self._places, (sentence.number + 1, 0))
        near = self._places[max(end - _MEMORY, 0) : end]
        return list(dict.fromkeys(self._cast.bearers[place] for place in reversed(near)))

    def _new(self, sentence: Sentence, mention: Mention, kind: SourceKind) -> Character:
        name = base_name(self._article.reading, sentence, mention, self._table)
        return self._new_named(name, kind)

    def _new_named(self, name: str, kind: SourceKind) -> Character:
        known = self._by_name.get(fold(name))
        return known or self._own.setdefault(fold(name), Character(name, kind))

    def _words(self, sentence: Sentence, mention: Mention) -> str:
        return words_of(self._article.reading, sentence, mention.first, mention.last)


def _fits(character: Character, gender: Gender | None) -> bool:
    """Whether a pronoun or noun of this gender can mean a character."""
    if gender is None:
        return character.kind is SourceKind.PERSON
    if gender is Gender.NEUTER:
        return character.kind is SourceKind.ORGANISATION
    if gender is Gender.PLURAL:
        return character.kind is SourceKind.ORGANISATION
    return character.kind is not SourceKind.ORGANISATION and character.gender in (None, gender)


def _is_unlabelled(character: Character) -> bool:
    """Whether a body is known by nothing but its name."""
    return character.kind is SourceKind.ORGANISATION and not character.lemmas


def _is_given_name(name: str, full: str) -> bool:
    """Whether a single word is the first one of somebody's name."""
    return parts(name) == parts(full)[:1] and len(parts(full)) > 1


def _is_initials(name: str, full: str) -> bool:
    """Whether a name in a transcript is somebody's initials."""
    letters = "".join(char for char in name if char.isalpha())
    return letters.isupper() and fold(letters) == "".join(part[0] for part in parts(full))


def _may_bear(character: Character, described: frozenset[str]) -> bool:
    """Whether nothing in a character's own role speaks against a description."""
    words = {word[:_STEM] for word in fold(character.role or "").split()}
    return len(words) <= 1 or not words.isdisjoint(described)
