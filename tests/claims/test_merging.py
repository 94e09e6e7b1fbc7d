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


def test_the_model_knows_where_a_content_ends() -> None:
    [(start, end)] = REPORT.pieces
    longer = replace(REPORT, pieces=((start - 5, end),))
    assert merged([REPORT], [longer]) == ([REPORT], [])


def test_a_single_word_that_nobody_quoted_says_nothing() -> None:
    word = replace(REPORT, found=replace(REPORT.found, content=((11, 12),)))
    assert merged([word], []) == ([], [])
