"""How long it takes: from ``tracker up`` to the page, and from POST to the conflict on the page.

Run it in the environment that holds the program: ``python benchmarks/latency.py``. It starts
``tracker up`` in a fresh folder on a free port and stops it at the end. Each of the measured pairs
is about a matter of its own; the clock runs from the request that hands in the second article until
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

MATTERS = (
    *("Podul de la Brateș este închis", "Spitalul din Cosmești este pregătit"),
    *("Fabrica de zahăr din Dunăreni este vândută", "Școala din Fântânele este evacuată"),
    *("Barajul de la Giurgița este sigur", "Tunelul de la Hălchiu este terminat"),
    *("Piața din Izvoarele este renovată", "Digul de la Jirlău este rupt"),
    *("Aeroportul din Lespezi este inundat", "Mina din Mogoșești este rentabilă"),
    *("Stadionul din Negrești este plin", "Rafinăria din Oituz este oprită"),
    *("Muzeul din Podari este asigurat", "Apa din Răchiteni este potabilă"),
    *("Gara din Săbăoani este electrificată", "Pădurea din Tulucești este protejată"),
    *("Bugetul comunei Ulmeni este aprobat", "Conducta de la Vârtop este spartă"),
    *("Centrala din Zimbor este conectată", "Turnul din Băluș este consolidat"),
)
AFFIRMED = "Localnicii au aflat luni vestea. „{what}”, a spus primarul Ilinca Moraru."
DENIED = (
    "Prefectul Șerban Drăgan a răspuns marți întrebărilor presei din tot județul, venite după "
    "ședința de luni. „{what}”, a declarat Șerban Drăgan."
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
                    report([measure(web, matter) for matter in MATTERS])
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


def measure(web: httpx.Client, matter: str) -> float:
    """Hand in two articles about one matter; seconds until their conflict is listed."""
    denial = matter.replace(" este ", " nu este ")
    affirmed = post(web, "Monitorul Câmpiei", AFFIRMED, matter)
    until(lambda: is_extracted(web, affirmed))
    started = time.perf_counter()
    post(web, "Gazeta de Prut", DENIED, denial)
    until(lambda: denial in web.get("/").text)
    return time.perf_counter() - started


def post(web: httpx.Client, outlet: str, text: str, what: str) -> int:
    """Hand in an article that quotes somebody; its id."""
    article = {"outlet": outlet, "external_id": what, "text": text.format(what=what)}
    answer = web.post("/api/articles", json=article).raise_for_status()
    return int(answer.json()["id"])


def is_extracted(web: httpx.Client, article_id: int) -> bool:
    """Whether the article is no longer pending."""
    return bool(web.get(f"/api/articles/{article_id}").json()["state"] != "pending")


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
