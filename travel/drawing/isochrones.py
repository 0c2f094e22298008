"""Isochrones: how far one gets in so many minutes, as polygons that follow the streets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import shapely
from numba import njit

from travel.covering import as_multipolygon, polygons_above
from travel.drawing.claims import Singles
from travel.drawing.field import Field, time_field
from travel.network import Mode, Network
from travel.paths.entries import Floats
from travel.paths.search import Reach, seconds_from
from travel.snapping import drawn_max_m, snap_origin

CELL_M: Mapping[Mode, float] = MappingProxyType(
    {
        "walk": 20.0,
        "wheels": 20.0,
        "cycle": 40.0,
        "cycle_quiet": 40.0,
        "drive": 80.0,
        "school_run": 80.0,
    }
)
"""Distance between the points of the time grid: the faster one travels, the wider."""

PREPARED_BLOCKS = 1000
"""Blocks of ground worked out ahead: some 1,600 square kilometres, a third of a second."""

SPECK_CELLS = 4
"""Pieces smaller than this many cells are dropped."""

HOLE_M2 = 25_000.0
"""Holes smaller than this are filled: the inside of a block, a playing field."""

RIM_S = 60.0
"""Times are followed this far beyond a limit, so that its line is the same whichever other limits
are asked for; a place that takes longer still counts as this far beyond."""

INSET_S = 0.001
"""Each band is drawn this much inside the next where they would share a line: a millimetre, so that
rounding cannot put the inner one outside."""


@dataclass(frozen=True, slots=True)
class Band:
    """Everything within so many minutes.

    Attributes:
        minutes: at most so long.
        geometry: EPSG:27700; holds the bands of fewer minutes.
        is_cut_by_coverage: some of it lies at the edge of the streets that were loaded, so more
            might be in reach than is drawn.
    """

    minutes: float
    geometry: shapely.MultiPolygon
    is_cut_by_coverage: bool


def isochrone(
    network: Network,
    origin_xy: tuple[float, float],
    *,
    minutes: Iterable[float] = (5, 10, 15),
    cell_m: float | None = None,
) -> tuple[Band, ...]:
    """Outline what lies within so many minutes of a point.

    The travel-time field (`travel.drawing.field`) is contoured by marching squares, one line a
    limit. Places further from a street than the assumption ``drawn_off_street_m`` are left out,
    though they may have a time of their own (``off_street_m``); small holes are filled, specks
    dropped.

    Args:
        network: the streets.
        origin_xy: metres EPSG:27700.
        minutes: limits, in any order.
        cell_m: distance between the points of the time grid; left out, that of the mode.

    Returns:
        One band per different limit, fewest minutes first; each holds the one before.

    Raises:
        OutsideCoverage: the origin lies beyond the streets that were loaded.
        NotConnected: no street of the network is near the origin.
        ValueError: no minutes, or not all above 0.
    """
    limits = sorted(set(minutes))
    if not limits or not limits[0] > 0 or not np.isfinite(limits[-1]):
        raise ValueError("minutes must be above 0")
    origin = snap_origin(network, *origin_xy)
    with network.workspaces.lent() as workspace:
        reach = seconds_from(network, origin, limit_s=limits[-1] * 60 + RIM_S, workspace=workspace)
        return bands(reach, limits, cell_m=cell_m)


def prepare_isochrones(
    network: Network, *, cell_m: float | None = None, at_most: int = PREPARED_BLOCKS
) -> int:
    """Work out ahead what all isochrones of a network have in common, if it is not too much.

    Args:
        network: the streets.
        cell_m: distance between the points of the time grid; left out, that of the mode.
        at_most: blocks of ground; a network that spreads over more is left to those who ask.

    Returns:
        The blocks worked out; see `travel.drawing.ground`.
    """
    cell_m = CELL_M[network.mode] if cell_m is None else cell_m
    ground = network.grounds.get(cell_m=float(cell_m), furthest_m=drawn_max_m())
    return ground.fill(at_most=at_most)


def bands(
    reach: Reach, minutes: Iterable[float], *, cell_m: float | None = None
) -> tuple[Band, ...]:
    """Outline a search already made; see `isochrone`.

    Args:
        reach: a search ``RIM_S`` further than the most minutes.
        minutes: limits, ascending.
        cell_m: distance between the points of the time grid; left out, that of the mode.
    """
    field = time_field(reach, cell_m=CELL_M[reach.network.mode] if cell_m is None else cell_m)
    return field_bands(reach.network, field, minutes)


def field_bands(network: Network, field: Field, minutes: Iterable[float]) -> tuple[Band, ...]:
    """Outline a field of times on a network; see `isochrone`.

    Args:
        network: the streets.
        field: times, up to ``RIM_S`` beyond the most minutes.
        minutes: limits, ascending.
    """
    limits = tuple(minutes)
    pace = network.off_street_m_s
    shapes = [
        _outline(field, limit * 60.0, pace, inset_s=INSET_S * inset)
        for inset, limit in zip(range(len(limits), 0, -1), limits, strict=True)
    ]
    for i, (inner, outer) in enumerate(pairwise(shapes)):
        shapes[i + 1] = _holding(outer, inner)
    core = network.is_in_core.coverage
    return tuple(
        Band(limit, shape, not core.covers(shape))
        for limit, shape in zip(limits, shapes, strict=True)
    )


def _outline(
    field: Field, limit_s: float, off_street_m_s: float, *, inset_s: float = 0.0
) -> shapely.MultiPolygon:
    frame = field.frame
    row0, column0, spare_s = _spare(
        field.seconds, field.distance_m, limit_s, drawn_max_m(), off_street_m_s, inset_s
    )
    drawn = polygons_above(
        frame.x0 + frame.cell_m * np.arange(column0, column0 + spare_s.shape[1]),
        frame.y0 + frame.cell_m * np.arange(row0, row0 + spare_s.shape[0]),
        spare_s,
        0.0,
        speck_m2=SPECK_CELLS * frame.cell_m**2,
        hole_m2=HOLE_M2,
    )
    outline = shapely.MultiPolygon(drawn)
    return outline if shapely.is_valid(outline) else as_multipolygon(shapely.make_valid(outline))


@njit(cache=True, nogil=True)
def _spare(
    seconds: Singles,
    distance_m: Singles,
    limit_s: float,
    drawn_m: float,
    off_street_m_s: float,
    inset_s: float,
) -> tuple[int, int, Floats]:
    """Count the seconds left at each grid point: of the limit, or of the walk off the street.

    Returns:
        The first row and column, and the seconds, of a part of the grid that holds every point
        within the limit and its neighbours.
    """
    rows, columns = seconds.shape
    south, north, west, east = rows, -1, columns, -1
    for row in range(rows):
        first = columns
        last = -1
        for column in range(columns):
            if seconds[row, column] < limit_s:
                first = min(first, column)
                last = column
        if last >= 0:
            south = min(south, row)
            north = row
            west = min(west, first)
            east = max(east, last)
    if north < 0:
        return 0, 0, np.full((2, 2), -RIM_S)
    south, west = max(0, south - 1), max(0, west - 1)
    north, east = min(rows - 1, north + 1), min(columns - 1, east + 1)
    spare = np.empty((north - south + 1, east - west + 1))
    per_m = 1.0 / off_street_m_s
    for row in range(south, north + 1):
        for column in range(west, east + 1):
            off_street = (drawn_m - distance_m[row, column]) * per_m
            left = min(limit_s - seconds[row, column], off_street)
            spare[row - south, column - west] = max(-RIM_S, min(RIM_S, left)) - inset_s
    return south, west, spare


def _holding(outer: shapely.MultiPolygon, inner: shapely.MultiPolygon) -> shapely.MultiPolygon:
    """Return the outer band, widened where rounding left some of the inner one outside."""
    if shapely.covers(outer, inner):
        return outer
    return as_multipolygon(shapely.union(outer, inner))
