"""Land to measure on, from a small county up to a region of half a million street nodes.

`ATLAS_BENCH_REGION` names a mirror folder, as `atlas sample --scale 26` writes it, to be used for
the region; left out, one is made under `artefacts/`, which takes a quarter of an hour once.
`ATLAS_BENCH_COUNTY` names a county (`atlas sample`), made in a minute otherwise.
`ATLAS_BENCH_ENGLAND` names one of a whole country, which is left out otherwise.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import shapely

import bench
from bench.places import Floats, open_schools
from bench.rows import Row, row
from ingest.sample.write import write_sample
from travel import Mode, Network, build_network, read_extract

MIRROR = Path(__file__).parents[2] / "shared" / "data" / "publishers"
MADE = Path(bench.__file__).parents[1] / "artefacts"
REGION_SCALE = 26.0
COUNTY_SCALE = 1.0
SCHOOLS = Path("gias") / "edubasealldata20250524.csv"
INSIDE_M = 4_000
"""Homes lie at least so far inside the coverage, so that none is at the edge of the world."""


@dataclass(frozen=True, slots=True)
class Land:
    """Streets and schools to measure on."""

    name: str
    extract: Path
    schools: Path


def region() -> Land:
    """Return the region, which is made if it is not there."""
    named = os.environ.get("ATLAS_BENCH_REGION")
    return _made("region", Path(named) if named else MADE / "region", REGION_SCALE)


def county() -> Path:
    """Return the mirror folder of the made-up county, which is made if it is not there."""
    named = os.environ.get("ATLAS_BENCH_COUNTY")
    mirror = Path(named) if named else MADE / "county"
    return _made("county", mirror, COUNTY_SCALE).extract.parents[1]


def lands() -> Iterator[Land]:
    """Return every land there is, the smallest first."""
    for name, file in (("Rutland", "rutland_2022-07-20"), ("Leeds", "leeds_inner_2022-07")):
        extract = MIRROR / "osm" / f"{file}.osm.pbf"
        if extract.exists():
            yield Land(name, extract, MIRROR / SCHOOLS)
    yield _made("county", MADE / "county", COUNTY_SCALE)
    yield region()
    if england := os.environ.get("ATLAS_BENCH_ENGLAND"):
        yield _made("England", Path(england), 0.0)


@cache
def network_of(land: Land, mode: Mode) -> Network:
    """Build the streets of a land for a mode, once a run; then map them, as a server does."""
    folder = MADE / "networks" / f"{land.name}-{mode}"
    build_network(read_extract(land.extract), mode=mode)[0].save(folder)
    return Network.load(folder)


def growth(
    measures: Mapping[str, Callable[[Land, Network], float]], mode: Mode, unit: str
) -> list[Row]:
    """Measure each of some costs on every land there is: a table of cost against size.

    Args:
        measures: what is measured, by name.
        mode: of the networks.
        unit: of all costs.
    """
    rows = []
    for land in lands():
        network = network_of(land, mode)
        for name, measure in measures.items():
            size = f"{network.n_nodes:,} nodes"
            rows.append(row(f"{name}, {mode}: {land.name}", measure(land, network), unit, size))
    return rows


def homes_in(network: Network, n: int) -> list[tuple[float, float]]:
    """Choose homes beside junctions, well inside the streets: always the same."""
    inner = network.coverage.buffer(-INSIDE_M)
    inner = inner if not inner.is_empty else network.coverage
    node = np.random.default_rng(20).permutation(network.n_nodes)
    node = node[shapely.contains_xy(inner, network.x[node], network.y[node])][:n]
    return [(float(network.x[each]) + 6.0, float(network.y[each]) + 4.0) for each in node]


def schools_in(land: Land, network: Network) -> Floats:
    """Read the open schools that the streets of a land come to, shape (n, 2)."""
    found = open_schools(land.schools)
    return found[network.is_covered(found[:, 0], found[:, 1])]


def _made(name: str, mirror: Path, scale: float) -> Land:
    if not mirror.is_dir():
        write_sample(mirror, scale=scale, workers=1)
    return Land(name, mirror / "osm" / "sample-latest.osm.pbf", mirror / SCHOOLS)
