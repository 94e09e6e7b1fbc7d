"""What comes in is checked here, field by field, before anything is stored.

Every way in (HTTP, stream, files) goes through ``read_article``, so all of them accept the same
articles and refuse the others in the same words.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tracker.articles.detection import detect_language
from tracker.errors import InvalidArticle
from tracker.types import ArticleDraft

MAX_ARTICLE_BYTES = 1_000_000
"""The default limit of ``Settings.max_article_bytes``."""

LONGEST = {"outlet": 120, "external_id": 500, "url": 2_000, "title": 1_000, "author": 500}
"""Code points each short field may have; outlet and external_id together fit a database index."""

FIELDS = (
    *("outlet", "external_id", "revision", "url", "title", "author"),
    *("published_at", "language", "text"),
)
"""The fields of an article; ``outlet`` and ``text`` are required."""

HIGHEST_REVISION = 2**31 - 1
JSON_TYPES = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    type(None): "null",
}
YEARS = range(1900, 2200)
"""Years of publication that are believed; any other is a slip in the sending system."""


def parse_article(
    body: bytes, *, received_at: datetime, max_bytes: int = MAX_ARTICLE_BYTES
) -> ArticleDraft:
    """Read one article from the UTF-8 bytes of a JSON object.

    Raises:
        InvalidArticle: as ``read_article``; ``field`` is ``"body"`` where there is no object.
    """
    try:
        fields = json.loads(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidArticle(
            f"body: expected UTF-8, but byte {error.start} is not part of any", "body"
        ) from None
    except (ValueError, RecursionError) as error:
        raise InvalidArticle(f"body: expected a JSON object: {error}", "body") from None
    if not isinstance(fields, dict):
        raise InvalidArticle(f"body: expected a JSON object, got {_shown(fields)}", "body")
    return read_article(fields, received_at=received_at, max_bytes=max_bytes)


def read_article(
    fields: Mapping[str, object], *, received_at: datetime, max_bytes: int = MAX_ARTICLE_BYTES
) -> ArticleDraft:
    """Check the fields of one article and settle its language and moment of publication.

    A field that is absent or None counts as not given. The text is kept as it came; white space
    around the other fields is not. ``max_bytes`` limits the text, counted in UTF-8.

    Raises:
        InvalidArticle: ``field`` names the field at fault, the message says what was expected.
    """
    _refuse_unknown(fields)
    text = _text(fields, max_bytes)
    return ArticleDraft(
        outlet=_required(fields, "outlet"),
        text=text,
        language=_language(fields, text),
        published_at=_published_at(fields, received_at),
        external_id=_optional(fields, "external_id"),
        revision=_revision(fields),
        url=_url(fields),
        title=_optional(fields, "title"),
        author=_optional(fields, "author"),
    )


def _refuse_unknown(fields: Mapping[str, object]) -> None:
    for name in fields:
        if name not in FIELDS:
            raise InvalidArticle(
                f"{_shown(name)}: an article has no such field; expected {', '.join(FIELDS)}", name
            )


def _text(fields: Mapping[str, object], max_bytes: int) -> str:
    text = _string(fields, "text")
    if text is None:
        raise _missing("text")
    size = len(text.encode())
    if size > max_bytes:
        raise InvalidArticle(f"text: expected at most {max_bytes} bytes, got {size}", "text")
    return text


def _required(fields: Mapping[str, object], name: str) -> str:
    value = _optional(fields, name)
    if value is None:
        raise _missing(name)
    return value


def _optional(fields: Mapping[str, object], name: str) -> str | None:
    value = _string(fields, name)
    if value is None:
        return None
    value = value.strip()
    limit = LONGEST[name]
    if len(value) > limit:
        raise InvalidArticle(f"{name}: expected at most {limit} characters, got {len(value)}", name)
    return value


def _string(fields: Mapping[str, object], name: str) -> str | None:
    """The string under ``name``: not blank, and one that UTF-8 and every database can hold."""
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _unexpected(name, "a string", value)
    if not value.strip():
        raise _unexpected(name, "a string that is not empty", value)
    if "\0" in value:
        raise InvalidArticle(f"{name}: a NUL character at offset {value.index(chr(0))}", name)
    _refuse_surrogates(name, value)
    return value


def _refuse_surrogates(name: str, value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        code = f"U+{ord(value[error.start]):04X}"
        raise InvalidArticle(
            f"{name}: expected whole characters, got the lone surrogate {code} "
            f"at offset {error.start}",
            name,
        ) from None


def _revision(fields: Mapping[str, object]) -> int:
    value = fields.get("revision")
    if value is None:
        return 1
    if not isinstance(value, int) or isinstance(value, bool):
        raise _unexpected("revision", "a whole number", value)
    if not 1 <= value <= HIGHEST_REVISION:
        raise InvalidArticle(f"revision: expected 1 to {HIGHEST_REVISION}", "revision")
    return value


def _url(fields: Mapping[str, object]) -> str | None:
    value = _optional(fields, "url")
    if value is not None and not _is_web_address(value):
        raise _unexpected("url", "an http or https address", value)
    return value


def _is_web_address(value: str) -> bool:
    if not value.isprintable() or " " in value:
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bracket left open, a port that is no number
        return False


def _language(fields: Mapping[str, object], text: str) -> str:
    value = _string(fields, "language")
    if value is not None:
        code = value.strip()
        if len(code) != 2 or not code.isascii() or not code.isalpha():
            raise _unexpected("language", "a two-letter code such as 'ro'", value)
        return code.lower()
    detected = detect_language(text)
    if detected is None:
        raise InvalidArticle(
            "language: not given, and the text has no letters to tell it by", "language"
        )
    return detected


def _published_at(fields: Mapping[str, object], received_at: datetime) -> datetime:
    value = _string(fields, "published_at")
    if value is None:
        return received_at.astimezone(UTC)
    moment = _moment(value.strip())
    if moment is None:
        raise _unexpected(
            "published_at", "a date and time such as 2026-01-31T18:05:00+02:00", value
        )
    if moment.tzinfo is None:
        raise _unexpected(
            "published_at", "a time with its zone, as in 2026-01-31T18:05:00+02:00", value
        )
    if moment.year not in YEARS:
        raise _unexpected("published_at", f"a year from {YEARS.start} to {YEARS.stop - 1}", value)
    return moment.astimezone(UTC)


def _moment(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _missing(name: str) -> InvalidArticle:
    return InvalidArticle(f"{name}: required, but not given", name)


def _unexpected(name: str, expected: str, got: object) -> InvalidArticle:
    return InvalidArticle(f"{name}: expected {expected}, got {_shown(got)}", name)


def _shown(value: object) -> str:
    """What a message says of a value: text on one line of ASCII, anything else by its type."""
    if isinstance(value, str):
        shown = ascii(value)
        return shown if len(shown) <= 60 else shown[:57] + "..."
    return JSON_TYPES.get(type(value), type(value).__name__)
