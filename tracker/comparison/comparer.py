"""The protocol that every comparer keeps."""

from collections.abc import Sequence
from typing import Protocol

from tracker.types import Statement, Verdict


class Comparer(Protocol):
    """Judges pairs of a premise and a hypothesis; ``name`` and ``version`` sign its verdicts."""

    @property
    def name(self) -> str:
        """What the comparer is called in verdicts."""

    @property
    def version(self) -> str:
        """Changes whenever the same pair may be judged otherwise."""

    def compare(self, pairs: Sequence[tuple[Statement, Statement]]) -> list[Verdict]:
        """One verdict for each pair, in order."""
