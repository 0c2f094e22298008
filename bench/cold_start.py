"""How long a fresh process takes to its first isochrone, with what is compiled at hand."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.regions import MIRROR, Land, homes_in, network_of
from bench.rows import Row, row
from travel import warm

ROUNDS = 7
MOST_S = 1

FIRST = """
import sys, time
from pathlib import Path
import travel
network = travel.Network.load(Path(sys.argv[1]))
home = float(sys.argv[2]), float(sys.argv[3])
travel.isochrone(network, home, minutes=(5, 10, 15, 20, 30))
print(time.process_time())
"""


def run() -> list[Row]:
    """Measure on Rutland; nothing where its streets are not there."""
    extract = MIRROR / "osm" / "rutland_2022-07-20.osm.pbf"
    if not extract.exists():
        return []
    warm()
    network = network_of(Land("Rutland", extract, MIRROR), "walk")
    home = [str(each) for each in homes_in(network, 1)[0]]
    with tempfile.TemporaryDirectory() as folder:
        network.save(Path(folder))
        took = [_process(folder, *home) for _ in range(ROUNDS)]
    wall, busy = min(wall for wall, _ in took), min(busy for _, busy in took)
    return [
        row("a fresh process to its first five bands", wall, "s", "Rutland", at_most=MOST_S),
        row("  of which the processor worked", busy, "s", "imports, loading loops, and the bands"),
    ]


def _process(*arguments: str) -> tuple[float, float]:
    started = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", FIRST, *arguments], capture_output=True, text=True, check=True
    )
    return time.perf_counter() - started, float(done.stdout)
