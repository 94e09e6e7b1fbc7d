"""Fine-tunes the comparison model: ``python -m training.train_comparer DATA RUN``.

DATA is the folder with ``train_*.jsonl`` and ``dev_*.jsonl`` of inference; RUN is a folder for
checkpoints, from which an interrupted training goes on. First general pairs, then (``--claims``)
those of ``training/claim_sets``, ``training/contrasts`` and ``training/stories`` and edits, with
general ones among them, with and without the events, the later claim first or last. All pairs of
one event stay together: every fifth set and story is held out.
"""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zlib import crc32

import click
import numpy as np
import torch
from torch import Tensor

from tracker.comparison.model import ANSWERS, OUTPUTS, RELATIONS
from tracker.encoder import batches
from tracker.types import RelationLabel
from training.claim_sets import ClaimPair, is_held_out, read_sets
from training.comparer_model import (
    UNKNOWN,
    ComparerModel,
    Example,
    claims_example,
    general_example,
    loss,
    parts_of,
)
from training.contrasts import read_contrasts
from training.e5 import starting_model
from training.edits import edited
from training.headlines import (
    headed,
    headed_by_claims,
    headlines,
    said_in_articles,
    with_own_words,
)
from training.inference_data import (
    PERMISSIVE,
    SHAREALIKE,
    UNSTATED,
    InferencePair,
    read_pairs,
    training_pairs,
)
from training.scores import told
from training.stories import read_stories
from training.trainer import BATCH, Lessons, Trainer, batch_of, batched

SEED = 11
LAYERS = 12
MEASURED, CLAIMS_MEASURED = 600, 4000
"""Pairs of each general set, and of claims of either form, that are measured after an epoch."""
REPLAYED = 1.0
"""General pairs for each pair of claims, so that what they taught is not forgotten."""
WITHOUT_EVENTS, WITH_OWN_WORDS, WITHOUT_SPEAKERS, OTHER_DATES, BACKWARDS = 0.3, 0.5, 0.2, 0.5, 0.3
"""Shares of the pairs of claims."""
DAYS = (0, 0, 0, 1, 1, 2, 3, 5, 9, 14, 30, 60, 120, 300)
"""How much later the second claim of a pair may be said to come."""
SETS_AN_EPOCH = 0.2
"""Share of the pairs of sets in an epoch; stories, which are as work is, are there with all."""
UNRELATED, LOOKED_THROUGH, COUNTED = 2, 4, 8
"""Pairs without a relation for each that has one, of those in stories; among how many of them
those are looked for that look most related; and with how many the quick scores are counted."""
LATE = 1
"""Which of a model's answers are those of the late head."""
DEV = {
    "xnli": "dev_xnli",
    "rte3": "dev_rte3_3way_dev",
    "fever symmetric": "dev_fever_symmetric_dev",
    "ronli": "dev_ronli",
}


def read_claims() -> dict[str, list[ClaimPair]]:
    """All pairs of claims, by the form that they are written in."""
    return {
        "sets": list(read_sets()),
        "contrasts": list(read_contrasts()),
        "stories": list(read_stories()),
    }


def is_in_share(pair: ClaimPair, share: float) -> bool:
    """Whether a pair is among a share of the sets and stories, to see what more of them bring."""
    return crc32(b"share" + pair.set_id.encode()) % 1000 < 1000 * share


def disguised(pair: ClaimPair, chance: random.Random) -> ClaimPair:
    """The pair without some of what would give its label away without reading it.

    The event of a set is told in other words, and the dates of some lie apart as those of any pair
    do, since in the sets contradictions come soon and updates late. Some pairs name no speakers or
    no events; of the others some have a line of context as the program makes it, which goes on with
    the claim's own sentence.
    """
    if pair.set_id in headlines():
        pair = headed(pair, chance)
        if chance.random() < OTHER_DATES:
            later = pair.premise.said_on + timedelta(days=chance.choice(DAYS))
            pair = replace(pair, hypothesis=replace(pair.hypothesis, said_on=later))
    if chance.random() < WITHOUT_SPEAKERS:
        pair = without(pair, "speaker")
    if chance.random() < WITHOUT_EVENTS:
        return without(pair, "about")
    return with_own_words(pair) if chance.random() < WITH_OWN_WORDS else pair


def without(pair: ClaimPair, part: str) -> ClaimPair:
    """The pair with a part of either claim left untold."""
    sides = (replace(side, **{part: ""}) for side in (pair.premise, pair.hypothesis))
    premise, hypothesis = sides
    return replace(pair, premise=premise, hypothesis=hypothesis)


def thinned(
    pairs: Sequence[ClaimPair], chance: random.Random, share: int = UNRELATED
) -> list[ClaimPair]:
    """Pairs of stories with only some of the many that have no relation."""
    related = [pair for pair in pairs if pair.relation is not RelationLabel.NONE]
    others = [pair for pair in pairs if pair.relation is RelationLabel.NONE]
    return related + chance.sample(others, min(len(others), share * len(related)))


def hardest(
    lessons: "ComparerLessons", pairs: Sequence[ClaimPair], chance: random.Random, memo: Path
) -> list[ClaimPair]:
    """The same, with those that the model takes most for related.

    The choice is kept in ``memo``, since a training that goes on inside an epoch has another model.
    """
    some = thinned(pairs, chance, LOOKED_THROUGH)
    related = [pair for pair in some if pair.relation is not RelationLabel.NONE]
    others = some[len(related) :]
    if not memo.exists():
        order = random.Random(SEED)
        _, relations, _ = parts_of(lessons.scores(lessons.claims(others, order))[LATE])
        likely = 1 - relations.softmax(-1)[:, RELATIONS.index(RelationLabel.NONE)]
        hard = likely.argsort(descending=True)[: UNRELATED * len(related)]
        memo.write_text(json.dumps(hard.tolist()))
    return related + [others[n] for n in json.loads(memo.read_text())]


class ComparerLessons(Lessons):
    """How comparisons are learnt and measured."""

    def loss_of(self, group: Sequence[Example]) -> Tensor:
        """The loss of a batch."""
        return loss(self.answers(batch_of(group))[0], group)

    def general(self, pairs: Sequence[InferencePair]) -> list[Example]:
        """General pairs as examples."""
        return [general_example(self.tokenizer, pair) for pair in pairs]

    def claims(self, pairs: Sequence[ClaimPair], chance: random.Random) -> list[Example]:
        """Pairs of claims as examples: some without the events, some with the later claim first."""
        return [
            claims_example(
                self.tokenizer,
                disguised(pair, chance),
                backwards=chance.random() < BACKWARDS,
            )
            for pair in pairs
        ]

    @torch.no_grad()
    def scores(self, examples: Sequence[Example]) -> Tensor:
        """(2, pairs, ``OUTPUTS``): what either head answers."""
        self.model.eval()
        rows = torch.empty(2, len(examples), OUTPUTS)
        for batch in batches([example.ids for example in examples], BATCH):
            rows[:, list(batch.places)], _ = self.answers(batch)
        return rows


def accuracy(lessons: ComparerLessons, pairs: Sequence[InferencePair]) -> float:
    """How many of general pairs are answered by what may be right."""
    answers, _, _ = parts_of(lessons.scores(lessons.general(pairs))[LATE])
    best = answers.argmax(-1).tolist()
    right = [ANSWERS[n] in pair.possible for n, pair in zip(best, pairs, strict=True)]
    return float(np.mean(right))


def measured(
    lessons: ComparerLessons, data: Path, claims: Mapping[str, Sequence[ClaimPair]]
) -> str:
    """The quick scores: general sets by language, and held-out claims by where they are from."""
    lines = []
    for name, file in DEV.items():
        found = list(read_pairs(data / f"{file}.jsonl"))
        for language in sorted({pair.language for pair in found}):
            some = [pair for pair in found if pair.language == language][:MEASURED]
            lines.append(f"    {name} {language}: {100 * accuracy(lessons, some):.1f}")
    for name, some in claims.items():
        examples = [claims_example(lessons.tokenizer, pair) for pair in some]
        heads = zip(("early", "late"), lessons.scores(examples), strict=True)
        lines += [f"    {name}, {head}: {claim_scores(rows, examples)}" for head, rows in heads]
    return "\n".join(lines)


def claim_scores(rows: Tensor, examples: Sequence[Example]) -> str:
    """Macro F1 over the relations, each F1, average precision of contradictions, kinds."""
    _, relations, kinds = parts_of(rows)
    gold = np.array([example.relation for example in examples])
    scores = told(RELATIONS, relations.softmax(-1).numpy(), gold)
    return f"{scores}, kinds {100 * kinds_right(kinds, examples):.1f}"


def kinds_right(scores: Tensor, examples: Sequence[Example]) -> float:
    """How many kinds are told rightly, of the pairs that have one."""
    wanted = torch.tensor([example.kind for example in examples])
    known = wanted != UNKNOWN
    return (scores.argmax(-1) == wanted)[known].float().mean().item()


@click.command(help=__doc__)
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--claims/--general", "with_claims", default=False, help="what is learnt from")
@click.option("--epochs", default=1)
@click.option("--rate", default=1.2e-4, help="highest learning rate")
@click.option("--sets", default=1.0, help="share of sets and stories learnt from")
@click.option("--start", type=click.Path(path_type=Path, exists=True), help="weights to start from")
def main(
    data: Path,
    run: Path,
    with_claims: bool,
    epochs: int,
    rate: float,
    sets: float,
    start: Path | None,
) -> None:
    """Train, checkpoint and measure after every epoch."""
    torch.manual_seed(SEED)
    model = starting_model(start, range(LAYERS), ComparerModel)
    lessons = ComparerLessons(model, None)
    trainer = Trainer(run, model, rate)
    found = read_claims() if with_claims else {}
    kept = {name: [p for p in pairs if is_held_out(p)] for name, pairs in found.items()}
    if with_claims:
        some = random.Random(SEED)
        kept["stories"] = thinned(kept["stories"], some, COUNTED)
        kept = {
            name: some.sample(pairs, min(len(pairs), CLAIMS_MEASURED))
            for name, pairs in kept.items()
        }
    taught = {
        name: [p for p in pairs if not is_held_out(p) and is_in_share(p, sets)]
        for name, pairs in found.items()
    }
    while trainer.epoch < epochs:
        chance = random.Random(SEED + trainer.epoch)
        files = (PERMISSIVE, SHAREALIKE, UNSTATED)
        others = training_pairs(data, files, chance)
        examples = []
        if with_claims:
            memo = run / f"hardest-{trainer.epoch}.json"
            stories = (
                hardest(lessons, taught["stories"], chance, memo)
                if trainer.epoch
                else thinned(taught["stories"], chance)
            )
            articles = said_in_articles(taught["stories"])
            titles = random.Random(SEED + trainer.epoch)
            stories = [headed_by_claims(pair, articles, titles) for pair in stories]
            sets_now = chance.sample(taught["sets"], int(SETS_AN_EPOCH * len(taught["sets"])))
            edits = list(edited(sets_now, chance))
            edits = chance.sample(edits, len(edits) // 2)
            pairs = [*sets_now, *taught["contrasts"], *stories, *edits]
            examples = lessons.claims(pairs, chance)
            others = others[: int(REPLAYED * len(pairs))]
        examples += lessons.general(others)
        trainer.learn(batched(examples, chance), lessons.loss_of, epochs)
        click.echo(f"epoch {trainer.epoch}\n{measured(lessons, data, kept)}")


if __name__ == "__main__":
    main()
