"""Everything at once: conflicts and claims as CSV and as JSON Lines, conflicts as an Atom feed."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeVar
from urllib.parse import parse_qsl

from flask import Response, render_template, request
from werkzeug.datastructures import MultiDict

from tracker.storage import Stretch, Transaction
from tracker.types import Claim, ConflictFilter
from web.api import answers
from web.api.claims import wanted_claims
from web.api.conflict_answers import Conflict
from web.api.operations import blueprint, json_of
from web.api.queries import FeedQuery, Fitting, WhichClaims
from web.api.rows import ClaimRow, ConflictRow, Row
from web.current import settings, tracker
from web.evidence import claims_of, evidence_of
from web.listing import read_filter
from web.problems import refused

T = TypeVar("T")

AT_ONCE = 200
"""Rows that are read from the store together."""
IN_MEMORY = 1_000_000
"""Bytes of an export that are kept in memory; a longer one goes to a temporary file."""
PART = 64 * 1024
"""Bytes that are sent at a time."""
ENTRIES = 50
"""Entries of a feed."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

CSV = "text/csv"
LINES = "application/jsonl"
ATOM = "application/atom+xml"


@blueprint.operation("GET", "/api/conflicts.csv", query=Fitting, answer=ConflictRow, media=CSV)
def conflicts_csv(query: Fitting) -> Response:
    """All conflicts that the filter asks for, one a row."""
    wanted = read_filter(request.args)
    with tracker().storage.snapshot() as tx:
        rows = (ConflictRow.flat(each) for each in all_conflicts(tx, wanted))
        return as_file(table(ConflictRow, rows), CSV, "conflicts.csv")


@blueprint.operation("GET", "/api/conflicts.jsonl", query=Fitting, answer=Conflict, media=LINES)
def conflicts_jsonl(query: Fitting) -> Response:
    """All conflicts that the filter asks for, one a line."""
    wanted = read_filter(request.args)
    with tracker().storage.snapshot() as tx:
        lines = (json_of(each) + "\n" for each in all_conflicts(tx, wanted))
        return as_file(lines, LINES, "conflicts.jsonl")


@blueprint.operation("GET", "/api/claims.csv", query=WhichClaims, answer=ClaimRow, media=CSV)
def claims_csv(query: WhichClaims) -> Response:
    """All claims that the filter asks for, one a row."""
    with tracker().storage.snapshot() as tx:
        rows = (ClaimRow.of(each) for each in all_claims(tx, query))
        return as_file(table(ClaimRow, rows), CSV, "claims.csv")


@blueprint.operation(
    "GET", "/api/claims.jsonl", query=WhichClaims, answer=answers.Claim, media=LINES
)
def claims_jsonl(query: WhichClaims) -> Response:
    """All claims that the filter asks for, one a line."""
    with tracker().storage.snapshot() as tx:
        lines = (json_of(answers.Claim.of(each)) + "\n" for each in all_claims(tx, query))
        return as_file(lines, LINES, "claims.jsonl")


@blueprint.operation(
    "GET", "/feed.atom", query=FeedQuery, media=ATOM, errors=(HTTPStatus.NOT_FOUND,)
)
def feed(query: FeedQuery) -> Response:
    """The first conflicts of a list, for a feed reader."""
    with tracker().storage.snapshot() as tx:
        name, args = feed_of(tx, query)
        conflicts = tx.conflicts.page(read_filter(args), ENTRIES, 0)
        page = render_template(
            "feed.xml",
            name=name,
            site=settings().public_url.rstrip("/"),
            query=request.query_string.decode("ascii", "replace"),
            conflicts=conflicts,
            claims=claims_of(tx, conflicts),
            updated=max((each.updated_at for each in conflicts), default=LONG_AGO),
        )
    response = Response(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", page), mimetype=ATOM)
    response.vary.add("Accept-Language")
    return response


@blueprint.app_template_global()
def feed_query(query: Mapping[str, list[str]]) -> dict[str, Any]:
    """What the address of a list of conflicts says that its feed and its exports know too."""
    return {name: values for name, values in query.items() if name in Fitting.model_fields}


def feed_of(tx: Transaction, query: FeedQuery) -> tuple[str | None, MultiDict[str, str]]:
    """The name of a feed and the fields of its filter.

    Raises:
        NotFound: no such saved filter.
        RefusedError: a saved filter comes with fields of its own.
    """
    if query.filter is None:
        return None, request.args
    if len(query.model_fields_set) > 1:
        raise refused("filter", "a saved filter stands alone")
    saved = tx.saved_filters.get(query.filter)
    return saved.name, MultiDict(parse_qsl(saved.query))


def all_conflicts(tx: Transaction, wanted: ConflictFilter) -> Iterator[Conflict]:
    """The whole list, as it is answered."""
    for part in stretches(lambda cursor: tx.conflicts.stretch(wanted, AT_ONCE, cursor)):
        evidence = evidence_of(tx, part)
        yield from (Conflict.read(each, evidence) for each in part)


def all_claims(tx: Transaction, query: WhichClaims) -> Iterator[Claim]:
    """The whole list."""
    wanted = wanted_claims(query)
    for part in stretches(lambda cursor: tx.claims.stretch(wanted, AT_ONCE, cursor)):
        yield from part


def stretches(read: Callable[[str | None], Stretch[T]]) -> Iterator[list[T]]:
    """The whole of a list, a stretch at a time."""
    cursor: str | None = None
    while True:
        part = read(cursor)
        yield part.items
        if (cursor := part.cursor) is None:
            return


def table(kind: type[Row], rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180), with a line of column names."""
    yield _line(kind.columns())
    for row in rows:
        yield _line(row.cells())


def _line(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def as_file(lines: Iterable[str], media: str, name: str) -> Response:
    """A file to keep.

    It is written before it is sent: a slow reader then holds no snapshot of the database open, a
    fault in the middle is an error and no file that looks whole, and the ETag is that of the bytes.
    """
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    digest = sha256()
    for line in lines:
        data = line.encode()
        digest.update(data)
        file.write(data)
    file.seek(0)
    response = Response(_parts(file), mimetype=media)
    response.call_on_close(file.close)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.set_etag(digest.hexdigest())
    return response


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(PART):
            yield part
