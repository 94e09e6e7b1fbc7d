"""Two texts side by side: which paragraphs came, went or changed, and which words of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from tracker.articles.text import paragraphs

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_ALIKE = 0.4
"""Of the words of two paragraphs, the share from which one counts as the other changed."""


@dataclass(frozen=True)
class Stretch:
    """Words of a paragraph, and whether the other text lacks them."""

    text: str
    changed: bool = False


Paragraph = tuple[Stretch, ...]


@dataclass(frozen=True)
class Change:
    """A paragraph before and after; empty where it came or went."""

    before: Paragraph
    after: Paragraph

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return self.before == self.after


def compare_texts(old: str, new: str) -> list[Change]:
    """The paragraphs of two texts in order, set beside each other."""
    before, after = ([text[p.start : p.end] for p in paragraphs(text)] for text in (old, new))
    found: list[Change] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            found += (Change((Stretch(text),), (Stretch(text),)) for text in before[i:j])
        else:
            found += _changed(before[i:j], after[k:m])
    return found


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    for old, new in zip_longest(before, after, fillvalue=""):
        changed = _words(_TOKEN.findall(old), _TOKEN.findall(new)) if old and new else None
        if changed:
            yield changed
            continue
        if old:
            yield Change((Stretch(old, changed=True),), ())
        if new:
            yield Change((), (Stretch(new, changed=True),))


def _words(before: list[str], after: list[str]) -> Change | None:
    """The words that differ; None where the paragraphs have little in common."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return None
    codes = [(tag != "equal", before[i:j], after[k:m]) for tag, i, j, k, m in matcher.get_opcodes()]
    return Change(
        tuple(Stretch("".join(old), changed) for changed, old, _ in codes if old),
        tuple(Stretch("".join(new), changed) for changed, _, new in codes if new),
    )
