"""All homes to all schools: how long it takes, how much memory, and how both grow with the land.

Each size is measured in a process of its own. Rutland comes from the publishers' files.
`ATLAS_BENCH_REGION` and `ATLAS_BENCH_ENGLAND` name mirror folders of larger land, such as
`atlas sample` writes; `ATLAS_BENCH_COPIES` lays the region so many times side by side, which is
land of that size without the time it takes to make.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from bench.rows import row
from travel import MODES, Mode, Network, Snapped
from travel.matrix.make import make_between
from travel.matrix.sides import Side

MIRROR = Path(__file__).parents[2] / "shared" / "data" / "publishers"
ASKED = (("walk", 60), ("drive", 30))
COUNTRY_SCHOOLS = 20_000
MOST_S = {"walk": 5, "drive": 180}
MOST_MB = {"walk": 2048, "drive": None}
POINT = ("x", "y", "edge", "fraction", "distance_m")


def run() -> list[dict[str, Any]]:
    """Measure every size there is data for."""
    rows = []
    if (MIRROR / "osm").is_dir():
        rows += _rows("Rutland", MIRROR, copies=1)
    if region := os.environ.get("ATLAS_BENCH_REGION"):
        rows += _rows("region", Path(region), copies=1)
        if copies := int(os.environ.get("ATLAS_BENCH_COPIES", "0")):
            rows += _rows(f"region laid {copies} times", Path(region), copies=copies)
    if england := os.environ.get("ATLAS_BENCH_ENGLAND"):
        rows += _rows("England", Path(england), copies=1)
    return rows


def _rows(name: str, mirror: Path, *, copies: int) -> list[dict[str, Any]]:
    rows = []
    for mode, minutes in ASKED:
        took = measured(mirror, mode, minutes, copies)
        is_country = took["places"] > COUNTRY_SCHOOLS
        title = f"{name}: all homes to all schools, {mode} {minutes} min"
        note = (
            f"{took['places']:,} schools, {took['homes']:,} homes, {took['nodes']:,} junctions; "
            f"{took['pairs']:,} pairs, {took['disk_mb']:,.0f} MB; "
            f"{took['processor_s']:.1f} s of processor time on {os.cpu_count()} cores"
        )
        rows += [
            row(title, took["seconds"], "s", note, at_most=MOST_S[mode] if is_country else None),
            row(
                f"{title}: peak of memory",
                took["peak_mb"],
                "MB",
                at_most=MOST_MB[mode] if is_country else None,
            ),
        ]
    return rows


def measured(mirror: Path, mode: str, minutes: int, copies: int) -> dict[str, Any]:
    """Lay out the land in one process, make its matrix in another, which is measured."""
    with tempfile.TemporaryDirectory() as folder:
        asked = [str(mirror), mode, str(minutes), str(copies), folder]
        for half in ("prepare", "make"):
            command = [sys.executable, "-m", "bench.country", half, *asked]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own interpreter
    took: dict[str, Any] = json.loads(done.stdout)
    return took


def main() -> None:
    """Do one half of a measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", choices=("prepare", "make"))
    parser.add_argument("mirror", type=Path)
    parser.add_argument("mode", choices=MODES)
    parser.add_argument("minutes", type=int)
    parser.add_argument("copies", type=int)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    if asked.half == "prepare":
        prepare(asked.mirror, asked.mode, asked.folder, asked.copies)
    else:
        print(json.dumps(make(asked.folder, asked.minutes)))


def prepare(mirror: Path, mode: Mode, folder: Path, copies: int) -> None:
    """Keep a network with its homes and schools in a folder."""
    from bench.land import homes, schools, side_by_side  # noqa: PLC0415 - of this half alone
    from travel import build_network, read_extract  # noqa: PLC0415

    paths = sorted((mirror / "osm").glob("*.osm.pbf"))
    if mirror == MIRROR:
        paths = [path for path in paths if path.name.startswith("rutland")]
    network, _ = build_network(read_extract(*paths), mode=mode)
    land = side_by_side(network, homes(mirror), schools(mirror), copies)
    land.network.save(folder / "network")
    for name, side in (("home", land.homes), ("place", land.schools)):
        points = {each: getattr(side.snapped, each) for each in POINT}
        np.savez(folder / f"{name}.npz", id=side.id, by_id=side.by_id, **points)


def make(folder: Path, minutes: int) -> dict[str, Any]:
    """Make the matrix of what was kept, after a small one, so that all is compiled."""
    network = Network.load(folder / "network")
    home, place = (_side(folder / f"{name}.npz") for name in ("home", "place"))
    few = Side(place.id[:4], np.arange(4, dtype=np.int32), place.snapped[:4])
    limit_s = minutes * 60.0
    make_between(network, home, few, limit_s=limit_s, out=folder / "few")
    network = Network.load(folder / "network")
    began, worked = time.perf_counter(), time.process_time()
    matrix = make_between(network, home, place, limit_s=limit_s, out=folder / "matrix")
    seconds, processor_s = time.perf_counter() - began, time.process_time() - worked
    size = sum(path.stat().st_size for path in (folder / "matrix").iterdir())
    took = {
        "homes": matrix.about.homes,
        "places": matrix.about.places,
        "nodes": network.n_nodes,
        "pairs": matrix.about.pairs,
        "seconds": seconds,
        "processor_s": processor_s,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "disk_mb": size / 2**20,
    }
    shutil.rmtree(folder / "matrix")
    return took


def _side(path: Path) -> Side:
    with np.load(path) as kept:
        return Side(kept["id"], kept["by_id"], Snapped(*(kept[name] for name in POINT)))


if __name__ == "__main__":
    main()
