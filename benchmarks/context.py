"""Whether keys tell what a claim is about: ``python -m benchmarks.context GOLD_DIR``.

The gold claims of a folder are read as the program reads them. Of the pairs that are related in
``conflicts.jsonl``, how many share a key; of the pairs of one article that are not, how many do
not. Keys of the content alone stand beside keys with the context.
"""

from itertools import combinations
from pathlib import Path

import click

from benchmarks.gold_claims import read_gold_claims
from tracker.evaluation.gold import read_gold
from tracker.types import RelationLabel

Pair = tuple[str, str]


def related(folder: Path) -> set[Pair]:
    """The pairs of claims that have a relation."""
    relations = read_gold(folder).relations or ()
    return {(r.a, r.b) for r in relations if r.label is not RelationLabel.NONE}


def share(pairs: set[Pair], keys: dict[str, frozenset[str]]) -> float:
    """The share of the pairs whose claims have a key in common."""
    known = [(a, b) for a, b in pairs if a in keys and b in keys]
    return sum(bool(keys[a] & keys[b]) for a, b in known) / len(known)


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
def main(folder: Path) -> None:
    """Print both shares for each kind of key."""
    claims = list(read_gold_claims(folder))
    near = related(folder)
    apart = {
        (a.id, b.id)
        for a, b in combinations(claims, 2)
        if a.article == b.article and (a.id, b.id) not in near and (b.id, a.id) not in near
    }
    keys = {c.id: c.draft.statement.details.keys for c in claims}
    topical = {
        id: frozenset(k for k in all if not k.startswith("entity:")) for id, all in keys.items()
    }
    kinds = {"all": keys, "no names": topical} | {
        kind: {id: frozenset(k for k in all if k.startswith(kind)) for id, all in keys.items()}
        for kind in ("lemma:", "concept:", "entity:", "number:", "matter:")
    }
    click.echo(f"{len(near)} related pairs, {len(apart)} unrelated ones of one article")
    for name, some in kinds.items():
        click.echo(
            f"{name:9} related that share a key {share(near, some):6.1%}   "
            f"unrelated that share none {1 - share(apart, some):6.1%}"
        )


if __name__ == "__main__":
    main()
