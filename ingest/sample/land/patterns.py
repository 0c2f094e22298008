"""Where streets could meet: points in the patterns of the ages that built them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from ingest.sample.land.noise import Floats
from ingest.sample.land.settlements import Settlement
from ingest.sample.land.shapes import Bools

SPACING_M: Final = {
    "centre": 54.0,
    "terraces": 70.0,
    "suburb": 72.0,
    "estate": 61.0,
    "new": 57.0,
    "town": 62.0,
    "village": 72.0,
    "hamlet": 78.0,
    "industrial": 165.0,
}
"""Typical distance between junctions by the pattern of a neighbourhood."""

RURAL_M: Final = 520.0
QUARTER_M: Final = 560.0
"""Typical half-width of a neighbourhood of one age."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """A neighbourhood built at one time to one pattern.

    Attributes:
        x: its middle.
        y: its middle.
        pattern: key of ``SPACING_M``.
        angle: which way its streets run, radians.
        settlement: number of the settlement it belongs to.
    """

    x: float
    y: float
    pattern: str
    angle: float
    settlement: int


def quarters(settlements: Sequence[Settlement], rng: np.random.Generator) -> tuple[Quarter, ...]:
    """Cut each settlement into neighbourhoods; a village is one."""
    found = []
    for number, settlement in enumerate(settlements):
        if settlement.kind == "suburb":
            pattern = "new" if settlement.is_new else _pattern(settlements[0], settlement, rng)
            found.append(_quarter(settlement.x, settlement.y, pattern, number, rng))
        elif settlement.kind in {"village", "hamlet"}:
            found.append(_quarter(settlement.x, settlement.y, settlement.kind, number, rng))
        else:
            found += _urban_quarters(settlement, number, rng)
    return tuple(found)


def _pattern(city: Settlement, suburb: Settlement, rng: np.random.Generator) -> str:
    out = float(city.reach(np.array(suburb.x), np.array(suburb.y)))
    return _pattern_at(out, "city", rng)


def _pattern_at(out: float, kind: str, rng: np.random.Generator) -> str:
    if out < (0.16 if kind == "city" else 0.3):
        return "centre" if kind == "city" else "town"
    draw = rng.uniform()
    if out < 0.5:
        return "terraces" if draw < 0.8 else ("industrial" if draw < 0.9 else "centre")
    if out < 0.75:
        return "suburb" if draw < 0.6 else ("terraces" if draw < 0.8 else "estate")
    return "estate" if draw < 0.5 else ("suburb" if draw < 0.86 else "industrial")


def _urban_quarters(settlement: Settlement, number: int, rng: np.random.Generator) -> list[Quarter]:
    middle = "centre" if settlement.kind == "city" else "town"
    found = [_quarter(settlement.x, settlement.y, middle, number, rng)]
    reach = settlement.radius_m * 1.3
    grid = np.arange(-reach, reach + 1, 2 * QUARTER_M)
    for dx, dy in np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2).tolist():
        x = settlement.x + dx + rng.uniform(-0.7, 0.7) * QUARTER_M
        y = settlement.y + dy + rng.uniform(-0.7, 0.7) * QUARTER_M
        out = float(settlement.reach(np.array(x), np.array(y)))
        if 0.12 < out < 1.1:
            pattern = _pattern_at(out, settlement.kind, rng)
            found.append(_quarter(x, y, pattern, number, rng))
    return found


def _quarter(
    x: float, y: float, pattern: str, settlement: int, rng: np.random.Generator
) -> Quarter:
    return Quarter(x, y, pattern, float(rng.uniform(0, np.pi / 2)), settlement)


def quarter_of(
    x: Floats, y: Floats, all_quarters: Sequence[Quarter], settlements: Sequence[Settlement]
) -> npt.NDArray[np.int32]:
    """Return the neighbourhood that each place lies in, -1 in open country.

    Places belong to the nearest neighbourhood, where they are within the built-up land of its
    settlement (a suburb's is its city's).
    """
    tree = cKDTree([(q.x, q.y) for q in all_quarters])
    near = np.asarray(tree.query(np.column_stack([x, y]), k=min(4, len(all_quarters)))[1])
    near = near.reshape(len(x), -1)
    found = np.full(len(x), -1, dtype=np.int32)
    reach = {number: settlement.reach(x, y) < 1 for number, settlement in enumerate(settlements)}
    owner = np.array([q.settlement for q in all_quarters])
    for rank in reversed(range(near.shape[1])):
        quarter = near[:, rank]
        for number in np.unique(owner[quarter]).tolist():
            inside = reach[number].copy()
            if settlements[number].kind == "suburb":
                inside |= reach[0] | (settlements[number].is_new & reach[number])
            found = np.where((owner[quarter] == number) & inside, quarter, found)
    return found


def lattice(quarter: Quarter, half_m: float, rng: np.random.Generator) -> Floats:
    """Return a neighbourhood's points, reaching ``half_m`` from its middle; shape (points, 2)."""
    spacing = SPACING_M[quarter.pattern]
    if quarter.pattern == "terraces":
        points = _grid(half_m, (0.78 * spacing, 1.5 * spacing), 0.09, rng)
    elif quarter.pattern == "suburb":
        points = _rings(half_m, spacing, rng)
    elif quarter.pattern == "industrial":
        points = _grid(half_m, (spacing, 1.3 * spacing), 0.14, rng)
    else:
        points = _scattered(half_m, spacing, rng)
    cos, sin = np.cos(quarter.angle), np.sin(quarter.angle)
    turned = points @ np.array([[cos, sin], [-sin, cos]])
    return np.asarray(turned + np.array([quarter.x, quarter.y]), dtype=np.float64)


def _grid(
    half_m: float, step: tuple[float, float], jitter: float, rng: np.random.Generator
) -> Floats:
    x, y = np.meshgrid(np.arange(-half_m, half_m, step[0]), np.arange(-half_m, half_m, step[1]))
    points = np.column_stack([x.ravel(), y.ravel()])
    bend = 22 * np.sin(points[:, ::-1] / 260 + rng.uniform(0, 6.3, 2))
    return np.asarray(points + bend + rng.uniform(-jitter, jitter, points.shape) * step)


def _rings(half_m: float, spacing: float, rng: np.random.Generator) -> Floats:
    """Return points on arcs around a place well outside the middle: curving avenues."""
    away = rng.uniform(0.3, 0.9) * half_m
    rings = []
    for radius in np.arange(spacing, away + 1.5 * half_m, 0.95 * spacing):
        count = max(5, round(2 * np.pi * radius / (1.35 * spacing)))
        angle = 2 * np.pi * (np.arange(count) + rng.uniform()) / count
        rings.append(np.column_stack([np.cos(angle), np.sin(angle)]) * radius)
    points = np.concatenate(rings) + rng.uniform(-0.07, 0.07, (sum(map(len, rings)), 2)) * spacing
    points[:, 0] -= away
    return np.asarray(points[(np.abs(points) < half_m).all(axis=1)])


def _scattered(half_m: float, spacing: float, rng: np.random.Generator) -> Floats:
    x, y = np.meshgrid(
        np.arange(-half_m, half_m, spacing), np.arange(-half_m, half_m, 0.87 * spacing)
    )
    x[::2] += spacing / 2
    points = np.column_stack([x.ravel(), y.ravel()])
    return np.asarray(points + rng.uniform(-0.36, 0.36, points.shape) * spacing)


def apart(points: Floats, least_m: Floats) -> Bools:
    """Say which points to keep so that none is nearer to an earlier one than both allow."""
    pairs = cKDTree(points).query_pairs(float(least_m.max()), output_type="ndarray")
    pairs = np.sort(pairs, axis=1)
    distance = np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T)
    close = pairs[distance < np.minimum(least_m[pairs[:, 0]], least_m[pairs[:, 1]])]
    keep = np.ones(len(points), dtype=bool)
    for early, late in close[np.lexsort((close[:, 1], close[:, 0]))].tolist():
        if keep[early]:
            keep[late] = False
    return keep
