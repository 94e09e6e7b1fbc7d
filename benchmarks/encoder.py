"""How well and how fast sentences are embedded: ``python -m benchmarks.encoder GOLD_DIR``.

Reads ``articles.jsonl`` and ``conflicts.jsonl`` of a gold folder. Side by side stand the shipped
encoder (8-bit), the same network in float32 (which needs the ``training`` extra), and plain word
overlap. *Recall@k*: how often one claim of a related pair is among the k nearest of all other
claims to the other, both ways, whatever the relation.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt
import torch
from rapidfuzz import fuzz, process

from tracker.encoder import END, PREFIX, START, ModelFolder, batches, load_encoder
from training.e5 import SentenceEncoder, load_body
from training.encoder_weights import read_weights

Floats = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]

FRESH = """
import re, time; start = time.perf_counter()
from tracker.encoder import load_encoder
load_encoder().embed([""]); seconds = time.perf_counter() - start
status = open("/proc/self/status").read()
now, most = (int(re.search(rf"{name}:\\s+(\\d+)", status)[1]) / 1024 for name in ("VmRSS", "VmHWM"))
print(f"new process: first vector after {seconds:.2f} s; {now:.0f} MiB, {most:.0f} at most")
"""


@dataclass(frozen=True)
class GoldClaim:
    """What the benchmark needs of a claim."""

    id: str
    text: str
    title: str
    language: str


@dataclass(frozen=True)
class GoldPair:
    """Places of two related claims."""

    a: int
    b: int
    label: str
    across: bool
    """Whether the claims are of different languages."""


def read_claims(folder: Path) -> list[GoldClaim]:
    """All claims; an article without a title lends them its first sentence."""
    claims = []
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        title = article["title"] or article["text"].split(". ")[0]
        for claim in article["claims"]:
            text = " ".join(piece["text"] for piece in claim["content"])
            claims.append(GoldClaim(claim["id"], text, title, article["lang"]))
    return claims


def read_pairs(folder: Path, claims: Sequence[GoldClaim]) -> list[GoldPair]:
    """All related pairs."""
    places = {claim.id: place for place, claim in enumerate(claims)}
    pairs = []
    for line in (folder / "conflicts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        a, b = places[row["a"]], places[row["b"]]
        across = claims[a].language != claims[b].language
        pairs.append(GoldPair(a, b, row["label"], across))
    return pairs


def shipped(models: ModelFolder, threads: int) -> Embed:
    """The shipped encoder."""
    encoder = load_encoder(models, threads=threads)

    def embed(texts: Sequence[str]) -> Floats:
        vectors = [np.frombuffer(vector, "<f2") for vector in encoder.embed(texts)]
        return np.stack(vectors).astype(np.float32)

    return embed


def float32(models: ModelFolder) -> Embed:
    """The same network before quantisation, on one thread."""
    torch.set_num_threads(1)
    network = SentenceEncoder(load_body(read_weights())).eval()

    def embed(texts: Sequence[str]) -> Floats:
        ids = models.tokenizer.ids([f"{PREFIX} {text}" for text in texts])
        vectors = np.empty((len(texts), models.table.width), np.float32)
        for batch in batches([np.concatenate([[START], some, [END]]) for some in ids]):
            embedded = torch.from_numpy(models.table.rows(batch.ids))
            with torch.no_grad():
                vectors[list(batch.places)] = network(embedded, torch.from_numpy(batch.mask))
        return vectors

    return embed


def recalls(likeness: Floats, pairs: Sequence[GoldPair], *limits: int) -> list[float]:
    """Share of pairs, each way, whose other claim is among so many nearest."""
    likeness = likeness.copy()
    np.fill_diagonal(likeness, -np.inf)
    ranks = (-likeness).argsort(axis=1, kind="stable").argsort(axis=1)
    found = [ranks[x, y] for pair in pairs for x, y in ((pair.a, pair.b), (pair.b, pair.a))]
    return [float(np.mean([rank < limit for rank in found])) for limit in limits]


def report_recall(name: str, likeness: Floats, pairs: Sequence[GoldPair]) -> None:
    """One row of the table."""
    groups: dict[str, Callable[[GoldPair], bool]] = {
        "all": lambda pair: True,
        "one language": lambda pair: not pair.across,
        "across": lambda pair: pair.across,
        "contradiction": lambda pair: pair.label == "contradiction",
        "tension": lambda pair: pair.label == "tension",
    }
    cells = []
    for group, wanted in groups.items():
        chosen = [pair for pair in pairs if wanted(pair)]
        at20, at40 = recalls(likeness, chosen, 20, 40)
        cells.append(f"{group} ({len(chosen)}) {at20:.2f} / {at40:.2f}")
    click.echo(f"  {name:<28} " + "   ".join(cells))


def per_second(embed: Embed, texts: Sequence[str]) -> float:
    """Texts embedded in a second, once everything is loaded; the best of three runs."""
    embed(texts[:8])
    return max(_timed(embed, texts) for _ in range(3))


def _timed(embed: Embed, texts: Sequence[str]) -> float:
    start = time.perf_counter()
    embed(texts)
    return len(texts) / (time.perf_counter() - start)


def report_quality(folder: Path, integers: Embed, floats: Embed) -> None:
    """How much quantisation costs, and what related claims have in common."""
    claims = read_claims(folder)
    pairs = read_pairs(folder, claims)
    texts = [claim.text for claim in claims]
    small, large = integers(texts), floats(texts)
    titled = integers([f"{claim.text} ({claim.title})" for claim in claims])
    agreement = (small * large).sum(axis=1)
    click.echo(
        f"8-bit beside float32: cosine mean {agreement.mean():.4f}, min {agreement.min():.4f}"
    )
    click.echo(f"recall@20 / @40 among {len(claims)} claims (pairs in brackets)")
    report_recall("8-bit", small @ small.T, pairs)
    report_recall("float32", large @ large.T, pairs)
    report_recall("8-bit, title added", titled @ titled.T, pairs)
    overlap = process.cdist(texts, texts, scorer=fuzz.token_set_ratio)
    report_recall("word overlap (rapidfuzz)", overlap, pairs)


def report_speed(folder: Path, one: Embed, two: Embed, floats: Embed) -> None:
    """Claims a second beside each other."""
    texts = [claim.text for claim in read_claims(folder)]
    single, double, reference = (per_second(embed, texts) for embed in (one, two, floats))
    click.echo(f"8-bit, one thread   {single:5.0f} claims/s")
    click.echo(f"8-bit, two threads  {double:5.0f} claims/s  {double / single:.2f} x one thread")
    click.echo(
        f"float32, one thread {reference:5.0f} claims/s  8-bit is {single / reference:.2f} x"
    )


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(folder: Path) -> None:
    """Print the whole table."""
    subprocess.run([sys.executable, "-c", FRESH], check=True)
    models = ModelFolder()
    one, two, floats = shipped(models, 1), shipped(models, 2), float32(models)
    report_quality(folder, one, floats)
    report_speed(folder, one, two, floats)


if __name__ == "__main__":
    main()
