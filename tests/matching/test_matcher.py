"""Which claims are worth comparing, in which order, and which of the two is the premise."""

from datetime import UTC, date, datetime, time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tracker.claims import describe
from tracker.languages import languages
from tracker.matching import Matcher
from tracker.types import (
    Attribution,
    AttributionType,
    Claim,
    MatchDraft,
    Source,
    SourceKind,
    Span,
    Statement,
)

MATCHER = Matcher()
MAY = date(2026, 5, 4)


def claim(
    id: int,
    text: str,
    *,
    language: str = "en",
    said_on: date = MAY,
    article_id: int = 1,
    source_id: int = 1,
    hour: int = 8,
    embedding: bytes | None = None,
) -> Claim:
    source = Source(id=source_id, name=f"Source {source_id}", kind=SourceKind.PERSON)
    return Claim(
        id=id,
        article_id=article_id,
        outlet="Ashby Post",
        published_at=datetime.combine(said_on, time(hour), UTC),
        attribution=Attribution(content=(Span(id, id + 1),), type=AttributionType.DIRECT),
        source=source,
        statement=Statement(
            speaker=source.name,
            text=text,
            language=language,
            said_on=said_on,
            about="",
            details=describe(text, languages()[language], said_on),
        ),
        extractor="test/1",
        embedding=embedding,
    )


def vector(*values: float) -> bytes:
    found = np.array(values, dtype="<f2")
    return bytes((found / np.linalg.norm(found.astype(float))).astype("<f2").tobytes())


def pairs(drafts: list[MatchDraft]) -> list[tuple[int, int]]:
    return [(draft.premise_id, draft.hypothesis_id) for draft in drafts]


DAM = claim(1, "The dam at Calder leaked on Sunday.")
DAM_AGAIN = claim(2, "The Calder dam never leaked.", source_id=2)
SCHOOL = claim(3, "Teachers want smaller classes.", source_id=3, said_on=date(2026, 1, 4))


def test_the_closer_claim_comes_first_and_a_stranger_is_dropped() -> None:
    river = claim(4, "Calder will be dredged.", source_id=4)
    drafts = MATCHER.match(DAM, [river, SCHOOL, DAM_AGAIN])
    assert pairs(drafts)[0] == (1, 2)
    assert (1, 3) not in pairs(drafts)
    assert (3, 1) not in pairs(drafts)


def test_every_partial_score_is_kept() -> None:
    (draft,) = MATCHER.match(DAM, [DAM_AGAIN])
    assert draft.scores["total"] <= 1
    assert draft.scores["names"] == 1
    assert draft.scores["voice"] == 0
    assert "meaning" not in draft.scores


def test_embeddings_count_where_both_claims_have_one() -> None:
    near, far = vector(1, 0.1), vector(-1, 0.3)
    with_meaning = claim(1, DAM.statement.text, embedding=vector(1, 0))
    alike = MATCHER.match(with_meaning, [claim(2, DAM_AGAIN.statement.text, embedding=near)])
    apart = MATCHER.match(with_meaning, [claim(2, DAM_AGAIN.statement.text, embedding=far)])
    assert alike[0].scores["total"] > apart[0].scores["total"]
    assert apart[0].scores["meaning"] == 0


def test_a_claim_never_meets_itself() -> None:
    assert MATCHER.match(DAM, [DAM]) == []


def test_claims_of_one_article_may_meet() -> None:
    assert pairs(MATCHER.match(DAM, [DAM_AGAIN])) == [(1, 2)]


def test_the_earlier_claim_is_the_premise_whichever_came_in_first() -> None:
    late_arrival = claim(9, DAM_AGAIN.statement.text, said_on=date(2026, 5, 1))
    assert pairs(MATCHER.match(late_arrival, [DAM])) == [(9, 1)]
    assert pairs(MATCHER.match(DAM, [late_arrival])) == [(9, 1)]
    printed_first = claim(9, DAM_AGAIN.statement.text, hour=6)
    assert pairs(MATCHER.match(DAM, [printed_first])) == [(9, 1)]


def test_claims_in_two_languages_meet_by_names_and_concepts() -> None:
    romanian = claim(5, "Inundațiile de la Calder au închis podul.", language="ro", source_id=5)
    english = claim(6, "The bridge at Calder is open after the flood.", source_id=6)
    (draft,) = MATCHER.match(english, [romanian])
    assert draft.scores["words"] > 0
    assert "wording" not in draft.scores


@given(st.permutations([DAM_AGAIN, SCHOOL, claim(4, "Calder will be dredged.", source_id=4)]))
def test_the_order_of_the_candidates_does_not_matter(nearby: list[Claim]) -> None:
    assert MATCHER.match(DAM, nearby) == MATCHER.match(DAM, [*reversed(nearby)])


@given(st.text(), st.text())
def test_scores_stay_between_nought_and_one(first: str, second: str) -> None:
    for draft in MATCHER.match(claim(1, first), [claim(2, second)]):
        assert all(0 <= score <= 1 for score in draft.scores.values())
