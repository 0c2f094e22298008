"""Pedestrian squares: people walk straight across, wherever one corner sees another.

The edge of a square is a way like any other. Added to it are straight lines between its entries
(points that other streets share) and its inner corners, where they run inside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import shapely

from travel.streets.extract import Extract

Floats = npt.NDArray[np.float64]

WALKED_ACROSS = frozenset({"pedestrian", "footway", "path"})
"""Classes of way that people cross at will where they are drawn as areas."""

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
        for ends in _lines(_ring(extract, square), uses, x, y)
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


def _ring(extract: Extract, way: int) -> npt.NDArray[np.int32]:
    return extract.way_node[extract.way_start[way] : extract.way_start[way + 1]]


def _lines(
    ring: npt.NDArray[np.int32], uses: npt.NDArray[np.int64], x: Floats, y: Floats
) -> Iterator[tuple[int, int]]:
    """List the pairs of nodes of a ring that see each other across its inside."""
    if ring.size < 4 or ring[0] != ring[-1]:  # noqa: PLR2004 - no area has fewer
        return
    nodes = ring[:-1]
    outline = shapely.Polygon(np.column_stack((x[ring], y[ring])))
    if not outline.is_valid:
        return
    own = np.bincount(np.searchsorted(np.sort(nodes), ring), minlength=nodes.size)
    is_entry = uses[nodes] > own[np.searchsorted(np.sort(nodes), nodes)]
    corners = np.flatnonzero(is_entry | _is_inner_corner(x[nodes], y[nodes], outline))
    if corners.size > MOST_CORNERS:
        return
    within = outline.buffer(INSIDE_M)
    shapely.prepare(within)
    for a, b in combinations(corners.tolist(), 2):
        if b - a in {1, nodes.size - 1}:
            continue
        ends = nodes[[a, b]]
        if within.covers(shapely.LineString(np.column_stack((x[ends], y[ends])))):
            yield int(ends[0]), int(ends[1])


def _is_inner_corner(x: Floats, y: Floats, outline: shapely.Polygon) -> npt.NDArray[np.bool_]:
    """Say at which corners the outline bends inwards: the shortest ways across touch those."""
    before_x, before_y = x - np.roll(x, 1), y - np.roll(y, 1)
    after_x, after_y = np.roll(x, -1) - x, np.roll(y, -1) - y
    turn = before_x * after_y - before_y * after_x
    return np.asarray(turn < 0 if shapely.is_ccw(outline.exterior) else turn > 0)
