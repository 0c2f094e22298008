"""What every mode needs to know of an extract, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from config.assumptions import assumptions
from config.terms import BRITISH_GRID, WGS84
from travel.streets.extract import Extract
from travel.streets.squares import with_squares

if TYPE_CHECKING:
    import pyproj

    from travel.elevation.heights import Heights

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SQUARE_M = 250.0
"""Side of the squares in which streets with houses are counted."""

RAISED = frozenset({"bridge", "tunnel"})
"""Keys of ways that do not lie on the ground."""

WITH_HOUSES = frozenset({"residential", "living_street"})
"""Classes of street that have houses along them."""


@dataclass(frozen=True)
class Ground:
    """An extract on the British grid.

    Attributes:
        extract: as read, with lines across squares added after the mapped ways.
        x: metres EPSG:27700, one per node of the extract.
        y: likewise.
        way_m: length of each way.
        n_mapped: ways that are mapped.
        heights: if they are known.
    """

    extract: Extract
    x: Floats
    y: Floats
    way_m: Floats
    n_mapped: int
    heights: Heights | None = None

    @cached_property
    def raised(self) -> tuple[Flags, Flags]:
        """Whether each node lies on a bridge or in a tunnel, and whether between its ends."""
        extract = self.extract
        is_raised_way = np.array(
            [bool(RAISED & tags.keys()) for tags in extract.tag_sets], np.bool_
        )[extract.way_tags]
        on_way = np.repeat(is_raised_way, np.diff(extract.way_start))
        is_raised, is_on_ground = np.zeros((2, extract.node_id.size), np.bool_)
        is_raised[extract.way_node[on_way]] = True
        is_on_ground[extract.way_node[~on_way]] = True
        return is_raised, is_raised & ~is_on_ground

    @cached_property
    def is_built_up(self) -> Flags:
        """Whether at least half of each way's points lie among streets with houses."""
        from scipy import ndimage  # noqa: PLC0415 - a journey need not wait for it

        extract = self.extract
        column = np.floor((self.x - self.x.min()) / SQUARE_M).astype(np.int64)
        row = np.floor((self.y - self.y.min()) / SQUARE_M).astype(np.int64)
        metres = np.zeros((row.max() + 1, column.max() + 1))
        has_houses = np.array(
            [tags.get("highway") in WITH_HOUSES for tags in extract.tag_sets], np.bool_
        )[extract.way_tags]
        way = np.repeat(np.arange(extract.way_id.size), np.diff(extract.way_start))
        at = extract.way_node[has_houses[way]]
        np.add.at(metres, (row[at], column[at]), _steps(self)[has_houses[way]])
        around = ndimage.uniform_filter(metres, 3, mode="constant") * 9
        is_dense = around >= assumptions("driving")["built_up_m"].value - 1e-6
        points = is_dense[row[extract.way_node], column[extract.way_node]]
        share = np.add.reduceat(points.astype(np.float64), extract.way_start[:-1])
        return np.asarray(share >= np.diff(extract.way_start) / 2)


def ground_of(extract: Extract, heights: Heights | None = None) -> Ground:
    """Lay an extract on the British grid."""
    x, y = (np.asarray(each) for each in to_grid().transform(extract.lon, extract.lat))
    crossed = with_squares(extract, x, y)
    laid = Ground(crossed, x, y, np.zeros(crossed.way_id.size), extract.way_id.size)
    metres = np.add.reduceat(_steps(laid), crossed.way_start[:-1])
    return Ground(crossed, x, y, metres, extract.way_id.size, heights)


@cache
def to_grid() -> pyproj.Transformer:
    """Return what turns degrees into metres of the British grid."""
    import pyproj  # noqa: PLC0415 - a journey need not wait for it

    return pyproj.Transformer.from_crs(WGS84, BRITISH_GRID, always_xy=True)


def _steps(ground: Ground) -> Floats:
    """Measure metres from each point of each way to its next; 0 at the last."""
    node, start = ground.extract.way_node, ground.extract.way_start
    step = np.append(np.hypot(np.diff(ground.x[node]), np.diff(ground.y[node])), 0.0)
    step[start[1:] - 1] = 0.0
    return step
