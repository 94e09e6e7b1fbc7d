"""What an article's claims look like whatever the language: pieces, offsets, robustness."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.samples import PUBLISHED, article, extract, rows
from tracker.claims import RuleExtractor
from tracker.errors import UnsupportedLanguage
from tracker.languages import languages
from tracker.types import AttributionType, SourceKind

SAID = [
    "„Închidem fabrica”",
    "“We are closing,”",
    '"E o minciună"',
    "a declarat Ion Pop",
    "Mary Holt said",
    "că ",
    "that ",
    ", adăugând că",
    "Potrivit ",
    "according to",
    "«",
    "”",
    '"',
    ": ",
    ". ",
    "\n\n",
    "\u202e",
    "\u0301",
    "J.D. ",
    "Ministrul",
    "el",
    "she",
    "; ",
]
anything = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=200),
    st.lists(st.sampled_from(SAID), max_size=30).map(" ".join),
)


@given(text=anything, language=st.sampled_from(["ro", "en"]))
def test_any_text_gives_claims_whose_words_are_in_it(text: str, language: str) -> None:
    for draft in extract(text, language):
        spans = draft.attribution.content
        assert spans
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert list(spans) == sorted(spans)
        words = " ".join(text[span.start : span.end] for span in spans)
        assert draft.statement.text == words
        for span in (draft.attribution.cue, draft.attribution.source):
            assert span is None or 0 <= span.start < span.end <= len(text)


def test_an_unsupported_language_is_refused() -> None:
    with pytest.raises(UnsupportedLanguage, match="'fi'"):
        RuleExtractor(languages()).extract(article("Hei.", "fi"))


def test_a_claim_carries_its_statement() -> None:
    text = "La Cluj plouă. Ministrul Dan Moga a declarat că barajul rezistă."
    [draft] = extract(text, title="Ploi la Cluj")
    assert draft.extractor == "rules/1"
    assert draft.statement.language == "ro"
    assert draft.statement.said_on == PUBLISHED.date()
    assert draft.statement.speaker == draft.source.name == "Dan Moga"
    assert draft.statement.about.startswith("Ploi la Cluj")
    assert "baraj" in draft.statement.about


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Duminică, ministrul Dan Moga a declarat că barajul rezistă.", "ro", date(2026, 3, 1)),
        ("Dan Moga a declarat la 27 februarie că barajul rezistă.", "ro", date(2026, 2, 27)),
        ("Dan Moga a declarat că barajul se deschide la 27 februarie.", "ro", date(2026, 3, 2)),
        ("Mary Holt said on Sunday that the bridge was safe.", "en", date(2026, 3, 1)),
        ("In 2023 Mary Holt said that the bridge was safe.", "en", date(2023, 12, 31)),
        ("Mary Holt said that the bridge would open on 1 April.", "en", date(2026, 3, 2)),
    ],
)
def test_the_day_of_saying_is_read_beside_the_cue(text: str, language: str, day: date) -> None:
    [draft] = extract(text, language)
    assert draft.statement.said_on == day


def test_the_line_of_context_stays_short() -> None:
    text = "Ministrul Dan Moga a declarat că barajul " + "foarte mare " * 60 + "rezistă."
    [draft] = extract(text, title="Ploi " * 80)
    assert len(draft.statement.about) <= 200


@pytest.mark.parametrize(
    "text",
    [
        "Preşedinta comisiei, Ana Ţuţu, a precizat că „şedinţa” începe la ora 15:00.",
        "Președinta comisiei, Ana Țuțu, a precizat că „ședința” începe la ora 15:00.",
        'Presedinta comisiei, Ana Tutu, a precizat ca "sedinta" incepe la ora 15:00.',
        unicodedata.normalize(
            "NFD", "Președinta comisiei, Ana Țuțu, a precizat că „ședința” începe la ora 15:00."
        ),
    ],
)
def test_letters_read_alike_however_they_are_written(text: str) -> None:
    [draft] = extract(text)
    assert draft.attribution.type is AttributionType.MIXED
    [content] = draft.attribution.content
    assert content.end == len(text) - 1
    assert draft.statement.text.endswith("ora 15:00")
    source = draft.attribution.source
    assert source is not None
    assert text[source.start : source.end].startswith("Ana ")
    assert len(draft.source.name) == len("Ana Țuțu")


def test_an_unclosed_quotation_swallows_nothing() -> None:
    text = (
        "„Barajul rezistă, a declarat ministrul Dan Moga.\n\n"
        "Prefecta Ana Rusu a spus că satele sunt evacuate."
    )
    assert [row[0] for row in rows(text)] == ["Dan Moga", "Ana Rusu"]
    assert rows(text)[1][2] == ("satele sunt evacuate",)


def test_a_quotation_over_paragraphs_is_one_claim() -> None:
    text = (
        "Mary Holt said: “The bridge is closed.\n\n"
        "“It will stay closed until May.”\n\n"
        "Traffic is diverted."
    )
    [(speaker, _, content, type)] = rows(text, "en")
    assert (speaker, type) == ("Mary Holt", "direct")
    assert content == ("The bridge is closed", "It will stay closed until May")


def test_a_paragraph_that_is_a_quotation_continues_its_speaker() -> None:
    text = (
        "„Închidem fabrica”, a declarat patronul Ion Pop.\n\n"
        "„Nu mai avem comenzi și nu mai putem plăti salarii.”\n\n"
        "Fabrica are 300 de angajați."
    )
    first, second = extract(text)
    assert first.source == second.source
    assert second.attribution.cue is None
    assert second.statement.text == "Nu mai avem comenzi și nu mai putem plăti salarii"


@pytest.mark.parametrize(
    ("text", "language", "outlet"),
    [
        ("Ion Pop a declarat pentru Agerpres că fabrica se închide.", "ro", "Agerpres"),
        ("Fabrica se închide, a declarat Ion Pop, citat de Mediafax.", "ro", "Mediafax"),
        ("Ion Pop a spus că fabrica se închide, notează Reuters.", "ro", "Reuters"),
        ("Mary Holt told Reuters that the bridge was closed.", "en", "Reuters"),
        ("Mary Holt said the bridge was closed, the BBC reported.", "en", "BBC"),
    ],
)
def test_the_outlet_that_passed_it_on_is_noted(text: str, language: str, outlet: str) -> None:
    [draft] = extract(text, language)
    assert draft.attribution.relayed_by is not None
    assert outlet in draft.attribution.relayed_by
    assert draft.source.kind is SourceKind.PERSON


def test_a_long_article_is_read_to_its_end() -> None:
    paragraph = (
        "Ministrul Dan Moga a declarat că barajul rezistă. „Nu ne temem”, a spus el. "
        "Prefecta Ana Rusu a replicat că satele sunt evacuate. "
    )
    text = "\n\n".join([paragraph * 4] * 200)
    assert len(text) > 100_000
    drafts = extract(text)
    assert len(drafts) == 200 * 4 * 3
    assert drafts[-1].source.name == "Ana Rusu"
