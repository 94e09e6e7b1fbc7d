from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.storage.samples import MAYOR, NOON, article, claim, later, store
from tracker.errors import ArticleChanged, InvalidInput, NotFound
from tracker.reading import save_source
from tracker.storage import Storage
from tracker.types import ArticleState, SourceDraft, SourceKind


def test_the_same_identifier_is_one_article(storage: Storage) -> None:
    with storage.transaction() as tx:
        first, created = tx.articles.add(article(), received_at=NOON)
        again, created_again = tx.articles.add(article(), received_at=later())
    assert (created, created_again) == (True, False)
    assert again == first


def test_without_an_identifier_the_same_words_are_one_article(storage: Storage) -> None:
    with storage.transaction() as tx:
        first, _ = tx.articles.add(article(None), received_at=NOON)
        again, created = tx.articles.add(article(None), received_at=NOON)
        other, other_created = tx.articles.add(article(None, "Altceva."), received_at=NOON)
    assert (again.id, created) == (first.id, False)
    assert other_created
    assert other.id != first.id


def test_a_revision_is_an_article_of_its_own(storage: Storage) -> None:
    with storage.transaction() as tx:
        first, _ = tx.articles.add(article(), received_at=NOON)
        second, created = tx.articles.add(
            article(text="Podul e deschis.", revision=2), received_at=NOON
        )
    assert created
    assert second.id != first.id


def test_other_words_under_the_same_revision_are_refused(storage: Storage) -> None:
    with storage.transaction() as tx:
        tx.articles.add(article(), received_at=NOON)
    with pytest.raises(ArticleChanged, match="higher revision"), storage.transaction() as tx:
        tx.articles.add(article(text="Podul e deschis."), received_at=NOON)


def test_only_the_first_to_settle_an_article_settles_it(storage: Storage) -> None:
    with storage.transaction() as tx:
        stored, _ = tx.articles.add(article(), received_at=NOON)
        assert tx.articles.unextracted(NOON) == [stored.id]
        assert tx.articles.settle(stored.id, ArticleState.EXTRACTED, NOON)
        assert not tx.articles.settle(stored.id, ArticleState.QUARANTINED, NOON, error="late")
    with storage.snapshot() as tx:
        assert tx.articles.get(stored.id).state is ArticleState.EXTRACTED
        assert tx.articles.unextracted(later()) == []
        assert tx.articles.counts()[ArticleState.EXTRACTED] == 1


def test_a_quarantined_article_keeps_its_error_until_it_is_retried(storage: Storage) -> None:
    with storage.transaction() as tx:
        stored, _ = tx.articles.add(article(), received_at=NOON)
        tx.articles.settle(stored.id, ArticleState.QUARANTINED, NOON, error="ValueError: no")
        assert tx.articles.get(stored.id).error == "ValueError: no"
        tx.articles.retry(stored.id)
    with storage.snapshot() as tx:
        assert tx.articles.get(stored.id).state is ArticleState.PENDING
        assert tx.articles.get(stored.id).error is None


def test_unsupported_languages_are_counted(storage: Storage) -> None:
    with storage.transaction() as tx:
        for number, language in enumerate(("fi", "hu", "fi")):
            stored, _ = tx.articles.add(article(str(number), language=language), received_at=NOON)
            tx.articles.settle(stored.id, ArticleState.UNSUPPORTED, NOON)
        assert tx.articles.counts_by_language() == {"fi": 2, "hu": 1}


def test_moments_need_a_zone(storage: Storage) -> None:
    naive = datetime(2026, 3, 2)  # noqa: DTZ001
    with pytest.raises(InvalidInput, match="time zone"), storage.transaction() as tx:
        tx.articles.add(article(published_at=naive), received_at=NOON)


def test_an_unknown_article_is_named(storage: Storage) -> None:
    with storage.snapshot() as tx, pytest.raises(NotFound, match="no article 77"):
        tx.articles.get(77)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_text_comes_back_verbatim(storage: Storage, text: str) -> None:
    with storage.transaction() as tx:
        stored, _ = tx.articles.add(article(None, text), received_at=NOON)
    with storage.snapshot() as tx:
        assert tx.articles.get(stored.id).text == text


def test_a_lone_surrogate_is_refused_and_stores_nothing(storage: Storage) -> None:
    with pytest.raises(InvalidInput), storage.transaction() as tx:
        tx.articles.add(article(text="a\ud800b"), received_at=NOON)
    with storage.snapshot() as tx:
        assert tx.articles.recent(10) == []


@pytest.mark.parametrize("spelling", ["Ana Rusu", "ANA RUSU", "Rusu"])
def test_a_source_is_found_by_any_of_its_names(storage: Storage, spelling: str) -> None:
    with storage.transaction() as tx:
        saved = tx.sources.save(MAYOR, None)
        asked = SourceDraft(name=spelling, kind=SourceKind.PERSON)
        assert tx.sources.similar(asked) == [saved]
        assert tx.sources.similar(SourceDraft(name="Ion Pop", kind=SourceKind.PERSON)) == []


def test_a_source_learns_names_and_roles(storage: Storage) -> None:
    short = SourceDraft(name="Țuțuianu", kind=SourceKind.PERSON)
    full = replace(short, name="Șerban Țuțuianu", role="inginer", aliases=("inginerul Țuțuianu",))
    with storage.transaction() as tx:
        saved = tx.sources.save(short, None)
        learned = tx.sources.save(full, saved)
    assert learned.id == saved.id
    assert learned.name == "Șerban Țuțuianu"
    assert set(learned.aliases) == {"Țuțuianu", "inginerul Țuțuianu"}
    assert learned.role == "inginer"


@pytest.mark.parametrize("words", ["Песк", "pesk", "дмит пес", "DMITRI"])
def test_sources_are_sought_in_either_script(storage: Storage, words: str) -> None:
    with storage.transaction() as tx:
        latin = tx.sources.save(SourceDraft(name="Dmitri Peskov", kind=SourceKind.PERSON), None)
        tx.sources.save(SourceDraft(name="Ion Pop", kind=SourceKind.PERSON), None)
        assert tx.sources.called(words, 9) == [latin]


def test_of_very_many_that_may_be_meant_the_exact_name_comes_first(storage: Storage) -> None:
    given = [a + b + c for a in "BCDF" for b in "aeio" for c in ("ru", "lin", "mos", "dan", "vit")]
    with storage.transaction() as tx:
        for name in given:
            tx.sources.save(SourceDraft(name=f"{name} Popescu", kind=SourceKind.PERSON), None)
        asked = SourceDraft(name=f"{given[-1]} Popescu", kind=SourceKind.PERSON)
        found = tx.sources.similar(asked)
        bare = tx.sources.similar(SourceDraft(name="Popescu", kind=SourceKind.PERSON))
    assert found[0].name == asked.name
    assert 1 < len(found) < len(given)
    assert 1 < len(bare) < len(given)


def test_a_source_that_has_nothing_to_learn_keeps_nobody_waiting(storage: Storage) -> None:
    with storage.transaction() as tx:
        saved = save_source(tx, MAYOR)
        assert tx.sources.knows(MAYOR, saved) == saved
        told = replace(MAYOR, aliases=("doamna Rusu",))
        assert tx.sources.knows(told, saved) is None
        assert save_source(tx, told).aliases == ("Rusu", "doamna Rusu")


def test_sources_are_listed_with_their_claims(storage: Storage) -> None:
    first, _ = store(storage, claim(0), claim(20))
    with storage.snapshot() as tx:
        assert tx.sources.lately(100) == [(first.source, 2)]
        assert tx.sources.get(first.source.id).name == "Ana Rusu"
