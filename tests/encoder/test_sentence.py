"""Texts that mean the same get similar vectors; whatever the text, the vector is defined."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.encoder import OnnxEncoder, cosine, load_encoder

TRANSLATIONS = [
    (
        "Podul de peste Siret va fi închis o lună pentru reparații.",
        "The bridge over the Siret will be closed for a month for repairs.",
        "Мост через Сирет закроют на месяц на ремонт.",
    ),
    (
        "Ministrul nu a primit nicio ofertă de la investitori.",
        "The minister has not received any offer from investors.",
        "Министр не получил от инвесторов ни одного предложения.",
    ),
    (
        "Echipa a câștigat finala la loviturile de departajare.",
        "The team won the final on penalties.",
        "Команда выиграла финал по пенальти.",
    ),
    (
        "Temperaturile vor scădea sub zero grade la sfârșitul săptămânii.",
        "Temperatures will drop below freezing at the weekend.",
        "В выходные температура опустится ниже нуля.",
    ),
]


def values(vector: bytes) -> np.ndarray:
    return np.frombuffer(vector, "<f2").astype(np.float32)


@pytest.mark.parametrize(
    ("first", "second"), [(0, 1), (0, 2), (1, 2)], ids=["ro-en", "ro-ru", "en-ru"]
)
def test_translations_are_nearest_to_each_other(
    encoder: OnnxEncoder, first: int, second: int
) -> None:
    left = encoder.embed([texts[first] for texts in TRANSLATIONS])
    right = encoder.embed([texts[second] for texts in TRANSLATIONS])
    for place, vector in enumerate(left):
        likeness = [cosine(vector, other) for other in right]
        unrelated = max(value for other, value in enumerate(likeness) if other != place)
        assert likeness[place] > unrelated + 0.03


@settings(max_examples=40)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_any_text_has_a_unit_vector_of_one_width(encoder: OnnxEncoder, texts: list[str]) -> None:
    vectors = encoder.embed(texts)
    assert len(vectors) == len(texts)
    for vector in vectors:
        assert len(vector) == 2 * 384
        assert np.linalg.norm(values(vector)) == pytest.approx(1, abs=2e-3)


MIXED = [text for texts in TRANSLATIONS for text in texts] + ["", "Da.", "x " * 90]


@pytest.fixture(scope="module")
def alone(encoder: OnnxEncoder) -> dict[str, bytes]:
    return {text: encoder.embed([text])[0] for text in MIXED}


@settings(max_examples=10)
@given(st.permutations(MIXED))
def test_a_vector_does_not_depend_on_what_else_is_embedded(
    encoder: OnnxEncoder, alone: dict[str, bytes], texts: list[str]
) -> None:
    for text, vector in zip(texts, encoder.embed(texts), strict=True):
        assert cosine(vector, alone[text]) > 0.999


def test_two_threads_give_the_vectors_of_one(encoder: OnnxEncoder) -> None:
    texts = [text for texts in TRANSLATIONS for text in texts]
    both = zip(encoder.embed(texts), load_encoder(threads=2).embed(texts), strict=True)
    assert all(cosine(one, two) > 0.999 for one, two in both)


def test_no_texts_have_no_vectors(encoder: OnnxEncoder) -> None:
    assert encoder.embed([]) == []


ODD = ["", " \n\t", "da", "🙂🙂🙂", "日本語", "عاجل", "\ud800", "\x00", "1.234,5", "…", "A" * 3000]


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:9]))
def test_odd_texts_are_defined(encoder: OnnxEncoder, text: str) -> None:
    (vector,) = encoder.embed([text])
    assert np.isfinite(values(vector)).all()


def test_a_blank_text_is_like_an_empty_one(encoder: OnnxEncoder) -> None:
    empty, blank = encoder.embed(["", " \n\t "])
    assert cosine(empty, blank) > 0.999


def test_all_of_a_long_text_counts(encoder: OnnxEncoder) -> None:
    """An end that a single window would not see still moves the vector."""
    harvest = "Recolta de grâu a fost mai slabă decât anul trecut. " * 60
    verdict = "Instanța a respins recursul fostului primar. " * 60
    short, mixed, same = encoder.embed([verdict[:45], harvest + verdict, harvest])
    assert cosine(short, mixed) > cosine(short, same) + 0.02


def test_ten_thousand_words_are_defined(encoder: OnnxEncoder) -> None:
    (vector,) = encoder.embed(["da " * 10_000])
    assert np.linalg.norm(values(vector)) == pytest.approx(1, abs=2e-3)
