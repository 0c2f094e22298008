"""Rows of houses along streets, blocks in the middle of the city, sheds on estates."""

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from ingest.sample.land.blocks import Blocks
from ingest.sample.land.growth import Site
from ingest.sample.land.noise import Floats
from ingest.sample.land.shapes import Bools, Shapes, meet, polygons
from ingest.sample.land.terrain import near_water
from ingest.sample.land.web import Web

ROWS: Final = {
    "centre": (26.0, 3.0, 13.0, 8.5),
    "terraces": (34.0, 5.0, 9.0, 7.5),
    "town": (24.0, 5.0, 10.0, 8.0),
    "suburb": (15.0, 4.5, 9.0, 12.0),
    "estate": (13.0, 4.5, 8.5, 11.0),
    "new": (11.0, 3.5, 8.5, 9.5),
    "village": (13.0, 8.0, 9.0, 11.0),
    "hamlet": (12.0, 15.0, 9.0, 11.0),
    "industrial": (52.0, 16.0, 26.0, 26.0),
}
"""By pattern: length of a building, gap to the next, depth, middle of the street to its middle."""

STREET_HALF_M: Final = 6.5
DEEP_M: Final = 13.0
SMALLEST_YARD_M2: Final = 900.0
LARGEST_YARD_M2: Final = 14_000.0
SMALLEST_HOUSE_M2: Final = 40.0

FRONTED: Final = (
    "residential",
    "tertiary",
    "unclassified",
    "secondary",
    "primary",
    "living_street",
    "pedestrian",
)


def courtyards(web: Web, blocks: Blocks, site: Site) -> Shapes:
    """Return the buildings of a city's middle: whole blocks around a yard that alleys lead to."""
    is_centre = np.array([q.pattern == "centre" for q in site.quarters] + [False])
    size = shapely.area(blocks.faces)
    chosen = is_centre[blocks.quarter] & (size > SMALLEST_YARD_M2) & (size < LARGEST_YARD_M2)
    grounds = [ground for ground in blocks.grounds if not ground.is_empty]
    faces = blocks.faces[chosen]
    faces = faces[~meet(faces, grounds, "intersects")]
    walls = shapely.buffer(faces, -STREET_HALF_M, join_style="mitre")
    yards = shapely.buffer(walls, -DEEP_M, join_style="mitre")
    is_alley = (web.kind == "service") & is_centre[web.quarter[web.a]]
    alleys = shapely.union_all(shapely.buffer(web.lines()[is_alley], 2.5, cap_style="flat"))
    shapes = shapely.difference(shapely.difference(walls, yards), alleys)
    parts = shapely.get_parts(shapely.simplify(shapes, 0.5))
    return np.asarray(parts[shapely.area(parts) > SMALLEST_HOUSE_M2], dtype=object)


def rows_of_houses(
    web: Web, blocks: Blocks, site: Site, built: Shapes, rng: np.random.Generator
) -> Floats:
    """Return the corners of houses along streets, shape (houses, 4, 2), none over another.

    Args:
        web: the streets.
        blocks: the land between them.
        site: what they grow on.
        built: buildings that are there already.
        rng: what makes houses differ.
    """
    corners = _rows(web, site, rng)
    shapes = polygons(corners)
    clear = ~_meets_street(shapes, web) & ~meet(shapes, built, "intersects")
    clear &= ~shapely.intersects(near_water(site.terrain, 6), shapes)
    grounds = [ground for ground in blocks.grounds if not ground.is_empty]
    clear[shapely.STRtree(shapes).query(grounds, predicate="intersects")[1]] = False
    corners, shapes = corners[clear], shapes[clear]
    return corners[_first_come(shapes)]


def _rows(web: Web, site: Site, rng: np.random.Generator) -> Floats:
    """Line both sides of every street that houses front."""
    quarter = web.quarter[web.a]
    fronted = np.flatnonzero(np.isin(web.kind, FRONTED) & (quarter >= 0))
    size = np.array([ROWS[q.pattern] for q in site.quarters])[quarter[fronted]]
    start, end, edge = _straights(web, fronted)
    row = size[edge]
    along = end - start
    metres = np.hypot(*along.T)
    along = along / np.maximum(metres, 0.1)[:, None]
    room = metres - row[:, 3]
    count = np.maximum(0, ((room + row[:, 1]) // (row[:, 0] + row[:, 1])).astype(int))
    at = np.repeat(np.arange(len(count)), count)
    nth = np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count)
    used = count * (row[:, 0] + row[:, 1]) - row[:, 1]
    first = (metres - used) / 2
    middle = first[at] + nth * (row[at, 0] + row[at, 1]) + row[at, 0] / 2
    both = [_boxes(start[at], along[at], middle, row[at], side, rng) for side in (-1.0, 1.0)]
    return np.concatenate(both)


def _straights(web: Web, edges: npt.NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """Cut bent edges into straight pieces; return starts, ends and which edge each is of."""
    plain = np.array([edge not in web.shape for edge in edges.tolist()], dtype=bool)
    straight = np.flatnonzero(plain)
    a, b = web.a[edges[straight]], web.b[edges[straight]]
    starts = [np.column_stack([web.x[a], web.y[a]])]
    ends = [np.column_stack([web.x[b], web.y[b]])]
    which = [straight]
    for position in np.flatnonzero(~plain).tolist():
        points = web.points(int(edges[position]))
        halves = points[[0, len(points) // 2, -1]]
        starts.append(halves[:-1])
        ends.append(halves[1:])
        which.append(np.full(2, position))
    return np.concatenate(starts), np.concatenate(ends), np.concatenate(which)


def _boxes(
    start: Floats, along: Floats, middle: Floats, row: Floats, side: float, rng: np.random.Generator
) -> Floats:
    aside = np.column_stack([-along[:, 1], along[:, 0]]) * side
    size = rng.uniform(0.86, 1.06, len(middle))
    far = row[:, 3] + rng.uniform(-0.6, 1.6, len(middle))
    centre = start + along * middle[:, None] + aside * far[:, None]
    half = along * (row[:, 0] * size / 2)[:, None]
    deep = aside * (row[:, 2] * rng.uniform(0.85, 1.1, len(middle)) / 2)[:, None]
    return np.stack(
        [centre - half - deep, centre + half - deep, centre + half + deep, centre - half + deep],
        axis=1,
    )


def _meets_street(shapes: Shapes, web: Web) -> Bools:
    found = np.zeros(len(shapes), dtype=bool)
    tree = shapely.STRtree(shapes)
    found[tree.query(web.lines(), predicate="dwithin", distance=1.5)[1]] = True
    return found


def _first_come(shapes: Shapes) -> Bools:
    """Say which shapes to keep so that none touches an earlier one that is kept."""
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = np.column_stack([one, other])[one < other]
    keep = np.ones(len(shapes), dtype=bool)
    for early, late in pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].tolist():
        if keep[early]:
            keep[late] = False
    return keep
