"""Where people settled: one city with its suburbs, market towns, a resort, villages, hamlets."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from ingest.sample.land.noise import Floats
from ingest.sample.land.terrain import CITY_AT, Terrain
from ingest.sample.tiles import PEOPLE, Tile

CITY_SHARE: Final = 0.53
TOWN_SHARES: Final = (0.068, 0.056, 0.046, 0.036, 0.030)
VILLAGES_SHARE: Final = 0.155
PEOPLE_PER_KM2: Final = {"city": 4_300, "town": 3_300, "village": 2_000, "hamlet": 900}
FRINGE_AT: Final = 0.15
"""How far east the neighbouring authority's land reaches, as a share of the width."""

TRIES: Final = 12_000


@dataclass(frozen=True, slots=True)
class Settlement:
    """One settlement, in metres from the county's south-west corner.

    Attributes:
        kind: city, town, village, hamlet or suburb (part of the city).
        x: its middle.
        y: its middle.
        people: who live there; a suburb's count among the city's.
        radius_m: of its built-up land, on average.
        part: city, shire or fringe.
        near: what its name may tell of: river, coast, wood, hill.
        is_new: an estate begun a few years ago.
        wobble: how its edge departs from a circle, as amplitude and phase of waves round it.
    """

    kind: str
    x: float
    y: float
    people: float
    radius_m: float
    part: str
    near: frozenset[str]
    is_new: bool
    wobble: tuple[tuple[float, float], ...]

    def reach(self, x: Floats, y: Floats) -> Floats:
        """Return how far out places lie: 0 the middle, 1 the edge of the built-up land."""
        angle = np.arctan2(y - self.y, x - self.x)
        waves = enumerate(self.wobble, start=1)
        edge = 1 + sum(a * np.cos(k * angle + phase) for k, (a, phase) in waves)
        return np.asarray(np.hypot(x - self.x, y - self.y) / (self.radius_m * edge))


def settle(tile: Tile, terrain: Terrain) -> tuple[Settlement, ...]:
    """Choose the sites, the city first, and say how many live in each."""
    rng = tile.rng("settlements")
    x, y = _dry_places(terrain, rng)
    found = _Found(tile, terrain, rng, x, y, np.full(len(x), np.inf), [])
    _add_city(found)
    _add_towns(found)
    _add_villages(found)
    _add_hamlets(found)
    _add_suburbs(found)
    return tuple(found.settlements)


def fringe_line(tile: Tile) -> Callable[[Floats], Floats]:
    """Return the western border of the shire: how far east it lies at each northing."""
    rng = tile.rng("fringe")
    side = tile.side_m
    phases = rng.uniform(0, 2 * np.pi, 4)
    sizes = np.array([0.02, 0.012, 0.007, 0.004]) * side
    waves = 2 * np.pi / (np.array([0.8, 0.33, 0.13, 0.06]) * side)

    def east_of(y: Floats) -> Floats:
        return np.asarray(FRINGE_AT * side + np.sin(y[..., None] * waves + phases) @ sizes)

    return east_of


@dataclass(slots=True)
class _Found:
    tile: Tile
    terrain: Terrain
    rng: np.random.Generator
    x: Floats
    y: Floats
    gap: Floats
    """How far each place is from the nearest settlement's edge."""
    settlements: list[Settlement]

    def add(self, kind: str, x: float, y: float, people: float, *, is_new: bool = False) -> None:
        density = PEOPLE_PER_KM2["city" if kind == "suburb" else kind]
        radius = 1_000 * float(np.sqrt(people / density / np.pi))
        size = {"city": 0.14, "town": 0.17}.get(kind, 0.22)
        wobble = tuple(
            (float(self.rng.uniform(0.3, 1) * size / k**0.5), float(self.rng.uniform(0, 6.28)))
            for k in (1, 2, 3, 4)
        )
        part = self._part(kind, x, y)
        near = self._near(x, y, radius)
        self.gap = np.minimum(self.gap, np.hypot(self.x - x, self.y - y) - radius)
        self.settlements.append(Settlement(kind, x, y, people, radius, part, near, is_new, wobble))

    def _part(self, kind: str, x: float, y: float) -> str:
        if kind in {"city", "suburb"}:
            return "city"
        return "fringe" if x < float(fringe_line(self.tile)(np.array([y]))[0]) else "shire"

    def _near(self, x: float, y: float, radius: float) -> frozenset[str]:
        point, terrain = shapely.Point(x, y), self.terrain
        signs = {
            "river": shapely.distance(point, terrain.river) < radius + 300,
            "coast": shapely.distance(point, terrain.coast) < radius + 500,
            "wood": shapely.distance(point, terrain.woods) < radius + 200,
            "hill": float(terrain.height(np.array(x), np.array(y))) > 1.0,
        }
        return frozenset(name for name, holds in signs.items() if holds)


def _dry_places(terrain: Terrain, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return places where a settlement could stand."""
    x, y = rng.uniform(0.03, 0.97, (2, TRIES)) * terrain.side_m
    dry = ~shapely.dwithin(shapely.points(x, y), terrain.water, 90)
    low = ~shapely.contains_xy(terrain.heath, x, y)
    return x[dry & low], y[dry & low]


def _add_city(found: _Found) -> None:
    side, people = found.terrain.side_m, PEOPLE * found.tile.share
    line = shapely.LineString([(CITY_AT * side, 0), (CITY_AT * side, side)])
    crossing = shapely.get_coordinates(shapely.intersection(found.terrain.river, line))[0]
    north = 0.016 * side
    found.add("city", float(crossing[0]), float(crossing[1] + north), CITY_SHARE * people)


def _add_towns(found: _Found) -> None:
    """Add the resort by the sea, then towns far from each other, the last beyond the border."""
    tile, side = found.tile, found.terrain.side_m
    count = max(1, round(len(TOWN_SHARES) * tile.share))
    people = np.array(TOWN_SHARES[:count]) / sum(TOWN_SHARES[:count]) * sum(TOWN_SHARES)
    points = shapely.points(found.x, found.y)
    to_coast = shapely.distance(points, found.terrain.coast)
    to_river = shapely.distance(points, found.terrain.river)
    from_border = found.x - fringe_line(tile)(found.y)
    north = found.y / side
    for number in range(count):
        score = np.minimum(found.gap, 0.33 * side) / side
        score += found.rng.uniform(0, 0.05, len(score)) + 0.06 * (to_river < 700)
        score -= 0.3 * ((found.x < 0.05 * side) | (north < 0.1) | (north > 0.9))
        if number == 0 and tile.has_coast:
            score -= np.abs(to_coast - 520 * np.sqrt(tile.share)) / 1_500
            score -= 2 * (to_river < 0.12 * side)
        elif tile.has_coast:
            score -= 0.3 * (to_coast < 0.12 * side)
        beyond = from_border < (-0.05 * side if number == count - 1 else 0.06 * side)
        score += (0.4 if number == len(TOWN_SHARES) - 1 else -0.4) * beyond
        best = int(np.argmax(score))
        size = float(people[number] * PEOPLE * tile.share)
        found.add("town", float(found.x[best]), float(found.y[best]), size)


def _add_villages(found: _Found) -> None:
    share = found.tile.share
    count = max(3, round(30 * share))
    sizes = found.rng.lognormal(0, 0.75, count)
    sizes *= VILLAGES_SHARE * PEOPLE * share / sizes.sum()
    for people in np.sort(np.clip(sizes, 220, 4_200))[::-1]:
        _throw(found, "village", float(people), apart=1_050)


def _add_hamlets(found: _Found) -> None:
    for _ in range(round(46 * found.tile.share)):
        _throw(found, "hamlet", float(found.rng.uniform(35, 150)), apart=520)


def _throw(found: _Found, kind: str, people: float, *, apart: float) -> None:
    """Put a settlement anywhere that is far enough from the others, if there is room."""
    radius = 1_000 * float(np.sqrt(people / PEOPLE_PER_KM2[kind] / np.pi))
    free = np.flatnonzero(found.gap > apart + radius)
    if len(free):
        some = found.rng.choice(free)
        found.add(kind, float(found.x[some]), float(found.y[some]), people)


def _add_suburbs(found: _Found) -> None:
    """Name parts of the city: around its middle, and one estate begun lately at its edge."""
    city = found.settlements[0]
    count = max(3, round(13 * found.tile.share**0.5))
    middles = [(city.x, city.y)]
    x, y = found.x, found.y
    out = city.reach(x, y)
    for number in range(count):
        is_new = number == 0
        far = np.min([np.hypot(x - a, y - b) for a, b in middles], axis=0)
        ring = (out > 0.95) & (out < 1.05) if is_new else (out > 0.25) & (out < 0.9)
        score = np.where(ring, far / city.radius_m + found.rng.uniform(0, 0.12, len(x)), -1)
        best = int(np.argmax(score))
        middles.append((x[best], y[best]))
        people = city.people * (0.045 if is_new else 0.8 / count)
        found.add("suburb", float(x[best]), float(y[best]), people, is_new=is_new)
