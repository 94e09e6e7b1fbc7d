"""Claims that print others again: one stands for all, whoever comes in first."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import permutations
from random import Random

import pytest
import sqlalchemy as sa

from tests.articles.test_likeness import TEXT
from tests.storage.samples import MAYOR, NOON, article, begin, claim, later, pair
from tracker.articles.likeness import bands
from tracker.claims.correction import Correction, with_speaker, with_words
from tracker.languages import languages
from tracker.reading import save_source
from tracker.storage import Storage, Transaction
from tracker.types import (
    ArticleState,
    Claim,
    ClaimDraft,
    Conflict,
    ConflictState,
    Event,
    Expiry,
    MatchDraft,
    RelatedPair,
    SourceDraft,
    SourceKind,
    Span,
)
from tracker.upkeep import drop_articles

WORDS = "podul este închis până vineri"
SLIP = "podul este închis pana vinerii"
PREFECT = SourceDraft(name="Mioara Tănase", kind=SourceKind.PERSON)
OFFICIAL = SourceDraft(name="un oficial", kind=SourceKind.ANONYMOUS)


@dataclass(frozen=True)
class Print:
    """An article with one quotation."""

    outlet: str
    hour: int = 0
    text: str = WORDS
    source: SourceDraft = MAYOR
    copy: bool = False
    """Whether the article is agency copy that others print too."""
    denied: bool = False

    @property
    def body(self) -> str:
        text = f"{self.outlet}: {self.text}."
        return f"{TEXT}\n\n{text}" if self.copy else text

    def draft(self) -> ClaimDraft:
        day = (NOON + timedelta(hours=self.hour)).day
        found = claim(text=self.text, day=day, source=self.source)
        start = self.body.index(self.text)
        said = found.statement
        return replace(
            found,
            attribution=replace(
                found.attribution, content=(Span(start, start + len(self.text)),), cue=None
            ),
            statement=replace(said, details=replace(said.details, is_denied=self.denied)),
        )


def take(storage: Storage, one: Print) -> Claim:
    """A print goes through the line's own way of storing."""
    with storage.transaction() as tx:
        when = NOON + timedelta(hours=one.hour)
        draft = article(one.outlet, one.body, outlet=one.outlet, published_at=when)
        stored, _ = tx.articles.add(draft, received_at=NOON)
        tx.articles.settle(stored.id, ArticleState.EXTRACTED, NOON)
        tx.reprints.keep(stored, bands(stored.text))
        found = one.draft()
        kept = tx.claims.add(stored, found, save_source(tx, found.source), at=NOON)
        tx.sightings.settle(stored, [kept], later(), new=True)
    return now(storage, kept)


def now(storage: Storage, kept: Claim) -> Claim:
    with storage.snapshot() as tx:
        return tx.claims.get(kept.id)


def families(storage: Storage) -> dict[str, set[str]]:
    """The outlets that print each claim again, by the outlet of the claim."""
    with storage.snapshot() as tx:
        claims = {c.id: c for a in tx.articles.recent(99) for c in tx.claims.of_article(a.id)}
        again = tx.sightings.of(list(claims))
    return {
        each.outlet: {one.outlet for one in again.get(id, ())}
        for id, each in claims.items()
        if each.sighting_of is None
    }


def waiting(storage: Storage) -> set[str]:
    """The outlets with claims that are to be matched."""
    with storage.snapshot() as tx:
        ids = tx.claims.articles_unmatched(later(99))
        return {each.outlet for each in tx.articles.get_many(ids).values()}


@contextmanager
def connected(url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def check(url: str) -> None:
    """Every sighting is one of a claim that is none, and has nothing of its own."""
    sightings = "SELECT id FROM claim WHERE sighting_of IS NOT NULL"
    with connected(url) as connection:
        for query in (
            "SELECT id FROM claim WHERE sighting_of NOT IN "
            "(SELECT id FROM claim WHERE sighting_of IS NULL)",
            f"{sightings} AND matched_at IS NULL",
            f"SELECT claim_id FROM claim_key WHERE claim_id IN ({sightings})",
            f"SELECT claim_id FROM claim_near WHERE claim_id IN ({sightings})",
            f"SELECT claim_id FROM conflict_claim WHERE claim_id IN ({sightings})",
            f"SELECT id FROM match WHERE premise_id IN ({sightings}) "
            f"OR hypothesis_id IN ({sightings})",
        ):
            assert connection.execute(sa.text(query)).all() == [], query


def disputed(storage: Storage, one: Claim) -> tuple[int, RelatedPair]:
    """A conflict that somebody else's claim has with one."""
    other = take(storage, Print("Opozantul", 1, "podul este deschis pentru toată lumea", PREFECT))
    found = pair(storage, one, other)
    with storage.transaction() as tx:
        tx.conflicts.lock()
        tx.claims.mark_matched(one.id, NOON)
        tx.claims.mark_matched(other.id, NOON)
        return begin(tx, found), found


def conflict(storage: Storage, id: int) -> Conflict:
    with storage.snapshot() as tx:
        return tx.conflicts.get(id)


def candidates(tx: Transaction, one: Claim) -> set[int]:
    return {each.id for each in tx.claims.candidates(one, timedelta(days=9), 99)}


def test_the_same_words_again_are_a_sighting_that_nobody_is_compared_with(
    storage: Storage, database_url: str
) -> None:
    first, again = take(storage, Print("A")), take(storage, Print("B", 1))
    other = take(storage, Print("C", 2, "podul peste Olt este închis până luni", PREFECT))
    assert (first.sighting_of, again.sighting_of) == (None, first.id)
    assert waiting(storage) == {"A", "C"}
    with storage.snapshot() as tx:
        assert candidates(tx, other) == {first.id}
        assert tx.claims.unmatched(again.article_id) == []
        [sighting] = tx.sightings.of([first.id])[first.id]
    assert (sighting.id, sighting.outlet) == (again.id, "B")
    check(database_url)


@pytest.mark.parametrize(
    "other",
    [
        Print("B", 24),
        Print("B", 1, WORDS + " seara"),
        Print("B", 1, source=PREFECT),
        Print("B", 1, denied=True),
        Print("B", 1, "podul este închis până vinerea"),
    ],
    ids=["another day", "more words", "another speaker", "denied", "other words"],
)
def test_what_is_not_quite_the_same_is_a_claim_of_its_own(storage: Storage, other: Print) -> None:
    take(storage, Print("A"))
    assert take(storage, other).sighting_of is None


def test_what_nobody_by_name_said_may_be_said_by_two(storage: Storage) -> None:
    take(storage, Print("A", source=OFFICIAL))
    assert take(storage, Print("B", 1, source=OFFICIAL)).sighting_of is None


def test_agency_copy_is_known_on_another_day_and_with_slips_of_the_pen(storage: Storage) -> None:
    take(storage, Print("Agency", copy=True))
    take(storage, Print("Next day", 30, SLIP, copy=True))
    take(storage, Print("Own report", 54, SLIP))
    take(storage, Print("Other figure", 2, "podul este închis până sâmbătă", copy=True))
    take(storage, Print("Weeks later", 24 * 20, copy=True))
    with storage.snapshot() as tx:
        [copy] = [each for each in tx.articles.recent(9) if each.outlet == "Next day"]
        assert [each.outlet for each in tx.reprints.of(copy)] == ["Agency", "Other figure"]
    assert families(storage) == {
        "Agency": {"Next day"},
        "Own report": set(),
        "Other figure": set(),
        "Weeks later": set(),
    }


def test_an_earlier_print_stands_for_the_others_from_then_on(
    storage: Storage, database_url: str
) -> None:
    later_print, last = take(storage, Print("B", 5)), take(storage, Print("C", 6))
    id, found = disputed(storage, later_print)
    first = take(storage, Print("A", 4))
    assert families(storage) == {"A": {"B", "C"}, "Opozantul": set()}
    assert now(storage, last).sighting_of == first.id
    told = conflict(storage, id)
    assert {frozenset(side) for side in told.sides} == {
        frozenset({first.id}),
        frozenset({found.hypothesis.id}),
    }
    assert (told.outlets, told.history[-1].event) == (4, Event.REPRINTED)
    assert told.history[-1].claims == (first.id,)
    assert waiting(storage) == {"A"}
    with storage.snapshot() as tx:
        assert tx.matches.of_claims([later_print.id, found.hypothesis.id]) == []
        assert candidates(tx, found.hypothesis) == {first.id}
        assert [each.id for each in tx.conflicts.holding([last.id])] == [id]
    check(database_url)


def test_what_somebody_arranged_stays_with_the_words(storage: Storage) -> None:
    kept = take(storage, Print("B", 5))
    id, found = disputed(storage, kept)
    more = take(storage, Print("D", 5, "podul nu se deschide până vineri"))
    joining = pair(storage, more, found.hypothesis)
    with storage.transaction() as tx:
        tx.conflicts.lock()
        tx.sides.merge(id, begin(tx, joining), "Ana", NOON)
    first = take(storage, Print("A", 4))
    with storage.snapshot() as tx:
        [kept_conflict] = tx.groups.around(first.id).conflicts
    assert first.id in kept_conflict.arranged[0] | kept_conflict.arranged[1]


def test_a_sighting_is_told_in_the_history_and_is_no_news(storage: Storage) -> None:
    kept = take(storage, Print("A"))
    id, _ = disputed(storage, kept)
    with storage.transaction() as tx:
        tx.conflicts.mark_alerted(tx.conflicts.get(id), later())
    again = take(storage, Print("B", 3))
    told = conflict(storage, id)
    assert [(each.event, each.claims) for each in told.history[1:]] == [
        (Event.REPRINTED, (again.id,))
    ]
    assert (told.state, told.outlets) == (ConflictState.NEW, 3)
    with storage.snapshot() as tx:
        assert tx.conflicts.unalerted(later(99)) == []


CHAIN = (
    Print("A", 3, copy=True),
    Print("B", 30, SLIP, copy=True),
    Print("C", 31, SLIP),
    Print("D", 2, copy=False),
    Print("E", 26),
)
"""A and D print the same on one day, A and B are one text, B and C print the same the day after."""


@pytest.mark.parametrize("order", list(permutations(range(4)))[::3])
def test_in_every_order_the_same_claim_stands_for_the_same(
    storage: Storage, database_url: str, order: Sequence[int]
) -> None:
    for place in (*order, 4):
        take(storage, CHAIN[place])
    assert families(storage) == {"D": {"A", "B", "C"}, "E": set()}
    check(database_url)


def test_prints_that_come_all_at_once_have_one_first(storage: Storage, database_url: str) -> None:
    prints = [Print(f"Outlet {n}", n % 5, copy=n % 2 == 0) for n in range(16)]
    barrier = threading.Barrier(4)

    def work(own: Sequence[Print]) -> None:
        barrier.wait()
        for each in own:
            take(storage, each)

    shuffled = Random(1).sample(prints, len(prints))
    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(work, shuffled[n::4]) for n in range(4)]:
            done.result()
    assert families(storage) == {"Outlet 0": {each.outlet for each in prints[1:]}}
    check(database_url)


def test_a_match_of_what_has_become_a_sighting_is_not_stored(storage: Storage) -> None:
    kept = take(storage, Print("B", 5))
    other = take(storage, Print("C", 2, "podul peste Olt este deschis", PREFECT))
    draft = MatchDraft(premise_id=other.id, hypothesis_id=kept.id, scores={"total": 0.5})
    take(storage, Print("A", 4))
    with storage.transaction() as tx:
        tx.matches.add_all([draft])
        assert tx.matches.scores() == {}


# --- what people correct ------------------------------------------------------------------------


def correct(storage: Storage, one: Claim, fixed: Claim, correction: Correction) -> None:
    with storage.transaction() as tx:
        tx.corrections.save(one, fixed, correction, later(9))


def with_other_speaker(storage: Storage, one: Claim) -> None:
    with storage.transaction() as tx:
        other = save_source(tx, PREFECT)
    correct(storage, one, with_speaker(one, other), Correction(by="Ana", speaker=PREFECT))


def test_a_sighting_put_right_is_a_claim_of_its_own(storage: Storage, database_url: str) -> None:
    take(storage, Print("A"))
    again = take(storage, Print("B", 1))
    with_other_speaker(storage, again)
    assert families(storage) == {"A": set(), "B": set()}
    assert "B" in waiting(storage)
    with storage.snapshot() as tx:
        assert again.id in candidates(tx, take_look(tx, "A"))
    check(database_url)


def take_look(tx: Transaction, outlet: str) -> Claim:
    [one] = [each for each in tx.articles.recent(9) if each.outlet == outlet]
    [found] = tx.claims.of_article(one.id)
    return found


def test_a_sighting_put_right_is_found_to_be_the_same_as_another(storage: Storage) -> None:
    take(storage, Print("A", 0, "este închis până vineri"))
    again = take(storage, Print("B", 1))
    with storage.snapshot() as tx:
        printed = tx.articles.get(again.article_id)
    words = "este închis până vineri"
    fixed = with_words(again, printed, words, languages().nearest("ro"))
    correct(storage, again, fixed, Correction(by="Ana", quotation=words))
    assert families(storage) == {"A": {"B"}}


def test_what_prints_a_claim_again_goes_with_it_when_it_is_put_right(
    storage: Storage, database_url: str
) -> None:
    first, _ = take(storage, Print("A")), take(storage, Print("B", 1))
    with_other_speaker(storage, first)
    assert families(storage) == {"A": {"B"}}
    take(storage, Print("C", 2))
    assert families(storage) == {"A": {"B", "C"}}
    check(database_url)


def test_merged_speakers_say_the_same_once_and_twice_when_they_are_split(
    storage: Storage, database_url: str
) -> None:
    first = take(storage, Print("A"))
    other = take(storage, Print("B", 1, source=PREFECT))
    take(storage, Print("C", 2, source=PREFECT))
    assert families(storage) == {"A": set(), "B": {"C"}}
    with storage.transaction() as tx:
        tx.speakers.merge(first.source.id, other.source.id, "Ana", later())
    assert families(storage) == {"A": {"B", "C"}}
    check(database_url)
    with storage.transaction() as tx:
        [edit] = tx.speakers.history(first.source.id)
        tx.speakers.undo(edit.id, "Ana", later(2))
    assert families(storage) == {"A": set(), "B": {"C"}}
    assert "B" in waiting(storage)
    check(database_url)


def test_the_first_print_split_off_leaves_the_others_to_the_next(
    storage: Storage, database_url: str
) -> None:
    first, *_ = [take(storage, Print(outlet, hour)) for hour, outlet in enumerate("ABC")]
    with storage.transaction() as tx:
        tx.speakers.split(first.source.id, "Ana Rusu-Pop", [first.id], "Ana", later())
    assert families(storage) == {"A": set(), "B": {"C"}}
    check(database_url)


# --- what has had its time ----------------------------------------------------------------------


def test_the_next_print_stands_when_the_first_has_had_its_time(
    storage: Storage, database_url: str
) -> None:
    for hour, outlet in enumerate("ABC"):
        kept = take(storage, Print(outlet, hour))
        with storage.transaction() as tx:
            tx.claims.mark_matched(kept.id, NOON)
    gone = list(drop_articles(storage, Expiry(before=NOON + timedelta(minutes=1))))
    assert sum(each.articles for each in gone) == 1
    assert families(storage) == {"B": {"C"}}
    assert waiting(storage) == {"B"}
    check(database_url)


def test_a_print_of_what_is_disputed_stays(storage: Storage) -> None:
    kept = take(storage, Print("A"))
    disputed(storage, kept)
    take(storage, Print("B", 3))
    assert list(drop_articles(storage, Expiry(before=NOON + timedelta(days=9)))) == []
