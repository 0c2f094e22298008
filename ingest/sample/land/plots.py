"""Land kept free of streets: parks, playing fields, grounds where a school could stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from ingest.sample.land.noise import Floats
from ingest.sample.land.settlements import Settlement
from ingest.sample.land.skeleton import Skeleton
from ingest.sample.land.terrain import Terrain

SMALL_SCHOOL_M: Final = 64.0
LARGE_SCHOOL_M: Final = 124.0
"""Radius of the grounds of a primary and of a secondary school."""

PEOPLE_A_PLOT: Final = {
    "park": 11_000,
    "large_school": 9_500,
    "small_school": 1_750,
    "cemetery": 26_000,
    "allotments": 12_000,
    "pitches": 15_000,
    "retail": 30_000,
}
RADIUS_M: Final = {
    "park": (110.0, 270.0),
    "large_school": (LARGE_SCHOOL_M, LARGE_SCHOOL_M),
    "small_school": (SMALL_SCHOOL_M, SMALL_SCHOOL_M),
    "cemetery": (75.0, 120.0),
    "allotments": (55.0, 80.0),
    "pitches": (75.0, 110.0),
    "retail": (85.0, 130.0),
}
SMALLEST_WITH: Final = {"small_school": 180.0, "large_school": 6_000.0, "park": 3_000.0}
"""People of the smallest settlement that has one; 10,000 for the others."""

TRIES: Final = 400


@dataclass(frozen=True, slots=True)
class Plot:
    """A round piece of ground that no street crosses.

    Attributes:
        kind: key of ``RADIUS_M``.
        x: its middle.
        y: its middle.
        radius_m: half its width.
        settlement: number of the settlement that it belongs to.
    """

    kind: str
    x: float
    y: float
    radius_m: float
    settlement: int


def make_plots(
    terrain: Terrain,
    skeleton: Skeleton,
    settlements: Sequence[Settlement],
    rng: np.random.Generator,
) -> tuple[Plot, ...]:
    """Choose plots in every settlement, clear of water, main roads and each other."""
    lines = [shapely.LineString(road.points) for road in skeleton.roads] + list(skeleton.rails)
    lines += [skeleton.motorway] if skeleton.motorway else []
    wet = shapely.get_parts(shapely.simplify(terrain.water, 15))
    obstacles = shapely.STRtree([*lines, *wet])
    found: list[Plot] = []
    for number, settlement in enumerate(settlements):
        if settlement.kind in {"suburb", "hamlet"} and not settlement.is_new:
            continue
        places = _places(settlement, obstacles, rng)
        for kind, count in _wanted(settlement).items():
            for _ in range(count):
                _add(found, kind, number, settlement, places, rng)
    return tuple(found)


def _wanted(settlement: Settlement) -> dict[str, int]:
    """Return how many plots of each kind, the greatest first."""
    people = settlement.people
    order = ("large_school", "park", "retail", "cemetery", "pitches", "small_school", "allotments")
    return {
        kind: max(1, round(people / PEOPLE_A_PLOT[kind]))
        for kind in order
        if people >= SMALLEST_WITH.get(kind, 10_000.0)
    }


def _places(
    settlement: Settlement, obstacles: shapely.STRtree, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return possible middles, how far out they lie and how wide a plot may be there."""
    tries = TRIES if settlement.kind != "city" else 5 * TRIES
    x = settlement.x + rng.uniform(-1.4, 1.4, tries) * settlement.radius_m
    y = settlement.y + rng.uniform(-1.4, 1.4, tries) * settlement.radius_m
    room = np.full(tries, 0.0)
    which, distance = obstacles.query_nearest(
        shapely.points(x, y), return_distance=True, all_matches=False
    )
    room[which[0]] = distance
    return x, y, settlement.reach(x, y), room


def _add(
    found: list[Plot],
    kind: str,
    number: int,
    settlement: Settlement,
    places: tuple[Floats, Floats, Floats, Floats],
    rng: np.random.Generator,
) -> None:
    x, y, out, room = places
    radius = float(rng.uniform(*RADIUS_M[kind]))
    furthest = 1.25 if settlement.kind == "village" else 0.95
    fits = (room > radius + 12) & (out < furthest) & (out > 0.13)
    alike = np.full(len(x), settlement.radius_m)
    for plot in found:
        if plot.settlement == number:
            gap = np.hypot(x - plot.x, y - plot.y)
            fits &= gap > radius + plot.radius_m + 45
            if plot.kind == kind:
                alike = np.minimum(alike, gap)
    if fits.any():
        spread = alike / settlement.radius_m + rng.uniform(0, 0.25, len(x))
        best = int(np.argmax(np.where(fits, spread, -1)))
        found.append(Plot(kind, float(x[best]), float(y[best]), radius, number))
