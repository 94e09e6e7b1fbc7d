"""How fast the desk answers over a full store: ``python -m benchmarks.desk``.

Fills a store (SQLite, and PostgreSQL where its URL is given) with claims and conflicts, asks for
the inbox and for conflicts, and prints the times at the server, the statements sent to the database
and the size of the first page.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from tracker.assembly import build_tracker
from tracker.comparison import Judgement
from tracker.config import Settings
from tracker.storage import Storage, Transaction
from tracker.types import (
    ArticleDraft,
    Attribution,
    AttributionType,
    Claim,
    ClaimDetails,
    ClaimDraft,
    Home,
    Kind,
    MatchDraft,
    Modality,
    Polarity,
    Reason,
    RelatedPair,
    Relation,
    RelationLabel,
    Sentence,
    Source,
    SourceDraft,
    SourceKind,
    Span,
    Statement,
    Verdict,
    VerdictLabel,
)
from web import create_app

BEGAN = datetime(2026, 1, 1, 6, tzinfo=UTC)
PER_ARTICLE = 10
SPEAKERS = 800
OUTLETS = 60
LARGE = 40
"""Claims on one side of every hundredth conflict."""
LANGUAGES = ("ro", "en")
NOUNS = (
    *(
        "budget",
        "bridge",
        "hospital",
        "harvest",
        "school",
        "tariff",
        "railway",
        "forest",
        "harbour",
    ),
    *("pension", "factory", "election", "museum", "reservoir", "airport", "market", "vaccine"),
)
VERBS = (
    *("opens", "closes", "grows", "shrinks", "moves", "waits", "pays", "fails", "works", "returns"),
    *("begins", "ends", "changes", "stands", "falls", "rises"),
)
ASKED = 100


def fill(storage: Storage, claims: int, conflicts: int) -> None:
    """Store so many claims and conflicts, the same at every run."""
    chance = random.Random(7)
    with storage.transaction() as tx:
        speakers = [tx.sources.save(_speaker(n), None) for n in range(SPEAKERS)]
    stored: list[Claim] = []
    numbers = range(claims // PER_ARTICLE)
    for start in range(0, len(numbers), 100):
        with storage.transaction() as tx:
            for n in numbers[start : start + 100]:
                stored += _article(tx, n, speakers, chance)
    for start in range(0, conflicts, 100):
        with storage.transaction() as tx:
            for n in range(start, min(start + 100, conflicts)):
                _conflict(tx, n, stored, chance)


def _speaker(n: int) -> SourceDraft:
    return SourceDraft(name=f"Speaker {n} of Somewhere", kind=SourceKind.PERSON, role="minister")


def _article(tx: Transaction, n: int, speakers: list[Source], chance: random.Random) -> list[Claim]:
    said = [_words(chance) for _ in range(PER_ARTICLE)]
    moment = BEGAN + timedelta(minutes=25 * n)
    draft = ArticleDraft(
        outlet=f"Outlet {n % OUTLETS}",
        external_id=str(n),
        text="\n\n".join(f"“{words}”, somebody said on that day." for words in said),
        title=_words(chance),
        language=LANGUAGES[n % 2],
        published_at=moment,
    )
    article, _ = tx.articles.add(draft, received_at=moment)
    return [
        tx.claims.add(article, _claim(draft, words, chance), chance.choice(speakers), at=moment)
        for words in said
    ]


def _words(chance: random.Random) -> str:
    return " ".join(
        f"the {chance.choice(NOUNS)} {chance.choice(VERBS)} {chance.randrange(10_000)}"
        for _ in range(4)
    )


def _claim(article: ArticleDraft, words: str, chance: random.Random) -> ClaimDraft:
    start = article.text.index(words)
    source = _speaker(0)
    return ClaimDraft(
        attribution=Attribution(
            content=(Span(start, start + len(words)),), type=AttributionType.DIRECT
        ),
        source=source,
        statement=Statement(
            speaker=source.name,
            text=words,
            language=article.language,
            said_on=article.published_at.date(),
            about=article.title or "",
            details=ClaimDetails(
                polarity=Polarity.POSITIVE,
                modality=Modality.ASSERTED,
                keys=frozenset({f"lemma:{chance.choice(NOUNS)}"}),
            ),
        ),
        extractor="benchmark/1",
    )


def _conflict(tx: Transaction, n: int, claims: list[Claim], chance: random.Random) -> None:
    """Two claims against each other, or one against very many."""
    first = chance.randrange(len(claims) - LARGE - 1)
    many = LARGE if n % 100 == 0 else 1
    a, others = claims[first], claims[first + 1 : first + 1 + many]
    severity, second = round(chance.random(), 3), tuple[int, ...]()
    id = 0
    for b in others:
        pair = _pair(tx, a, b)
        second += (b.id,)
        if id:
            home = Home(conflict_id=id, sides=((a.id,), second), evidence=(b.id,))
            tx.conflicts.join(home, pair, severity, at=b.published_at)
        else:
            id = tx.conflicts.open(pair, severity, at=b.published_at)


def _pair(tx: Transaction, a: Claim, b: Claim) -> RelatedPair:
    reason = Reason(Sentence.CANNOT_BOTH, (a.statement.text[:20], b.statement.text[:20]))
    verdict = Verdict(
        comparer="benchmark",
        version="1",
        label=VerdictLabel.CONTRADICTION,
        entailment=0.0,
        neutral=0.1,
        contradiction=0.9,
        kind=Kind.NUMERIC,
        reason=reason,
    )
    relation = Relation(
        label=RelationLabel.CONTRADICTION, probability=0.9, kind=Kind.NUMERIC, reason=reason
    )
    match = tx.matches.add(MatchDraft(premise_id=a.id, hypothesis_id=b.id, scores={"total": 0.5}))
    tx.matches.record(match.id, Judgement((verdict,), relation), f"{a.id}-{b.id}", b.published_at)
    return RelatedPair(match=match, premise=a, hypothesis=b, verdicts=(verdict,), relation=relation)


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def asked(client: FlaskClient, address: Callable[[int], str]) -> tuple[list[float], int, int]:
    """Seconds of many requests, the most statements of one, and the most bytes of an answer."""
    seconds, most, size = [], 0, 0
    for n in range(ASKED + 3):
        with statements() as sent:
            began = time.perf_counter()
            answer = client.get(address(n))
            took = time.perf_counter() - began
        assert answer.status_code == 200, answer.text
        if n >= 3:  # the first ones compile the templates
            seconds.append(took)
            most, size = max(most, len(sent)), max(size, len(answer.data))
    return seconds, most, size


def pages(conflicts: int) -> dict[str, Callable[[int], str]]:
    """What is asked for, by name; differently each time."""
    chance = random.Random(3)
    return {
        "inbox": lambda n: f"/?page={n % 20 + 1}",
        "inbox, to review": lambda n: "/?state=open",
        "inbox, most outlets first": lambda n: f"/?sort=outlets&page={n % 20 + 1}",
        "inbox, words": lambda n: f"/?q={chance.choice(NOUNS)}+{chance.choice(VERBS)}",
        "inbox, one speaker": lambda n: f"/?speaker={chance.randrange(1, SPEAKERS)}",
        "conflict": lambda n: f"/conflicts/{chance.randrange(1, conflicts)}",
        "conflict with 40 claims on a side": lambda n: (
            f"/conflicts/{100 * (n % (conflicts // 100)) + 1}"
        ),
    }


def report(url: str, claims: int, conflicts: int) -> None:
    """Fill the store at ``url`` and print how fast its pages are."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), database_url=url)
        tracker = build_tracker(settings)
        with closing(tracker.storage):
            tracker.storage.migrate()
            began = time.perf_counter()
            fill(tracker.storage, claims, conflicts)
            click.echo(f"{url or 'SQLite'}: filled in {time.perf_counter() - began:.0f} s")
            client = create_app(settings, tracker).test_client()
            for name, address in pages(conflicts).items():
                seconds, most, size = asked(client, address)
                p95 = statistics.quantiles(seconds, n=20)[-1]
                click.echo(
                    f"    {name}: median {1000 * statistics.median(seconds):.0f} ms, "
                    f"p95 {1000 * p95:.0f} ms, {most} statements, {size / 1000:.0f} kB"
                )
            first = sum(len(client.get(each).data) for each in FIRST_PAGE)
            click.echo(f"    first page with all it needs: {first / 1000:.0f} kB")


FIRST_PAGE = ("/", "/static/desk.css", "/static/desk.js", "/static/htmx.min.js", "/static/icon.svg")


@click.command(help=__doc__)
@click.option("--url", "urls", multiple=True, help="SQLAlchemy URL of an empty PostgreSQL database")
@click.option("--claims", default=100_000)
@click.option("--conflicts", default=5_000)
def main(urls: tuple[str, ...], claims: int, conflicts: int) -> None:
    """Measure on SQLite and on what is named."""
    for url in ("", *urls):
        report(url, claims, conflicts)


if __name__ == "__main__":
    main()
