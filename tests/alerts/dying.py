"""A sender that is killed after it has sent and before it can say so.

``python -m tests.alerts.dying DATA_DIR DELIVERY MOMENT``
"""

import os
import signal
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tracker.alerts import Notifier
from tracker.assembly import build_tracker
from tracker.config import Settings
from tracker.types import Parcel


@dataclass(frozen=True)
class DyingNotifier:
    """Sends over the network as another does, and does not live to tell."""

    sender: Notifier

    def send(self, parcel: Parcel) -> int | None:
        self.sender.send(parcel)
        os.kill(os.getpid(), signal.SIGKILL)
        return None


def main(data_dir: str, delivery_id: str, moment: str) -> None:
    tracker = build_tracker(Settings(data_dir=Path(data_dir), database_url=""))
    now = datetime.fromisoformat(moment)
    dying = replace(tracker, notifier=DyingNotifier(tracker.notifier), clock=lambda: now)
    dying.deliver(int(delivery_id))


if __name__ == "__main__":
    main(*sys.argv[1:])
