"""Text to pieces of the shared vocabulary, with their places in the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tokenizers

from tracker.encoder.table import Ids
from tracker.errors import ModelError
from tracker.types import Span

START, PADDING, END, UNKNOWN = range(4)
"""Ids of the pieces that no text contains. A model reads ``START … END``, or for two texts
``START … END END … END``, filled up with ``PADDING``."""

MAX_LENGTH = 512
"""How many pieces a model can read at once, ``START`` and ``END`` among them."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Tokens:
    """The pieces of a text, without ``START`` and ``END``."""

    ids: Ids
    spans: tuple[Span, ...]
    """Where each piece stands in the text, in code points, without the space before it.

    They do not overlap. Where normalisation makes several pieces of one character, the last of
    them has its place and the others are empty, as is a piece that stands for a space alone.
    """


class Tokenizer:
    """Cuts texts into pieces; any text will do."""

    def __init__(self, path: Path) -> None:
        """Read a ``tokenizer.json``.

        Raises:
            ModelError: it is damaged.
        """
        try:
            self._tokenizer = tokenizers.Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises bare Exception
            raise ModelError(f"{path} cannot be read: {error}; install the package anew") from error

    def ids(self, texts: Sequence[str]) -> list[Ids]:
        """The pieces of each text by id, without ``START`` and ``END``."""
        return [np.array(self._encode(text).ids, np.int64) for text in texts]

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The pieces of each text with their places."""
        return [self._tokens(text) for text in texts]

    def _tokens(self, text: str) -> Tokens:
        encoding = self._encode(text)
        return Tokens(np.array(encoding.ids, np.int64), _spans(text, encoding.offsets))

    def _encode(self, text: str) -> tokenizers.Encoding:
        """One text at a time: the library's batches start threads that do not survive a fork."""
        return self._tokenizer.encode(_SURROGATE.sub("\ufffd", text), add_special_tokens=False)


def _spans(text: str, offsets: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    limit = len(text)
    for start, end in reversed(offsets):
        spans.append(_trimmed(text, start, min(end, limit)))
        limit = start
    return tuple(reversed(spans))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)
