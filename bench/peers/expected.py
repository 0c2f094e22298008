"""Have the peers measure between random addresses, and keep what they say for tests.

`python -m bench.peers.expected [REGION | walk | drive …]` writes
`tests/sources/agreement/REGION_walk.csv` and `_drive.csv` anew.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.agreement import COLUMNS, EXPECTED, MIRROR, REGIONS
from bench.peers.environment import ask, environment
from bench.peers.pairs import Pairs, degrees, moved_to_streets, random_pairs
from bench.peers.prepared import Profile, osrm_hierarchy, valhalla_tiles
from bench.places import postcodes
from travel import build_networks, read_extract

Floats = npt.NDArray[np.float64]
PEERS = ("pyvalhalla", "osrm-bindings")
PROFILES: dict[str, Profile] = {"walk": "foot", "drive": "car"}
WHAT = {"walk": "metres", "drive": "seconds"}
MEASURED = {
    "walk": "Metres of the quickest walk (valhalla without likes or dislikes, OSRM by foot.lua)",
    "drive": "Seconds by car (valhalla by its costing auto as it comes, OSRM by car.lua)",
}


def main(words: list[str]) -> None:
    """Write the expected values of some regions and modes, or of all."""
    names = [word for word in words if word in REGIONS] or list(REGIONS)
    modes = [word for word in words if word in PROFILES] or list(PROFILES)
    for name in names:
        write(name, modes)
        print(f"{name}: written")


def write(name: str, chosen: list[str]) -> None:
    """Ask the peers about a region and write what they say."""
    region = REGIONS[name]
    extract = MIRROR / "osm" / region.extract
    modes = ("walk", "drive")
    networks = build_networks(read_extract(extract), modes=modes)
    walk, drive = (networks[mode][0] for mode in modes)
    pairs = random_pairs(walk, postcodes(MIRROR / "os" / "codepo_gb.zip", region.areas))
    EXPECTED.mkdir(exist_ok=True)
    for mode, asked in (("walk", pairs), ("drive", moved_to_streets(pairs, drive))):
        if mode not in chosen:
            continue
        said = _said(extract, asked, mode)
        table = np.column_stack((*asked.from_to(), *said)).tolist()
        lines = [*_how(region.extract, mode), ",".join(COLUMNS)]
        lines += [",".join(map(_written, each)) for each in table]
        path = EXPECTED / f"{name}_{mode}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _said(extract: Path, pairs: Pairs, mode: str) -> list[Floats]:
    """Return metres on foot, or seconds by car, as each peer measures them."""
    asked = {
        "kind": "distances",
        "mode": mode,
        "homes": degrees(pairs.homes),
        "places": [degrees(places) for places in pairs.places],
    }
    settings = str(valhalla_tiles(extract))
    streets = str(osrm_hierarchy(extract, PROFILES[mode]))
    (valhalla,) = ask("ask_valhalla", {"settings": settings, "questions": [asked]})
    (osrm,) = ask("ask_osrm", {"streets": streets, "questions": [asked]})
    told = (each[WHAT[mode]] for each in (valhalla, osrm))
    return [np.array(each, np.float64).ravel() for each in told]


def _how(extract: str, mode: str) -> list[str]:
    versions = " and ".join(environment().version(peer) for peer in PEERS)
    today = datetime.now(UTC).date()
    return [
        f"# {MEASURED[mode]}",
        f"# between random points of {extract}, EPSG:27700, by {versions};",
        f"# blank: no way. Made on {today} by `python -m bench.peers.expected`.",
    ]


def _written(number: float) -> str:
    return "" if np.isnan(number) else f"{number:.1f}".removesuffix(".0")


if __name__ == "__main__":
    main(sys.argv[1:])
