"""How streets grow around main roads: to the pattern of each neighbourhood, never over water."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from ingest.sample.land.neighbours import relative_neighbours
from ingest.sample.land.noise import Floats
from ingest.sample.land.patterns import (
    RURAL_M,
    SPACING_M,
    Quarter,
    apart,
    lattice,
    quarter_of,
    quarters,
)
from ingest.sample.land.plots import Plot
from ingest.sample.land.settlements import Settlement
from ingest.sample.land.shapes import Bools, Shapes, meet, segments
from ingest.sample.land.skeleton import Skeleton
from ingest.sample.land.terrain import Terrain, near_water
from ingest.sample.land.web import Ints, Web

URBAN_GAP_M: Final = 62.0
RURAL_GAP_M: Final = 240.0
"""Distance between places where a side street may leave a main road."""

QUARTER_HALF_M: Final = 1_250.0
LONGEST_RURAL_M: Final = 1_150.0
BRIDGED_M: Final = 210.0
KEPT_OVER_RAIL: Final = 0.22
KIND_WIDTH: Final = "U24"


@dataclass(frozen=True, slots=True)
class Site:
    """What the streets of a county grow on."""

    terrain: Terrain
    settlements: Sequence[Settlement]
    skeleton: Skeleton
    plots: Sequence[Plot]
    quarters: Sequence[Quarter]


@dataclass(slots=True)
class _Forced:
    """Lines that are there before the streets, cut where streets may join them."""

    points: list[Floats] = field(default_factory=list)
    edges: list[tuple[int, int]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    shapes: list[Floats] = field(default_factory=list)

    def cut(self, line: Floats, ends: tuple[int, int], kind: str, urban: Bools) -> None:
        """Add a line's edges; its ends are points already."""
        steps = np.hypot(*np.diff(line, axis=0).T)
        left, since, last, shape = float(steps.sum()), 0.0, ends[0], 0
        for vertex in range(1, len(line) - 1):
            since, left = since + steps[vertex - 1], left - steps[vertex - 1]
            gap = URBAN_GAP_M if urban[vertex] else RURAL_GAP_M
            if since >= gap and left >= 0.6 * gap:
                self.points.append(line[vertex])
                self._edge(last, len(self.points) - 1, kind, line[shape + 1 : vertex])
                since, last, shape = 0.0, len(self.points) - 1, vertex
        self._edge(last, ends[1], kind, line[shape + 1 : -1])

    def _edge(self, a: int, b: int, kind: str, shape: Floats) -> None:
        self.edges.append((a, b))
        self.kinds.append(kind)
        self.shapes.append(shape)


def grow(site: Site, rng: np.random.Generator) -> Web:
    """Grow the streets of a county; those that are no main road have no class yet."""
    forced = _force(site)
    x, y = np.array(forced.points).T
    quarter = quarter_of(x, y, site.quarters, site.settlements)
    free, free_quarter = _free_points(site, np.column_stack([x, y]), rng)
    ends = np.array(forced.edges, dtype=np.int32)
    web = Web(
        np.concatenate([x, free[:, 0]]),
        np.concatenate([y, free[:, 1]]),
        np.concatenate([quarter, free_quarter]),
        ends[:, 0],
        ends[:, 1],
        np.array(forced.kinds, dtype=KIND_WIDTH),
        {edge: shape for edge, shape in enumerate(forced.shapes) if len(shape)},
    )
    a, b = _sound_pairs(web, site, rng).T
    web.join(a, b, "")
    whole = web.main_part()
    web.keep(whole[web.a])
    return web


def _force(site: Site) -> _Forced:
    forced = _Forced()
    known: dict[int, int] = {}
    roads = site.skeleton.roads
    x, y = np.concatenate([road.points for road in roads]).T
    urban = quarter_of(x, y, site.quarters, site.settlements) >= 0
    ends = np.cumsum([len(road.points) for road in roads])
    for road, is_urban in zip(roads, np.split(urban, ends[:-1]), strict=True):
        for junction, place in zip((road.start, road.end), road.points[[0, -1]], strict=True):
            if junction not in known:
                known[junction] = len(forced.points)
                forced.points.append(place)
        forced.cut(road.points, (known[road.start], known[road.end]), road.kind, is_urban)
    for path in _riverside(site):
        first = len(forced.points)
        forced.points += [path[0], path[-1]]
        forced.cut(path, (first, first + 1), "footway", np.zeros(len(path), dtype=bool))
    return forced


def _riverside(site: Site) -> list[Floats]:
    """Return paths along the water where it passes through a city or town."""
    terrain = site.terrain
    shore = shapely.buffer(shapely.union(terrain.river_water, terrain.sea), 14).boundary
    dry = shapely.box(60, 60, terrain.side_m - 60, terrain.side_m - 60)
    paths = []
    for settlement in site.settlements:
        if settlement.kind in {"city", "town"}:
            disc = shapely.Point(settlement.x, settlement.y).buffer(0.8 * settlement.radius_m)
            along = shapely.line_merge(shapely.intersection(shore, shapely.intersection(disc, dry)))
            for part in shapely.get_parts(along):
                if part.length > 500:
                    even = shapely.segmentize(shapely.simplify(part, 4), 45)
                    paths.append(shapely.get_coordinates(even))
    return paths


def _free_points(site: Site, forced: Floats, rng: np.random.Generator) -> tuple[Floats, Ints]:
    """Return the points of all neighbourhoods and of the open country, well apart."""
    points, owner = [], []
    for number, quarter in enumerate(site.quarters):
        half = min(QUARTER_HALF_M, 1.5 * site.settlements[quarter.settlement].radius_m)
        own = lattice(quarter, half, rng)
        points.append(own)
        owner.append(np.full(len(own), number, dtype=np.int32))
    side = site.terrain.side_m
    rough = np.arange(RURAL_M / 2, side, RURAL_M)
    rural = np.stack(np.meshgrid(rough, rough), axis=-1).reshape(-1, 2)
    points.append(rural + rng.uniform(-0.38, 0.38, rural.shape) * RURAL_M)
    owner.append(np.full(len(rural), -1, dtype=np.int32))
    place, of = np.concatenate(points), np.concatenate(owner)
    keep = (place > 15).all(axis=1) & (place < side - 15).all(axis=1)
    keep &= quarter_of(place[:, 0], place[:, 1], site.quarters, site.settlements) == of
    place, of = place[keep], of[keep]
    spacing = _spacing(of, site.quarters)
    keep = _is_free(site, place) & (cKDTree(forced).query(place)[0] > 0.55 * spacing)
    place, of, spacing = place[keep], of[keep], spacing[keep]
    keep = apart(place, 0.62 * spacing)
    return place[keep], of[keep]


def _spacing(quarter: Ints, all_quarters: Sequence[Quarter]) -> Floats:
    by_quarter = [SPACING_M[q.pattern] for q in all_quarters] + [RURAL_M]
    return np.array(by_quarter)[quarter]


def _is_free(site: Site, place: Floats) -> Bools:
    """Say which places lie on dry land that nothing else takes up."""
    x, y = place.T
    taken = shapely.contains_xy(near_water(site.terrain, 20), x, y)
    taken |= shapely.contains_xy(site.terrain.beach, x, y)
    tracks = [*site.skeleton.rails]
    tracks += [site.skeleton.motorway] if site.skeleton.motorway else []
    taken |= shapely.contains_xy(shapely.buffer(shapely.union_all(tracks), 30), x, y)
    for plot in site.plots:
        taken |= np.hypot(x - plot.x, y - plot.y) < plot.radius_m
    return np.asarray(~taken)


def _sound_pairs(web: Web, site: Site, rng: np.random.Generator) -> Ints:
    """Return the neighbours that a street joins."""
    pairs = relative_neighbours(web.x, web.y)
    there = {(min(p), max(p)) for p in zip(web.a.tolist(), web.b.tolist(), strict=True)}
    pairs = pairs[[tuple(pair) not in there for pair in pairs.tolist()]]
    a, b = pairs.T
    ends = np.stack([np.column_stack([web.x[n], web.y[n]]) for n in (a, b)], axis=1)
    lines = segments(ends)
    length = np.asarray(shapely.length(lines))
    urban = (web.quarter[a] >= 0) | (web.quarter[b] >= 0)
    keep = length < np.where(urban, 330.0, LONGEST_RURAL_M)
    keep &= ~meet(lines, web.lines(), "crosses")
    if site.skeleton.motorway is not None:
        keep &= ~meet(lines, [site.skeleton.motorway.buffer(16)], "intersects")
    over_rail = meet(lines, list(site.skeleton.rails), "intersects")
    keep &= ~over_rail | (rng.uniform(size=len(keep)) < KEPT_OVER_RAIL)
    wet = meet(lines, shapely.get_parts(site.terrain.water), "intersects")
    wet &= keep
    bridged = _bridges(site, lines, wet, length)
    return np.asarray(pairs[keep & (~wet | bridged)])


def _bridges(site: Site, lines: Shapes, wet: Bools, length: Floats) -> Bools:
    """Choose the streets over the river that become bridges, each well away from the next."""
    middles = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    over = wet & (length < BRIDGED_M) & ~meet(lines, [site.terrain.sea], "intersects")
    chosen: list[int] = []
    for settlement in site.settlements:
        if settlement.kind not in {"city", "town"}:
            continue
        inside = settlement.reach(*middles.T) < 0.9
        for edge in np.flatnonzero(over & inside)[np.argsort(length[over & inside])].tolist():
            gaps = [np.hypot(*(middles[edge] - middles[other])) for other in chosen]
            if all(gap > 560 for gap in gaps):
                chosen.append(edge)
    found = np.zeros(len(lines), dtype=bool)
    found[chosen] = True
    return found


def make_site(
    terrain: Terrain,
    settlements: Sequence[Settlement],
    skeleton: Skeleton,
    plots: Sequence[Plot],
    rng: np.random.Generator,
) -> Site:
    """Bring together what streets grow on."""
    return Site(terrain, settlements, skeleton, plots, quarters(settlements, rng))


def mark_bridges(web: Web, site: Site) -> None:
    """Tag the edges over water, rails and the motorway as bridges."""
    below: list[BaseGeometry] = [*shapely.get_parts(site.terrain.water), *site.skeleton.rails]
    below += [site.skeleton.motorway] if site.skeleton.motorway is not None else []
    for edge in np.flatnonzero(meet(web.lines(), below, "intersects")).tolist():
        web.extra[edge] = web.extra.get(edge, {}) | {"bridge": "yes", "layer": "1"}
