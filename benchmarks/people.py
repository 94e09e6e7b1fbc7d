"""Names of as many people and bodies as asked for, spread as names are, the same at every run."""

import itertools
import random
from collections.abc import Iterator

from tracker.languages import languages
from tracker.types import SourceDraft, SourceKind

STEMS = (
    *("Pop", "Ion", "Rad", "Dumitr", "Stan", "Georg", "Marin", "Tudor", "Barb", "Lup", "Dobr"),
    *("Nicol", "Florin", "Mun", "Stoic", "Vas", "Cristin", "Petr", "Ung", "Mold", "Sim", "Const"),
    *("Drag", "Anton", "Grig", "Iacob", "Zah", "Voic", "Bra", "Cioc", "Opr", "Manol", "Tom", "Buz"),
    *("Ciob", "Neg", "Rus", "Cos", "Bal", "Pan", "Ghe", "Luc", "Mih", "Alb", "Mor", "Turc", "Ved"),
)
ENDINGS = (
    *("escu", "eanu", "a", "an", "oiu", "aru", "ea", "ici", "u", "ache", "ovici", "in", "iuc"),
    *("oc", "uș", "el", "ilă", "ete", "or", "ov", "enko", "ev", "ski", "son", "ler", "er", "man"),
)
BEGINNINGS = ("", "", "Al", "Bel", "Car", "Den", "Gor", "Kor", "Lis", "Mal", "Or", "Vol", "Zel")
KINDS = ("Primăria", "Spitalul Județean", "Tribunalul", "Universitatea", "Consiliul Local", "Banca")
COMMONEST = 4
"""How many names are nearly as common as the first; one in forty is called Popescu."""


def surnames() -> list[str]:
    """About sixteen thousand, the commonest first."""
    built = (
        (first + stem.lower() if first else stem) + ending
        for first, ending, stem in itertools.product(BEGINNINGS, ENDINGS, STEMS)
    )
    return list(dict.fromkeys(built))


def given_names(chance: random.Random) -> list[str]:
    """Those of the language tables, the commonest first in an order of chance."""
    known = {name for pack in languages().values() for name in pack.attribution.given_names}
    return [name.title() for name in chance.sample(sorted(known), len(known))]


def somebody(chance: random.Random) -> Iterator[SourceDraft]:
    """Ever new names: mostly of people, one in six of a body, a few by surname or initial."""
    families, given = surnames(), given_names(chance)
    common = list(itertools.accumulate(1 / (n + COMMONEST) for n in range(len(families))))
    likely = list(itertools.accumulate(1 / (n + COMMONEST) for n in range(len(given))))
    seen: set[str] = set()
    while True:
        (family,) = chance.choices(families, cum_weights=common)
        first, second = chance.choices(given, cum_weights=likely, k=2)
        draft = _called(chance.random(), family, first, second)
        if draft.name not in seen:
            seen.add(draft.name)
            yield draft


def _called(drawn: float, family: str, first: str, second: str) -> SourceDraft:
    if drawn < 1 / 6:
        kind = KINDS[len(first + second) % len(KINDS)]
        return SourceDraft(name=f"{kind} {family}", kind=SourceKind.ORGANISATION)
    if drawn < 0.2:
        name = family
    elif drawn < 0.25:
        name = f"{first[0]}. {family}"
    elif drawn < 0.5 and first != second:
        name = f"{first} {second} {family}"
    else:
        name = f"{first} {family}"
    return SourceDraft(name=name, kind=SourceKind.PERSON, aliases=(family,))
