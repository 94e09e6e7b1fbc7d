"""The day on which something was said, where the attribution names one."""

from datetime import date

from tracker.articles import ReadArticle
from tracker.claims.content import Said
from tracker.claims.times import times
from tracker.languages import LanguagePack
from tracker.languages.reading import read

_BEFORE = 4
"""Tokens before an attribution that may date it: "In 2023 the firm said …"."""


def day_of_saying(text: ReadArticle, said: Said, pack: LanguagePack, published: date) -> date:
    """The day named beside the reporting words, if it is past; else the day of publication.

    Of a period such as a year the last day is taken.
    """
    reading = read(_attribution(text, said), pack.code, pack.comparison)
    past = [time.last for time in times(reading, pack, published) if time.last <= published]
    return max(past, default=published)


def _attribution(text: ReadArticle, said: Said) -> str:
    """The words of the attribution itself and right before it, without the content."""
    first, last = said.found.clause
    content = {n for start, end in said.found.content for n in range(start, end)}
    window = range(max(first - _BEFORE, 0), min(last, len(said.sentence.tokens)))
    tokens = [said.sentence.tokens[n] for n in window if n not in content]
    return " ".join(text.reading.text[token.start : token.end] for token in tokens)
