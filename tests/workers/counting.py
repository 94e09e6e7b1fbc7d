"""An extractor that writes down which articles it was given, a line each time."""

from dataclasses import dataclass, replace
from pathlib import Path

from tracker.assembly import build_tracker
from tracker.claims import Extractor
from tracker.config import Settings
from tracker.pipeline import Doorbell, Tracker
from tracker.types import Article, ClaimDraft

READ = "articles-read"


@dataclass(frozen=True)
class CountingExtractor:
    """Finds what another extractor finds, and writes the article down."""

    extractor: Extractor
    file: Path

    def extract(self, article: Article) -> list[ClaimDraft]:
        with self.file.open("a") as lines:
            lines.write(f"{article.id}\n")
        return self.extractor.extract(article)


def with_counting(settings: Settings, doorbell: Doorbell) -> Tracker:
    tracker = build_tracker(settings, doorbell)
    counting = CountingExtractor(tracker.extractor, settings.data_dir / READ)
    return replace(tracker, extractor=counting)
