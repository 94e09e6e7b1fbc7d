"""The sections ``[attribution]``: what ships is sound, and faults are named."""

import tomllib
from importlib import resources
from typing import Any

import pytest

from tracker.languages import languages
from tracker.languages.attribution import Form, read_attribution


def section(code: str) -> dict[str, Any]:
    text = resources.files("tracker.languages").joinpath(f"{code}.toml").read_text("utf-8")
    attribution: dict[str, Any] = tomllib.loads(text)["attribution"]
    return attribution


@pytest.mark.parametrize(
    ("code", "verb", "form"),
    [
        ("ro", "declarat", Form.PARTICIPLE),
        ("ro", "sustine", Form.PRESENT),
        ("ro", "precizand", Form.GERUND),
        ("ro", "declarase", Form.PAST),
        ("en", "said", Form.PAST),
        ("en", "insists", Form.PRESENT),
        ("en", "adding", Form.GERUND),
    ],
)
def test_verbs_are_known_by_their_forms(code: str, verb: str, form: Form) -> None:
    hit = languages()[code].attribution.verbs.at([verb], 0)
    assert hit is not None
    assert hit.value.form is form


@pytest.mark.parametrize("code", ["ro", "en"])
def test_there_are_verbs_enough(code: str) -> None:
    table = section(code)
    verbs = [
        entry for group in table["verbs"].values() for part in group.values() for entry in part
    ]
    assert len(set(verbs)) > 100


def test_a_missing_entry_is_named() -> None:
    table = section("ro")
    del table["adverbs"]
    with pytest.raises(KeyError, match="adverbs"):
        read_attribution(table)


@pytest.mark.parametrize(
    ("key", "value", "named"),
    [
        ("linkers", "dar", "linkers"),
        ("quotes", ["„"], "quotes"),
        ("drops_subjects", "da", "drops_subjects"),
        ("verbs", {"speech": {"x": ["declar"]}}, "verbs.speech"),
        ("verbs", {"speech": {"irregular": ["spune"]}}, "verbs.speech"),
        ("verbs", {"singing": {}}, "singing"),
    ],
)
def test_a_wrong_entry_is_named(key: str, value: object, named: str) -> None:
    table = section("ro") | {key: value}
    with pytest.raises(ValueError, match=named):
        read_attribution(table)
