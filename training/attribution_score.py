"""Quick scores while training: content at Jaccard 0.7, and content with an overlapping source.

Looser on the source than the published scorer (no heads of noun phrases), so only for comparing
one model with another.
"""

import re
from collections.abc import Iterable, Sequence

from tracker.claims.tagged import Marked
from tracker.types import Span
from training.attribution_data import Document, Gold

_WORD = re.compile(r"\w+(?:['’]\w+)*")


class Tally:
    """Counts over documents."""

    def __init__(self) -> None:
        self.gold = self.found = self.content = self.joint = 0

    def add(self, document: Document, found: Sequence[Marked], fewest: int = 3) -> None:
        """Match the attributions of a document, best overlap first."""
        words = [m.span() for m in _WORD.finditer(document.text)]
        golds = [(g, _words(words, g.content)) for g in document.attributions]
        ours = [(m, _words(words, m.content)) for m in found]
        golds = [pair for pair in golds if len(pair[1]) >= fewest]
        ours = [pair for pair in ours if len(pair[1]) >= fewest]
        self.gold += len(golds)
        self.found += len(ours)
        scored = sorted(
            (
                (-len(a & b) / len(a | b), i, j)
                for i, (_, a) in enumerate(golds)
                for j, (_, b) in enumerate(ours)
                if a & b
            ),
        )
        used_gold, used_ours = set(), set()
        for score, i, j in scored:
            if -score < 0.7 or i in used_gold or j in used_ours:
                continue
            used_gold.add(i)
            used_ours.add(j)
            self.content += 1
            self.joint += _same_source(golds[i][0], ours[j][0])

    def __str__(self) -> str:
        """Precision / recall / F1 of content, F1 with source."""
        p, r = self.content / max(self.found, 1), self.content / max(self.gold, 1)
        joint = 200 * self.joint / max(self.gold + self.found, 1)
        f1 = 2 * p * r / max(p + r, 1e-9)
        return f"content {100 * p:.1f} / {100 * r:.1f} / {100 * f1:.1f}, joint {joint:.1f}"


def _words(words: Sequence[tuple[int, int]], spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(
        n
        for span in spans
        for n, (start, end) in enumerate(words)
        if start < span.end and end > span.start
    )


def _same_source(gold: Gold, found: Marked) -> bool:
    if gold.source is None or found.source is None:
        return gold.source is found.source
    return gold.source.start < found.source.end and found.source.start < gold.source.end
