"""What comes in: good articles are kept as they are, bad ones refused by the field at fault."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.articles import parse_article, read_article
from tracker.errors import InvalidArticle
from tracker.types import ArticleDraft

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
FULL = {
    "outlet": "Monitorul Câmpiei",
    "external_id": "mc-17",
    "revision": 2,
    "url": "https://example.org/mc/17",
    "title": "Podul rămâne închis",
    "author": "Ilinca Dobre",
    "published_at": "2026-02-28T18:05:00+02:00",
    "language": "ro",
    "text": "  Podul rămâne închis, a spus primarul.\r\n\r\nAtât.\n",
}
FIELDS = sorted(FULL)


def read(**changes: object) -> ArticleDraft:
    return read_article({**FULL, **changes}, received_at=NOW)


def fault(**changes: object) -> InvalidArticle:
    with pytest.raises(InvalidArticle) as caught:
        read(**changes)
    return caught.value


def test_every_field_of_a_good_article_is_read():
    assert read() == ArticleDraft(
        outlet="Monitorul Câmpiei",
        external_id="mc-17",
        revision=2,
        url="https://example.org/mc/17",
        title="Podul rămâne închis",
        author="Ilinca Dobre",
        published_at=datetime(2026, 2, 28, 16, 5, tzinfo=UTC),
        language="ro",
        text=FULL["text"],
    )


def test_the_text_is_kept_verbatim():
    text = "\ufeff „Da”, a spus ea.\u2028\tSfârşit \u00a0\n\n"
    assert read(text=text).text == text


def test_outlet_and_text_are_all_that_is_needed():
    draft = read_article(
        {"outlet": "Monitorul", "text": "Primarul a spus că podul rămâne închis."}, received_at=NOW
    )
    assert (draft.language, draft.published_at, draft.revision) == ("ro", NOW, 1)
    assert draft.external_id is draft.url is draft.title is draft.author is None


def test_null_counts_as_not_given():
    draft = read(title=None, revision=None, published_at=None)
    assert (draft.title, draft.revision, draft.published_at) == (None, 1, NOW)


@pytest.mark.parametrize("field", ["outlet", "text"])
def test_a_required_field_that_is_missing_is_named(field):
    error = fault(**{field: None})
    assert error.field == field
    assert str(error) == f"{field}: required, but not given"


@pytest.mark.parametrize("field", [name for name in FIELDS if name != "revision"])
@pytest.mark.parametrize("value", ["", " \n\t", 7, True, ["x"], {}])
def test_text_fields_take_nothing_but_text_with_something_in_it(field, value):
    error = fault(**{field: value})
    assert error.field == field
    assert str(error).startswith(f"{field}: expected a string")


@pytest.mark.parametrize("value", ["2", 1.0, True, 0, -3, 2**40, []])
def test_a_revision_is_a_positive_whole_number(value):
    assert fault(revision=value).field == "revision"


def test_an_unknown_field_is_refused_by_name():
    error = fault(byline="Ilinca Dobre")
    assert error.field == "byline"
    assert "no such field" in str(error)


@pytest.mark.parametrize("value", ["2026-02-28", "2026-02-28T18:05:00"])
def test_a_date_without_a_zone_is_refused(value):
    error = fault(published_at=value)
    assert error.field == "published_at"
    assert "zone" in str(error)
    assert value in str(error)


@pytest.mark.parametrize("value", ["yesterday", "1772294700", "2026-02-30T10:00:00Z", "28.02.2026"])
def test_what_is_no_date_at_all_is_refused(value):
    error = fault(published_at=value)
    assert error.field == "published_at"
    assert "date and time" in str(error)


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_year_that_cannot_be_is_refused(value):
    assert "year" in str(fault(published_at=value))


@pytest.mark.parametrize(
    "value",
    [
        *("ftp://example.org/a", "example.org/a", "javascript:alert(1)", "http://", "https:///a"),
        *("http://[::1", "http://example.org:port/", "http://exa mple.org/", "https://a.b/\nc"),
    ],
)
def test_an_address_must_be_one_of_the_web(value):
    error = fault(url=value)
    assert error.field == "url"
    assert "http or https" in str(error)


@pytest.mark.parametrize("value", ["rum", "ro-RO", "r", "1a", "șț", "română"])
def test_a_language_is_a_two_letter_code(value):
    assert "two-letter" in str(fault(language=value))


def test_a_language_that_no_table_serves_is_accepted():
    assert read(language="HU").language == "hu"


@pytest.mark.parametrize("field", [name for name in FIELDS if name != "revision"])
@pytest.mark.parametrize(("bad", "word"), [("a\0b", "NUL"), ("a\ud83d", "U+D83D")])
def test_nul_and_lone_surrogates_are_refused_where_they_stand(field, bad, word):
    error = fault(**{field: bad})
    assert error.field == field
    assert word in str(error)
    assert "offset 1" in str(error)


def test_a_text_may_fill_its_limit_and_not_a_byte_more():
    fields = {**FULL, "text": "ș" * 50}
    assert read_article(fields, received_at=NOW, max_bytes=100).text == "ș" * 50
    with pytest.raises(InvalidArticle, match="at most 99 bytes, got 100") as caught:
        read_article(fields, received_at=NOW, max_bytes=99)
    assert caught.value.field == "text"


def test_a_short_field_must_be_short():
    assert fault(title="a" * 5_000).field == "title"


def test_a_text_without_letters_needs_its_language_said():
    error = fault(text="12 : 7", language=None)
    assert error.field == "language"
    assert read(text="12 : 7").language == "ro"


def test_json_bytes_are_read_with_or_without_a_byte_order_mark():
    body = json.dumps(FULL, ensure_ascii=False).encode()
    assert parse_article(body, received_at=NOW) == read()
    assert parse_article(b"\xef\xbb\xbf" + body, received_at=NOW) == read()


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b'"text"', b"null", b"7", b"\xff\xfe", b"[" * 200_000),
        b'{"outlet": ' + b"9" * 10_000 + b"}",
    ],
)
def test_a_body_that_is_no_json_object_is_refused(body):
    with pytest.raises(InvalidArticle) as caught:
        parse_article(body, received_at=NOW)
    assert caught.value.field == "body"
    assert "expected" in str(caught.value)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
wild_text = st.text(st.characters(exclude_categories=()), max_size=30)
near_misses = st.fixed_dictionaries(
    {},
    optional={
        name: st.just(FULL[name]) | wild_text | anything | st.datetimes().map(str)
        for name in FIELDS
    },
)


def outcome(read: Callable[[], ArticleDraft]) -> ArticleDraft | InvalidArticle:
    try:
        return read()
    except InvalidArticle as error:
        return error


def check_any(fields: dict[str, object]) -> None:
    result = outcome(lambda: read_article(fields, received_at=NOW))
    if isinstance(result, InvalidArticle):
        assert result.field is not None
        assert str(result)
    else:
        assert result.text == fields["text"]
        assert result.published_at.utcoffset() == timedelta(0)
        assert len(result.language) == 2


@given(st.dictionaries(st.text() | st.sampled_from(FIELDS), anything))
def test_any_object_gives_an_article_or_names_a_field(fields):
    check_any(fields)


@given(near_misses)
def test_any_almost_right_object_gives_an_article_or_names_a_field(fields):
    check_any(fields)


@given(st.binary() | anything.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_give_an_article_or_name_a_field(body):
    result = outcome(lambda: parse_article(body, received_at=NOW))
    assert isinstance(result, ArticleDraft) or result.field is not None
