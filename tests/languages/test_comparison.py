"""The [comparison] sections: checked on load, and the same concepts in every language."""

import copy
import tomllib
from importlib import resources
from typing import Any

import pytest

from tracker.languages import languages
from tracker.languages.comparison import read_comparison

SHARED_SECTIONS = ("names", "topics", "opposites", "attitudes", "units", "bounds", "modality")


def section(code: str) -> dict[str, Any]:
    text = resources.files("tracker.languages").joinpath(f"{code}.toml").read_text("utf-8")
    return dict(tomllib.loads(text)["comparison"])


@pytest.mark.parametrize("name", SHARED_SECTIONS)
def test_languages_share_their_identifiers(name: str) -> None:
    identifiers = {code: set(section(code)[name]) for code in languages()}
    assert len({frozenset(found) for found in identifiers.values()}) == 1, identifiers


@pytest.mark.parametrize("code", sorted(languages()))
def test_every_entry_is_needed(code: str) -> None:
    for entry in section(code):
        if entry in ("topics", "opposites", "attitudes"):
            continue
        table = section(code)
        del table[entry]
        with pytest.raises(KeyError, match=entry):
            read_comparison(table)


@pytest.mark.parametrize(
    ("entry", "value", "message"),
    [
        ("negators", "not", "negators"),
        ("negators", [1], "negators"),
        ("negators", ["…"], "negators"),
        ("decimal", ";", "decimal"),
        ("adjectives_follow", "yes", "adjectives_follow"),
        ("months", [["january"]], "months"),
        ("numbers", {"two": 0}, "numbers"),
        ("numbers", {"two": True}, "numbers"),
        ("days", {"today": "0"}, "days"),
        ("units", ["euro"], "units"),
        ("bounds", {"roughly": ["about"]}, "roughly"),
        ("modality", {"hoped": ["hopes"]}, "hoped"),
        ("units", {"EUR": ["euro"], "USD": ["euro"]}, "euro"),
        ("opposites", {"rise": {"up": ["rise"]}}, "rise"),
        ("opposites", {"rise": {"yes": ["move"], "no": ["move"]}}, "move"),
    ],
)
def test_a_fault_is_named(entry: str, value: object, message: str) -> None:
    table = copy.deepcopy(section("en"))
    table[entry] = value
    with pytest.raises(ValueError, match=message):
        read_comparison(table)
