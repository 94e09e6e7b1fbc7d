"""Negation, clauses and terms, as the tables of both languages read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.languages import languages
from tracker.languages.reading import ClauseKind, Reading, read


def reading(text: str, code: str) -> Reading:
    return read(text, code, languages()[code].comparison)


def poles(text: str, code: str) -> dict[str, int]:
    return {mention.sense.concept: mention.pole for mention in reading(text, code).mentions}


@pytest.mark.parametrize(
    ("code", "text", "concept", "pole"),
    [
        ("ro", "Runda de la Geneva a adus progrese", "progress", 1),
        ("ro", "Runda de la Geneva nu a adus niciun progres", "progress", -1),
        ("ro", "S-au încheiat fără progrese", "progress", -1),
        ("ro", "Ministerul a negat că tarifele au crescut", "rise", -1),
        ("ro", "Nu doar tarifele au crescut", "rise", 1),
        ("ro", "Tarifele au scăzut, nu au crescut", "rise", -1),
        ("ro", "Nu este fără succes", "success", 1),
        ("en", "The round brought progress", "progress", 1),
        ("en", "No progress was made", "progress", -1),
        ("en", "The ministry denied that fares had risen", "rise", -1),
        ("en", "It did not deny that fares had risen", "rise", 1),
        ("en", "They left without any breakthrough", "breakthrough", -1),
        ("en", "It was not only fares that had risen", "rise", 1),
        ("en", "Without the progress of May, there would be no treaty today", "progress", 1),
        ("ro", "Fără progresul din mai, acordul nu ar fi fost semnat", "progress", 1),
    ],
)
def test_what_is_asserted(code: str, text: str, concept: str, pole: int) -> None:
    assert poles(text, code)[concept] == pole


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        ("ro", "Podul se închide, dacă plouă", ClauseKind.CONDITION),
        ("ro", "Podul, care nu are balustradă, rămâne deschis", ClauseKind.ASIDE),
        ("en", "The bridge closes, unless the rain stops", ClauseKind.CONDITION),
        ("en", "The bridge stays open, although the river rose", ClauseKind.ASIDE),
    ],
)
def test_clauses_that_are_not_the_point(code: str, text: str, kind: ClauseKind) -> None:
    kinds = [clause.kind for clause in reading(text, code).clauses]
    assert kinds.count(kind) == 1
    assert ClauseKind.MAIN in kinds


@pytest.mark.parametrize(
    ("text", "code", "term"),
    [
        ("Purtătorul de cuvânt al Moscovei tace", "ro", "entity:moscow"),
        ("The mayor of Moscow is silent", "en", "entity:moscow"),
        ("Delegația Elkabului a plecat", "ro", "entity:elkab"),
        ("Elkab's delegation has left", "en", "entity:elkab"),
        ("tratativele continuă", "ro", "concept:talks"),
        ("the negotiations go on", "en", "concept:talks"),
        ("prețurilor", "ro", "concept:price"),
        ("vizitele", "ro", "lemma:vizita"),
    ],
)
def test_terms_meet_across_inflection_and_language(text: str, code: str, term: str) -> None:
    assert term in reading(text, code).all_terms


def test_small_words_are_no_terms() -> None:
    assert reading("It was not what they had been told before", "en").all_terms == frozenset()


@given(st.text(), st.sampled_from(sorted(languages())))
def test_any_text_is_read(text: str, code: str) -> None:
    found = reading(text, code)
    assert len(found.terms) == len(found.words)
    assert [n for clause in found.clauses for n in range(clause.first, clause.last)] == list(
        range(len(found.words))
    )
