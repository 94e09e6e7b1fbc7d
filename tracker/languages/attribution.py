"""What a language table says about who speaks: the section ``[attribution]``.

Verbs are given by stem under a paradigm of endings, or form by form. The group a verb stands in
says with which kinds of content it makes a claim (``Frame``). Entries are in ordinary spelling
and are compared folded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.languages.entries import endings, flag, lexicon, pairs, quote_pairs, strings, words
from tracker.languages.fold import fold
from tracker.languages.lexicon import Lexicon
from tracker.languages.nouns import (
    Gender,
    Noun,
    read_bodies,
    read_hypernyms,
    read_pronouns,
    read_roles,
    read_synonyms,
)
from tracker.languages.verbs import Form, Frame, VerbForm, read_verbs

__all__ = ["AttributionTable", "Form", "Frame", "Gender", "Noun", "VerbForm", "read_attribution"]


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
    """Those one speaks to, as common nouns ("reporters")."""
    hearer_prepositions: frozenset[str]
    """Words before whom one speaks to ("to", "pentru")."""
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
    definite_endings: tuple[str, ...]
    """Endings that are an article ("ministrul")."""
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
    heads: frozenset[str]
    """Lemmas of roles that lead, and so answer for, the body they name."""
    offices: Mapping[str, str]
    """Lemmas of roles that are an office, and the body's noun ("ministrul": "ministerul")."""
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
    possessive_endings: tuple[str, ...]
    bare_endings: tuple[tuple[str, str], ...]
    """Endings of proper names and what takes their place in the bare name ("Kremlinului")."""


def read_attribution(table: Mapping[str, Any]) -> AttributionTable:
    """Check and load the section ``[attribution]``.

    Raises:
        KeyError: an entry is missing.
        ValueError: an entry has the wrong form; the message names it.
    """
    people, bodies = table["people"], table["bodies"]
    synonyms = read_synonyms(people)
    return AttributionTable(
        verbs=read_verbs(table),
        noun_forms=words(table, "noun_forms", optional=True),
        drops_subjects=flag(table, "drops_subjects"),
        complementisers=lexicon(table, "complementisers"),
        sure_complementisers=words(table, "sure_complementisers"),
        bare_verbs=words(table, "bare_verbs"),
        addressing=words(table, "addressing"),
        linkers=lexicon(table, "linkers"),
        contrasts=lexicon(table, "contrasts"),
        coordinators=words(table, "coordinators"),
        relatives=words(table, "relatives"),
        source_prepositions=lexicon(table, "source_prepositions"),
        opinion_prepositions=words(table, "opinion_prepositions"),
        auxiliaries=lexicon(table, "auxiliaries"),
        infinitive_markers=words(table, "infinitive_markers"),
        passive_auxiliaries=words(table, "passive_auxiliaries"),
        blockers=words(table, "blockers"),
        reflexives=words(table, "reflexives"),
        clitics=words(table, "clitics"),
        adverbs=lexicon(table, "adverbs"),
        adjunct_prepositions=words(table, "adjunct_prepositions"),
        venues=lexicon(table, "venues"),
        lead_ins=words(table, "lead_ins"),
        affiliations=words(table, "affiliations"),
        addressees=words(table, "addressees"),
        hearer_prepositions=words(table, "hearer_prepositions"),
        scare_words=lexicon(table, "scare_words"),
        predicate_markers=lexicon(table, "predicate_markers"),
        quotes=quote_pairs(table),
        abbreviations=words(table, "abbreviations"),
        time_words=words(table, "time_words"),
        function_words=_function_words(table),
        determiners=words(people, "determiners"),
        complements=words(people, "complements"),
        adjectives_first=flag(people, "adjectives_first"),
        possessives=words(people, "possessives"),
        oblique_endings=tuple(map(fold, strings(people, "oblique_endings"))),
        definite_endings=tuple(map(fold, strings(people, "definite_endings"))),
        particles=words(people, "particles"),
        pronouns=read_pronouns(people),
        honorifics={
            word: gender
            for gender in (Gender.MALE, Gender.FEMALE)
            for word in words(people, f"honorifics_{gender}")
        },
        genitives=words(people, "genitives"),
        articles=lexicon(people, "articles"),
        anonymous=lexicon(people, "anonymous"),
        unnamed=words(people, "unnamed"),
        anonymity=lexicon(people, "anonymity"),
        given_names=dict.fromkeys(words(people, "women"), Gender.FEMALE)
        | dict.fromkeys(words(people, "men"), Gender.MALE),
        feminine_endings=tuple(strings(people, "feminine_endings")),
        roles=read_roles(people),
        spokespeople=words(people, "spokespeople"),
        heads=frozenset(synonyms.get(w, w) for w in words(people, "heads")),
        offices={synonyms.get(role, role): body for role, body in pairs(people, "offices")},
        generic_roles=frozenset(synonyms.get(w, w) for w in words(people, "generic")),
        bodies=read_bodies(bodies, people),
        body_lemmas=frozenset(fold(entry.split("/")[0]) for entry in strings(bodies, "nouns")),
        hypernyms=read_hypernyms(bodies),
        companies=words(bodies, "companies"),
        press=words(bodies, "press"),
        outlets=Lexicon({name: name for name in strings(bodies, "outlets")}),
        relays=lexicon(bodies, "relays"),
        possessive_endings=tuple(strings(bodies, "possessive_endings")),
        bare_endings=endings(bodies, "bare_endings"),
    )


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
