"""Claims put under a few headings."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.storage.samples import claim
from tracker.claims.topics import topics
from tracker.types import Claim, Source

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def said(id: int, text: str, *keys: str) -> Claim:
    draft = claim(text=text, keys=frozenset(keys))
    return Claim(
        id=id,
        article_id=1,
        outlet="Gazeta",
        published_at=NOW,
        attribution=draft.attribution,
        source=Source(id=1, name="Ana Rusu", kind=draft.source.kind),
        statement=replace(draft.statement, about=""),
        extractor="rules/1",
    )


def grouped(*claims: Claim) -> list[tuple[str, str, list[int]]]:
    return [
        (topic.thing, topic.called, [each.id for each in topic.claims]) for topic in topics(claims)
    ]


def test_a_matter_ties_more_than_a_kind_and_a_kind_more_than_a_name() -> None:
    claims = (
        said(1, "Podul peste Arva e închis", "matter:bridge:arva", "concept:bridge"),
        said(2, "podul de la Sadova", "concept:bridge", "entity:sadova"),
        said(3, "podul s-a deschis", "matter:bridge:arva", "concept:bridge"),
        said(4, "un pod nou", "concept:bridge"),
        said(5, "Orșova crește", "entity:orsova"),
        said(6, "la Orșova plouă", "entity:orsova"),
        said(7, "altceva", "entity:orsova", "lemma:altceva"),
    )
    assert grouped(*claims) == [
        ("bridge", "Arva", [1, 3]),
        ("bridge", "", [2, 4]),
        ("", "Orșova", [5, 6]),
        ("", "", [7]),
    ]


def test_who_acts_is_no_topic() -> None:
    assert grouped(said(1, "a", "concept:mayor"), said(2, "b", "concept:mayor")) == [
        ("", "", [1, 2])
    ]


def test_nothing_has_no_topics() -> None:
    assert topics([]) == []


KEYS = st.frozensets(
    st.sampled_from(["concept:a", "concept:b", "matter:a:x", "entity:x", "lemma:z"])
)


@given(st.lists(KEYS, max_size=12))
def test_every_claim_stands_under_one_heading(keys: list[frozenset[str]]) -> None:
    claims = [said(n, "x", *each) for n, each in enumerate(keys)]
    found = topics(claims)
    assert sorted(claim.id for topic in found for claim in topic.claims) == list(range(len(keys)))
    assert all(len(topic.claims) > 1 for topic in found if topic.thing or topic.called)
    assert len([topic for topic in found if not topic.thing + topic.called]) <= 1
