"""What two extractors found in one article, each statement once."""

from collections.abc import Mapping, Sequence

from tracker.claims.content import Said, Stretch
from tracker.types import AttributionType


def merged(found: Mapping[str, Sequence[Said]]) -> list[tuple[str, Said]]:
    """What was found, with the name of who found it, in the order of the text.

    The first extractor is believed; of the next, only quotations count that the ones before have
    left alone.
    """
    kept: list[tuple[str, Said]] = []
    for n, (name, said) in enumerate(found.items()):
        taken = [piece for _, one in kept for piece in one.pieces]
        kept += [(name, one) for one in said if n == 0 or _is_left_alone(one, taken)]
    return sorted(kept, key=lambda pair: pair[1].pieces)


def _is_left_alone(said: Said, taken: Sequence[Stretch]) -> bool:
    return said.type is AttributionType.DIRECT and not any(
        start < end_ and start_ < end for start, end in said.pieces for start_, end_ in taken
    )
