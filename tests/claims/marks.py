"""A stand-in for the attribution model: it marks what a text says that it should mark."""

import re
from collections import defaultdict
from functools import cache

import numpy as np

from tracker.encoder import BEGIN, INSIDE, OUTSIDE, ModelFolder, Scores, Tagged, Tags, windows
from tracker.types import Span

PARTS = {"s": 0, "c": 1, "q": 2}
_MARK = re.compile(r"\{([scq])(\d)\||\}")
SURE = 8.0


@cache
def models() -> ModelFolder:
    return ModelFolder()


class ScriptedTagger:
    """Marks ``{s1|…}`` as source, ``{c1|…}`` as cue and ``{q1|…}`` as content of attribution 1."""

    def __init__(self, marked: str) -> None:
        self.text, self._spans = _unmarked(marked)

    def tag(self, text: str) -> Tags:
        assert text == self.text
        [tokens] = models().tokenizer.tokens([text])
        return Tags(tokens, [Tagged(w, self._scores(w, tokens)) for w in windows(text, tokens)])

    def _scores(self, window, tokens) -> Scores:
        count = len(window.ids)
        tags = np.full((count, 3), OUTSIDE)
        links = np.zeros((2, count), int)
        first = {
            (part, number): self._mark(tags, window, tokens, part, spans)
            for (part, number), spans in sorted(self._spans.items())
        }
        for (part, number), places in first.items():
            if part == 2:
                for n in range(2):
                    begins = first.get((n, number)) or [0]
                    links[n, places] = begins[0]
        parts = np.eye(3, dtype=np.float32)[tags] * SURE
        places = np.eye(count, dtype=np.float32)
        vectors = np.stack([places[links[0]] * SURE, places, places[links[1]] * SURE, places], 1)
        return Scores(parts, vectors)

    def _mark(self, tags, window, tokens, part: int, spans: list[Span]) -> list[int]:
        marked = []
        for span in spans:
            places = [
                place
                for place, piece in enumerate(window.pieces)
                if piece >= 0
                and tokens.spans[piece].start < span.end
                and tokens.spans[piece].end > span.start
            ]
            marked += places
            writable = [place for place in places if place >= window.first]
            tags[writable, part] = INSIDE
            tags[writable[:1], part] = BEGIN
        return marked


def _unmarked(marked: str) -> tuple[str, dict[tuple[int, int], list[Span]]]:
    text, spans, place = "", defaultdict(list), 0
    stack: list[tuple[tuple[int, int], int]] = []
    for found in _MARK.finditer(marked):
        text += marked[place : found.start()]
        place = found.end()
        if found[1]:
            stack.append(((PARTS[found[1]], int(found[2])), len(text)))
        else:
            key, start = stack.pop()
            spans[key].append(Span(start, len(text)))
    return text + marked[place:], dict(spans)
