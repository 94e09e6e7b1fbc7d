"""Everything that people read is there in every language that is offered."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import tracker
import web
from web.catalog import COLLECTED, REFUSALS, files, language_of
from web.reading_language import OFFERED

FILES = list(files())
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
TOLD_TO_PROGRAMS = ("cli", "articles", "api")
"""The parts whose refusals no page shows."""


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language_of(path))


def ids(catalog: Catalog) -> set[tuple[object, str | None]]:
    return {(each.id, each.context) for each in catalog if each.id}


def named(path: Path) -> str:
    return f"{language_of(path)} {path.stem}"


def test_every_language_that_is_offered_has_its_catalogs() -> None:
    wanted = {(code, domain) for code in OFFERED if code != "en" for domain in COLLECTED}
    assert {(language_of(path), path.stem) for path in FILES} == wanted


def test_nothing_is_translated_twice() -> None:
    pages, program = (ids(collect()) for collect in COLLECTED.values())
    assert pages & program == set()


@pytest.mark.parametrize("path", FILES, ids=named)
def test_nothing_is_left_to_translate(path: Path) -> None:
    catalog = read(path)
    assert ids(catalog) == ids(COLLECTED[path.stem]()), "run python -m web.catalog"
    empty = [each.id for each in catalog if each.id and not all(_forms(each.string))]
    assert empty == []


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_translation_has_the_same_places_for_words(path: Path) -> None:
    for message in read(path):
        if message.id:
            wanted = set(PLACES.findall(_forms(message.id)[-1]))
            for form in _forms(message.string):
                assert set(PLACES.findall(form)) <= wanted, form
            assert set(PLACES.findall(_forms(message.string)[-1])) == wanted, message.id


@pytest.mark.parametrize("path", FILES, ids=named)
def test_what_is_served_is_what_was_translated(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        served = read_mo(file)
    translated = read(path)
    for message in translated:
        if message.id:
            found = served.get(_forms(message.id)[0], message.context)
            assert found is not None, "run python -m web.catalog"
            assert _forms(found.string) == _forms(message.string)


def test_what_pages_refuse_is_said_in_words_that_can_be_looked_up() -> None:
    """A sentence put together from its values would stay English without a word."""
    names = {kind.__name__: 0 for kind in REFUSALS} | {"refused": 1}
    for root in (Path(tracker.__file__).parent, Path(web.__file__).parent):
        for path in root.rglob("*.py"):
            if path.relative_to(root).parts[0] in TOLD_TO_PROGRAMS:
                continue
            for name, call in _calls(path, names):
                told = call.args[names[name]]
                assert isinstance(told, ast.Constant), f"{path}:{call.lineno}"


def _calls(path: Path, names: dict[str, int]) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node.func.id, node


def _forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else [str(each) for each in text]  # type: ignore[attr-defined]
