"""How long it takes: from ``tracker up`` to the page, and from POST to the conflict on the page.

Run it in the environment that holds the program: ``python benchmarks/latency.py``. It starts
``tracker up`` in a fresh folder on a free port and stops it at the end. Each of the measured pairs
is about a place of its own; the clock runs from the request that hands in the second article until
its quotation stands in the list of conflicts.
"""

import argparse
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx

PLACES = (
    *("Brateș", "Cosmești", "Dunăreni", "Fântânele", "Giurgița", "Hălchiu", "Izvoarele", "Jirlău"),
    *("Lespezi", "Mogoșești", "Negrești", "Oituz", "Podari", "Răchiteni", "Săbăoani", "Tulucești"),
    *("Ulmeni", "Vârtop", "Zimbor", "Băluș"),
)
TRACKER = Path(sys.executable).parent / "tracker"
PATIENCE = 120.0
"""Seconds after which a measurement is given up."""


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--workers", type=int, default=2)
    workers = options.parse_args().workers
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [TRACKER, "up", f"--data-dir={folder}", f"--port={port}", f"--workers={workers}"]
        started = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                with httpx.Client(base_url=f"http://127.0.0.1:{port}") as web:
                    until(lambda: answers(web))
                    print(f"page after tracker up: {time.perf_counter() - started:.1f} s")
                    report([measure(web, place) for place in PLACES])
            finally:
                process.send_signal(signal.SIGINT)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def report(seconds: list[float]) -> None:
    """Print the middle and the ends."""
    print(
        f"POST to conflict on the page, {len(seconds)} times: median "
        f"{statistics.median(seconds):.2f} s, from {min(seconds):.2f} to {max(seconds):.2f} s"
    )


def measure(web: httpx.Client, place: str) -> float:
    """Hand in two articles about one place; seconds until their conflict is listed."""
    affirmed = post(web, "Monitorul Câmpiei", place, "este închis", "primarul Ilinca Moraru")
    until(lambda: is_extracted(web, affirmed))
    started = time.perf_counter()
    post(web, "Gazeta de Prut", place, "nu este închis", "prefectul Șerban Drăgan")
    until(lambda: is_listed(web, place))
    return time.perf_counter() - started


def post(web: httpx.Client, outlet: str, place: str, what: str, speaker: str) -> int:
    """Hand in an article with one quotation; its id."""
    article = {
        "outlet": outlet,
        "external_id": place,
        "language": "ro",
        "text": f"„Podul de la {place} {what}”, a declarat {speaker}.",
    }
    answer = web.post("/api/articles", json=article).raise_for_status()
    return int(answer.json()["id"])


def is_extracted(web: httpx.Client, article_id: int) -> bool:
    """Whether the article is no longer pending."""
    return bool(web.get(f"/api/articles/{article_id}").json()["state"] != "pending")


def is_listed(web: httpx.Client, place: str) -> bool:
    """Whether the list of conflicts, newest first, has one about the place."""
    return f"de la {place} nu este" in web.get("/").text


def answers(web: httpx.Client) -> bool:
    """Whether the page is there."""
    try:
        return web.get("/", follow_redirects=True).is_success
    except httpx.TransportError:
        return False


def until(is_so: Callable[[], bool]) -> None:
    """Ask again and again until it is so."""
    deadline = time.perf_counter() + PATIENCE
    while not is_so():
        if time.perf_counter() > deadline:
            sys.exit(f"gave up after {PATIENCE:.0f} s")
        time.sleep(0.02)


if __name__ == "__main__":
    main()
