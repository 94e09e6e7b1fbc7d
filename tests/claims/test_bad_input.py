"""Articles that no editor would pass, read by the real model: nobody is invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.claims.samples import article
from tracker.claims import ModelExtractor
from tracker.encoder import load_tagger
from tracker.errors import UnsupportedLanguage
from tracker.languages import languages
from tracker.types import ClaimDraft

NAMES = "Ion Pop a spus că podul e închis. "
ODD = {
    "empty": "",
    "one line": "Podul e închis.",
    "blank": " \n\t\n ",
    "no punctuation": "primarul spune ca podul e inchis si ca nu stie cand se deschide " * 20,
    "capitals": "PRIMARUL ION POP A DECLARAT CĂ PODUL E ÎNCHIS ȘI CĂ NU ARE BANI.",
    "list": "- Podul: închis\n- Drumul: deschis\n* Preț: 12 lei\n1. Ion Pop\n2. Ana Rusu",
    "transcript": "IONESCU: Podul e închis.\nPOPESCU: Nu e.\nIONESCU: Ba da, e închis de luni.",
    "dashes": "— Unde mergi? a întrebat Ana.\n— Acasă, a spus Ion.\n— Nu pleca.",
    "markup": "<p>Ion Pop a spus: &quot;Podul e <b>închis</b>&quot;.</p><br/>&nbsp;</s><s>",
    "right to left": "אנה אמרה שהגשר סגור. \u202eIon Pop a spus că podul e închis.\u202c",
    "emoji": "👩‍🚒 „Podul e închis 🚧”, a spus Ana 🇷🇴. 🙃🙃🙃",
    "never closed": "„Podul e închis, a spus Ana Rusu.\n\nDrumul e deschis, a spus Ion Pop. " * 3,
    "marks only": "„”“\"«»''‚‘’—–-…!?.,;:()[]{}" * 10,
    "one word": "x" * 5000,
    "joined letters": "Ș\u0327i a\u0306 spus că e î\u0301nchis\u200b, zice\u00ad Ana.",
    "long": NAMES * 600,
}


@pytest.fixture(scope="module")
def extractor() -> ModelExtractor:
    return ModelExtractor(languages(), load_tagger())


def check(text: str, drafts: list[ClaimDraft]) -> None:
    for draft in drafts:
        attribution = draft.attribution
        spans = [*attribution.content, *filter(None, (attribution.cue, attribution.source))]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        words = " ".join(text[span.start : span.end] for span in attribution.content)
        assert draft.statement.text == words
        assert draft.source.name.strip()


@pytest.mark.parametrize("language", ["ro", "en", "de"])
@pytest.mark.parametrize("name", ODD)
def test_odd_articles_are_read(extractor: ModelExtractor, name: str, language: str) -> None:
    check(ODD[name], extractor.extract(article(ODD[name], language)))


@pytest.mark.parametrize("name", ["empty", "blank", "marks only", "one word"])
def test_nobody_speaks_where_nobody_is_named(extractor: ModelExtractor, name: str) -> None:
    assert extractor.extract(article(ODD[name])) == []


@settings(max_examples=60)
@given(text=st.text(max_size=300), language=st.sampled_from(["ro", "en", "fr"]))
def test_any_text_is_read(extractor: ModelExtractor, text: str, language: str) -> None:
    try:
        drafts = extractor.extract(article(text, language))
    except UnsupportedLanguage:
        return
    check(text, drafts)
