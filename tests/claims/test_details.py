"""Quantities, times, polarity, modality and keys of one claim, in both languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.claims import describe
from tracker.claims.numbers import parse_number
from tracker.languages import languages
from tracker.types import Bound, ClaimDetails, Modality, Polarity

WEDNESDAY = date(2026, 1, 14)


def details(code: str, text: str, about: str = "") -> ClaimDetails:
    return describe(text, languages()[code], WEDNESDAY, about=about)


@pytest.mark.parametrize(
    ("code", "text", "value", "unit", "bound"),
    [
        ("ro", "cel puțin 12 persoane au fost evacuate", 12, "people", Bound.AT_LEAST),
        ("ro", "un deficit de 7,9% din PIB", 7.9, "percent", Bound.EXACT),
        ("ro", "inflația a ajuns la 6 la sută", 6, "percent", Bound.EXACT),
        ("ro", "a urcat cu două puncte procentuale", 2, "percentage_points", Bound.EXACT),
        ("ro", "un contract de 1.234,5 lei", 1234.5, "RON", Bound.EXACT),
        ("ro", "2 milioane de euro", 2e6, "EUR", Bound.EXACT),
        ("ro", "aproape trei ore de așteptare", 3, "hour", Bound.ABOUT),
        ("ro", "peste 20 000 de abonați", 20000, "customer", Bound.AT_LEAST),
        ("ro", "patruzeci și doi de ani", 42, "year", Bound.EXACT),
        ("ro", "două sute de mii de dolari", 200000, "USD", Bound.EXACT),
        ("ro", "cel mult un copil", 1, "child", Bound.AT_MOST),
        ("en", "at least 12 people were moved", 12, "people", Bound.AT_LEAST),
        ("en", "about 3,000 customers", 3000, "customer", Bound.ABOUT),
        ("en", "a pipe of 1,234.5 km", 1234.5, "kilometre", Bound.EXACT),
        ("en", "more than $3.5 million was spent", 3.5e6, "USD", Bound.AT_LEAST),
        ("en", "up by 2.5 percentage points", 2.5, "percentage_points", Bound.EXACT),
        ("en", "eleven patients", 11, "patient", Bound.EXACT),
        ("en", "at least one driver", 1, "driver", Bound.AT_LEAST),
        ("en", "a hundred buses", 100, "bus", Bound.EXACT),
        ("en", "forty-two trains", 42, "train", Bound.EXACT),
        ("en", "half a dozen ships", 6, "ship", Bound.EXACT),
        ("en", "no fewer than 9 doctors", 9, "doctor", Bound.AT_LEAST),
    ],
)
def test_a_quantity(code: str, text: str, value: float, unit: str, bound: Bound) -> None:
    (quantity,) = details(code, text).quantities
    assert (quantity.value, quantity.unit, quantity.bound) == (value, unit, bound)
    assert quantity.text in text


@pytest.mark.parametrize(
    ("code", "text"),
    [("ro", "între 10 și 14 elevi"), ("ro", "10-14 elevi"), ("en", "between 10 and 14 pupils")],
)
def test_a_range_is_two_bounds(code: str, text: str) -> None:
    low, high = details(code, text).quantities
    assert (low.value, low.bound, low.unit) == (10, Bound.AT_LEAST, "pupil")
    assert (high.value, high.bound, high.unit) == (14, Bound.AT_MOST, "pupil")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ro", "alegerile din 2024"),
        ("ro", "pe 3 martie 2026"),
        ("ro", "la ora 14.30"),
        ("ro", "un om a trecut"),
        ("en", "the 2024 vote"),
        ("en", "on March 3"),
        ("en", "at 9 p.m."),
        ("en", "the A-320 took off"),
        ("en", "the 3rd attempt"),
        ("en", "they won 3:1"),
        ("en", "one of them left"),
    ],
)
def test_what_measures_nothing(code: str, text: str) -> None:
    assert details(code, text).quantities == ()


@pytest.mark.parametrize(
    ("digits", "decimal", "value"),
    [
        ("1.234,5", ",", 1234.5),
        ("1,234.5", ".", 1234.5),
        ("3.000", ",", 3000),
        ("3,000", ".", 3000),
        ("7,9", ",", 7.9),
        ("7.9", ",", 7.9),
        ("7,9", ".", 7.9),
        ("12 500", ",", 12500),
    ],
)
def test_numbers_by_the_format_of_the_language(digits: str, decimal: str, value: float) -> None:
    assert parse_number(digits, decimal) == value


@pytest.mark.parametrize(
    ("code", "text", "first", "last"),
    [
        ("ro", "podul se deschide mâine", date(2026, 1, 15), date(2026, 1, 15)),
        ("ro", "podul s-a deschis luni", date(2026, 1, 12), date(2026, 1, 12)),
        ("ro", "podul se va deschide luni", date(2026, 1, 19), date(2026, 1, 19)),
        ("ro", "podul s-a deschis pe 5 mai 2025", date(2025, 5, 5), date(2025, 5, 5)),
        ("ro", "podul s-a deschis în decembrie", date(2025, 12, 1), date(2025, 12, 31)),
        ("ro", "podul s-a deschis în 2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("ro", "până la 1 martie", date(2026, 3, 1), date(2026, 3, 1)),
        ("ro", "luna viitoare începe", date(2026, 2, 1), date(2026, 2, 28)),
        ("ro", "din 12.03.2026", date(2026, 3, 12), date(2026, 3, 12)),
        ("en", "the bridge opened yesterday", date(2026, 1, 13), date(2026, 1, 13)),
        ("en", "the bridge opened on Friday", date(2026, 1, 9), date(2026, 1, 9)),
        ("en", "the bridge will open on Friday", date(2026, 1, 16), date(2026, 1, 16)),
        ("en", "the bridge opened in March 2026", date(2026, 3, 1), date(2026, 3, 31)),
        ("en", "the bridge opened on March 3, 2026", date(2026, 3, 3), date(2026, 3, 3)),
        ("en", "it closed in May", date(2026, 5, 1), date(2026, 5, 31)),
        ("en", "since 2026-02-01", date(2026, 2, 1), date(2026, 2, 1)),
        ("en", "they meet next week", date(2026, 1, 19), date(2026, 1, 25)),
        ("en", "it closed last year", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_time(code: str, text: str, first: date, last: date) -> None:
    (time,) = details(code, text).times
    assert (time.first, time.last) == (first, last)
    assert time.text in text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "they may leave"),
        ("ro", "au plecat mai mulți"),
        ("ro", "noi am plecat"),
        ("en", "31 February 2026 came"),
        ("ro", "2000 de lei"),
    ],
)
def test_what_is_no_time(code: str, text: str) -> None:
    assert [time for time in details(code, text).times if time.first == time.last] == []
    assert not any(time.first.month == 5 for time in details(code, text).times)


@pytest.mark.parametrize(
    ("code", "text", "polarity"),
    [
        ("ro", "Uzina nu a concediat pe nimeni", Polarity.NEGATIVE),
        ("ro", "A respins criticile opoziției", Polarity.NEGATIVE),
        ("ro", "Uzina rămâne deschisă, deși comenzile nu au crescut", Polarity.POSITIVE),
        ("ro", "Dacă nu plouă, podul se deschide", Polarity.POSITIVE),
        ("ro", "Nu doar uzina, ci și portul rămâne deschis", Polarity.POSITIVE),
        ("ro", "Nu știe cine a cerut raportul", Polarity.NEGATIVE),
        ("en", "No driver was tested", Polarity.NEGATIVE),
        ("en", "The plant never leaked", Polarity.NEGATIVE),
        ("en", "They denied the report", Polarity.NEGATIVE),
        ("en", "The plant, which has no fence, stays open", Polarity.POSITIVE),
        ("en", "If it does not rain, the bridge will open", Polarity.POSITIVE),
        ("en", "The plant stays open", Polarity.POSITIVE),
    ],
)
def test_the_point_of_a_claim(code: str, text: str, polarity: Polarity) -> None:
    assert details(code, text).polarity is polarity


@pytest.mark.parametrize(
    ("code", "text", "modality"),
    [
        ("ro", "Podul s-a deschis", Modality.ASSERTED),
        ("ro", "Podul ar putea fi deschis", Modality.POSSIBLE),
        ("ro", "Podul se va deschide", Modality.PLANNED),
        ("ro", "Podul trebuie închis", Modality.OBLIGATORY),
        ("ro", "Podul s-ar deschide dacă ar fi bani", Modality.CONDITIONAL),
        ("ro", "Nu are cunoștință de vreun raport", Modality.UNKNOWING),
        ("en", "The bridge opened", Modality.ASSERTED),
        ("en", "The bridge could open", Modality.POSSIBLE),
        ("en", "The bridge will open", Modality.PLANNED),
        ("en", "The bridge must close", Modality.OBLIGATORY),
        ("en", "The bridge opens if there is money", Modality.CONDITIONAL),
        ("en", "He does not know of any report", Modality.UNKNOWING),
    ],
)
def test_how_firmly_it_is_said(code: str, text: str, modality: Modality) -> None:
    assert details(code, text).modality is modality


def test_claims_about_the_same_share_keys_across_languages() -> None:
    romanian = details("ro", "Negocierile de la Geneva ale Ucrainei au costat 3.000 de euro")
    english = details("en", "Ukraine's talks in Geneva cost 3,000 euros")
    shared = romanian.keys & english.keys
    assert {"entity:geneva", "entity:ukraine", "concept:talks", "number:3000"} <= shared


def test_only_the_names_of_the_context_are_keys() -> None:
    keys = details("en", "They were useful", "Talks on the Danube delta").keys
    assert "entity:danube" in keys
    assert "concept:talks" not in keys


@given(st.text(), st.text(), st.sampled_from(sorted(languages())), st.dates())
def test_any_text_is_described(text: str, about: str, code: str, said_on: date) -> None:
    found = describe(text, languages()[code], said_on, about=about)
    assert all(quantity.text in text for quantity in found.quantities)
    assert all(time.first <= time.last and time.text in text for time in found.times)


FIGURES = (
    "12 3.000 7,9 2026 31 mai luni nu fără două mii % $ de la ora - : . , ieri luna trecută "
    "yesterday last month year May March 3rd between and in next at least one hundred million"
)


@given(st.lists(st.sampled_from(FIGURES.split())), st.sampled_from(sorted(languages())), st.dates())
def test_any_mix_of_numbers_and_dates_is_described(
    words: list[str], code: str, said_on: date
) -> None:
    text = " ".join(words)
    found = describe(text, languages()[code], said_on)
    assert all(quantity.text in text for quantity in found.quantities)
