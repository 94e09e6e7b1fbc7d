"""Nouns and pronouns that stand for people and bodies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracker.languages.entries import endings, strings
from tracker.languages.fold import fold
from tracker.languages.lexicon import Lexicon


class Gender(StrEnum):
    """Grammatical gender or number of a person word."""

    MALE = "m"
    FEMALE = "f"
    PLURAL = "p"
    NEUTER = "n"


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that can name a source."""

    lemma: str
    """Its nominative, folded; synonyms share one."""
    gender: Gender | None
    base: str
    """Its nominative as the table spells it."""


def read_roles(people: Mapping[str, Any]) -> Lexicon[Noun]:
    """The nouns for people in office, synonyms under one lemma."""
    genders = {"roles_m": Gender.MALE, "roles_f": Gender.FEMALE, "roles_n": None}
    synonyms = read_synonyms(people)
    roles = _nouns(people, genders, endings(people, "cases"))
    return Lexicon(
        {
            form: Noun(synonyms.get(noun.lemma, noun.lemma), noun.gender, noun.base)
            for form, noun in roles.items()
        }
    )


def read_bodies(bodies: Mapping[str, Any], people: Mapping[str, Any]) -> Lexicon[Noun]:
    """The nouns for bodies; they decline like those for people."""
    return Lexicon(_nouns(bodies, {"nouns": None}, endings(people, "cases")))


def read_synonyms(people: Mapping[str, Any]) -> dict[str, str]:
    """Every word of a row of synonyms under the first of the row."""
    return {
        fold(word): fold(row.split("/")[0])
        for row in strings(people, "synonyms")
        for word in row.split("/")
    }


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
        for entry in strings(table, key, optional=True):
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


def read_pronouns(people: Mapping[str, Any]) -> Lexicon[Gender]:
    """Pronouns by gender; one that can be of several counts as the first of them."""
    return Lexicon(
        {
            fold(word): gender
            for gender in reversed(Gender)
            for word in strings(people, f"pronouns_{gender}")
        }
    )


def read_hypernyms(bodies: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The first noun of each row with all that it can stand for."""
    rows = (fold(row).split("/") for row in strings(bodies, "hypernyms"))
    return {row[0]: frozenset(row) for row in rows}
