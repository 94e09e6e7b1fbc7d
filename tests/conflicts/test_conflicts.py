"""Which conflict a pair joins, and how severe a conflict is."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.conflicts import place, severity_of
from tracker.types import (
    Attribution,
    AttributionType,
    Claim,
    ClaimDetails,
    Conflict,
    ConflictState,
    Home,
    Kind,
    Match,
    Modality,
    Neighbourhood,
    Polarity,
    Reason,
    RelatedPair,
    Relation,
    RelationLabel,
    Sentence,
    Source,
    SourceKind,
    Span,
    Statement,
)

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def claim(id: int) -> Claim:
    source = Source(id=id, name=f"Source {id}", kind=SourceKind.PERSON)
    details = ClaimDetails(polarity=Polarity.POSITIVE, modality=Modality.ASSERTED)
    statement = Statement(
        speaker=source.name,
        text=f"Claim {id}.",
        language="en",
        said_on=date(2026, 5, 4),
        about="",
        details=details,
    )
    return Claim(
        id=id,
        article_id=id,
        outlet="Ashby Post",
        published_at=NOON,
        attribution=Attribution(content=(Span(0, 1),), type=AttributionType.DIRECT),
        source=source,
        statement=statement,
        extractor="test/1",
    )


def pair(
    a: int,
    b: int,
    label: RelationLabel = RelationLabel.CONTRADICTION,
    kind: Kind = Kind.NEGATION,
    probability: float = 0.8,
) -> RelatedPair:
    relation = Relation(
        label=label,
        probability=probability,
        kind=kind,
        reason=Reason(Sentence.IN_OTHER_WORDS, ("They differ.",)),
    )
    return RelatedPair(
        match=Match(id=1, premise_id=a, hypothesis_id=b, scores={"total": 1.0}),
        premise=claim(a),
        hypothesis=claim(b),
        verdicts=(),
        relation=relation,
    )


def conflict(
    id: int, first: tuple[int, ...], second: tuple[int, ...], kind: Kind = Kind.NEGATION
) -> Conflict:
    return Conflict(
        id=id,
        state=ConflictState.NEW,
        label=RelationLabel.CONTRADICTION,
        kind=kind,
        severity=0.5,
        reason=Reason(Sentence.IN_OTHER_WORDS, ("They differ.",)),
        sides=(first, second),
        opened_at=NOON,
        updated_at=NOON,
        evidence_at=NOON,
    )


def around(*conflicts: Conflict, **relations: RelationLabel) -> Neighbourhood:
    """Relations are written ``r1_2=RelationLabel.REPEAT``."""
    by_ids = {
        frozenset(int(id) for id in name[1:].split("_")): label for name, label in relations.items()
    }
    return Neighbourhood(conflicts=conflicts, relations=by_ids)


def test_a_pair_without_neighbours_opens_a_conflict() -> None:
    assert place(pair(1, 2), around()) is None


def test_a_second_denial_joins_the_side_of_the_first() -> None:
    home = place(pair(1, 3), around(conflict(7, (1,), (2,)), r1_3=RelationLabel.CONTRADICTION))
    assert home == Home(conflict_id=7, sides=((1,), (2, 3)), evidence=(3,))


def test_whichever_claim_came_first() -> None:
    home = place(pair(3, 2), around(conflict(7, (1,), (2,)), r2_3=RelationLabel.CONTRADICTION))
    assert home == Home(conflict_id=7, sides=((1, 3), (2,)), evidence=(3,))


def test_the_repeat_of_a_claim_stands_where_the_claim_stands() -> None:
    near = around(
        conflict(7, (1,), (2,)),
        r1_4=RelationLabel.REPEAT,
        r2_5=RelationLabel.REPEAT,
        r4_5=RelationLabel.CONTRADICTION,
    )
    assert place(pair(4, 5), near) == Home(conflict_id=7, sides=((1, 4), (2, 5)))


def test_a_pair_that_is_there_already_changes_nothing() -> None:
    home = place(pair(1, 2), around(conflict(7, (1,), (2,)), r1_2=RelationLabel.CONTRADICTION))
    assert home == Home(conflict_id=7, sides=((1,), (2,)))


def test_a_claim_does_not_join_those_it_disagrees_with() -> None:
    near = around(
        conflict(7, (1,), (2,)),
        r1_3=RelationLabel.CONTRADICTION,
        r2_3=RelationLabel.CONTRADICTION,
    )
    assert place(pair(1, 3), near) is None


def test_another_question_is_another_conflict() -> None:
    near = around(conflict(7, (1,), (2,)), r1_3=RelationLabel.CONTRADICTION)
    assert place(pair(1, 3, kind=Kind.NUMERIC), near) is None


def test_unless_the_claim_is_related_to_the_side_it_would_join() -> None:
    near = around(
        conflict(7, (1,), (2,)),
        r1_3=RelationLabel.CONTRADICTION,
        r2_3=RelationLabel.UPDATE,
    )
    assert place(pair(1, 3, kind=Kind.NUMERIC), near) == Home(
        conflict_id=7, sides=((1,), (2, 3)), evidence=(3,)
    )


def test_denial_and_assessment_are_one_question() -> None:
    near = around(conflict(7, (1,), (2,)), r1_3=RelationLabel.TENSION)
    home = place(pair(1, 3, RelationLabel.TENSION, Kind.EVALUATION), near)
    assert home == Home(conflict_id=7, sides=((1,), (2, 3)), evidence=(3,))


def test_the_oldest_conflict_wins() -> None:
    near = around(
        conflict(7, (1,), (2,)), conflict(8, (1,), (4,)), r1_3=RelationLabel.CONTRADICTION
    )
    home = place(pair(1, 3), near)
    assert home is not None
    assert home.conflict_id == 7


@given(st.permutations(["r1_3", "r2_5", "r4_5", "r1_4"]))
def test_the_order_of_the_relations_does_not_matter(names: list[str]) -> None:
    labels = {
        "r1_3": RelationLabel.CONTRADICTION,
        "r2_5": RelationLabel.REPEAT,
        "r4_5": RelationLabel.CONTRADICTION,
        "r1_4": RelationLabel.REPEAT,
    }
    near = around(conflict(7, (1,), (2,)), **{name: labels[name] for name in names})
    assert place(pair(4, 5), near) == Home(conflict_id=7, sides=((1, 4), (2, 5)))


@pytest.mark.parametrize(
    ("heavier", "lighter"),
    [
        (pair(1, 2), pair(1, 2, probability=0.6)),
        (pair(1, 2), pair(1, 2, RelationLabel.REVERSAL)),
        (pair(1, 2, RelationLabel.REVERSAL), pair(1, 2, RelationLabel.TENSION)),
        (pair(1, 2), pair(1, 2, kind=Kind.EVALUATION)),
        (pair(1, 2, RelationLabel.TENSION), pair(1, 2, RelationLabel.UPDATE)),
    ],
)
def test_what_weighs_more(heavier: RelatedPair, lighter: RelatedPair) -> None:
    assert 1 >= severity_of(heavier) > severity_of(lighter) >= 0
