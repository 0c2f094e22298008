"""Pedestrian squares: people walk straight across, wherever one corner sees another.

The edge of a square is a way like any other. Added to it are straight lines between its entries
(points that other streets share) and its inner corners, where they run inside it. What is cut out
of a square is walked round: nothing runs through it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from travel.streets.areas import Rings
from travel.streets.extract import Extract
from travel.streets.keys import WALKED_ACROSS

Floats = npt.NDArray[np.float64]
Ring = npt.NDArray[np.int32]

MOST_CORNERS = 60
"""Squares with more are too intricate to cross by sight; they are walked round."""

INSIDE_M = 0.05
"""A line that leaves a square by less runs along its edge, as drawn."""


def with_squares(extract: Extract, x: Floats, y: Floats) -> Extract:
    """Add a way for every line of sight across a square; they carry its number and tags.

    Args:
        extract: the streets.
        x: metres EPSG:27700, one per node.
        y: likewise.
    """
    is_area = [
        tags.get("area") == "yes" and tags.get("highway") in WALKED_ACROSS
        for tags in extract.tag_sets
    ]
    squares = np.flatnonzero(np.array(is_area, np.bool_)[extract.way_tags])
    if not squares.size:
        return extract
    uses = np.bincount(extract.way_node, minlength=extract.node_id.size)
    found = [
        (square, *ends)
        for square in squares.tolist()
        for ends in _lines(_ring(extract, square), extract.holes.get(square, ()), uses, x, y)
    ]
    if not found:
        return extract
    square, first, last = np.array(found, np.int64).T
    size = extract.way_node.size
    return replace(
        extract,
        way_id=np.concatenate((extract.way_id, extract.way_id[square])),
        way_start=np.concatenate((extract.way_start, size + 2 * np.arange(1, square.size + 1))),
        way_node=np.concatenate(
            (extract.way_node, np.stack((first, last), axis=1).ravel().astype(np.int32))
        ),
        way_tags=np.concatenate((extract.way_tags, extract.way_tags[square])),
    )


def _ring(extract: Extract, way: int) -> Ring:
    return extract.way_node[extract.way_start[way] : extract.way_start[way + 1]]


def _lines(
    ring: Ring, holes: Rings, uses: npt.NDArray[np.int64], x: Floats, y: Floats
) -> Iterator[tuple[int, int]]:
    """List the pairs of nodes of a square that see each other across its inside."""
    cut_out = [np.array(hole, np.int32) for hole in holes]
    outline, *shapes = (_polygon(edge, x, y) for edge in (ring, *cut_out))
    if outline is None:
        return
    own = 1 + (ring[:-1] == ring[0])  # the ring is a way, which begins and ends in one node
    is_ccw = bool(shapely.is_ccw(outline.exterior))
    corners = _corners(ring, uses[ring[:-1]] > own, x, y, is_ccw=is_ccw)
    free: BaseGeometry = outline
    for hole, shape in zip(cut_out, shapes, strict=True):
        if shape is None:
            return
        if outline.contains(shape):
            free = free.difference(shape)
            juts_out = not shapely.is_ccw(shape.exterior)  # a hole's corners bend into the square
            corners += _corners(hole, uses[hole[:-1]] > 0, x, y, is_ccw=juts_out)
    if len(corners) > MOST_CORNERS:
        return
    within = free.buffer(INSIDE_M)
    shapely.prepare(within)
    edge = {frozenset(ends) for ends in pairwise(ring.tolist())}
    for ends in combinations(corners, 2):
        at = np.array(ends)
        line = shapely.LineString(np.column_stack((x[at], y[at])))
        if frozenset(ends) not in edge and within.covers(line):
            yield ends


def _polygon(ring: Ring, x: Floats, y: Floats) -> shapely.Polygon | None:
    """Return what a ring encloses, if it is one."""
    if ring.size < 4 or ring[0] != ring[-1]:  # noqa: PLR2004 - no area has fewer
        return None
    found = shapely.Polygon(np.column_stack((x[ring], y[ring])))
    return found if found.is_valid else None


def _corners(
    ring: Ring, is_entry: npt.NDArray[np.bool_], x: Floats, y: Floats, *, is_ccw: bool
) -> list[int]:
    """List the nodes of a ring that a shortest way across may touch: entries, and inner corners.

    A ring bends inwards where it turns to the right, if it runs anticlockwise around the square.
    """
    nodes = ring[:-1]
    before_x, before_y = (each[nodes] - each[np.roll(nodes, 1)] for each in (x, y))
    after_x, after_y = (each[np.roll(nodes, -1)] - each[nodes] for each in (x, y))
    turn = before_x * after_y - before_y * after_x
    found: list[int] = nodes[is_entry | ((turn < 0) if is_ccw else (turn > 0))].tolist()
    return found
