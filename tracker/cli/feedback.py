"""What reviewers decided, as labelled pairs to measure by and to calibrate with."""

import json
from collections.abc import Iterator
from typing import Any

from tracker.cli.export import every_conflict
from tracker.storage import Storage, Transaction
from tracker.types import (
    CONFLICTING,
    Claim,
    Conflict,
    ConflictFilter,
    ConflictState,
    Dismissal,
    RelatedPair,
    RelationLabel,
)

_DECIDED = frozenset({ConflictState.CONFIRMED, ConflictState.DISMISSED})
_MISREAD = frozenset({Dismissal.WRONG_SPEAKER, Dismissal.WRONG_TEXT})


def export_feedback(storage: Storage) -> Iterator[str]:
    """One JSON object a pair of claims whose conflict was confirmed or dismissed.

    In the form of ``pairs.jsonl`` of gold data (``docs/evaluation.md``): a pair of a confirmed
    conflict has the relation that the program gave it, one of a dismissed conflict an update or
    none. What was dismissed for a wrong speaker or text tells nothing of the comparison and is left
    out.
    """
    with storage.snapshot() as tx:
        for conflict in every_conflict(tx, ConflictFilter(states=_DECIDED)):
            if conflict.dismissal in _MISREAD:
                continue
            for pair in _disputed(tx, conflict):
                yield json.dumps(_labelled(conflict, pair), ensure_ascii=False)


def _disputed(tx: Transaction, conflict: Conflict) -> list[RelatedPair]:
    """The pairs across the sides for which the conflict was opened or joined."""
    first, second = map(frozenset, conflict.sides)
    return [
        pair
        for pair in tx.matches.of_claims(first | second)
        if pair.relation.label in CONFLICTING
        and (pair.premise.id in first) != (pair.hypothesis.id in first)
    ]


def _labelled(conflict: Conflict, pair: RelatedPair) -> dict[str, Any]:
    label = _label(conflict, pair)
    return {
        "id": f"conflict-{conflict.id}-{pair.premise.id}-{pair.hypothesis.id}",
        "a": _side(pair.premise),
        "b": _side(pair.hypothesis),
        "label": label,
        "kind": pair.relation.kind,
        "trap": label not in CONFLICTING,
    }


def _label(conflict: Conflict, pair: RelatedPair) -> RelationLabel:
    if conflict.state is ConflictState.CONFIRMED:
        return pair.relation.label
    if conflict.dismissal is Dismissal.UPDATE:
        return RelationLabel.UPDATE
    return RelationLabel.NONE


def _side(claim: Claim) -> dict[str, str]:
    said = claim.statement
    return {
        "speaker": said.speaker,
        "text": said.text,
        "lang": said.language,
        "date": said.said_on.isoformat(),
        "about": said.about,
    }
