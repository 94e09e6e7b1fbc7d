"""Which stored source a new one is, and who answers for whom."""

import pytest

from tracker.sources import describe_speaker, identify, same_voice
from tracker.types import Source, SourceDraft, SourceKind


def person(name: str, **more: str) -> SourceDraft:
    return SourceDraft(name=name, kind=SourceKind.PERSON, **more)  # type: ignore[arg-type]


def body(name: str) -> SourceDraft:
    return SourceDraft(name=name, kind=SourceKind.ORGANISATION)


def stored(id: int, name: str, kind: SourceKind = SourceKind.PERSON) -> Source:
    return Source(id=id, name=name, kind=kind)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Ana Dumitrescu", "Ana Dumitrescu"),
        ("Horia Stănculeț", "Horia Stănculeţ"),
        ("Dumitrescu", "Ana Dumitrescu"),
        ("Dmitri Peskov", "Dmitry Peskov"),
        ("Iuri Orlov", "Yuri Orlov"),
        ("Volodimir Kravcenko", "Volodymyr Kravchenko"),
        ("J.D. Vance", "JD Vance"),
        ("John Smith", "John Adam Smith"),
    ],
)
def test_one_person_in_two_spellings(name: str, known: str) -> None:
    found = identify(person(name), [stored(7, known)])
    assert found is not None
    assert found.id == 7


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Ion Popescu", "Vasile Popescu"),
        ("Maria Pop", "Marian Pop"),
        ("Ana Pop", "Dana Pop"),
        ("George Simion", "George Simon"),
        ("Daniel Stan", "Daniela Stan"),
        ("Ion", "Ion Popescu"),
    ],
)
def test_two_people_stay_two(name: str, known: str) -> None:
    assert identify(person(name), [stored(7, known)]) is None


def test_a_surname_of_several_known_people_is_nobody() -> None:
    known = [stored(1, "Ion Popescu"), stored(2, "Vasile Popescu")]
    assert identify(person("Popescu"), known) is None


def test_the_exact_name_wins_over_a_likely_one() -> None:
    known = [stored(1, "Popescu"), stored(2, "Ion Popescu")]
    found = identify(person("Ion Popescu"), known)
    assert found is not None
    assert found.id == 2


@pytest.mark.parametrize("kind", [SourceKind.ANONYMOUS, SourceKind.UNRESOLVED])
def test_nobody_meets_nobody(kind: SourceKind) -> None:
    draft = SourceDraft(name="un oficial", kind=kind)
    assert identify(draft, [stored(1, "un oficial", kind)]) is None
    assert not same_voice(draft, draft)


def test_bodies_of_several_words_need_all_of_them() -> None:
    known = [stored(1, "Ministerul Apărării", SourceKind.ORGANISATION)]
    assert identify(body("Ministerul Sănătății"), known) is None
    assert identify(body("Ministerul Apărarii"), known) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kremlin", "Dmitri Peskov, purtătorul de cuvânt al Kremlinului"),
        ("Kremlin", "Dmitry Peskov, Kremlin spokesman"),
        ("Ministerul Sănătății", "Alina Rusu, ministra Sănătății"),
        ("Primăria Turda", "Ion Dobre, primarul municipiului Turda"),
        ("Norley Rail", "Martin Moore, chief executive of Norley Rail"),
        ("Carla Dunn, spokeswoman for Norley Rail", "Martin Moore, chief executive of Norley Rail"),
        ("Peskov", "Dmitri Peskov"),
    ],
)
def test_they_share_a_voice(one: str, other: str) -> None:
    assert same_voice(describe_speaker(one), describe_speaker(other))
    assert same_voice(describe_speaker(other), describe_speaker(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kremlin", "Casa Albă"),
        ("Ministerul Apărării", "Alina Rusu, ministra Sănătății"),
        ("Ion Popescu", "Vasile Popescu"),
        ("Tom Wilk, researcher at Norley Labs", "Norley Labs"),
    ],
)
def test_they_do_not_share_a_voice(one: str, other: str) -> None:
    assert not same_voice(describe_speaker(one), describe_speaker(other))
