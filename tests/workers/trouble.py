"""An extractor that does what an article's title asks for, and is the real one otherwise."""

import os
import signal
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from tracker.assembly import build_tracker
from tracker.claims import Extractor
from tracker.config import Settings
from tracker.pipeline import Doorbell, Tracker
from tracker.types import Article, ClaimDraft

FAILS = "the extraction of this article raises an error"
KILLS = "the extraction of this article kills its process, the first time"
STAYS = "the extraction of this article does not come to an end, the first time"


@dataclass(frozen=True)
class TroublesomeExtractor:
    """Finds what another extractor finds, after the trouble that a title asks for."""

    extractor: Extractor
    traces: Path
    """Where the first time leaves its trace."""

    def extract(self, article: Article) -> list[ClaimDraft]:
        if article.title == FAILS:
            raise ArithmeticError("this was to be expected")
        if article.title == KILLS and self._first_time("killed"):
            os.kill(os.getpid(), signal.SIGKILL)
        if article.title == STAYS and self._first_time("staying"):
            time.sleep(600)
        return self.extractor.extract(article)

    def _first_time(self, trace: str) -> bool:
        first = not (self.traces / trace).exists()
        (self.traces / trace).touch()
        return first


def with_trouble(settings: Settings, doorbell: Doorbell) -> Tracker:
    tracker = build_tracker(settings, doorbell)
    return replace(
        tracker,
        extractor=TroublesomeExtractor(tracker.extractor, settings.data_dir),
        lease=timedelta(seconds=1),  # nobody wants to wait for the real one
    )
