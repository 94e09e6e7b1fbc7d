"""Everything that a page says is there in every language that is offered."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from web.catalog import collected, files
from web.reading_language import OFFERED

FILES = list(files())
PLACES = re.compile(r"%\(\w+\)[sd]|\{\d*\}")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def ids(catalog: Catalog) -> set[tuple[object, str | None]]:
    return {(each.id, each.context) for each in catalog if each.id}


def test_every_language_that_is_offered_has_a_catalog() -> None:
    assert {"en", *(path.parts[-3] for path in FILES)} == set(OFFERED)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_nothing_is_left_to_translate(path: Path) -> None:
    catalog = read(path)
    assert ids(catalog) == ids(collected()), "run python -m web.catalog"
    empty = [each.id for each in catalog if each.id and not all(_forms(each.string))]
    assert empty == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_a_translation_has_the_same_places_for_words(path: Path) -> None:
    for message in read(path):
        if message.id:
            wanted = set(PLACES.findall(_forms(message.id)[-1]))
            for form in _forms(message.string):
                assert set(PLACES.findall(form)) <= wanted, form
            assert set(PLACES.findall(_forms(message.string)[-1])) == wanted, message.id


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_what_is_served_is_what_was_translated(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        served = read_mo(file)
    translated = read(path)
    for message in translated:
        if message.id:
            found = served.get(_forms(message.id)[0], message.context)
            assert found is not None, "run python -m web.catalog"
            assert _forms(found.string) == _forms(message.string)


def _forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else [str(each) for each in text]  # type: ignore[attr-defined]
