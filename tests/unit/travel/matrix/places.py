"""Homes and schools by the hundred, and the slow way to every pair of them."""

import csv
import io
import zipfile

import numpy as np
from scipy.sparse import csr_array

from tests.unit.travel.tiny_streets import MIRROR, X0
from travel import Network, NotConnected, OutsideCoverage, Snapped, snap, times_toward
from travel.matrix import Matrix, Points
from travel.matrix.layout import arrays_of

RUTLAND = MIRROR / "osm" / "rutland_2022-07-20.osm.pbf"
NEEDS_RUTLAND = "../shared/data/publishers is not here"


def scattered(network: Network, n: int, *, first: str, seed: int) -> Points:
    """Points all over a network, some at junctions, some on one spot, some beyond the streets."""
    rng = np.random.default_rng(seed)
    west, east, south, north = (
        network.x.min() - 120,
        network.x.max() + 120,
        network.y.min() - 120,
        network.y.max() + 120,
    )
    x, y = rng.uniform(west, east, n), rng.uniform(south, north, n)
    at = rng.integers(0, network.n_nodes, n // 8)
    x[: at.size], y[: at.size] = network.x[at], network.y[at]
    x[-2:], y[-2:] = x[:2], y[:2]
    x[-3] = X0 - 90_000
    return Points(np.array([f"{first}{i:05}" for i in range(n)]), x, y)


def rutland_places() -> tuple[Points, Points]:
    """Real postcodes and schools in and around Rutland."""
    homes = []
    with zipfile.ZipFile(MIRROR / "os" / "codepo_gb.zip") as archive:
        for area in ("le", "pe"):
            with archive.open(f"Data/CSV/{area}.csv") as file:
                homes += [
                    (row[0], float(row[2]), float(row[3]))
                    for row in csv.reader(io.TextIOWrapper(file, "utf-8"))
                    if 470_000 < float(row[2]) < 515_000 and 285_000 < float(row[3]) < 325_000
                ]
    register = MIRROR / "gias" / "edubasealldata20250524.csv"
    with register.open(encoding="cp1252", newline="") as file:
        schools = [
            (int(row["URN"]), float(row["Easting"]), float(row["Northing"]))
            for row in csv.DictReader(file)
            if row["Easting"]
            and 470_000 < float(row["Easting"]) < 515_000
            and 285_000 < float(row["Northing"]) < 325_000
        ]
    return points(homes), points(schools)


def points(rows: list[tuple]) -> Points:
    ids, x, y = zip(*rows, strict=True)
    return Points(np.array(ids), np.array(x, float), np.array(y, float))


def check_every_pair(
    matrix: Matrix, network: Network, homes: Points, places: Points, *, limit_s: float
) -> int:
    """Hold a matrix to one search a place, pair by pair; return how many pairs there are."""
    snapped: Snapped = snap(network, homes.x, homes.y)
    number = np.array([matrix.home(str(each)) for each in homes.id])
    pairs = 0
    for place_id, x, y in zip(places.id.tolist(), places.x, places.y, strict=True):
        row = matrix.to_place(matrix.place(place_id))
        try:
            times = times_toward(network, (x, y), snapped, limit_s=limit_s)
        except (OutsideCoverage, NotConnected):
            assert len(row) == 0
            continue
        within = np.flatnonzero(np.isfinite(times.seconds))
        order = np.argsort(number[within])
        assert np.array_equal(row.number, number[within][order])
        assert np.array_equal(row.seconds, np.rint(times.seconds[within][order]))
        off_by = np.abs(row.metres - times.metres[within][order])
        assert off_by.max(initial=0) <= (0.5 if network.turns is None else 0.75)
        pairs += len(row)
    return pairs


def by_place(matrix: Matrix) -> csr_array:
    shape = (matrix.place_id.size, matrix.home_id.size)
    return csr_array((matrix.place_seconds, matrix.place_home, matrix.place_start), shape=shape)


def by_home(matrix: Matrix) -> csr_array:
    shape = (matrix.home_id.size, matrix.place_id.size)
    return csr_array((matrix.home_seconds, matrix.home_place, matrix.home_start), shape=shape)


def same(one: Matrix, other: Matrix) -> bool:
    """Say whether two matrices hold the very same."""
    return one.about == other.about and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays_of(one.about)
    )
