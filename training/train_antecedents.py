"""Learns the weights by which a source is chosen: ``python -m training.train_antecedents``.

From our own articles, their attributions as marked; those held out are only measured. A softmax
over the candidates of each mention, with a penalty on large weights; the history a mention is asked
after is that of the right answers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
import numpy as np

import tracker.sources
from tracker.articles import read_text
from tracker.claims.marking import said_by_marks
from tracker.claims.tagged import Marked
from tracker.evaluation.extraction import SAME_NAME, likeness
from tracker.languages import LanguagePack, languages
from tracker.sources import Character, Chooser, Features, Ranking, Resolver, read_cast
from tracker.types import SourceDraft, Span
from training.as_gold import plain
from training.attribution_data import is_held_out
from training.marked import MarkedArticle, read_all

WEIGHTS = Path(tracker.sources.__file__).parent / "antecedents.toml"
PENALTY = 0.5
"""What a squared weight costs beside the logarithm of a probability."""
ROUNDS = 600


@dataclass(frozen=True)
class Choice:
    """A mention, the features of its candidates, and the number of the right one."""

    article: MarkedArticle
    kind: str
    candidates: Sequence[Features]
    right: int


class Teacher:
    """Answers as the marks do, and writes down what was asked."""

    def __init__(self, article: MarkedArticle) -> None:
        self.article = article
        self.canonical = ""
        self.choices: list[Choice] = []

    def __call__(
        self, kind: str, candidates: Sequence[Character | None], features: Sequence[Features]
    ) -> int:
        """The candidate with the canonical name, or nobody."""
        alike = [similar(self.canonical, c) if c else 0.0 for c in candidates]
        best = max(range(len(alike)), key=alike.__getitem__)
        right = best if alike[best] >= SAME_NAME else len(candidates) - 1
        self.choices.append(Choice(self.article, kind, features, right))
        return right


def similar(canonical: str, who: Character) -> float:
    """How alike a character's name is to a canonical one, as ``tracker evaluate`` compares them."""
    return likeness(plain(canonical), who.name, who.kind)


def choices(article: MarkedArticle, pack: LanguagePack) -> list[Choice]:
    """Every mention of an article that is no name, with the right answer."""
    teacher = Teacher(article)
    for canonical, resolve in questions(article, pack, teacher):
        teacher.canonical = canonical
        resolve()
    return teacher.choices


def questions(
    article: MarkedArticle, pack: LanguagePack, choose: Chooser
) -> Iterator[tuple[str, Callable[[], SourceDraft | None]]]:
    """The canonical names, and what resolves them, in the order of the text."""
    text = read_text(article.text, pack.attribution)
    cast = read_cast(text, pack.attribution)
    contents = [piece for a in article.attributions for piece in a.content]
    resolver = Resolver(text, cast, pack.attribution, contents, choose)
    for a in sorted(article.attributions, key=lambda a: a.content):
        mark = Marked(
            tuple(Span(*piece) for piece in a.content),
            Span(*a.source[0]) if a.source else None,
            Span(*a.cue[0]) if a.cue else None,
            1.0,
        )
        for said in said_by_marks(text, cast, pack.attribution, [mark]):
            asked = (said.source_sentence, said.found.mention, said.pieces)
            yield a.canonical, partial(resolver.resolve, *asked)


def fit(found: Sequence[Choice]) -> dict[str, float]:
    """The weights for one kind of mention (gradient descent with momentum)."""
    names = sorted({name for c in found for features in c.candidates for name in features})
    column = {name: n for n, name in enumerate(names)}
    rows = [f for c in found for f in c.candidates]
    table = np.zeros((len(rows), len(names)))
    for n, features in enumerate(rows):
        table[n, [column[name] for name in features]] = 1
    starts = np.cumsum([0] + [len(c.candidates) for c in found])
    owner = np.repeat(np.arange(len(found)), np.diff(starts))
    wanted = np.zeros(len(rows))
    wanted[starts[:-1] + [c.right for c in found]] = 1
    weights, speed = np.zeros(len(names)), np.zeros(len(names))
    for _ in range(ROUNDS):
        scores = table @ weights
        scores -= np.maximum.reduceat(scores, starts[:-1])[owner]
        powers = np.exp(scores)
        chances = powers / np.add.reduceat(powers, starts[:-1])[owner]
        slope = table.T @ (chances - wanted) + PENALTY * weights
        speed = 0.9 * speed - 0.5 / len(found) * slope
        weights += speed
    return {
        name: round(float(w), 2) for name, w in zip(names, weights, strict=True) if abs(w) >= 0.005
    }


def learnt(found: Sequence[Choice]) -> Ranking:
    """The weights for every kind."""
    kinds = sorted({c.kind for c in found})
    return Ranking({kind: fit([c for c in found if c.kind == kind]) for kind in kinds})


def right(ranking: Ranking, found: Sequence[Choice]) -> dict[str, tuple[int, int, int]]:
    """By kind: right answers, those of the rules, questions."""
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for c in found:
        chances = ranking.chances(c.kind, c.candidates)
        ruled = next(
            (n for n, f in enumerate(c.candidates) if "as ruled" in f), len(c.candidates) - 1
        )
        tally[c.kind][0] += int(np.argmax(chances)) == c.right
        tally[c.kind][1] += ruled == c.right
        tally[c.kind][2] += 1
    return {kind: tuple(counts) for kind, counts in tally.items()}


def written(ranking: Ranking) -> str:
    """The weights as TOML."""
    lines = ["# Learnt by training.train_antecedents; see tracker/sources/antecedents.py."]
    for kind, weights in ranking.weights.items():
        lines += ["", f"[{kind}]"]
        lines += [f'"{name}" = {weight}' for name, weight in sorted(weights.items())]
    return "\n".join(lines) + "\n"


@click.command(help=__doc__)
def main() -> None:
    """Learn, measure, write."""
    packs = languages()
    articles = [a for a in read_all() if a.language in packs]
    known = [c for a in articles for c in choices(a, packs[a.language])]
    taught = [c for c in known if not is_held_out(c.article)]
    kept = [c for c in known if is_held_out(c.article)]
    ranking = learnt(taught)
    for name, part in (("taught", taught), ("held out", kept)):
        click.echo(f"{name}: {right(ranking, part)}")
    WEIGHTS.write_text(written(ranking), encoding="utf-8")


if __name__ == "__main__":
    main()
