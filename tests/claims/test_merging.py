"""What two extractors found, each statement once."""

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


QUOTED = said("“We are closing,” said Jo Fox. Al Bay said the mill was done.")


def test_only_quotations_of_the_second_are_added() -> None:
    found = merged({"first": [], "second": QUOTED})
    assert [(name, str(one.type)) for name, one in found] == [("second", "direct")]


def test_what_the_first_has_is_not_added_again() -> None:
    found = merged({"first": QUOTED, "second": QUOTED})
    assert [name for name, _ in found] == ["first", "first"]


def test_the_order_is_that_of_the_text() -> None:
    quote, report = QUOTED
    found = merged({"first": [report], "second": [quote]})
    assert [one for _, one in found] == [quote, report]
