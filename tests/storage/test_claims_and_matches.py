from datetime import timedelta

import pytest

from tests.storage.samples import JUDGED, NOON, claim, later, pair, store, verdict
from tracker.comparison import Known
from tracker.errors import NotFound
from tracker.storage import Storage
from tracker.types import MatchDraft, RelationLabel, SourceDraft, SourceKind

WINDOW = timedelta(days=10)


def test_a_claim_comes_back_as_it_was(storage: Storage) -> None:
    draft = claim()
    [stored] = store(storage, draft)
    with storage.snapshot() as tx:
        found = tx.claims.get(stored.id)
    assert found == stored
    assert (found.attribution, found.statement) == (draft.attribution, draft.statement)
    assert (found.embedding, found.outlet) == (draft.embedding, "Gazeta")


def test_the_same_content_is_stored_once(storage: Storage) -> None:
    first, again = store(storage, claim(), claim())
    assert first.id == again.id
    with storage.snapshot() as tx:
        assert tx.claims.of_article(first.article_id) == [first]


def test_claims_come_in_the_order_asked_for(storage: Storage) -> None:
    a, b, c = store(storage, claim(40), claim(0), claim(20))
    with storage.snapshot() as tx:
        assert tx.claims.get_many([c.id, a.id, b.id]) == [c, a, b]
        assert tx.claims.of_article(a.article_id) == [b, c, a]
        with pytest.raises(NotFound, match="claim"):
            tx.claims.get_many([a.id, 999])


def test_unmatched_claims_are_pending_until_stamped(storage: Storage) -> None:
    [stored] = store(storage, claim())
    with storage.transaction() as tx:
        assert tx.claims.unmatched(stored.article_id) == [stored]
        assert tx.claims.articles_unmatched(NOON) == [stored.article_id]
        tx.claims.mark_matched(stored.id, NOON)
        assert tx.claims.unmatched(stored.article_id) == []
        assert tx.claims.articles_unmatched(later()) == []


def test_candidates_share_rare_keys_first(storage: Storage) -> None:
    new, close, far, _ = store(
        storage,
        claim(0, keys=frozenset({"entity:olt", "lemma:pod"})),
        claim(20, "nimic comun", about="", keys=frozenset({"entity:olt", "lemma:pod"})),
        claim(40, "alt subiect", about="", keys=frozenset({"lemma:pod"})),
        claim(60, "cu totul altceva", about="", keys=frozenset({"lemma:vreme"})),
    )
    with storage.snapshot() as tx:
        assert tx.claims.candidates(new, WINDOW, 10) == [close, far]
        assert tx.claims.candidates(new, WINDOW, 1) == [close]


def test_candidates_are_earlier_and_later_within_the_window(storage: Storage) -> None:
    other = SourceDraft(name="Ion Pop", kind=SourceKind.PERSON)
    middle, early, late, _ = store(
        storage,
        claim(0, day=15),
        claim(20, day=8),
        claim(40, day=22),
        claim(60, day=28, source=other),
    )
    with storage.snapshot() as tx:
        found = tx.claims.candidates(middle, WINDOW, 10)
    assert {each.id for each in found} == {early.id, late.id}


def test_a_match_is_stored_once_and_judged_once(storage: Storage) -> None:
    a, b = store(storage, claim(0), claim(20))
    draft = MatchDraft(premise_id=a.id, hypothesis_id=b.id, scores={"total": 0.5})
    with storage.transaction() as tx:
        match = tx.matches.add(draft)
        assert tx.matches.add(draft) == match
        tx.claims.mark_matched(b.id, NOON)
        assert tx.matches.uncompared(a.article_id) == [(match, a, b)]
        assert tx.matches.articles_uncompared(NOON) == [b.article_id]
        assert tx.matches.record({match.id: (JUDGED, "print")}, NOON) == {match.id}
        assert tx.matches.record({match.id: (JUDGED, "print")}, NOON) == set()
        assert tx.matches.uncompared(a.article_id) == []
        assert tx.matches.articles_uncompared(later()) == []


def test_a_match_that_somebody_compares_is_left_to_it_until_that_takes_too_long(
    storage: Storage,
) -> None:
    a, b = store(storage, claim(0), claim(20))
    with storage.transaction() as tx:
        match = tx.matches.add(
            MatchDraft(premise_id=a.id, hypothesis_id=b.id, scores={"total": 0.5})
        )
        whole, before = [(match, a, b)], NOON - timedelta(minutes=5)
        assert tx.matches.take(a.article_id, "one", NOON, before) == whole
        assert tx.matches.take(b.article_id, "another", NOON, before) == []
        assert tx.matches.take(a.article_id, "one", NOON, before) == whole
        assert tx.matches.take(b.article_id, "another", later(), NOON) == whole
        tx.matches.record({match.id: (JUDGED, "print")}, NOON)
        assert tx.matches.take(b.article_id, "another", later(), NOON) == []


def test_related_pairs_come_back_whole(storage: Storage) -> None:
    a, b, c = store(storage, claim(0), claim(20), claim(40))
    conflicting = pair(storage, a, b)
    unrelated = pair(storage, a, c, RelationLabel.NONE)
    with storage.snapshot() as tx:
        assert tx.matches.related() == [conflicting]
        assert tx.matches.of_claims([a.id, b.id, c.id]) == [conflicting, unrelated]
        assert tx.matches.of_claims([a.id, b.id]) == [conflicting]


def test_what_was_said_of_the_same_words_is_found_by_their_fingerprint(storage: Storage) -> None:
    a, b, c = store(storage, claim(0), claim(20), claim(40))
    pair(storage, a, b)
    with storage.snapshot() as tx:
        known = tx.matches.known([f"{a.id}-{b.id}", f"{a.id}-{c.id}"])
    assert known == {Known("rules", "1", f"{a.id}-{b.id}"): verdict()}


def test_verdicts_of_a_comparer_are_counted_since_a_moment(storage: Storage) -> None:
    a, b, c = store(storage, claim(0), claim(20), claim(40))
    pair(storage, a, b)
    pair(storage, a, c)
    with storage.snapshot() as tx:
        assert tx.matches.count_verdicts("rules", NOON) == 2
        assert tx.matches.count_verdicts("rules", later()) == 0
        assert tx.matches.count_verdicts("judge big", NOON) == 0


def test_every_match_is_told_with_its_score(storage: Storage) -> None:
    a, b = store(storage, claim(0), claim(20))
    pair(storage, a, b)
    with storage.snapshot() as tx:
        assert tx.matches.scores() == {frozenset({a.id, b.id}): 0.5}
