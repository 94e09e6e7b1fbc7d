"""Paragraphs, quotations and sentences of any text."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.articles import find_quotes, paragraphs, readable, sentences
from tracker.languages import languages

RO = languages()["ro"]
PIECES = [
    "„",
    "”",
    "«",
    "»",
    '"',
    "“",
    "Ion a plecat.",
    " ",
    "\n",
    "\n\n",
    "\u0326",
    "s",
    "J.D. ",
    "?!",
]
anything = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
)


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text, RO)]


def quoted(text: str) -> list[str]:
    quotes = find_quotes(text, paragraphs(text), RO.attribution.quotes)
    return [text[quote.inner.start : quote.inner.end] for quote in quotes]


@given(anything)
def test_sentences_cover_the_text_in_order(text: str) -> None:
    spans = sentences(text, RO)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    held = {n for span in spans for n in range(span.start, span.end)}
    reading = readable(text)
    visible = {
        reading.positions[n] for n, letter in enumerate(reading.text) if not letter.isspace()
    }
    assert visible <= held


@given(anything)
def test_readable_text_keeps_every_place(text: str) -> None:
    reading = readable(text)
    assert len(reading.text) == len(reading.folded) == len(reading.positions) - 1
    for place, letter in zip(reading.positions, reading.text, strict=False):
        assert base(text[place]) == base(letter)


def base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plouă. Ninge.", ["Plouă.", "Ninge."]),
        (
            "Dl. Pop și dr. Ion J. Pop au venit. Plouă.",
            ["Dl. Pop și dr. Ion J. Pop au venit.", "Plouă."],
        ),
        ("„Plouă. Ninge”, a spus el. A plecat.", ["„Plouă. Ninge”, a spus el.", "A plecat."]),
        ("„Plouă.” A plecat.", ["„Plouă.”", "A plecat."]),
        ("Costă 2.500 de lei. Atât.", ["Costă 2.500 de lei.", "Atât."]),
        ("Titlu\nText sub titlu.", ["Titlu", "Text sub titlu."]),
        ("un rând\nrupt în două.", ["un rând\nrupt în două."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('„unu” și «doi» și “trei” și "patru"', ["unu", "doi", "trei", "patru"]),
        ("„unu «doi» trei”", ["unu «doi» trei"]),
        ("„unu rămâne deschis. «doi»", ["doi"]),
        ('"unu" și "doi rămâne deschis', ["unu"]),
        ("„unu\n\n„doi”", ["unu", "doi"]),
        ("„unu\n\ndoi” trei", ["unu", "doi"]),
        ("„unu\n\n„doi\n\n„trei", []),
        ('5" și 6" de țeavă', []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_paragraphs_are_parted_by_empty_lines() -> None:
    text = "\n unu\nunu \n \n\n doi\n"
    assert [text[p.start : p.end] for p in paragraphs(text)] == ["unu\nunu", "doi"]
