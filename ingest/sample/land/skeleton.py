"""The county's skeleton: main roads between settlements, a motorway, a railway."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import shapely

from ingest.sample.land.neighbours import relative_neighbours
from ingest.sample.land.noise import Floats
from ingest.sample.land.routes import Ground, ground, smooth
from ingest.sample.land.settlements import Settlement
from ingest.sample.land.terrain import Terrain, border_share
from ingest.sample.tiles import Tile

RANKS: Final = ("trunk", "primary", "secondary", "tertiary", "unclassified")
RAIL_CELL_M: Final = 260.0
MOTORWAY_AT: Final = 0.235
WITH_MOTORWAY: Final = 0.5
"""Smaller counties than this share of a whole one have no motorway."""


@dataclass(frozen=True, slots=True)
class MainRoad:
    """A road between two junctions of main roads.

    Attributes:
        start: number of its first junction.
        end: number of its last junction.
        kind: class as the street extract's ``highway`` says it.
        points: from first to last, metres.
    """

    start: int
    end: int
    kind: str
    points: Floats


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What the other streets grow around.

    Attributes:
        roads: main roads; those that share a junction's number meet.
        motorway: its middle; ``None`` in a small county.
        rails: tracks.
        stations: where trains stop, and the settlement's number.
        exits: where main roads leave the county: west, east, south, north; ``None`` where none.
    """

    roads: tuple[MainRoad, ...]
    motorway: shapely.LineString | None
    rails: tuple[shapely.LineString, ...]
    stations: tuple[tuple[float, float, int], ...]
    exits: tuple[tuple[float, float] | None, ...]


def make_skeleton(tile: Tile, terrain: Terrain, settlements: Sequence[Settlement]) -> Skeleton:
    """Route main roads between settlements, then the motorway and the railway."""
    rng = tile.rng("main roads")
    land = ground(terrain, rng)
    exits = _exits(tile)
    _pin_exits(land, exits)
    _route_roads(land, settlements, [exit_ for exit_ in exits if exit_])
    roads = tuple(
        MainRoad(a, b, RANKS[rank], smooth(np.column_stack([land.x, land.y])[cells], rounds=2))
        for a, b, rank, cells in land.lines()
    )
    rails, stations = _railway(tile, terrain, settlements)
    return Skeleton(roads, _motorway(tile, terrain, settlements), rails, stations, exits)


def _exits(tile: Tile) -> tuple[tuple[float, float] | None, ...]:
    """Return where roads leave; none leaves over the sea."""
    side = tile.side_m

    def at(*, vertical: bool, line: int, along: int, lowest: float, highest: float) -> float:
        share = border_share(tile, vertical=vertical, line=line, along=along, what="road")
        return side * (lowest + (highest - lowest) * share)

    west = at(vertical=True, line=tile.column + 1, along=tile.row, lowest=0.05, highest=0.35)
    east = at(vertical=True, line=tile.column, along=tile.row, lowest=0.05, highest=0.35)
    south = at(vertical=False, line=tile.row, along=tile.column, lowest=0.25, highest=0.7)
    north = at(vertical=False, line=tile.row + 1, along=tile.column, lowest=0.25, highest=0.7)
    return (
        (0.0, west),
        None if tile.has_coast else (side, east),
        (south, 0.0),
        (north, side),
    )


def _pin_exits(land: Ground, exits: Sequence[tuple[float, float] | None]) -> None:
    """Move the points of the exits' cells onto the county's edge."""
    for place in exits:
        if place:
            cell = land.cell(*place)
            land.x[cell], land.y[cell] = place


def _route_roads(
    land: Ground, settlements: Sequence[Settlement], exits: Sequence[tuple[float, float]]
) -> None:
    """Find the main roads, the greatest first; lesser ones join what is there."""
    whole = [s for s in settlements if s.kind != "suburb"]
    city = whole[0]
    middle = land.cell(city.x, city.y)
    for number, place in enumerate(exits):
        land.route(land.cell(*place), middle, 0 if number == 0 else 1)
    for town in (s for s in whole if s.kind == "town"):
        land.route(land.cell(town.x, town.y), middle, 1)
    _route_rings(land, city)
    for a, b, rank in _links(whole, exits):
        land.route(land.cell(*a), land.cell(*b), rank)


def _route_rings(land: Ground, city: Settlement) -> None:
    """Lead a road round the city's middle and another round its edge."""
    for share, rank, corners in ((0.3, 1, 6), (0.82, 2, 9)):
        angles = np.linspace(0, 2 * np.pi, corners, endpoint=False) + 0.4
        places = [
            land.cell(
                city.x + share * city.radius_m * np.cos(a),
                city.y + share * city.radius_m * np.sin(a),
            )
            for a in angles
        ]
        for a, b in zip(places, [*places[1:], places[0]], strict=True):
            land.route(a, b, rank)


def _links(
    settlements: Sequence[Settlement], exits: Sequence[tuple[float, float]]
) -> list[tuple[tuple[float, float], tuple[float, float], int]]:
    """Name the pairs of settlements that a road joins, the greater kinds first."""
    pairs = []
    for rank, kinds in ((2, ("city", "town")), (3, ("village",)), (4, ("hamlet",))):
        greater = ("city", "town", "village", "hamlet")[: rank - 1]
        places = [(s.x, s.y) for s in settlements if s.kind in {*greater, *kinds}] + list(exits)
        if len(places) > 3:
            x, y = np.array(places).T
            joined = relative_neighbours(x, y).tolist()
            pairs += [(places[a], places[b], rank) for a, b in joined]
    return pairs


def _motorway(
    tile: Tile, terrain: Terrain, settlements: Sequence[Settlement]
) -> shapely.LineString | None:
    """Lead a motorway past the city, from the southern edge to the northern."""
    if tile.share < WITH_MOTORWAY:
        return None
    side = tile.side_m
    land = ground(terrain, tile.rng("motorway"), cell_m=RAIL_CELL_M, built=settlements)

    def crossing(line: int) -> float:
        share = border_share(tile, vertical=False, line=line, along=tile.column, what="motorway")
        return side * (MOTORWAY_AT + 0.08 * share)

    ends = [(crossing(tile.row), 0.0), (crossing(tile.row + 1), side)]
    _pin_exits(land, ends)
    return _led_through(land, ends)


def _railway(
    tile: Tile, terrain: Terrain, settlements: Sequence[Settlement]
) -> tuple[tuple[shapely.LineString, ...], tuple[tuple[float, float, int], ...]]:
    """Lead a line from the western edge through the city to the resort, and a branch north."""
    side = tile.side_m
    land = ground(terrain, tile.rng("railway"), cell_m=RAIL_CELL_M)

    def crossing(line: int) -> float:
        share = border_share(tile, vertical=True, line=line, along=tile.row, what="rail")
        return side * (0.62 + 0.2 * share)

    west, east = (0.0, crossing(tile.column + 1)), (side, crossing(tile.column))
    _pin_exits(land, [west] if tile.has_coast else [west, east])
    city = settlements[0]
    towns = [(n, s) for n, s in enumerate(settlements) if s.kind == "town" and s.part == "shire"]
    hub = (city.x - 0.18 * city.radius_m, city.y + 0.22 * city.radius_m)
    stops = [(*hub, 0)]
    lines = [_led_through(land, [west, hub])]
    if not tile.has_coast:
        lines.append(_led_through(land, [hub, east]))
    for number, town in towns[:2]:
        stop = (town.x - 0.3 * town.radius_m, town.y + 0.35 * town.radius_m)
        lines.append(_led_through(land, [hub, stop]))
        stops.append((*stop, number))
    placed = [(*_on_nearest(lines, x, y), number) for x, y, number in stops]
    return tuple(lines), tuple(placed)


def _on_nearest(lines: Sequence[shapely.LineString], x: float, y: float) -> tuple[float, float]:
    point = shapely.Point(x, y)
    line = min(lines, key=lambda line: line.distance(point))
    at = line.interpolate(line.project(point))
    return float(at.x), float(at.y)


def _led_through(land: Ground, places: Sequence[tuple[float, float]]) -> shapely.LineString:
    """Return a gently bending line through places."""
    cells: list[int] = []
    for a, b in pairwise(places):
        land.used.clear()
        start, end = land.cell(*a), land.cell(*b)
        land.route(start, end, 0)
        cells += _in_order(land, start, end)[bool(cells) :]
    points = np.column_stack([land.x, land.y])[cells]
    points[[0, -1]] = places[0], places[-1]
    for _ in range(4):
        points[1:-1] = (points[:-2] + 2 * points[1:-1] + points[2:]) / 4
    return shapely.LineString(smooth(points, rounds=3))


def _in_order(land: Ground, start: int, end: int) -> list[int]:
    after = {a: [b for x, b in land.used if x == a] for a, _ in land.used}
    path, seen = [start], {start}
    while path[-1] != end:
        path.append(next(cell for cell in after[path[-1]] if cell not in seen))
        seen.add(path[-1])
    return path
