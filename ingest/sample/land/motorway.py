"""The motorway: two carriageways, and slip roads where main roads pass over it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from ingest.sample.land.growth import Site
from ingest.sample.land.noise import Floats
from ingest.sample.land.web import Web

HALF_WIDTH_M: Final = 13.0
STEP_M: Final = 130.0
SLIP_M: Final = 330.0
JUNCTIONS_APART_M: Final = 4_500.0
MOST_JUNCTIONS: Final = 2


@dataclass(frozen=True, slots=True)
class Motorway:
    """Roads for motor traffic only.

    Attributes:
        carriageways: points of each in the direction of travel.
        slips: carriageway, position along it, junction of the streets, and whether it leads off.
    """

    carriageways: tuple[Floats, ...]
    slips: tuple[tuple[int, int, int, bool], ...]


def make_motorway(web: Web, site: Site) -> Motorway:
    """Lay the carriageways and join them to main roads; traffic keeps to the left."""
    middle = site.skeleton.motorway
    if middle is None:
        return Motorway((), ())
    line = shapely.segmentize(shapely.simplify(middle, 6), STEP_M)
    left = shapely.get_coordinates(shapely.offset_curve(line, HALF_WIDTH_M))
    right = shapely.get_coordinates(shapely.offset_curve(line, -HALF_WIDTH_M))[::-1]
    slips = []
    for edge, at in _crossings(web, middle):
        west, east = sorted((int(web.a[edge]), int(web.b[edge])), key=lambda n: float(web.x[n]))
        for carriageway, points, node in ((0, left, west), (1, right, east)):
            before, after = _positions(points, at)
            slips.append((carriageway, before, node, True))
            slips.append((carriageway, after, node, False))
    return Motorway((left, right), tuple(slips))


def _crossings(web: Web, middle: shapely.LineString) -> list[tuple[int, Floats]]:
    """Choose main roads over the motorway that get a junction, the greatest first."""
    great: list[int] = []
    for kind in ("trunk", "primary", "secondary"):
        great += np.flatnonzero(web.kind == kind).tolist()
    found: list[tuple[int, Floats]] = []
    for edge in great:
        meeting = shapely.intersection(shapely.LineString(web.points(edge)), middle)
        if meeting.is_empty:
            continue
        at = shapely.get_coordinates(meeting)[0]
        from_ends = min(at[1], site_side(middle) - at[1])
        if from_ends < 2 * SLIP_M or len(found) == MOST_JUNCTIONS:
            continue
        if all(np.hypot(*(at - other)) > JUNCTIONS_APART_M for _, other in found):
            found.append((edge, at))
    return found


def site_side(middle: shapely.LineString) -> float:
    """Return how far north a line that leads through the whole county reaches."""
    return float(shapely.get_coordinates(middle)[-1, 1])


def _positions(points: Floats, at: Floats) -> tuple[int, int]:
    """Return where a slip road leaves before a place, and where one joins after it."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    here = along[int(np.argmin(np.hypot(*(points - at).T)))]
    before = int(np.argmin(np.abs(along - (here - SLIP_M))))
    after = int(np.argmin(np.abs(along - (here + SLIP_M))))
    return before, after
