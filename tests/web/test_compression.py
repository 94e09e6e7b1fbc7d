"""What browsers load is compressed; what programs read keeps one ETag."""

import gzip

import pytest
from flask.testing import FlaskClient

BROWSER = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("path", ["/", "/static/desk.css", "/static/htmx.min.js"])
def test_pages_and_their_files_are_compressed(newsroom: FlaskClient, path: str) -> None:
    with newsroom.get(path) as plain, newsroom.get(path, headers=BROWSER) as packed:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert len(packed.data) < len(plain.data) / 2
        assert len(gzip.decompress(packed.data)) == len(plain.data)


def test_a_file_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    with client.get("/static/desk.css", headers=BROWSER) as first:
        seen = BROWSER | {"If-None-Match": first.headers["ETag"]}
    with client.get("/static/desk.css", headers=seen) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_the_api_answers_with_one_etag_however_it_is_asked(newsroom: FlaskClient) -> None:
    plain, packed = (newsroom.get("/api/conflicts/1", headers=each) for each in ({}, BROWSER))
    assert plain.headers["ETag"] == packed.headers["ETag"]
