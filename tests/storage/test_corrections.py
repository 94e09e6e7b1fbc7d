"""Claims that people put right: the words, the speaker, and what follows from them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.fakes import RecordingNotifier
from tests.test_pipeline import FIRST, NOW, SECOND, Bells, draft
from tracker.assembly import build_tracker
from tracker.claims.correction import Correction
from tracker.config import Settings
from tracker.errors import InvalidCorrection, NotFound
from tracker.pipeline import Step, Tracker
from tracker.types import Claim, ConflictFilter, Event, SourceDraft, SourceKind, Span

PREFECT = SourceDraft(name="Mioara Tănase", kind=SourceKind.PERSON)


@pytest.fixture
def bells() -> Bells:
    return Bells()


@pytest.fixture
def tracker(database_url: str, bells: Bells) -> Iterator[Tracker]:
    built = build_tracker(Settings(database_url=database_url), bells)
    yield replace(built, notifier=RecordingNotifier(), clock=lambda: NOW)
    built.storage.close()


def read(tracker: Tracker, *texts: str) -> list[Claim]:
    """The first claim of each article, once all are through the line."""
    ids = [tracker.add_article(draft(text, text)).article_id for text in texts]
    tracker.catch_up()
    with tracker.storage.snapshot() as tx:
        return [tx.claims.of_article(id)[0] for id in ids]


def again(tracker: Tracker, claim: Claim) -> Claim:
    with tracker.storage.snapshot() as tx:
        return tx.claims.get(claim.id)


def test_words_are_corrected_and_compared_anew(tracker: Tracker, bells: Bells) -> None:
    first, second = read(tracker, FIRST, SECOND)
    bells.rung.clear()
    words = "este închis circulației"
    tracker.correct(second.id, Correction(quotation=words, by="Ana", note="cut too wide"))
    assert bells.rung == [Step.MATCH]
    fixed = again(tracker, second)
    [span] = fixed.attribution.content
    assert SECOND[span.start : span.end] == fixed.statement.text == words
    assert fixed.statement.details.polarity != second.statement.details.polarity
    assert fixed.embedding != second.embedding
    with tracker.storage.snapshot() as tx:
        assert tx.articles.get(second.article_id).text == SECOND
        assert tx.matches.of_claims([first.id, second.id]) == []
        [edit] = tx.corrections.of_claim(second.id)
        [conflict] = tx.conflicts.page(ConflictFilter(), 9, 0)
    assert (edit.by, edit.note, edit.at) == ("Ana", "cut too wide", NOW)
    assert (edit.before.text, edit.after.text) == (second.statement.text, words)
    assert edit.before.content == second.attribution.content
    assert conflict.history[-1].event is Event.CORRECTED
    tracker.catch_up()
    with tracker.storage.snapshot() as tx:
        [pair] = tx.matches.of_claims([first.id, second.id])
    assert pair.hypothesis.statement.text == words


def test_corrected_words_are_found_by_search(tracker: Tracker) -> None:
    [claim] = read(tracker, FIRST)
    tracker.correct(claim.id, Correction(quotation="Constructorul lucrează de luni", by="Ana"))
    later = read(tracker, "Constructorul lucrează de luni la pod, a spus viceprimarul Ion Dan.")[0]
    with tracker.storage.snapshot() as tx:
        nearby = tx.claims.candidates(later, tracker.window, 9)
    assert [each.statement.text for each in nearby] == ["Constructorul lucrează de luni"]


def test_a_speaker_is_corrected_to_one_who_is_known(tracker: Tracker) -> None:
    first, second = read(tracker, FIRST, SECOND)
    tracker.correct(first.id, Correction(speaker=PREFECT, by="Ana"))
    fixed = again(tracker, first)
    assert fixed.source.id == second.source.id
    assert fixed.statement.speaker == "Mioara Tănase"
    assert fixed.attribution.content == first.attribution.content
    with tracker.storage.snapshot() as tx:
        [edit] = tx.corrections.of_claim(first.id)
    assert (edit.before.speaker, edit.after.speaker) == ("Dorin Lupșa", "Mioara Tănase")
    tracker.catch_up()
    with tracker.storage.snapshot() as tx:
        assert [each.match.premise_id for each in tx.matches.of_claims([first.id, second.id])]


def test_a_speaker_nobody_knew_is_new(tracker: Tracker) -> None:
    [claim] = read(tracker, FIRST)
    new = SourceDraft(name="Comuna Vărad", kind=SourceKind.ORGANISATION)
    tracker.correct(claim.id, Correction(speaker=new, by="Ana"))
    assert again(tracker, claim).source.kind is SourceKind.ORGANISATION


def test_what_cannot_be_is_refused_and_changes_nothing(tracker: Tracker) -> None:
    [claim] = read(tracker, FIRST)
    refusals = {
        "do not stand": Correction(quotation="Podul e deschis", by="Ana"),
        "already": Correction(quotation=claim.statement.text, by="Ana"),
    }
    for match, correction in refusals.items():
        with pytest.raises(InvalidCorrection, match=match):
            tracker.correct(claim.id, correction)
    with pytest.raises(NotFound):
        tracker.correct(999, Correction(quotation="Podul", by="Ana"))
    assert again(tracker, claim) == claim
    with tracker.storage.snapshot() as tx:
        assert tx.corrections.of_claim(claim.id) == []
        assert tx.claims.unmatched(claim.article_id) == []


def test_two_claims_of_an_article_never_have_the_same_words(tracker: Tracker) -> None:
    both = FIRST + " „Lucrările merg bine”, a adăugat el."
    read(tracker, both)
    with tracker.storage.snapshot() as tx:
        one, other, *_ = tx.claims.of_article(1)
    with pytest.raises(InvalidCorrection, match="another claim"):
        tracker.correct(one.id, Correction(quotation=other.statement.text, by="Ana"))


def test_who_comes_second_is_told(tracker: Tracker) -> None:
    [claim] = read(tracker, FIRST)
    fixed = replace(claim, attribution=replace(claim.attribution, content=(Span(0, 5),)))
    tracker.correct(claim.id, Correction(quotation="Podul peste Crișul Alb", by="Ana"))
    with (
        tracker.storage.transaction() as tx,
        pytest.raises(InvalidCorrection, match="meanwhile"),
    ):
        tx.corrections.save(claim, fixed, Correction(by="Ion"), NOW)
