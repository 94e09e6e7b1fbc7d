"""What the model and the rules found, each statement once."""

from dataclasses import replace

from tests.claims.samples import article
from tracker.articles import read_text
from tracker.claims.content import Said, statements
from tracker.claims.merging import merged
from tracker.languages import languages
from tracker.sources import read_cast


def said(text: str) -> list[Said]:
    table = languages()["en"].attribution
    read = read_text(article(text, "en").text, table)
    return statements(read, read_cast(read, table), table)


QUOTE, REPORT = said("“We are closing,” said Jo Fox. Al Bay said the mill was done.")


def doubtful(one: Said) -> Said:
    return replace(one, confidence=0.4)


def test_what_only_the_rules_find_is_added() -> None:
    assert merged([QUOTE], [REPORT]) == ([QUOTE], [REPORT])


def test_what_both_find_is_the_models() -> None:
    assert merged([QUOTE, REPORT], [QUOTE, REPORT]) == ([QUOTE, REPORT], [])


def test_what_only_the_model_finds_has_to_be_sure() -> None:
    assert merged([QUOTE, doubtful(REPORT)], []) == ([QUOTE], [])


def test_doubt_is_settled_by_the_rules() -> None:
    assert merged([doubtful(REPORT)], [REPORT]) == ([doubtful(REPORT)], [])


def test_the_rules_know_better_where_the_same_content_ends() -> None:
    [(start, end)] = REPORT.pieces
    slipped = replace(REPORT, pieces=((start, end - 3),), confidence=0.9)
    [kept], rest = merged([slipped], [REPORT])
    assert (kept.pieces, kept.confidence, rest) == (REPORT.pieces, 0.9, [])
