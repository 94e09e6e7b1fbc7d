"""Who speaks: what the claims of an article say of pronouns, roles, surnames and bodies."""

import pytest

from tests.claims.samples import extract
from tracker.types import SourceKind

RO = [
    (
        "Ministra Sănătății, Alina Rusu, a venit la Iași. „Spitalul e gata”, a spus ea.",
        ["Alina Rusu"],
    ),
    (
        "Ministra Alina Rusu a spus că vin bani. Rusu a adăugat că vin și medici.",
        ["Alina Rusu", "Alina Rusu"],
    ),
    (
        "Primarul Ion Dobre a spus că vin bani. Edilul a adăugat că vin și medici.",
        ["Ion Dobre", "Ion Dobre"],
    ),
    (
        "Alina Rusu l-a primit pe Ion Dobre. Ion Dobre a plâns. El a declarat că e mulțumit. "
        "Ea a declarat că e îngrijorată.",
        ["Ion Dobre", "Alina Rusu"],
    ),
    (
        "Ion Dobre a spus că pleacă. A mai spus că nu se întoarce. A precizat că e obosit.",
        ["Ion Dobre"] * 3,
    ),
    ("Purtătorul de cuvânt al Kremlinului a spus că negocierile continuă.", ["Kremlin"]),
    ("Kremlinul a transmis că nu există niciun acord.", ["Kremlin"]),
    ("Podul e închis, potrivit lui Peskov.", ["Peskov"]),
    ("Podul e închis, potrivit Popescului.", ["Popescu"]),
    ("Ion Dobre a plecat. Podul e închis, potrivit lui.", ["Ion Dobre"]),
    (
        "Consiliul Concurenței a amendat trei firme. Potrivit instituției, amenda e de 5 milioane.",
        ["Consiliul Concurenței"],
    ),
    (
        "„Plecăm”, a spus directorul Ion Albu. Dan Cernea, lider sindical, a replicat: „Rămânem”.",
        ["Ion Albu", "Dan Cernea"],
    ),
]
EN = [
    (
        "Health Secretary Laura Finch visited Leeds. She said the hospital was ready.",
        ["Laura Finch"],
    ),
    (
        "Laura Finch said money was coming. Finch added that doctors were coming, too.",
        ["Laura Finch", "Laura Finch"],
    ),
    (
        "Mayor Tom Briggs said the road was shut. The mayor added that it would stay shut.",
        ["Tom Briggs", "Tom Briggs"],
    ),
    ("A spokesman for the Kremlin said talks would go on.", ["Kremlin"]),
    ("Russia's defence ministry said 12 drones were shot down.", ["Russia's defence ministry"]),
    (
        "The Water Commission fined two firms. The regulator said the case was clear.",
        ["Water Commission"],
    ),
]


@pytest.mark.parametrize(("text", "speakers"), RO)
def test_romanian_speakers(text: str, speakers: list[str]) -> None:
    assert [draft.source.name for draft in extract(text)] == speakers


@pytest.mark.parametrize(("text", "speakers"), EN)
def test_english_speakers(text: str, speakers: list[str]) -> None:
    assert [draft.source.name for draft in extract(text, "en")] == speakers


def test_role_and_body_go_with_the_speaker() -> None:
    text = "Dan Moga, purtătorul de cuvânt al Guvernului, a spus că bugetul e gata."
    [draft] = extract(text)
    assert draft.source.role == "purtătorul de cuvânt al Guvernului"
    assert draft.source.speaks_for == "Guvernul"


def test_a_spokeswoman_speaks_for_the_body_named_last() -> None:
    text = "Norley Rail runs the line. Its spokeswoman, Carla Dunn, said trains were late."
    [draft] = extract(text, "en")
    assert (draft.source.name, draft.source.speaks_for) == ("Carla Dunn", "Norley Rail")


def test_an_office_speaks_for_its_ministry() -> None:
    [draft] = extract("Ministra Sănătății, Alina Rusu, a spus că spitalul e gata.")
    assert draft.source.speaks_for == "Ministerul Sănătății"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("O sursă din minister a declarat că legea nu trece.", "ro"),
        ("Un oficial american, care a cerut să nu fie numit, a spus că vine o delegație.", "ro"),
        ("An official said the talks had failed on Monday.", "en"),
        ("Two people who asked not to be named said the talks had failed.", "en"),
    ],
)
def test_sources_without_a_name_are_anonymous(text: str, language: str) -> None:
    [draft] = extract(text, language)
    assert draft.source.kind is SourceKind.ANONYMOUS


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("El a spus că nu știe nimic.", "ro"),
        ("Dan Moga și Ion Albu au plecat. El a spus că nu știe nimic.", "ro"),
        ("He said that the road was shut.", "en"),
        ("Tom Briggs and Alan Moore left. He said that the road was shut.", "en"),
        ("Ministrul a spus că drumul e închis.", "ro"),
    ],
)
def test_nobody_is_guessed_where_it_cannot_be_told(text: str, language: str) -> None:
    [draft] = extract(text, language)
    assert draft.source.kind is SourceKind.UNRESOLVED


def test_a_surname_of_two_people_is_left_open() -> None:
    text = "Ion Popescu și Vasile Popescu candidează. Popescu a spus că va câștiga."
    [draft] = extract(text)
    assert (draft.source.name, draft.source.kind) == ("Popescu", SourceKind.UNRESOLVED)


def test_names_are_brought_to_the_nominative() -> None:
    drafts = extract("Drumul e închis, potrivit Primăriei Cluj. Conform Prefecturii, plouă tare.")
    assert [draft.source.name for draft in drafts] == ["Primăria Cluj", "Prefectura"]
