"""Coast, river, streams, hills and woods: what was there before anybody settled."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from zlib import crc32

import contourpy
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ingest.sample.land.noise import Curve, Floats, Surface, curve, surface
from ingest.sample.tiles import Tile

CITY_AT: Final = 0.55
"""How far east the city stands, as a share of the county's width."""

COAST_AT: Final = 0.845
Field = Callable[[Floats, Floats], Floats]

STEP_M: Final = 60.0
WOOD_CELL_M: Final = 90.0
SPRING_WIDTH_M: Final = 26.0
CITY_WIDTH_M: Final = 78.0
MOUTH_WIDTH_M: Final = 1_500.0


@dataclass(frozen=True, slots=True)
class Terrain:
    """The bare land of one county, in metres from its south-west corner.

    Attributes:
        side_m: the county's width and height.
        land: everything that is not sea.
        sea: empty where the county has no coast.
        coast: the shore; empty where there is none.
        beach: sand along the shore.
        marsh: salt marsh where the river meets the sea.
        river: its middle, from west to east.
        river_water: its surface.
        streams: their middles, each down to the river.
        lakes: still water.
        woods: where no one builds; villages clear them.
        heath: open high ground.
        height: unit-variance surface; above 0.8 is hill.
        water: river, lakes and sea together, prepared for queries.
    """

    side_m: float
    land: BaseGeometry
    sea: BaseGeometry
    coast: BaseGeometry
    beach: BaseGeometry
    marsh: BaseGeometry
    river: shapely.LineString
    river_water: BaseGeometry
    streams: tuple[shapely.LineString, ...]
    lakes: BaseGeometry
    woods: BaseGeometry
    heath: BaseGeometry
    height: Surface
    water: BaseGeometry


def make_terrain(tile: Tile) -> Terrain:
    """Draw the land of one county."""
    rng = tile.rng("terrain")
    side = tile.side_m
    box = shapely.box(0, 0, side, side)
    height = surface(rng, 7_000)
    shore = _shore(rng, side) if tile.has_coast else None
    sea = shapely.intersection(_sea(shore, side), box) if shore else shapely.Polygon()
    river, width = _river(tile, rng, shore)
    river_water = shapely.intersection(_ribbon(river, width), box)
    land = shapely.difference(box, sea)
    streams = _streams(rng, side, river)
    lakes = _lakes(rng, side, river_water, land, height)
    water = shapely.union_all([sea, river_water, lakes])
    shapely.prepare(water)
    dry = shapely.difference(land, shapely.buffer(water, 25))
    coast = shapely.intersection(sea.boundary, shapely.box(1, 1, side - 1, side - 1))
    estuary = shapely.buffer(shapely.Point(river.coords[-1]), 0.09 * side)
    marsh = _marsh(rng, estuary, river_water, land) if shore else shapely.Polygon()
    beach = _beach(rng, coast, sea, estuary) if shore else shapely.Polygon()
    copses, edges = surface(rng, 2_900), surface(rng, 620)
    hills = shapely.difference(dry, shapely.buffer(river, 0.09 * side))
    woods = _patches(lambda x, y: copses(x, y) + 0.42 * edges(x, y), side, 1.3, dry)
    high = _patches(lambda x, y: height(x, y) + 0.22 * edges(x, y), side, 1.5, hills)
    heath = shapely.difference(high, woods)
    return Terrain(
        side,
        land,
        sea,
        coast,
        beach,
        shapely.difference(marsh, sea),
        river,
        river_water,
        streams,
        lakes,
        shapely.difference(woods, marsh),
        heath,
        height,
        water,
    )


def near_water(terrain: Terrain, metres: float) -> BaseGeometry:
    """Return the water and the land this close to it, prepared for queries."""
    shore = shapely.buffer(terrain.water, metres, quad_segs=2)
    shapely.prepare(shore)
    return shore


def border_share(tile: Tile, *, vertical: bool, line: int, along: int, what: str) -> float:
    """Return where something crosses the line between two counties, 0 to 1 along it.

    Both counties get the same answer; so roads and rivers meet.

    Args:
        tile: either county.
        vertical: the line runs north to south.
        line: its number, counted like columns or rows.
        along: row or column of the counties that it parts.
        what: what crosses.
    """
    key = [tile.seed, int(vertical), line, along, crc32(what.encode())]
    return float(np.random.default_rng(key).uniform(0.25, 0.75))


def river_at_border(tile: Tile, *, east: bool) -> float:
    """Return how far north the river crosses the county's western or eastern edge, in metres."""
    line = tile.column if east else tile.column + 1
    share = border_share(tile, vertical=True, line=line, along=tile.row, what="river")
    return tile.side_m * (0.36 + 0.28 * share)


def _shore(rng: np.random.Generator, side: float) -> Curve:
    return curve(rng, [(0.04 * side, 0.6 * side), (0.017 * side, 4_400), (90, 1_100), (22, 310)])


def _sea(shore: Curve, side: float) -> shapely.Polygon:
    y = np.arange(-500, side + 500 + STEP_M, STEP_M)
    x = COAST_AT * side + shore(y)
    far = side + 500
    return shapely.Polygon([*zip(x, y, strict=True), (far, y[-1]), (far, y[0])])


def _river(
    tile: Tile, rng: np.random.Generator, shore: Curve | None
) -> tuple[shapely.LineString, Floats]:
    """Return the river's middle from west to east, and its width at each point."""
    side = tile.side_m
    x = np.arange(-4 * STEP_M, side + 4 * STEP_M, STEP_M / 2)
    west, east = river_at_border(tile, east=False), river_at_border(tile, east=True)
    t = np.clip(x / side, 0, 1)
    ease = t * t * (3 - 2 * t)
    bends = curve(rng, [(0.034 * side, 0.3 * side), (240, 1_700), (95, 720)])
    calm = np.minimum(1, np.minimum(t, 1 - t) * 9)  # it crosses borders where it was agreed
    y = west + (east - west) * ease + bends(x) * calm
    width = SPRING_WIDTH_M + (CITY_WIDTH_M - SPRING_WIDTH_M) * np.clip(t / CITY_AT, 0, 1)
    if shore is None:
        return shapely.LineString(np.column_stack([x, y])), np.minimum(width, SPRING_WIDTH_M)
    end = COAST_AT + float(shore(np.array([y[np.searchsorted(x, COAST_AT * side)]]))[0]) / side
    gape = np.clip((t - 0.64) / (end - 0.64), 0, None) ** 2.6
    width = width + (MOUTH_WIDTH_M * np.sqrt(tile.share) - CITY_WIDTH_M) * np.minimum(gape, 1.4)
    kept = x < (end + 0.02) * side
    line = np.column_stack([x, y])[kept]
    return shapely.LineString(line), width[kept]


def _ribbon(line: shapely.LineString, width: Floats) -> BaseGeometry:
    """Draw a line as wide as it is at each of its points."""
    points = shapely.get_coordinates(line)
    along = np.gradient(points, axis=0)
    along /= np.hypot(along[:, 0], along[:, 1])[:, None]
    aside = np.column_stack([-along[:, 1], along[:, 0]]) * width[:, None] / 2
    ring = np.concatenate([points + aside, (points - aside)[::-1]])
    return shapely.buffer(shapely.Polygon(ring), 0)


def _streams(
    rng: np.random.Generator, side: float, river: shapely.LineString
) -> tuple[shapely.LineString, ...]:
    """Let streams run down to the river from north and south."""
    streams: list[shapely.LineString] = []
    count = max(2, round(7 * side / 22_000))
    for number in range(count):
        at = (number + rng.uniform(0.15, 0.85)) / count * 0.72 * river.length
        end = shapely.get_coordinates(shapely.line_interpolate_point(river, at))[0]
        north = number % 2 == 0
        length = (side - end[1] if north else end[1]) * rng.uniform(0.55, 0.95)
        down = np.linspace(length, 0, max(8, int(length / 90)))
        bends = curve(rng, [(0.02 * side, 3_500), (120, 900), (35, 330)])
        drift = rng.uniform(-0.75, 0.1) * down
        x = end[0] + drift + bends(down) * np.minimum(1, down / 1_500)
        y = end[1] + (down if north else -down)
        line = shapely.LineString(np.column_stack([x, y]))
        inside = shapely.intersection(line, shapely.box(0, 0, 0.8 * side, side))
        streams.extend(part for part in shapely.get_parts(inside) if part.length > 600)
    return tuple(streams)


def _lakes(
    rng: np.random.Generator,
    side: float,
    river_water: BaseGeometry,
    land: BaseGeometry,
    height: Surface,
) -> BaseGeometry:
    """Draw a reservoir in the hills and a few ponds."""
    ponds = []
    for radius in (480 * np.sqrt(side / 22_000), 130.0, 90.0, 75.0, 70.0):
        x, y = rng.uniform(0.06, 0.78, 40) * side, rng.uniform(0.06, 0.94, 40) * side
        far = shapely.distance(river_water, shapely.points(x, y)) > 1_800 * side / 22_000
        best = int(np.argmax(np.where(far, height(x, y), -9)))
        ponds.append(_blob(rng, x[best], y[best], radius))
    return shapely.intersection(shapely.union_all(ponds), shapely.buffer(land, -120))


def _blob(rng: np.random.Generator, x: float, y: float, radius: float) -> shapely.Polygon:
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    wobble = np.ones(len(angle))
    for k in (1, 2, 3, 5):
        wobble += rng.uniform(0.04, 0.34 / k) * np.cos(k * angle + rng.uniform(0, 6.3))
    ring = np.column_stack([np.cos(angle), 0.8 * np.sin(angle)]) * (radius * wobble)[:, None]
    return shapely.Polygon(ring + np.array([x, y]))


def _marsh(
    rng: np.random.Generator, estuary: BaseGeometry, river_water: BaseGeometry, land: BaseGeometry
) -> BaseGeometry:
    wet = shapely.buffer(river_water, float(rng.uniform(140, 220)))
    ragged = shapely.buffer(shapely.buffer(shapely.intersection(wet, estuary), -30), 30)
    return shapely.difference(shapely.intersection(ragged, land), river_water)


def _beach(
    rng: np.random.Generator, coast: BaseGeometry, sea: BaseGeometry, estuary: BaseGeometry
) -> BaseGeometry:
    strip = shapely.intersection(shapely.buffer(coast, float(rng.uniform(55, 90))), sea)
    return shapely.buffer(shapely.difference(strip, estuary), 0)


def _patches(field: Field, side: float, level: float, within: BaseGeometry) -> BaseGeometry:
    """Return where a surface is above a level, as smooth patches."""
    axis = np.arange(-WOOD_CELL_M, side + 2 * WOOD_CELL_M, WOOD_CELL_M)
    x, y = np.meshgrid(axis, axis)
    z = field(x, y)
    contours = contourpy.contour_generator(axis, axis, z, fill_type=contourpy.FillType.OuterOffset)
    points, offsets, *_ = contours.filled(level, 1e9)
    rings = [
        shapely.Polygon(ring[o[0] : o[1]], [ring[a:b] for a, b in pairwise(o[1:])])
        for ring, o in zip(points, offsets, strict=True)
        if ring is not None and o is not None
    ]
    whole = shapely.union_all([shapely.buffer(ring, 0) for ring in rings])
    return shapely.simplify(shapely.intersection(whole, within), 6)
