"""Copies of a text are told from other texts on the same event."""

import pytest

from tracker.articles.likeness import SAME, bands, likeness, words_of

PARAGRAPHS = (
    "Podul peste Crișul Alb de la Vărad rămâne închis până la sfârșitul lunii, după ce expertiza "
    "cerută de primărie a găsit fisuri în doi dintre cei patru piloni ai construcției.",
    "Primarul Dorin Lupșa a declarat marți că lucrările vor începe de îndată ce guvernul aprobă "
    "banii și că localnicii vor fi anunțați din timp despre rutele ocolitoare.",
    "Constructorul spune că are utilajele pregătite la câțiva kilometri și că poate turna betonul "
    "în două săptămâni, dacă vremea rămâne uscată și nivelul râului nu crește.",
    "Prefectul Mioara Tănase a cerut totuși o a doua expertiză, de la un institut din capitală, "
    "fiindcă prima a fost făcută fără scafandri și fără probe din talpa pilonilor.",
    "Aproape o mie de oameni din satele de pe malul stâng fac acum ocolul prin Ineu, pe un drum "
    "cu gropi pe care autobuzele școlare abia îl pot străbate în fiecare dimineață.",
    "Ultima reparație serioasă la acest pod a fost făcută în urmă cu treizeci și unu de ani, când "
    "au fost schimbate grinzile metalice și balustradele de pe ambele trotuare.",
)
TEXT = "\n\n".join(PARAGRAPHS)
OTHER_REPORT = "\n\n".join(
    (
        "Circulația pe podul de la Vărad nu va fi reluată luna aceasta. Inginerii au descoperit "
        "crăpături la piloni, iar primăria nu vrea să riște, arată un raport citit de ziar.",
        "„Lucrările vor începe de îndată ce guvernul aprobă banii”, a spus Dorin Lupșa, primarul "
        "comunei, într-o conferință de presă ținută chiar lângă barierele de pe malul drept.",
        "Mioara Tănase, prefectul județului, nu este convinsă de raport și vrea încă unul, pentru "
        "că nimeni nu a coborât sub apă să vadă pe ce stau stâlpii de beton.",
        "Oamenii din sat se plâng că ajung la serviciu cu o oră mai târziu. Un șofer de autobuz "
        "povestește că a rupt deja două arcuri pe drumul ocolitor și că nu îi plătește nimeni.",
    )
)
EDITS = {
    "shortened": "\n\n".join(PARAGRAPHS[:4]),
    "two paragraphs dropped": "\n\n".join((*PARAGRAPHS[:1], *PARAGRAPHS[3:])),
    "another lead": "\n\n".join(
        ("Veste proastă pentru navetiștii din vestul țării, în plină iarnă.", *PARAGRAPHS[1:])
    ),
    "misprints": TEXT.replace("lucrările", "lucările").replace("scafandri", "scafandrii"),
    "no diacritics": TEXT.translate(str.maketrans("ăâîșțĂÂÎȘȚ", "aaistAAIST")),
    "set by another desk": TEXT.replace("\n\n", "\n").replace("–", "-").upper(),
}


def alike(one: str, other: str) -> float:
    return likeness(words_of(one), words_of(other))


@pytest.mark.parametrize("edit", EDITS)
def test_edited_copy_is_found_and_confirmed(edit: str) -> None:
    assert set(bands(TEXT)) & set(bands(EDITS[edit]))
    assert alike(TEXT, EDITS[edit]) > SAME + 0.1
    assert alike(TEXT, EDITS[edit]) == alike(EDITS[edit], TEXT)


def test_two_reporters_on_one_event_are_no_copies() -> None:
    assert not set(bands(TEXT)) & set(bands(OTHER_REPORT))
    assert alike(TEXT, OTHER_REPORT) < SAME - 0.2


def test_a_text_of_few_words_is_no_copy_of_any() -> None:
    assert bands("Podul este închis, spune primarul.") == ()
    assert alike("", TEXT) == 0.0


def test_numbers_are_the_same_wherever_they_are_computed() -> None:
    assert len(bands(TEXT)) == 32
    assert bands(TEXT)[0] == 8299994758574973426, "stored numbers have to be computed anew"
    assert all(-(2**63) <= each < 2**63 for each in bands(TEXT))
