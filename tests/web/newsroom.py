"""A small invented newsroom: articles, what is quoted in them, and what a comparer says of it.

People, places and outlets are made up. The claims are found in the texts by their words, so that
every offset is that of the printed text.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from tests.fakes import certain
from tracker.types import (
    ArticleDraft,
    Attribution,
    AttributionType,
    Bound,
    ClaimDetails,
    ClaimDraft,
    Kind,
    Modality,
    Polarity,
    Quantity,
    Reason,
    RelationLabel,
    Sentence,
    SourceDraft,
    SourceKind,
    Span,
    Statement,
    Verdict,
    VerdictLabel,
)

MINISTER = SourceDraft(
    name="Radu Mărginean",
    kind=SourceKind.PERSON,
    aliases=("Mărginean",),
    role="ministrul Apelor",
    speaks_for="Guvern",
)
PREFECT = SourceDraft(name="Ileana Dobrescu", kind=SourceKind.PERSON, role="prefectul județului")
ENGINEER = SourceDraft(name="Șerban Țuțuianu", kind=SourceKind.PERSON, role="inginer-șef")
RELIEF = SourceDraft(
    name="Anna Whitlock", kind=SourceKind.PERSON, role="relief coordinator", speaks_for="River Aid"
)
AGENCY = SourceDraft(name="River Aid", kind=SourceKind.ORGANISATION)


@dataclass(frozen=True)
class Said:
    """Who said which pieces of a text, in what words."""

    source: SourceDraft
    pieces: tuple[str, ...]
    type: AttributionType = AttributionType.DIRECT
    polarity: Polarity = Polarity.POSITIVE
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True)
class Story:
    """An article and what is quoted in it; or the error that reading it raises."""

    article: ArticleDraft
    said: tuple[Said, ...] = ()
    error: str | None = None

    def claims(self) -> list[ClaimDraft]:
        return [_claim(self.article, said) for said in self.said]


def _claim(article: ArticleDraft, said: Said) -> ClaimDraft:
    spans = tuple(_find(article.text, piece) for piece in said.pieces)
    return ClaimDraft(
        attribution=Attribution(content=spans, type=said.type),
        source=said.source,
        statement=Statement(
            speaker=said.source.name,
            text=" ".join(said.pieces),
            language=article.language,
            said_on=article.published_at.date(),
            about="barajul Valea Lungă",
            details=ClaimDetails(
                polarity=said.polarity,
                modality=Modality.ASSERTED,
                quantities=said.quantities,
                keys=frozenset({"entity:valea lunga", "lemma:baraj"}),
            ),
        ),
        extractor="scripted/1",
    )


def _find(text: str, piece: str) -> Span:
    start = text.index(piece)
    return Span(start, start + len(piece))


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


SAFE = "nu există niciun risc pentru localnici"
CRACKED = "riscul este real, iar fisurile se văd cu ochiul liber"
NOBODY = "Nu vom evacua pe nimeni"
MOVING = "evacuarea celor din aval a început"
TWELVE = "Twelve villages were without drinking water"
THIRTY = "at least thirty villages"
WEIRD = "cafe\u0301 👩‍🚒 și „ghilimele” în ghilimele"

STORIES = (
    Story(
        ArticleDraft(
            outlet="Gazeta de Seară",
            external_id="gs-101",
            url="https://gazeta.example/apele/101",
            title="Ministrul Apelor, despre barajul de la Valea Lungă: „Totul este sub control”",
            author="Corina Pădure",
            published_at=at(2, 7, 40),
            language="ro",
            text=(
                "Barajul de la Valea Lungă a rezistat ploilor din ultimele trei zile, iar nivelul "
                "lacului scade încet.\n\n"
                "Ministrul Apelor, Radu Mărginean, a declarat luni dimineață că „"
                f"{SAFE}”. El a vizitat coronamentul împreună cu echipa de intervenție și a "
                "cerut măsurători din două în două ore. „"
                f"{NOBODY}”, a adăugat acesta, „cât timp aparatele arată ce arată acum”.\n\n"
                "Inginerul-șef Șerban Țuțuianu spune că debitul de la intrare a coborât sub două "
                "sute de metri cubi pe secundă."
            ),
        ),
        (
            Said(MINISTER, (SAFE,), AttributionType.MIXED, Polarity.NEGATIVE),
            Said(
                MINISTER,
                (NOBODY, "cât timp aparatele arată ce arată acum"),
                polarity=Polarity.NEGATIVE,
            ),
            Said(
                ENGINEER,
                ("debitul de la intrare a coborât sub două sute de metri cubi pe secundă",),
                AttributionType.INDIRECT,
                quantities=(
                    Quantity(
                        value=200,
                        unit="m³/s",
                        bound=Bound.AT_MOST,
                        text="două sute de metri cubi pe secundă",
                    ),
                ),
            ),
        ),
    ),
    Story(
        ArticleDraft(
            outlet="Curierul de Sud",
            external_id="cs-77",
            url="https://curierul.example/77",
            title="Prefectul contrazice ministerul",
            published_at=at(2, 15, 5),
            language="ro",
            text=(
                "La câteva ore după vizita ministrului, prefectul județului a venit la baraj cu "
                "alte cifre.\n\n"
                f"„După ce am văzut eu acolo, {CRACKED}”, a spus Ileana Dobrescu. Ea a cerut "
                "rapoartele de expertiză din ultimii cinci ani și a anunțat o ședință a "
                "comitetului pentru situații de urgență.\n\n"
                "Localnicii povestesc că au auzit sirenele de probă de două ori în aceeași noapte."
            ),
        ),
        (Said(PREFECT, (CRACKED,)),),
    ),
    Story(
        ArticleDraft(
            outlet="Gazeta de Seară",
            external_id="gs-108",
            url="https://gazeta.example/apele/108",
            title="Valea Lungă: autocarele au pornit spre satele din aval",
            author="Corina Pădure",
            published_at=at(3, 18, 20),
            language="ro",
            text=(
                "Marți la prânz, Radu Mărginean a anunțat că "
                f"{MOVING}, „din prudență, nu din teamă”. Primele autocare au ajuns la Poiana "
                "Mică la ora 14.00.\n\n"
                f"Pe un perete al școlii, cineva a scris cu cretă: {WEIRD}. Ileana Dobrescu a "
                f"fotografiat inscripția, {WEIRD[:5]} cu tot, și a zis că „așa arată curajul”."
            ),
        ),
        (
            Said(MINISTER, (MOVING, "din prudență, nu din teamă"), AttributionType.MIXED),
            Said(PREFECT, (WEIRD,)),
        ),
    ),
    Story(
        ArticleDraft(
            outlet="Danube Wire",
            external_id="dw-3301",
            url="https://danubewire.example/3301",
            title="Minister counts twelve villages without water below the dam",
            author="Tom Ashdown",
            published_at=at(3, 11, 30),
            language="en",
            text=(
                f"“{TWELVE} on Tuesday morning,” Water Minister Radu Mărginean told "
                "reporters, “and tankers have reached all of them.”\n\n"
                "His ministry did not publish a list."
            ),
        ),
        (
            Said(
                MINISTER,
                (f"{TWELVE} on Tuesday morning", "and tankers have reached all of them"),
                quantities=(
                    Quantity(value=12, unit="villages", bound=Bound.EXACT, text="Twelve villages"),
                ),
            ),
        ),
    ),
    Story(
        ArticleDraft(
            outlet="The Lower River Post",
            external_id="lrp-12",
            url="https://lowerriver.example/12",
            title="Aid workers speak of thirty villages",
            published_at=at(4, 6, 10),
            language="en",
            text=(
                "Tankers are a rare sight beyond the county road.\n\n"
                f"Anna Whitlock of River Aid said on Wednesday that {THIRTY} had no drinking "
                "water, and that her teams had met no tanker since Monday. River Aid called the "
                "supply “tense but manageable”."
            ),
        ),
        (
            Said(
                RELIEF,
                (f"{THIRTY} had no drinking water",),
                AttributionType.INDIRECT,
                quantities=(
                    Quantity(
                        value=30,
                        unit="villages",
                        bound=Bound.AT_LEAST,
                        text="at least thirty villages",
                    ),
                ),
            ),
            Said(AGENCY, ("tense but manageable",)),
        ),
    ),
    Story(
        ArticleDraft(
            outlet="მდინარის ამბები",
            external_id="ma-9",
            title="კაშხლის ქვემოთ ორი სოფელი დაცალეს",
            published_at=at(4, 8),
            language="ka",
            text="მინისტრის თქმით საფრთხე არ არის, პრეფექტის თქმით არის.",
        ),
    ),
    Story(
        ArticleDraft(
            outlet="Danube Wire",
            external_id="dw-3307",
            title="Live: the night at the dam",
            published_at=at(4, 9, 45),
            language="en",
            text="02.10 The lights on the crest go out. 02.14 They are back.",
        ),
        error="the table of timestamps has no end",
    ),
)


def _says(
    premise: str,
    hypothesis: str,
    kind: Kind,
    sentence: Sentence,
    premise_words: tuple[str, ...],
    hypothesis_words: tuple[str, ...],
) -> tuple[tuple[str, str], Verdict]:
    verdict = Verdict(
        comparer="scripted",
        version="1",
        label=VerdictLabel.CONTRADICTION,
        entailment=0.02,
        neutral=0.05,
        contradiction=0.93,
        kind=kind,
        reason=Reason(sentence, (premise_words[0], hypothesis_words[0])),
        premise_words=premise_words,
        hypothesis_words=hypothesis_words,
        leanings=certain(RelationLabel.CONTRADICTION, 0.93),
    )
    return (premise, hypothesis), verdict


VERDICTS = dict(
    [
        _says(
            SAFE,
            CRACKED,
            Kind.NEGATION,
            Sentence.OPPOSITE_WORDS,
            ("niciun risc",),
            ("riscul este real",),
        ),
        _says(
            f"{NOBODY} cât timp aparatele arată ce arată acum",
            f"{MOVING} din prudență, nu din teamă",
            Kind.NEGATION,
            Sentence.CANNOT_BOTH,
            ("Nu vom evacua",),
            ("evacuarea", "a început"),
        ),
        _says(
            f"{TWELVE} on Tuesday morning and tankers have reached all of them",
            f"{THIRTY} had no drinking water",
            Kind.NUMERIC,
            Sentence.OTHER_FIGURES,
            ("Twelve villages",),
            ("at least thirty villages",),
        ),
    ]
)
