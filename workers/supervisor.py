"""Starts processes, keeps them running, and stops every one that it started and no other."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from workers.stopping import StopRequests

GRACE = 20.0
"""Seconds a process has to finish what it is doing before it is killed."""
TOO_SOON = 10.0
"""Seconds; a process that ends within them did not really start."""
FALSE_STARTS = 3
"""How many of those in a row end the whole."""
WATCH = 0.2
"""Seconds between two looks at the processes."""
PR_SET_PDEATHSIG = 1
"""From Linux's ``prctl.h``."""


@dataclass
class Child:
    """One process under supervision; it writes to a log of its own."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str]
    false_starts: int = 0
    """How often in a row it ended soon after its start."""
    _process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0

    def start(self) -> None:
        """Start the process, in a session of its own that no Ctrl-C of the terminal reaches."""
        self._started = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(self.environment),
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )

    @property
    def ended(self) -> int | None:
        """How the process ended (negative: the signal that ended it); None while it runs."""
        return self._process.poll() if self._process else None

    def count_end(self) -> int:
        """Count an end that came soon after the start; answers how many there were in a row."""
        soon = time.monotonic() - self._started < TOO_SOON
        self.false_starts = self.false_starts + 1 if soon else 0
        return self.false_starts

    def ask_to_stop(self) -> None:
        """Ask the process to finish; what it started in turn is its business."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def kill_remains(self) -> None:
        """Kill whatever is left of the process and of what it started."""
        if self._process:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _end_with_parent() -> None:
    """Have Linux stop this process when its parent is killed and cannot do so itself any more."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Supervisor:
    """Looks after children until it is told to stop."""

    stop: StopRequests
    say: Callable[[str], None]
    """Called with each line that the person at the terminal should read."""
    children: list[Child] = field(default_factory=list)
    failed: bool = False
    """Whether it stopped because a child could not be kept running."""

    def start(self, child: Child) -> None:
        """Start a child and keep it running from now on."""
        self.children.append(child)
        child.start()

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Whether ``ready`` came true in time; the children are looked after meanwhile."""
        deadline = time.monotonic() + seconds
        while not self.stop and time.monotonic() < deadline:
            if ready():
                return True
            self.look_after()
            time.sleep(WATCH / 4)
        return False

    def run(self) -> None:
        """Look after the children until told to stop."""
        while not self.stop:
            self.look_after()
            time.sleep(WATCH)

    def look_after(self) -> None:
        """Start again what has ended; stop when one child cannot be kept running."""
        for child in self.children:
            if child.ended is not None and not self.stop:
                self._revive(child)

    def _revive(self, child: Child) -> None:
        how = _describe(child.ended)
        child.kill_remains()
        if child.count_end() < FALSE_STARTS:
            self.say(f"{child.name} ended ({how}) and is started again; see {child.log}")
            child.start()
        else:
            self.fail(f"{child.name} cannot be kept running ({how}); see {child.log}")

    def fail(self, reason: str) -> None:
        """Give up, saying why."""
        self.say(reason)
        self.failed = True
        self.stop.add()

    def stop_all(self) -> None:
        """Stop the children; the one started first, on which the others depend, goes last."""
        self._stop(self.children[1:])
        self._stop(self.children[:1])

    def _stop(self, children: Sequence[Child]) -> None:
        for child in children:
            child.ask_to_stop()
        deadline = time.monotonic() + GRACE
        while any(child.ended is None for child in children) and self._patient(deadline):
            time.sleep(WATCH / 4)
        for child in children:
            child.kill_remains()

    def _patient(self, deadline: float) -> bool:
        """Whether to go on waiting: the time is not up, and nobody has asked a second time."""
        return time.monotonic() < deadline and self.stop.received < 2


def _describe(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit status {code}"
