"""What makes streets real: bends, yards and drives, paths in parks, steps, gates, crossings."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from scipy.spatial import cKDTree

from ingest.sample.land.classes import PATHS
from ingest.sample.land.neighbours import relative_neighbours
from ingest.sample.land.noise import Floats
from ingest.sample.land.patterns import Quarter
from ingest.sample.land.plots import Plot
from ingest.sample.land.shapes import Bools, segments
from ingest.sample.land.terrain import Terrain, near_water
from ingest.sample.land.web import Int64s, Ints, Web

YARDS: Final = 0.46
"""Of the streets long enough for it, how many have a yard, drive or car park behind."""

YARD_M: Final = (18.0, 40.0)
SHORTEST_WITH_YARD_M: Final = 42.0
FARM_TRACKS: Final = 0.5
PARK_PATHS_M: Final = 62.0
BENT_FROM_M: Final = 150.0
BEND: Final = 0.07
"""How far a country road strays from the straight line, as a share of its length."""


def add_yards(web: Web, terrain: Terrain, rng: np.random.Generator) -> None:
    """Add dead ends off streets and farm tracks off lanes, where nothing is in the way."""
    edges = np.array([e for e in range(len(web.a)) if e not in web.shape and _has_room(web, e)])
    length = web.length_m()[edges]
    rural = web.quarter[web.a[edges]] < 0
    chosen = rng.uniform(size=len(edges)) < np.where(rural, FARM_TRACKS, YARDS)
    edges, length, rural = edges[chosen], length[chosen], rural[chosen]
    a, b = (np.column_stack([web.x[n], web.y[n]]) for n in (web.a[edges], web.b[edges]))
    foot = a + (b - a) * rng.uniform(0.3, 0.7, (len(edges), 1))
    along = (b - a) / length[:, None]
    aside = np.column_stack([-along[:, 1], along[:, 0]]) * rng.choice((-1, 1), (len(edges), 1))
    depth = np.where(rural, rng.uniform(60, 240, len(edges)), rng.uniform(*YARD_M, len(edges)))
    end = foot + aside * depth[:, None] + along * rng.uniform(-0.25, 0.25, (len(edges), 1)) * 20
    free = _is_clear(web, terrain, foot + aside * 2, end)
    edges, rural = edges[free], rural[free]
    junctions = web.split(edges, foot[free])
    tips = web.add(end[free], web.quarter[junctions])
    for kind, some in (("track", rural), ("service", ~rural)):
        web.join(junctions[some], tips[some], kind)


def _has_room(web: Web, edge: int) -> bool:
    kind = str(web.kind[edge])
    if kind not in {"residential", "tertiary", "unclassified", "secondary"} or edge in web.extra:
        return False
    a, b = web.a[edge], web.b[edge]
    return bool(np.hypot(web.x[a] - web.x[b], web.y[a] - web.y[b]) > SHORTEST_WITH_YARD_M)


def _is_clear(web: Web, terrain: Terrain, start: Floats, end: Floats) -> Bools:
    """Say which lines meet no street, no water and no earlier line."""
    lines = segments(np.stack([start, end], axis=1))
    clear = np.ones(len(lines), dtype=np.bool_)
    near = shapely.STRtree(web.lines()).query(lines, predicate="dwithin", distance=1.5)[0]
    clear[near] = False
    clear &= ~shapely.intersects(near_water(terrain, 8), lines)
    one, other = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=6)
    clear[np.maximum(one, other)[(one != other) & clear[np.minimum(one, other)]]] = False
    return clear


def add_park_paths(web: Web, plots: Sequence[Plot], rng: np.random.Generator) -> None:
    """Lay paths through parks, from the streets around them."""
    streets = shapely.STRtree(web.lines())
    for plot in plots:
        if plot.kind not in {"park", "cemetery"}:
            continue
        step = PARK_PATHS_M
        grid = np.arange(-plot.radius_m, plot.radius_m, step)
        inner = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
        inner = inner + rng.uniform(-0.35, 0.35, inner.shape) * step
        inner = inner[np.hypot(*inner.T) < 0.82 * plot.radius_m] + (plot.x, plot.y)
        ring = np.flatnonzero(np.hypot(web.x - plot.x, web.y - plot.y) < plot.radius_m + 70)
        if len(inner) < 3 or len(ring) < 3:
            continue
        every_third = ring[rng.permutation(len(ring))[: max(3, len(ring) // 4)]]
        around = np.column_stack([web.x[every_third], web.y[every_third]])
        place = np.concatenate([inner, around])
        a, b = relative_neighbours(*place.T).T
        inside = np.minimum(a, b) < len(inner)
        number = np.concatenate(
            [web.add(inner, np.full(len(inner), web.quarter[ring[0]])), every_third]
        )
        a, b = number[a[inside]], number[b[inside]]
        free = ~_crosses(web, streets, a, b)
        web.join(a[free], b[free], "footway")


def _crosses(web: Web, streets: shapely.STRtree, a: Ints, b: Ints) -> Bools:
    ends = np.stack([np.column_stack([web.x[n], web.y[n]]) for n in (a, b)], axis=1)
    found = np.zeros(len(ends), dtype=bool)
    found[streets.query(segments(ends), predicate="crosses")[0]] = True
    return found


def bend(web: Web, all_quarters: Sequence[Quarter], rng: np.random.Generator) -> None:
    """Let country roads wander and suburban streets curve a little."""
    length = web.length_m()
    curved = {n for n, q in enumerate(all_quarters) if q.pattern in {"suburb", "estate", "new"}}
    for edge in range(len(web.a)):
        if edge in web.shape or edge in web.extra or web.kind[edge] in {"service", "steps"}:
            continue
        quarter = int(web.quarter[web.a[edge]])
        if quarter < 0 and length[edge] > BENT_FROM_M:
            web.shape[edge] = _wander(web.points(edge), float(length[edge]), rng)
        elif quarter in curved and length[edge] > 45 and web.kind[edge] == "residential":
            web.shape[edge] = _arc(web.points(edge), float(rng.uniform(-0.08, 0.08)))


def _arc(ends: Floats, sag: float) -> Floats:
    """Return points of a shallow arc between two ends."""
    along = ends[1] - ends[0]
    aside = np.array([-along[1], along[0]])
    t = np.array([0.25, 0.5, 0.75])[:, None]
    return np.asarray(ends[0] + along * t + aside * sag * 4 * t * (1 - t))


def _wander(ends: Floats, length: float, rng: np.random.Generator) -> Floats:
    count = int(min(14, max(3, length // 45)))
    t = np.linspace(0, 1, count + 2)[1:-1, None]
    along = ends[1] - ends[0]
    aside = np.array([-along[1], along[0]])
    waves = sum(rng.uniform(-BEND, BEND) / k * np.sin(np.pi * k * t) for k in (1, 2, 3, 5))
    return np.asarray(ends[0] + along * t + aside * waves)


def add_steps(web: Web, terrain: Terrain, rng: np.random.Generator) -> None:
    """Make steps of a few footpaths in built-up places, more of them where it is steep."""
    middle_x, middle_y = (web.x[web.a] + web.x[web.b]) / 2, (web.y[web.a] + web.y[web.b]) / 2
    steep = np.clip(terrain.height(middle_x, middle_y), 0, 2)
    urban = web.quarter[web.a] >= 0
    short = web.length_m() < 80
    steps = (web.kind == "footway") & urban & short
    steps &= rng.uniform(size=len(web.a)) < 0.05 + 0.12 * steep
    web.kind[steps] = "steps"


def barriers(web: Web, rng: np.random.Generator) -> dict[int, dict[str, str]]:
    """Return tags of junctions: gates, stiles and bollards where a path leaves a road."""
    on_path = np.isin(web.kind, (*PATHS, "track"))
    road_ends = np.unique(np.concatenate([web.a[~on_path], web.b[~on_path]]))
    path_edges = np.flatnonzero(on_path & (web.quarter[web.a] < 0))
    found: dict[int, dict[str, str]] = {}
    draws = rng.uniform(size=len(path_edges))
    meets_road = np.zeros(len(web.x), dtype=bool)
    meets_road[road_ends] = True
    for edge, draw in zip(path_edges.tolist(), draws.tolist(), strict=True):
        node = int(web.a[edge] if not meets_road[web.a[edge]] else web.b[edge])
        if draw < 0.16 and not meets_road[node]:
            found[node] = {"barrier": _barrier(str(web.kind[edge]), draw)}
    return found


def _barrier(kind: str, draw: float) -> str:
    if kind == "track":
        return "gate"
    if kind == "bridleway":
        return "gate" if draw < 0.1 else "bollard"
    return "stile" if draw < 0.05 else "kissing_gate" if draw < 0.11 else "gate"


def crossings(web: Web, rng: np.random.Generator) -> dict[int, dict[str, str]]:
    """Return tags of junctions of main roads in built-up places: signals and crossings."""
    great = np.isin(web.kind, ("trunk", "primary", "secondary"))
    ends = np.concatenate([web.a[great], web.b[great]])
    urban = ends[web.quarter[ends] >= 0]
    count = np.bincount(urban, minlength=len(web.x))
    signals = np.flatnonzero(count >= 3)
    others = np.flatnonzero((count == 2) & (rng.uniform(size=len(count)) < 0.18))
    zebra = {"highway": "crossing", "crossing": "uncontrolled"}
    lights = {"highway": "traffic_signals"}
    return dict.fromkeys(others.tolist(), zebra) | dict.fromkeys(signals.tolist(), lights)


def nearest_junction(web: Web, places: Floats) -> tuple[Floats, Int64s]:
    """Return how far the nearest junction that a street meets is from places, and its number."""
    used = np.flatnonzero(web.degree() > 0)
    distance, at = cKDTree(np.column_stack([web.x[used], web.y[used]])).query(places)
    return np.asarray(distance), np.asarray(used[at])
