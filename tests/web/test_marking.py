from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tracker.types import (
    Attribution,
    AttributionType,
    Claim,
    ClaimDetails,
    Modality,
    Polarity,
    Source,
    SourceKind,
    Span,
    Statement,
)
from web.marking import Mark, cut, passage, word_marks


def claim(*spans: Span, id: int = 1) -> Claim:
    return Claim(
        id=id,
        article_id=1,
        outlet="Gazeta",
        published_at=datetime(2026, 3, 2, tzinfo=UTC),
        attribution=Attribution(content=spans, type=AttributionType.DIRECT),
        source=Source(id=1, name="Ana", kind=SourceKind.PERSON),
        statement=Statement(
            speaker="Ana",
            text="",
            language="ro",
            said_on=date(2026, 3, 2),
            about="",
            details=ClaimDetails(polarity=Polarity.POSITIVE, modality=Modality.ASSERTED),
        ),
        extractor="scripted/1",
    )


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(st.text(min_size=1, max_size=80))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = draw(st.lists(ends.filter(lambda pair: pair[0] < pair[1]), max_size=6))
    marks = [Mark(Span(*pair), claim_id=1 + n % 3) for n, pair in enumerate(spans)]
    return text, marks


@given(marked_texts())
def test_pieces_joined_are_the_text(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    assert "".join(piece.text for piece in cut(text, Span(0, len(text)), marks)) == text


@given(marked_texts())
def test_each_character_is_under_the_marks_that_cover_it(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    covered = [
        ids for p in cut(text, Span(0, len(text)), marks) for ids in [p.claim_ids] * len(p.text)
    ]
    for position, ids in enumerate(covered):
        expected = {m.claim_id for m in marks if m.span.start <= position < m.span.end}
        assert set(ids) == expected


@given(marked_texts())
def test_a_claim_begins_once(marked: tuple[str, list[Mark]]) -> None:
    text, marks = marked
    begun = [id for piece in cut(text, Span(0, len(text)), marks) for id in piece.begins]
    assert sorted(begun) == sorted({mark.claim_id for mark in marks})


def test_carrying_words_are_found_only_in_the_claim_and_as_whole_words() -> None:
    text = "risc mare. El a spus că riscul și Risc nu e risc."
    content = Span(text.index("riscul"), len(text))
    found = word_marks(claim(content), text, ["risc", " "])
    assert [text[mark.span.start : mark.span.end] for mark in found] == ["Risc", "risc"]
    assert all(content.start <= mark.span.start for mark in found)


def test_a_passage_is_the_paragraph_and_no_more() -> None:
    text = "Primul.\n\nA spus: totul e bine. Atât.\n\nUltimul."
    start = text.index("totul")
    paragraph = Span(text.index("A spus"), text.index("\n\nUltimul"))
    paragraphs = [Span(0, 7), paragraph, Span(paragraph.end + 2, len(text))]
    shown = passage(text, paragraphs, claim(Span(start, start + 12)), ["bine"])
    assert "".join(piece.text for piece in shown.pieces) == "A spus: totul e bine. Atât."
    assert not shown.cut_before
    assert not shown.cut_after
    assert [piece.text for piece in shown.pieces if piece.strong] == ["bine"]


def test_a_passage_of_a_long_paragraph_is_cut_between_words() -> None:
    words = " ".join(f"vorba{n}" for n in range(400))
    start = words.index("vorba200")
    shown = passage(words, [Span(0, len(words))], claim(Span(start, start + 8)), (), room=60)
    text = "".join(piece.text for piece in shown.pieces)
    assert shown.cut_before
    assert shown.cut_after
    assert set(text.split()) <= set(words.split())
    assert "vorba200" in text
    assert len(text) <= 60 + 8 + 60


def test_a_claim_outside_every_paragraph_is_still_shown() -> None:
    shown = passage("abc def", [], claim(Span(4, 7)), ())
    assert [piece.text for piece in shown.pieces] == ["def"]
