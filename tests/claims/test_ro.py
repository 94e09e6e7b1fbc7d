"""The test table of Romanian: a sentence, and its claims as speaker, cue, content, type."""

import pytest

from tests.claims.samples import Row, rows

CLAIMS = [
    (
        "Ministrul Mediului, Horia Lupu, a declarat că pădurile sunt în siguranță.",
        [("Horia Lupu", "a declarat", ("pădurile sunt în siguranță",), "indirect")],
    ),
    (
        "Pădurile sunt în siguranță, a declarat ministrul Mediului, Horia Lupu.",
        [("Horia Lupu", "a declarat", ("Pădurile sunt în siguranță",), "indirect")],
    ),
    (
        "„Pădurile sunt în siguranță”, a declarat ministrul Horia Lupu.",
        [("Horia Lupu", "a declarat", ("Pădurile sunt în siguranță",), "direct")],
    ),
    (
        "„Pădurile sunt în siguranță. Nu tăiem nimic”, a spus Horia Lupu la Cluj.",
        [("Horia Lupu", "a spus", ("Pădurile sunt în siguranță. Nu tăiem nimic",), "direct")],
    ),
    (
        "„Pădurile”, a spus Horia Lupu, „sunt în siguranță”.",
        [
            (
                "Horia Lupu",
                "a spus",
                (
                    "Pădurile",
                    "sunt în siguranță",
                ),
                "direct",
            )
        ],
    ),
    (
        "Horia Lupu susține că „nimeni nu taie” pădurile.",
        [("Horia Lupu", "susține", ("„nimeni nu taie” pădurile",), "mixed")],
    ),
    (
        "Potrivit Ministerului Mediului, suprafața împădurită a crescut cu 2%.",
        [
            (
                "Ministerul Mediului",
                "Potrivit",
                ("suprafața împădurită a crescut cu 2%",),
                "indirect",
            )
        ],
    ),
    (
        "Suprafața împădurită a crescut cu 2%, potrivit Ministerului Mediului.",
        [
            (
                "Ministerul Mediului",
                "potrivit",
                ("Suprafața împădurită a crescut cu 2%",),
                "indirect",
            )
        ],
    ),
    (
        "Horia Lupu a spus că pădurile cresc, adăugând că tăierile ilegale au scăzut.",
        [
            ("Horia Lupu", "a spus", ("pădurile cresc",), "indirect"),
            ("Horia Lupu", "adăugând", ("tăierile ilegale au scăzut",), "indirect"),
        ],
    ),
    (
        "Horia Lupu a spus că pădurile cresc, iar Dana Marin a replicat că datele sunt false.",
        [
            ("Horia Lupu", "a spus", ("pădurile cresc",), "indirect"),
            ("Dana Marin", "a replicat", ("datele sunt false",), "indirect"),
        ],
    ),
    (
        "Dana Marin, care conduce o asociație de mediu, crede că datele sunt false.",
        [("Dana Marin", "crede", ("datele sunt false",), "indirect")],
    ),
    (
        "Dana Marin a calificat raportul drept „o rușine”.",
        [("Dana Marin", "a calificat", ("raportul drept „o rușine”",), "mixed")],
    ),
    (
        "Dana Marin neagă că ar fi primit bani.",
        [("Dana Marin", "neagă", ("ar fi primit bani",), "indirect")],
    ),
    (
        "Guvernul spune că are bani; opoziția afirmă că bugetul este gol.",
        [
            ("Guvernul", "spune", ("are bani",), "indirect"),
            ("opoziția", "afirmă", ("bugetul este gol",), "indirect"),
        ],
    ),
    (
        "Horia Lupu a precizat: „Nu tăiem nimic.”",
        [("Horia Lupu", "a precizat", ("Nu tăiem nimic",), "direct")],
    ),
    (
        "Horia Lupu a fost tranșant: „Nu tăiem nimic de azi înainte”.",
        [("Horia Lupu", "a fost tranșant", ("Nu tăiem nimic de azi înainte",), "direct")],
    ),
    (
        "Horia Lupu a vorbit la Cluj. A mai precizat că pădurile cresc.",
        [("Horia Lupu", "A mai precizat", ("pădurile cresc",), "indirect")],
    ),
    (
        "O sursă din minister a declarat, sub protecția anonimatului, că raportul este fals.",
        [("sursă din minister", "a declarat", ("raportul este fals",), "indirect")],
    ),
    (
        "Pădurile cresc, transmite ministerul, citat de Agerpres.",
        [("ministerul", "transmite", ("Pădurile cresc",), "indirect")],
    ),
    (
        "Horia Lupu a declarat pentru Agerpres că pădurile cresc.",
        [("Horia Lupu", "a declarat", ("pădurile cresc",), "indirect")],
    ),
    (
        "Horia Lupu ar fi declarat că pleacă din guvern.",
        [("Horia Lupu", "ar fi declarat", ("pleacă din guvern",), "indirect")],
    ),
    (
        "Drona a căzut în Deltă, anunță Ministerul Apărării.",
        [("Ministerul Apărării", "anunță", ("Drona a căzut în Deltă",), "indirect")],
    ),
    (
        "Fermierii spun că recolta este slabă.",
        [("Fermierii", "spun", ("recolta este slabă",), "indirect")],
    ),
    (
        "„Recolta e slabă”, a spus o vecină.",
        [("vecină", "a spus", ("Recolta e slabă",), "direct")],
    ),
]

NO_CLAIMS = [
    "A fost o „vară de foc” la munte.",
    "Ministrul a refuzat să comenteze.",
    "I s-a spus că drumul este închis.",
    "Horia Lupu a plecat la Cluj pentru a anunța că vin bani.",
    "Horia Lupu nu a spus cât costă.",
]


@pytest.mark.parametrize(("text", "expected"), CLAIMS)
def test_sentence_has_these_claims(text: str, expected: list[Row]) -> None:
    assert rows(text, "ro") == expected


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_sentence_has_no_claim(text: str) -> None:
    assert rows(text, "ro") == []
