"""A crowd of claims to hide others among: stories, look-alikes of stories, and plain sentences.

The stories are those of ``training/stories``; a look-alike is a story told anew with other people
in it, given by the caller, so that the same actors speak of other events. Sentences and reported
speech of the research data (``--data``) fill up the rest; without that folder the stories are told
again with other people. Everything is the same at every run.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from tracker.claims import describe
from tracker.languages import languages
from tracker.types import (
    ArticleDraft,
    Attribution,
    AttributionType,
    ClaimDraft,
    SourceDraft,
    SourceKind,
    Span,
    Statement,
)

STORIES = Path(__file__).parents[1] / "training" / "stories"
REPORTED = ("attribution/polnear_train.jsonl", "attribution/polnear_dev.jsonl")
SENTENCES = ("nli/train_lingnli.jsonl", "nli/train_permissive.jsonl", "nli/train_sharealike.jsonl")
PER_ARTICLE = 8
OUTLETS = 60
SPAN = timedelta(days=365)
"""The time over which the crowd speaks."""
FIRST_NAMES = [
    "Ana",
    "Ion",
    "Maria",
    "Radu",
    "Elena",
    "Mihai",
    "Ioana",
    "Andrei",
    "John",
    "Mary",
    "Peter",
    "Susan",
    "Carl",
    "Irina",
]
SURNAMES = [
    "Popescu",
    "Ionescu",
    "Rusu",
    "Stan",
    "Marin",
    "Dobre",
    "Toma",
    "Lazar",
    "Moraru",
    "Munteanu",
    "Smith",
    "Brown",
    "Taylor",
    "Novak",
    "Weber",
    "Rossi",
    "Petrov",
    "Ivanov",
    "Horvat",
    "Costa",
]


@dataclass(frozen=True)
class Said:
    """What somebody says under a headline, in a language."""

    speaker: str
    text: str
    title: str
    language: str


Page = list[Said]
"""What one article reports."""
Told = tuple[ArticleDraft, list[ClaimDraft]]


def crowd(size: int, actors: Sequence[str], middle: datetime, data: Path | None) -> Iterator[Told]:
    """Articles with so many claims in all, spoken within ``SPAN`` around ``middle``.

    ``actors`` are the people who appear in the look-alike stories.
    """
    chance, left = random.Random(5), size
    for number, page in enumerate(_pages(actors, data, chance)):
        moment = middle + (chance.random() - 0.5) * SPAN
        article, claims = told(page[:left], f"crowd-{number}", moment)
        yield article, claims
        left -= len(claims)
        if left <= 0:
            return


def _pages(actors: Sequence[str], data: Path | None, chance: random.Random) -> Iterator[Page]:
    yield from _stories(actors, chance)
    yield from _stories((), chance)
    if data is not None:
        yield from _batched(_reported(data))
        yield from _batched(_sentences(data, chance))
    while True:
        yield from _stories(_people(chance, 400), chance)


def _stories(cast: Sequence[str], chance: random.Random) -> Iterator[Page]:
    """Every story's articles, with people of ``cast`` in place of its own where there are any."""
    for path in sorted(STORIES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            articles = json.loads(line)["articles"]
            names = sorted({claim["speaker"] for each in articles for claim in each["claims"]})
            roles = dict(zip(names, chance.sample(cast, min(len(names), len(cast))), strict=False))
            for article in articles:
                yield [_recast(claim, article, roles) for claim in article["claims"]]


def _recast(claim: Any, article: Any, roles: dict[str, str]) -> Said:
    text, title = claim["text"], article["title"]
    for name, other in roles.items():
        for old, new in ((name, other), (name.split()[-1], other.split()[-1])):
            text, title = text.replace(old, new), title.replace(old, new)
    speaker = roles.get(claim["speaker"], claim["speaker"])
    return Said(speaker, text, title, article["lang"])


def _reported(data: Path) -> Iterator[Said]:
    for name in REPORTED:
        for line in (data / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            title = " ".join(record["text"].split()[:12])
            for each in record["attributions"]:
                content, source = each["content"], each["source"]
                if content and source and 4 < len(content["text"].split()) < 60:
                    yield Said(source["text"][:80], content["text"], title, record["lang"])


def _sentences(data: Path, chance: random.Random) -> Iterator[Said]:
    people = _people(chance, 800)
    weights, seen, title = [1 / n for n in range(1, 801)], set[str](), ""
    for name in SENTENCES:
        for line in (data / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            for text in (record["premise"], record["hypothesis"]):
                if record["lang"] == "en" and text not in seen and 4 < len(text.split()) < 40:
                    seen.add(text)
                    title = title if len(seen) % PER_ARTICLE else text[:60]
                    (speaker,) = chance.choices(people, weights)
                    yield Said(speaker, text, title, "en")


def _people(chance: random.Random, number: int) -> list[str]:
    return [
        f"{chance.choice(FIRST_NAMES)} {chance.choice(SURNAMES)} {chance.choice(SURNAMES)}"
        for _ in range(number)
    ]


def _batched(said: Iterator[Said]) -> Iterator[Page]:
    while page := list(islice(said, PER_ARTICLE)):
        yield page


def told(page: Page, id: str, moment: datetime) -> Told:
    """An article that prints these words, and the claims in it."""
    text, spans = "", []
    for each in page:
        spans.append(Span(len(text), len(text) + len(each.text)))
        text += f"{each.text}\n\n"
    article = ArticleDraft(
        outlet=f"Outlet {hash_of(id) % OUTLETS}",
        external_id=id,
        text=text,
        title=page[0].title,
        language=page[0].language,
        published_at=datetime.combine(moment.date(), time(6), UTC),
    )
    return article, [_claim(*each, article) for each in zip(page, spans, strict=True)]


def hash_of(text: str) -> int:
    """A number that is the same at every run."""
    return sum(map(ord, text))


def _claim(said: Said, span: Span, article: ArticleDraft) -> ClaimDraft:
    pack, day = languages().nearest(said.language), article.published_at.date()
    return ClaimDraft(
        attribution=Attribution(content=(span,), type=AttributionType.DIRECT),
        source=SourceDraft(name=said.speaker, kind=SourceKind.PERSON),
        statement=Statement(
            speaker=said.speaker,
            text=said.text,
            language=said.language,
            said_on=day,
            about=said.title,
            details=describe(said.text, pack, day, about=said.title),
        ),
        extractor="crowd/1",
    )
