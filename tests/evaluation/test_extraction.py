"""The extraction score: our own reading of the definitions, and the yardstick script's, agree."""

import importlib.util
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.evaluation.samples import found_claim, gold_article, gold_claim
from tracker.evaluation.extraction import (
    ExtractionScores,
    align,
    is_same_speaker,
    report_extraction,
)
from tracker.evaluation.gold import GoldArticle, read_gold
from tracker.types import AttributionType, Claim, Source, SourceKind, Span

SHARED = Path(__file__).parents[3] / "shared"

TEXT = (
    "“The ferry will sail,” said Mara Quill, “whatever the wind does.” "
    "The harbour board said two berths were closed. She added that nobody was hurt."
)
ARTICLE = GoldArticle.model_validate(
    gold_article(
        "q-a1",
        TEXT,
        [
            gold_claim(
                "q-a1-c1",
                TEXT,
                "Mara Quill",
                "Mara Quill",
                ["The ferry will sail", "whatever the wind does"],
                "direct",
            ),
            gold_claim(
                "q-a1-c2",
                TEXT,
                "harbour board",
                "The harbour board",
                ["two berths were closed"],
            ),
            gold_claim("q-a1-c3", TEXT, "Mara Quill", "She", ["nobody was hurt"]),
        ],
    )
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def overall(*claims: Claim) -> ExtractionScores:
    return report_extraction([align(ARTICLE, claims)]).overall


def as_found(article: GoldArticle) -> list[Claim]:
    return [
        found_claim(
            number,
            article,
            [piece.span for piece in claim.content],
            speaker=claim.source.canonical,
            source=claim.source.span,
            type=claim.type,
        )
        for number, claim in enumerate(article.claims)
    ]


def test_what_gold_says_scores_one_in_every_reading():
    report = report_extraction([align(ARTICLE, as_found(ARTICLE))])
    for scores in (report.overall, report.by_language["en"], report.by_type["direct"]):
        for score in vars(scores).values():
            assert (score.precision, score.recall, score.f1) == (1, 1, 1)


def test_nothing_found_scores_nothing():
    for score in vars(overall()).values():
        assert (score.precision, score.recall, score.f1) == (0, 0, 0)


def test_each_piece_of_a_split_quotation_counts():
    scores = overall(found_claim(1, ARTICLE, [span("The ferry will sail")]))
    assert scores.relaxed.precision == 1
    assert scores.relaxed.recall == 1 / 4


def test_quotation_marks_never_matter():
    claim = found_claim(1, ARTICLE, [span("“The ferry will sail,”")])
    assert overall(claim).strict.precision == 1


def test_a_word_too_many_is_relaxed_but_not_strict():
    claim = found_claim(1, ARTICLE, [span("two berths were closed. She")])
    assert overall(claim).relaxed.precision == 1
    assert overall(claim).strict.precision == 0


def test_half_of_the_words_is_not_enough():
    assert overall(found_claim(1, ARTICLE, [span("two berths")])).relaxed.precision == 0


def test_the_same_content_found_twice_is_right_once():
    claims = [found_claim(n, ARTICLE, [span("nobody was hurt")]) for n in (1, 2)]
    assert overall(*claims).relaxed.precision == 1 / 2


def test_the_words_for_the_speaker_and_the_person_are_scored_apart():
    content = [span("nobody was hurt")]
    pronoun = found_claim(1, ARTICLE, content, speaker="Tom Hale", source=span("She"))
    assert (overall(pronoun).joint.precision, overall(pronoun).identity.precision) == (1, 0)
    person = found_claim(1, ARTICLE, content, speaker="Mara Quill", source=None)
    assert (overall(person).joint.precision, overall(person).identity.precision) == (0, 1)


def test_a_type_has_its_own_precision_and_recall():
    direct = AttributionType.DIRECT
    claims = [
        found_claim(1, ARTICLE, [span("The ferry will sail")], type=direct),
        found_claim(2, ARTICLE, [span("nobody was hurt")], type=direct),
        found_claim(3, ARTICLE, [span("Quill, “whatever")], type=direct),
    ]
    by_type = report_extraction([align(ARTICLE, claims)]).by_type
    assert by_type["direct"].relaxed.precision == pytest.approx(2 / 3)
    assert by_type["direct"].relaxed.recall == 1 / 2
    assert by_type["indirect"].relaxed.precision == 0
    assert by_type["indirect"].relaxed.recall == 1 / 2


@pytest.mark.parametrize(
    ("canonical", "name", "kind", "same"),
    [
        ("Ana Șerban", "ana serban", SourceKind.PERSON, True),
        ("Ana Șerban", "Serban", SourceKind.PERSON, True),
        ("Ana Șerban", "Ana Mocanu", SourceKind.PERSON, False),
        ("Compania Ferry Sud", "Compania Feri Sud", SourceKind.ORGANISATION, True),
        ("Consiliul Portului", "Sindicatul Portului", SourceKind.ORGANISATION, False),
        ("the harbour board", "the ferry company", SourceKind.ORGANISATION, False),
    ],
)
def test_identity_is_by_name_surname_or_near_spelling(canonical, name, kind, same):
    assert is_same_speaker(canonical, Source(id=1, name=name, kind=kind)) is same


# --- beside the script that defines the figures ---------------------------------------------------


@pytest.fixture(scope="module")
def script() -> ModuleType:
    file = SHARED / "tools" / "score_attribution.py"
    if not file.is_file():
        pytest.skip(f"{file} is not here")
    spec = importlib.util.spec_from_file_location("score_attribution", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold() -> Sequence[GoldArticle]:
    folder = SHARED / "gold" / "dev"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here")
    articles = read_gold(folder).articles
    assert articles
    return articles


@pytest.mark.parametrize("seed", range(6))
def test_the_figures_are_those_of_the_script(script, gold, seed):
    dice = random.Random(seed)
    found = {article.id: list(distorted(article, dice)) for article in gold}
    theirs, _ = script.evaluate(
        [_document(article, _gold_attributions(article)) for article in gold],
        [_document(article, map(_found_attribution, found[article.id])) for article in gold],
        split=True,
    )
    report = report_extraction([align(article, found[article.id]) for article in gold])
    assert percent(report.overall.relaxed) == figures(theirs["content_relaxed"])
    assert percent(report.overall.strict) == figures(theirs["content_strict"])
    assert percent(report.overall.joint) == figures(theirs["joint_content_and_speaker"])
    for type, row in theirs["by_type"].items():
        assert round(100 * report.by_type[type].relaxed.recall, 1) == row["recall"]
        assert round(100 * report.by_type[type].joint.recall, 1) == row["joint_recall"]


def distorted(article: GoldArticle, dice: random.Random) -> Iterator[Claim]:
    """The gold claims with some dropped, some moved, and some given another's speaker."""
    for number, claim in enumerate(article.claims):
        if dice.random() < 0.15:
            continue
        pieces = [_moved(piece.span, article.text, dice) for piece in claim.content]
        other = dice.choice(article.claims) if dice.random() < 0.3 else claim
        source = other.source.span
        if source is not None and dice.random() < 0.3:
            source = _moved(source, article.text, dice)
        yield found_claim(number, article, pieces, source=source, type=claim.type)


def _moved(span: Span, text: str, dice: random.Random) -> Span:
    if dice.random() < 0.4:
        return span
    start = max(0, span.start + dice.randint(-15, 10))
    return Span(start, min(len(text), max(start + 1, span.end + dice.randint(-10, 25))))


def _document(article: GoldArticle, attributions: Any) -> dict[str, Any]:
    return {"doc_id": article.id, "text": article.text, "attributions": list(attributions)}


def _gold_attributions(article: GoldArticle) -> Iterator[dict[str, Any]]:
    for claim in article.claims:
        spans = [_offsets(piece.span) for piece in claim.content]
        source = _offsets(claim.source.span)
        yield {"content": {"spans": spans}, "source": source, "type": str(claim.type)}


def _found_attribution(claim: Claim) -> dict[str, Any]:
    spans = [_offsets(span) for span in claim.attribution.content]
    return {"content": {"spans": spans}, "source": _offsets(claim.attribution.source)}


def _offsets(span: Span | None) -> dict[str, int] | None:
    return None if span is None else {"start": span.start, "end": span.end}


def percent(score: Any) -> tuple[float, float, float]:
    return tuple(round(100 * value, 1) for value in (score.precision, score.recall, score.f1))


def figures(row: dict[str, float]) -> tuple[float, float, float]:
    return (row["P"], row["R"], row["F1"])
