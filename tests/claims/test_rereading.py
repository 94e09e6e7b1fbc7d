"""What is read off stored claims is what the extractor read, as long as the tables are the same."""

from dataclasses import fields, replace

import pytest

from tests.claims.samples import article, extract
from tracker.claims.rereading import read_anew
from tracker.languages import languages
from tracker.types import Claim, ClaimDraft, Source

TEXTS = {
    "ro": (
        "Negocierile de la Miami continuă luni. Dmitri Peskov a declarat că negocierile „nu pot fi "
        "considerate un progres major”.\n\n„Vom vedea ce urmează săptămâna viitoare”, a adăugat "
        "Peskov. Primarul Ana Rusu a negat că podul peste Olt ar fi închis.\n\nPotrivit "
        "ministerului, bugetul a crescut cu 2,5 milioane de euro."
    ),
    "en": (
        "The talks in Geneva went on. “We are close,” said Mara Quill, the envoy, “but not there "
        "yet.”\n\nTom Hale denied that the talks had failed. He said the Arva ferry was late on "
        "Monday."
    ),
}


def stored(draft: ClaimDraft) -> Claim:
    source = {field.name: getattr(draft.source, field.name) for field in fields(draft.source)}
    return Claim(
        id=1,
        article_id=1,
        outlet="Gazeta",
        published_at=article("").published_at,
        attribution=draft.attribution,
        source=Source(id=1, **source),
        statement=draft.statement,
        extractor=draft.extractor,
    )


@pytest.mark.parametrize("title", [None, "Negocieri la Miami: the talks in Geneva"])
@pytest.mark.parametrize("language", TEXTS)
def test_the_same_is_read_again(language: str, title: str | None) -> None:
    text = TEXTS[language]
    # Letters with combining marks shift what is read against what is printed.
    for printed in (text, text.replace("ș", "s\u0326")):
        claims = [stored(each) for each in extract(printed, language, title)]
        assert len(claims) >= 3
        anew = read_anew(article(printed, language, title), claims, languages()[language])
        assert anew == [claim.statement.details for claim in claims]


def test_another_table_reads_something_else() -> None:
    packs, text = languages(), TEXTS["en"]
    [claim, *_] = map(stored, extract(text, "en"))
    words = replace(packs["en"], comparison=packs["ro"].comparison)
    [anew, *_] = read_anew(article(text, "en"), [claim], words)
    assert anew.keys != claim.statement.details.keys
