"""What a language table says about who speaks: the section ``[attribution]``.

Verbs are given by stem under a paradigm of endings, or form by form. The group a verb stands in
says with which kinds of content it makes a claim (``Frame``). Entries are in ordinary spelling
and are compared folded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracker.languages.fold import fold
from tracker.languages.lexicon import Lexicon


class Frame(StrEnum):
    """The kinds of content a reporting verb takes, by the name of its group in the table."""

    SPEECH = "speech"
    """A clause or a quotation, before or after the verb (say, add)."""
    THOUGHT = "thought"
    """The same, of an opinion (believe, expect)."""
    STANCE = "stance"
    """What is denied, demanded or foreseen, as a noun phrase (reject, rule out)."""
    ASSESSMENT = "assessment"
    """Something and what it is said to be (describe … as)."""
    WEAK = "weak"
    """Speech only where a conjunction or a quotation shows it (show, learn)."""


class Form(StrEnum):
    """The part of a verb, by the name of its endings in a paradigm."""

    PRESENT = "present"
    PAST = "past"
    PARTICIPLE = "participle"
    """Reports only after an auxiliary ("a declarat")."""
    GERUND = "gerund"


class Gender(StrEnum):
    """Grammatical gender or number of a person word."""

    MALE = "m"
    FEMALE = "f"
    PLURAL = "p"
    NEUTER = "n"


@dataclass(frozen=True, slots=True)
class VerbForm:
    """What one form of a verb can be."""

    form: Form
    frames: frozenset[Frame]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that can name a source."""

    lemma: str
    """Its nominative, folded; synonyms share one."""
    gender: Gender | None
    base: str
    """Its nominative as the table spells it."""


@dataclass(frozen=True, kw_only=True)
class AttributionTable:
    """The words of one language that tell who said what."""

    verbs: Lexicon[VerbForm]
    noun_forms: frozenset[str]
    """Verb forms that are as often nouns ("claims")."""
    drops_subjects: bool
    """Whether a sentence may do without a subject ("A mai spus că")."""
    complementisers: Lexicon[bool]
    sure_complementisers: frozenset[str]
    """Those that open content even at some distance from the verb."""
    bare_verbs: frozenset[str]
    """Verb forms whose content needs neither conjunction nor quotation marks ("said")."""
    addressing: frozenset[str]
    """Verb forms that are followed by whom one speaks to ("told")."""
    linkers: Lexicon[bool]
    """Words with which content goes on after an attribution in its middle."""
    contrasts: Lexicon[bool]
    """Conjunctions that can start an attribution of its own."""
    coordinators: frozenset[str]
    """Conjunctions that tie sentences without belonging to either."""
    relatives: frozenset[str]
    source_prepositions: Lexicon[bool]
    opinion_prepositions: frozenset[str]
    """Source prepositions that mean something else unless they open a sentence before a person."""
    auxiliaries: Lexicon[bool]
    infinitive_markers: frozenset[str]
    passive_auxiliaries: frozenset[str]
    blockers: frozenset[str]
    """Words after which a verb form reports nothing ("to say", "nu a spus")."""
    reflexives: frozenset[str]
    clitics: frozenset[str]
    adverbs: Lexicon[bool]
    adjunct_prepositions: frozenset[str]
    venues: Lexicon[bool]
    """Where and when one speaks ("statement", "marți")."""
    lead_ins: frozenset[str]
    """Words that open what stands before a sentence's subject ("asked", "after")."""
    affiliations: frozenset[str]
    """Prepositions between a person and where that person belongs."""
    addressees: frozenset[str]
    scare_words: Lexicon[bool]
    """Words that make the quotation marks after them mere distance ("so-called")."""
    predicate_markers: Lexicon[bool]
    quotes: tuple[tuple[str, str], ...]
    """Pairs of opening and closing quotation marks."""
    abbreviations: frozenset[str]
    """Words whose full stop does not end a sentence."""
    time_words: frozenset[str]
    function_words: frozenset[str]
    """Words that are neither names, nouns nor adjectives."""
    determiners: frozenset[str]
    complements: frozenset[str]
    """Words that tie a noun to what it belongs to ("al", "of")."""
    adjectives_first: bool
    """Whether what describes a noun stands before it."""
    possessives: frozenset[str]
    """Words behind a noun that say whose it is ("său")."""
    oblique_endings: tuple[str, ...]
    """Endings by which a noun shows that it belongs to another ("Muncii")."""
    particles: frozenset[str]
    """Small words inside names ("van", "de")."""
    pronouns: Lexicon[Gender]
    honorifics: Mapping[str, Gender]
    genitives: frozenset[str]
    """Words before a noun that is not the subject."""
    articles: Lexicon[bool]
    """Indefinite articles."""
    anonymous: Lexicon[bool]
    """Nouns that with an indefinite article name nobody ("official")."""
    unnamed: frozenset[str]
    """The same without any article ("sources")."""
    anonymity: Lexicon[bool]
    """What somebody asks for who must not be named."""
    given_names: Mapping[str, Gender]
    feminine_endings: tuple[str, ...]
    roles: Lexicon[Noun]
    spokespeople: frozenset[str]
    """Lemmas of roles that speak for somebody else."""
    generic_roles: frozenset[str]
    """Lemmas that may stand for any person spoken of ("oficialul")."""
    bodies: Lexicon[Noun]
    body_lemmas: frozenset[str]
    hypernyms: Mapping[str, frozenset[str]]
    """Body lemmas that may stand for a body spoken of, each with the lemmas that it covers."""
    companies: frozenset[str]
    """Those among them that may stand for a body of which only the name is known."""
    press: frozenset[str]
    """Lemmas of bodies that publish; they pass on what others say."""
    outlets: Lexicon[str]
    relays: Lexicon[bool]
    name_endings: tuple[tuple[str, str], ...]
    """Endings of nouns in an oblique case and what they are in the nominative."""
    bare_endings: tuple[tuple[str, str], ...]
    """The same for proper names, which lose their article ("Kremlinului")."""


def read_attribution(table: Mapping[str, Any]) -> AttributionTable:
    """Check and load the section ``[attribution]``.

    Raises:
        KeyError: an entry is missing.
        ValueError: an entry has the wrong form; the message names it.
    """
    people, bodies = table["people"], table["bodies"]
    synonyms = _synonyms(people)
    cases = _endings(people, "cases")
    genders = {"roles_m": Gender.MALE, "roles_f": Gender.FEMALE, "roles_n": None}
    roles = _nouns(people, genders, cases)
    return AttributionTable(
        verbs=_verbs(table),
        noun_forms=_words(table, "noun_forms", optional=True),
        drops_subjects=_flag(table, "drops_subjects"),
        complementisers=_lexicon(table, "complementisers"),
        sure_complementisers=_words(table, "sure_complementisers"),
        bare_verbs=_words(table, "bare_verbs"),
        addressing=_words(table, "addressing"),
        linkers=_lexicon(table, "linkers"),
        contrasts=_lexicon(table, "contrasts"),
        coordinators=_words(table, "coordinators"),
        relatives=_words(table, "relatives"),
        source_prepositions=_lexicon(table, "source_prepositions"),
        opinion_prepositions=_words(table, "opinion_prepositions"),
        auxiliaries=_lexicon(table, "auxiliaries"),
        infinitive_markers=_words(table, "infinitive_markers"),
        passive_auxiliaries=_words(table, "passive_auxiliaries"),
        blockers=_words(table, "blockers"),
        reflexives=_words(table, "reflexives"),
        clitics=_words(table, "clitics"),
        adverbs=_lexicon(table, "adverbs"),
        adjunct_prepositions=_words(table, "adjunct_prepositions"),
        venues=_lexicon(table, "venues"),
        lead_ins=_words(table, "lead_ins"),
        affiliations=_words(table, "affiliations"),
        addressees=_words(table, "addressees"),
        scare_words=_lexicon(table, "scare_words"),
        predicate_markers=_lexicon(table, "predicate_markers"),
        quotes=_quotes(table),
        abbreviations=_words(table, "abbreviations"),
        time_words=_words(table, "time_words"),
        function_words=_function_words(table),
        determiners=_words(people, "determiners"),
        complements=_words(people, "complements"),
        adjectives_first=_flag(people, "adjectives_first"),
        possessives=_words(people, "possessives"),
        oblique_endings=tuple(map(fold, _strings(people, "oblique_endings"))),
        particles=_words(people, "particles"),
        pronouns=_pronouns(people),
        honorifics={
            word: gender
            for gender in (Gender.MALE, Gender.FEMALE)
            for word in _words(people, f"honorifics_{gender}")
        },
        genitives=_words(people, "genitives"),
        articles=_lexicon(people, "articles"),
        anonymous=_lexicon(people, "anonymous"),
        unnamed=_words(people, "unnamed"),
        anonymity=_lexicon(people, "anonymity"),
        given_names=dict.fromkeys(_words(people, "women"), Gender.FEMALE)
        | dict.fromkeys(_words(people, "men"), Gender.MALE),
        feminine_endings=tuple(_strings(people, "feminine_endings")),
        roles=Lexicon({form: _merged(noun, synonyms) for form, noun in roles.items()}),
        spokespeople=_words(people, "spokespeople"),
        generic_roles=frozenset(synonyms.get(w, w) for w in _words(people, "generic")),
        bodies=Lexicon(_nouns(bodies, {"nouns": None}, cases)),
        body_lemmas=frozenset(fold(entry.split("/")[0]) for entry in _strings(bodies, "nouns")),
        hypernyms=_hypernyms(bodies),
        companies=_words(bodies, "companies"),
        press=_words(bodies, "press"),
        outlets=Lexicon({name: name for name in _strings(bodies, "outlets")}),
        relays=_lexicon(bodies, "relays"),
        name_endings=_endings(bodies, "name_endings"),
        bare_endings=_endings(bodies, "bare_endings"),
    )


# --- verbs -------------------------------------------------------------------------------------


def _verbs(table: Mapping[str, Any]) -> Lexicon[VerbForm]:
    paradigms: Mapping[str, Mapping[str, Sequence[str]]] = table["paradigms"]
    found: dict[str, tuple[Form, frozenset[Frame]]] = {}
    for group, verbs in table["verbs"].items():
        frame = Frame(group)
        for form, text in _forms(group, verbs, paradigms):
            kind, frames = found.get(text, (form, frozenset()))
            found[text] = (kind, frames | {frame})
    return Lexicon({text: VerbForm(form, frames) for text, (form, frames) in found.items()})


def _forms(
    group: str,
    verbs: Mapping[str, Sequence[str]],
    paradigms: Mapping[str, Mapping[str, Sequence[str]]],
) -> Iterator[tuple[Form, str]]:
    """Every form of a group's verbs, folded."""
    for paradigm, entries in verbs.items():
        for entry in entries:
            if paradigm == "irregular":
                yield from _irregular(entry, group)
            elif paradigm in paradigms:
                yield from _inflected(entry, paradigms[paradigm])
            else:
                raise ValueError(f"verbs.{group}: no paradigm {paradigm!r}")


def _irregular(entry: str, group: str) -> Iterator[tuple[Form, str]]:
    parts = entry.split("|")
    if len(parts) != len(Form):
        raise ValueError(f"verbs.{group}: {entry!r} does not have {len(Form)} parts")
    for form, part in zip(Form, parts, strict=True):
        yield from ((form, fold(text.strip())) for text in part.split("/") if text.strip())


def _inflected(stem: str, endings: Mapping[str, Sequence[str]]) -> Iterator[tuple[Form, str]]:
    head, space, tail = stem.partition(" ")  # "point out": the verb is inflected, not the rest
    for form in Form:
        for ending in endings.get(form, ()):
            yield form, fold(head + ending + space + tail)


# --- nouns -------------------------------------------------------------------------------------


def _nouns(
    table: Mapping[str, Any],
    lists: Mapping[str, Gender | None],
    cases: Sequence[tuple[str, str]],
) -> dict[str, Noun]:
    """Nouns by form; each entry gives the nominative first, then its other forms.

    The oblique case of the nominative is added by the endings in ``cases``.
    """
    found: dict[str, Noun] = {}
    for key, gender in lists.items():
        for entry in _strings(table, key, optional=True):
            forms = entry.split("/")
            noun = Noun(fold(forms[0]), gender, forms[0])
            for form in (*forms, *_declined(forms[0], cases)):
                found.setdefault(fold(form), noun)
    return found


def _declined(nominative: str, cases: Sequence[tuple[str, str]]) -> Iterator[str]:
    head, space, tail = nominative.partition(" ")  # "purtătorul de cuvânt": only the head declines
    for ending, oblique in cases:
        if fold(head).endswith(ending):
            yield head.removesuffix(head[len(head) - len(ending) :]) + oblique + space + tail
            return


def _merged(noun: Noun, synonyms: Mapping[str, str]) -> Noun:
    return Noun(synonyms.get(noun.lemma, noun.lemma), noun.gender, noun.base)


def _synonyms(people: Mapping[str, Any]) -> dict[str, str]:
    """Every word of a row of synonyms under the first of the row."""
    return {
        fold(word): fold(row.split("/")[0])
        for row in _strings(people, "synonyms")
        for word in row.split("/")
    }


def _function_words(table: Mapping[str, Any]) -> frozenset[str]:
    """The single small words of all lists that hold some."""
    people = table["people"]
    lists = [
        *(table[key] for key in ("complementisers", "linkers", "contrasts", "relatives")),
        *(table[key] for key in ("auxiliaries", "passive_auxiliaries", "blockers", "adverbs")),
        *(table[key] for key in ("clitics", "reflexives", "source_prepositions")),
        *(people[key] for key in ("determiners", "genitives", "articles", "function_words")),
        *(people[f"pronouns_{gender}"] for gender in Gender),
    ]
    return frozenset(fold(entry) for entries in lists for entry in entries if " " not in entry)


def _hypernyms(bodies: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    rows = (fold(row).split("/") for row in _strings(bodies, "hypernyms"))
    return {row[0]: frozenset(row) for row in rows}


def _pronouns(people: Mapping[str, Any]) -> Lexicon[Gender]:
    return Lexicon(
        {
            fold(word): gender
            for gender in reversed(Gender)
            for word in _strings(people, f"pronouns_{gender}")
        }
    )


# --- plain entries -----------------------------------------------------------------------------


def _strings(table: Mapping[str, Any], key: str, *, optional: bool = False) -> list[str]:
    entry = table.get(key, []) if optional else table[key]
    if not isinstance(entry, list) or not all(isinstance(item, str) for item in entry):
        raise ValueError(f"{key}: a list of strings was expected")
    return entry


def _words(table: Mapping[str, Any], key: str, *, optional: bool = False) -> frozenset[str]:
    return frozenset(fold(word) for word in _strings(table, key, optional=optional))


def _lexicon(table: Mapping[str, Any], key: str) -> Lexicon[bool]:
    try:
        return Lexicon(dict.fromkeys(_strings(table, key), True))
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from error


def _flag(table: Mapping[str, Any], key: str) -> bool:
    if not isinstance(table[key], bool):
        raise ValueError(f"{key}: true or false was expected")
    return bool(table[key])


def _quotes(table: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    pairs = _strings(table, "quotes")
    for pair in pairs:
        if len(pair) != 2:
            raise ValueError(f"quotes: {pair!r} is not a pair of marks")
    return tuple((pair[0], pair[1]) for pair in pairs)


def _endings(table: Mapping[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    entries: Iterable[Any] = table[key]
    for entry in entries:
        if len(entry) != 2:
            raise ValueError(f"{key}: {entry!r} is not an ending and its nominative")
    return tuple((fold(oblique), nominative) for oblique, nominative in entries)
