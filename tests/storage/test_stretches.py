"""Lists read by cursor, while rows come in."""

import base64
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.storage.samples import NOON, article, begin, claim, later, pair, store
from tracker.errors import InvalidInput
from tracker.storage import Storage
from tracker.types import (
    ArticleState,
    Claim,
    ClaimFilter,
    ConflictFilter,
    ConflictOrder,
    SourceDraft,
    SourceKind,
)

SHARED = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
SEVERITIES = st.sampled_from([0.0, 0.1, 1 / 3, 0.5, 1.0])
DAYS = st.integers(0, 2)
ARRIVALS = st.lists(st.tuples(SEVERITIES, DAYS), min_size=1, max_size=6)


def open_conflicts(
    storage: Storage, two: tuple[Claim, Claim], arrivals: list[tuple[float, int]]
) -> list[int]:
    found = pair(storage, *two)
    with storage.transaction() as tx:
        return [begin(tx, found, severity, later(day * 24 * 60)) for severity, day in arrivals]


def walk(
    storage: Storage, order: ConflictOrder, size: int, between: object = lambda: None
) -> list[int]:
    """The ids of a whole list, read in stretches."""
    seen: list[int] = []
    cursor: str | None = None
    while True:
        with storage.snapshot() as tx:
            part = tx.conflicts.stretch(ConflictFilter(order=order), size, cursor)
        seen += [each.id for each in part.items]
        cursor = part.cursor
        if cursor is None:
            return seen
        assert len(part.items) == size
        between()  # type: ignore[operator]


@pytest.fixture
def two(storage: Storage) -> tuple[Claim, Claim]:
    one, other = store(storage, claim(0), claim(20, "podul e deschis"))
    return one, other


@SHARED
@given(arrivals=ARRIVALS, size=st.integers(1, 4), order=st.sampled_from(ConflictOrder))
def test_stretches_joined_are_the_page(
    storage: Storage,
    two: tuple[Claim, Claim],
    arrivals: list[tuple[float, int]],
    size: int,
    order: ConflictOrder,
) -> None:
    open_conflicts(storage, two, arrivals)
    with storage.snapshot() as tx:
        page = tx.conflicts.page(ConflictFilter(order=order), 1000, 0)
    assert walk(storage, order, size) == [each.id for each in page]


@SHARED
@given(
    before=ARRIVALS,
    arrivals=ARRIVALS,
    size=st.integers(1, 3),
    order=st.sampled_from(ConflictOrder),
)
def test_what_comes_in_meanwhile_neither_repeats_nor_hides_anything(
    storage: Storage,
    two: tuple[Claim, Claim],
    before: list[tuple[float, int]],
    arrivals: list[tuple[float, int]],
    size: int,
    order: ConflictOrder,
) -> None:
    open_conflicts(storage, two, before)
    with storage.snapshot() as tx:
        expected = [each.id for each in tx.conflicts.page(ConflictFilter(order=order), 1000, 0)]
    coming = iter(arrivals)
    seen = walk(
        storage,
        order,
        size,
        lambda: open_conflicts(storage, two, [*filter(None, [next(coming, None)])]),
    )
    assert len(seen) == len(set(seen))
    assert [id for id in seen if id in expected] == expected


@pytest.mark.parametrize("order", ConflictOrder)
@pytest.mark.parametrize("cursor", ["", "x", "ö", "WzFd", "bnVsbA==", "\0", "W" * 5000])
def test_a_cursor_that_was_never_given_is_refused(
    storage: Storage, order: ConflictOrder, cursor: str
) -> None:
    with storage.snapshot() as tx, pytest.raises(InvalidInput, match="follow the links") as refused:
        tx.conflicts.stretch(ConflictFilter(order=order), 10, cursor)
    assert refused.value.field == "cursor"


@pytest.mark.parametrize(
    "place", ['["2026-03-02", NaN, 1]', '["2026-03-02", 0.5, 1e30]', "[0, 0.5, 1]", "[[[[", "{}"]
)
def test_a_cursor_that_was_made_up_is_refused(storage: Storage, place: str) -> None:
    cursor = base64.urlsafe_b64encode(place.encode()).decode()
    with storage.snapshot() as tx, pytest.raises(InvalidInput):
        tx.conflicts.stretch(ConflictFilter(), 10, cursor)


def test_a_cursor_of_another_order_is_refused(storage: Storage, two: tuple[Claim, Claim]) -> None:
    open_conflicts(storage, two, [(0.5, 0), (0.4, 1)])
    with storage.snapshot() as tx:
        latest = tx.conflicts.stretch(ConflictFilter(), 1).cursor
        with pytest.raises(InvalidInput):
            tx.conflicts.stretch(ConflictFilter(order=ConflictOrder.SEVERITY), 1, latest)


def test_articles_come_newest_first(storage: Storage) -> None:
    for number in range(5):
        store(storage, external_id=f"a{number}")
    with storage.snapshot() as tx:
        first = tx.articles.stretch(2)
        rest = tx.articles.stretch(10, first.cursor, ArticleState.PENDING)
        assert tx.articles.stretch(10, None, ArticleState.EXTRACTED).items == []
    names = [each.external_id for each in (*first.items, *rest.items)]
    assert names == ["a4", "a3", "a2", "a1", "a0"]
    assert rest.cursor is None


def test_sources_are_listed_once_with_their_claims(storage: Storage) -> None:
    others = [SourceDraft(name=name, kind=SourceKind.PERSON) for name in ("Ion Pop", "Eva Stan")]
    store(storage, claim(0), claim(20), *(claim(40, source=each) for each in others[:1]))
    store(storage, claim(0, source=others[1]), external_id="a2")
    with storage.snapshot() as tx:
        first = tx.sources.stretch(2)
        rest = tx.sources.stretch(2, first.cursor)
    listed = [(source.name, count) for source, count in (*first.items, *rest.items)]
    assert listed == [("Eva Stan", 1), ("Ion Pop", 1), ("Ana Rusu", 2)]


def test_claims_are_found_by_words_speaker_outlet_and_days(storage: Storage) -> None:
    open_, closed, later_ = store(
        storage,
        claim(0, "Podul e deschis", day=2),
        claim(20, "Podul e închis", day=3),
        claim(40, "Școala e închisă", day=5, about="școala din sat"),
    )
    with storage.transaction() as tx:
        stored, _ = tx.articles.add(article("b1", outlet="Curierul"), received_at=NOON)
        source = tx.sources.save(SourceDraft(name="Ion Pop", kind=SourceKind.PERSON), None)
        elsewhere = tx.claims.add(stored, claim(0, "Podul e închis", day=4), source, at=NOON)

    def found(**wanted: object) -> list[int]:
        with storage.snapshot() as tx:
            return [
                each.id
                for each in tx.claims.stretch(ClaimFilter(**wanted), 10).items  # type: ignore[arg-type]
            ]

    assert found() == [later_.id, elsewhere.id, closed.id, open_.id]
    assert found(words="INCHIS podul") == [elsewhere.id, closed.id]
    assert found(words="…") == []
    assert found(source_id=source.id) == [elsewhere.id]
    assert found(outlet="Gazeta", words="podul") == [closed.id, open_.id]
    assert found(first=date(2026, 3, 3), last=date(2026, 3, 4)) == [elsewhere.id, closed.id]


def test_claims_go_on_where_they_stopped(storage: Storage) -> None:
    claims = store(storage, *(claim(20 * n, day=2 + n % 2) for n in range(5)))
    seen, cursor = [], None
    while True:
        with storage.snapshot() as tx:
            part = tx.claims.stretch(ClaimFilter(), 2, cursor)
        seen += [each.id for each in part.items]
        if (cursor := part.cursor) is None:
            break
    ordered = sorted(claims, key=lambda each: (each.statement.said_on, each.id), reverse=True)
    assert seen == [each.id for each in ordered]
