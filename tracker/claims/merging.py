"""What the model and the rules found in one article, each statement once."""

from collections.abc import Sequence

from tracker.claims.content import Said, Stretch
from tracker.types import AttributionType

SURE = 0.7
"""How confident the model has to be of what the rules know nothing of.

On our held-out articles this gives content precision 86 and recall 82 where everything gives 85 and
83, and on ``gold/dev`` 88 and 93 for 86 and 93, taken together with what only the rules find.
"""


def merged(marked: Sequence[Said], ruled: Sequence[Said]) -> tuple[list[Said], list[Said]]:
    """Those of either that stay: the model's where it is sure or both agree, else the rules'."""
    by_rules = [piece for said in ruled for piece in said.pieces]
    by_model = [piece for said in marked for piece in said.pieces]
    return (
        [
            said
            for said in marked
            if _meets(said, by_rules) or (said.confidence >= SURE and _says_something(said))
        ],
        [said for said in ruled if not _meets(said, by_model)],
    )


def _says_something(said: Said) -> bool:
    """Whether words that were not quoted are more than one: "asked about prices" tells nothing."""
    return (
        said.type is AttributionType.DIRECT
        or sum(last - first for first, last in said.found.content) > 1
    )


def _meets(said: Said, others: Sequence[Stretch]) -> bool:
    return any(
        start < other_end and other_start < end
        for start, end in said.pieces
        for other_start, other_end in others
    )
