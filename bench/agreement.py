"""How well our journeys agree with those of valhalla and OSRM, between random addresses.

What the peers say was written down once (`bench.peers.expected`), so that this needs none of them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.rows import row
from travel import Extract, Network, Snapped, build_networks, read_extract, snap, times_from
from travel.rules.conditions import CONDITIONAL

ROOT = Path(__file__).parents[1]
MIRROR = ROOT.parent / "shared" / "data" / "publishers"
EXPECTED = ROOT / "tests" / "sources" / "agreement"
COLUMNS = ("home_x", "home_y", "x", "y", "valhalla", "osrm")

LONGEST_S = 86_400.0
ALIKE = 0.01
"""Distances that differ by at most this share of the peer's are alike."""

NOTHING_M = 100.0
"""Places further apart are not 0 m from each other: valhalla says so of a few pairs that lie
kilometres apart, where it snaps both to the same stub. That is taken for no answer."""

LEAST_ALIKE = 0.85
LEAST_CORRELATION = 0.99
LEAST_DRIVE_CORRELATION = 0.98
"""What was asked for."""

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Region:
    """Where addresses are drawn from: an extract, and postcode areas that touch it."""

    extract: str
    areas: tuple[str, ...]


REGIONS = {
    "rutland": Region("rutland_2022-07-20.osm.pbf", ("le", "pe", "ng")),
    "leeds": Region("leeds_inner_2022-07.osm.pbf", ("ls", "bd", "wf")),
    "oxford": Region("oxford_2020-08-07.osm.pbf", ("ox",)),
    "newport": Region("newport_2023-06-13.osm.pbf", ("np", "cf")),
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What the peers say; one entry a pair, ``NaN`` where they find no way.

    Attributes:
        homes: shape (pairs, 2), EPSG:27700.
        places: likewise.
        valhalla: metres on foot, or seconds by car.
        osrm: likewise.
    """

    homes: Floats
    places: Floats
    valhalla: Floats
    osrm: Floats


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a region agrees.

    Attributes:
        region: its name.
        pairs: asked about.
        alike: share of all pairs whose walk is within 1 % of either peer's.
        peers_alike: share of all pairs whose walk by OSRM is within 1 % of valhalla's.
        median: relative difference of walks from the nearer peer.
        correlation: of walks, with valhalla.
        only_ours: pairs that only we find a walk between.
        only_theirs: pairs that both peers find a walk between, and we do not.
        drive_correlation: of seconds by car, with valhalla.
        drive_peers_correlation: of OSRM's seconds by car, with valhalla.
        drive_ratio: our seconds to valhalla's, median.
        drive_only_theirs: pairs that valhalla drives between, and we do not.
    """

    region: str
    pairs: int
    alike: float
    peers_alike: float
    median: float
    correlation: float
    only_ours: int
    only_theirs: int
    drive_correlation: float
    drive_peers_correlation: float
    drive_ratio: float
    drive_only_theirs: int


def run() -> list[dict[str, Any]]:
    """Compare every region; nothing where the publishers' files are not there."""
    if not (MIRROR / "osm").is_dir():
        return []
    return [each for name in REGIONS for each in _rows(name, agreement(name))]


def _rows(name: str, found: Agreement) -> list[dict[str, Any]]:
    return [
        row(
            f"{name}: walks within 1 % of valhalla or OSRM",
            found.alike,
            "share",
            f"of {found.pairs:,} pairs; median {found.median:.2%} from the nearer; OSRM within "
            f"1 % of valhalla in {found.peers_alike:.1%}",
            at_least=LEAST_ALIKE,
        ),
        row(
            f"{name}: correlation of walks with valhalla",
            found.correlation,
            "",
            f"a walk found by us alone: {found.only_ours}, by both of them alone: "
            f"{found.only_theirs}",
            at_least=LEAST_CORRELATION,
        ),
        row(
            f"{name}: correlation of seconds by car with valhalla",
            found.drive_correlation,
            "",
            f"our times are {found.drive_ratio:.2f} x valhalla's, median; OSRM's correlate with "
            f"{found.drive_peers_correlation:.4f}; driven by valhalla and not by us: "
            f"{found.drive_only_theirs}",
            at_least=LEAST_DRIVE_CORRELATION,
        ),
    ]


def agreement(name: str) -> Agreement:
    """Build a region's networks and compare them with what the peers said."""
    extract = _at_no_hour(read_extract(MIRROR / "osm" / REGIONS[name].extract))
    networks = build_networks(extract, modes=("walk", "drive"))
    walk, drive = networks["walk"][0], networks["drive"][0]
    return compare(name, walk, drive)


def _at_no_hour(extract: Extract) -> Extract:
    """Leave out what holds at certain hours only: the peers were asked for none."""
    tag_sets = tuple(
        {key: tags[key] for key in tags if not key.endswith(CONDITIONAL)}
        for tags in extract.tag_sets
    )
    always = tuple(each for each in extract.restrictions if not each.condition)
    return replace(extract, tag_sets=tag_sets, restrictions=always)


def expected(name: str, mode: str) -> Expected:
    """Read what the peers said about a region."""
    with (EXPECTED / f"{name}_{mode}.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(line for line in file if not line.startswith("#"))
        table = np.array([[float(line[c] or "nan") for c in COLUMNS] for line in lines])
    homes, places = table[:, :2], table[:, 2:4]
    is_apart = np.hypot(*(homes - places).T) > NOTHING_M
    told = [np.where(is_apart & (each == 0), np.nan, each) for each in table[:, 4:].T]
    return Expected(homes, places, *told)


def compare(name: str, walk: Network, drive: Network) -> Agreement:
    """Measure the journeys that were asked about in a region, and compare."""
    on_foot, by_car = expected(name, "walk"), expected(name, "drive")
    _, metres = street_to_street(walk, on_foot.homes, on_foot.places)
    seconds, _ = street_to_street(drive, by_car.homes, by_car.places)
    ours, valhalla, osrm = (np.isfinite(each) for each in (metres, on_foot.valhalla, on_foot.osrm))
    nearer = np.fmin(_apart(metres, on_foot.valhalla), _apart(metres, on_foot.osrm))
    return Agreement(
        region=name,
        pairs=metres.size,
        alike=float((nearer <= ALIKE).mean()),
        peers_alike=float((_apart(on_foot.osrm, on_foot.valhalla) <= ALIKE).mean()),
        median=float(np.nanmedian(nearer)),
        correlation=_correlation(metres, on_foot.valhalla),
        only_ours=int((ours & ~valhalla & ~osrm).sum()),
        only_theirs=int((~ours & valhalla & osrm).sum()),
        drive_correlation=_correlation(seconds, by_car.valhalla),
        drive_peers_correlation=_correlation(by_car.osrm, by_car.valhalla),
        drive_ratio=float(np.nanmedian(seconds / np.maximum(by_car.valhalla, 1.0))),
        drive_only_theirs=int((np.isnan(seconds) & np.isfinite(by_car.valhalla)).sum()),
    )


def street_to_street(network: Network, homes: Floats, places: Floats) -> tuple[Floats, Floats]:
    """Return seconds and metres of each journey, the walks to and from the street left out."""
    origins, destinations = _on_street(network, homes), _on_street(network, places)
    seconds, metres = np.full((2, len(homes)), np.nan)
    _, group = np.unique(homes, axis=0, return_inverse=True)
    for each in range(int(group.max()) + 1):
        pairs = np.flatnonzero(group == each)
        origin = origins[pairs[:1]]
        if origin.is_on_street[0]:
            times = times_from(network, origin, destinations[pairs], limit_s=LONGEST_S)
            seconds[pairs], metres[pairs] = times.seconds, times.metres
    return seconds, metres


def _on_street(network: Network, points: Floats) -> Snapped:
    found = snap(network, points[:, 0], points[:, 1])
    return replace(found, distance_m=np.where(found.is_on_street, 0.0, np.nan))


def _apart(ours: Floats, theirs: Floats) -> Floats:
    return np.abs(ours - theirs) / np.maximum(theirs, 1.0)


def _correlation(ours: Floats, theirs: Floats) -> float:
    both = np.isfinite(ours) & np.isfinite(theirs)
    return float(np.corrcoef(ours[both], theirs[both])[0, 1])
