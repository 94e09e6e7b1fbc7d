"""Files of JSON lines: every line is an article or a fault with its place."""

import json
from datetime import UTC, datetime

import pytest

from tracker.articles import jsonl_files, read_lines
from tracker.errors import InvalidArticle, InvalidInput

NOW = datetime(2026, 3, 1, tzinfo=UTC)
GOOD = json.dumps(
    {"outlet": "Monitorul", "text": "Podul e închis.", "language": "ro"}, ensure_ascii=False
).encode()


def test_a_bad_line_is_reported_with_its_place_and_holds_up_nothing():
    lines = [b"\xef\xbb\xbf" + GOOD + b"\r\n", b"\n", b'{"outlet": "M"}\n', b"{oops\n", GOOD]
    first, second, third, last = read_lines(lines, "news.jsonl", received_at=NOW)
    assert first.content.text == last.content.text == "Podul e închis."
    assert isinstance(second.content, InvalidArticle)
    assert (second.place, second.content.field) == ("news.jsonl:3", "text")
    assert (third.place, third.content.field) == ("news.jsonl:4", "body")
    assert last.place == "news.jsonl:5"


def test_sizes_count_bytes_for_the_progress_bar():
    assert [line.size for line in read_lines([GOOD + b"\n"], "-", received_at=NOW)] == [
        len(GOOD) + 1
    ]


def test_a_folder_gives_its_jsonl_files_in_order_of_name(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("c.jsonl", "a.jsonl", "b/x.jsonl", "notes.txt"):
        (tmp_path / name).write_bytes(GOOD)
    names = [file.relative_to(tmp_path).as_posix() for file in jsonl_files(tmp_path)]
    assert names == ["a.jsonl", "b/x.jsonl", "c.jsonl"]


def test_one_file_is_taken_whatever_its_name(tmp_path):
    file = tmp_path / "articles.txt"
    file.write_bytes(GOOD)
    assert jsonl_files(file) == [file]


def test_nothing_to_read_is_said(tmp_path):
    with pytest.raises(InvalidInput, match="no such file"):
        jsonl_files(tmp_path / "missing")
    with pytest.raises(InvalidInput, match=r"no \*\.jsonl"):
        jsonl_files(tmp_path)
