"""Reporting verbs: their forms, from stems and paradigms, and what they report with."""

from collections.abc import Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class VerbForm:
    """What one form of a verb can be."""

    form: Form
    frames: frozenset[Frame]


def read_verbs(table: Mapping[str, Any]) -> Lexicon[VerbForm]:
    """Every form of the reporting verbs, with all the groups that its verb stands in."""
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
