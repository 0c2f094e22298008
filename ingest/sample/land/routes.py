"""Main roads and railways: the cheapest ways over rough ground, which later ones join."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from ingest.sample.land.noise import Floats, surface
from ingest.sample.land.settlements import Settlement
from ingest.sample.land.terrain import Terrain

CELL_M: Final = 128.0
WATER: Final = 14.0
SEA: Final = 200.0
BUILT: Final = 9.0
ALONGSIDE: Final = 1.6
REUSED: Final = 0.42
"""Travelling an earlier road costs this much of the open ground; beside it, `ALONGSIDE`."""

_STEPS: Final = np.array([(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)])


@dataclass(slots=True)
class Ground:
    """Square cells of ground, what crossing each costs, and the routes found so far.

    Attributes:
        side_m: width of the county.
        cells: cells along a side.
        x: a point in each cell, off its middle at random so that routes do not look ruled.
        y: the same.
        graph: cost of each step between neighbouring cells.
        used: the best class (lowest number) of route over each step taken, both ways.
    """

    side_m: float
    cells: int
    x: Floats
    y: Floats
    graph: csr_array
    used: dict[tuple[int, int], int] = field(default_factory=dict)

    def cell(self, x: float, y: float) -> int:
        """Return the cell that holds a point."""
        size = self.side_m / self.cells
        column = int(np.clip(x // size, 0, self.cells - 1))
        row = int(np.clip(y // size, 0, self.cells - 1))
        return row * self.cells + column

    def route(self, start: int, end: int, rank: int) -> None:
        """Find the cheapest way between two cells and take it into use."""
        _, before = dijkstra(self.graph, indices=np.array(start), return_predecessors=True)
        path = [end]
        while path[-1] != start and before[path[-1]] >= 0:
            path.append(int(before[path[-1]]))
        for a, b in pairwise(path):
            self._take(a, b, rank)

    def _take(self, a: int, b: int, rank: int) -> None:
        is_new = (a, b) not in self.used
        for pair in ((a, b), (b, a)):
            self.used[pair] = min(rank, self.used.get(pair, rank))
        if not is_new:
            return
        for cell in (a, b):
            beside = self.graph.indices[self.graph.indptr[cell] : self.graph.indptr[cell + 1]]
            for other in beside:
                if (cell, int(other)) not in self.used:
                    self._scale(cell, int(other), ALONGSIDE**0.25)
                    self._scale(int(other), cell, ALONGSIDE**0.25)
        for pair in ((a, b), (b, a)):
            self._scale(*pair, REUSED)
        self._close_diagonal(a, b)

    def _close_diagonal(self, a: int, b: int) -> None:
        """Let no route cross this one where there is no cell to meet in."""
        (row_a, column_a), (row_b, column_b) = divmod(a, self.cells), divmod(b, self.cells)
        if row_a == row_b or column_a == column_b:
            return
        c, d = row_a * self.cells + column_b, row_b * self.cells + column_a
        self._scale(c, d, np.inf)
        self._scale(d, c, np.inf)

    def _scale(self, a: int, b: int, factor: float) -> None:
        first, last = self.graph.indptr[a], self.graph.indptr[a + 1]
        at = first + np.searchsorted(self.graph.indices[first:last], b)
        self.graph.data[at] *= factor

    def lines(self) -> list[tuple[int, int, int, npt.NDArray[np.int64]]]:
        """Return the routes as chains of cells between junctions: first, last, class, cells."""
        beside: dict[int, list[int]] = {}
        for a, b in self.used:
            beside.setdefault(a, []).append(b)
        rank_of = self.used
        is_junction = {
            cell
            for cell, others in beside.items()
            if len(others) != 2 or rank_of[cell, others[0]] != rank_of[cell, others[1]]
        }
        return [
            (chain[0], chain[-1], rank_of[chain[0], chain[1]], np.array(chain))
            for start in sorted(is_junction)
            for chain in _chains(start, beside, is_junction)
            if (chain[0], chain[1]) <= (chain[-1], chain[-2])
        ]


def _chains(start: int, beside: dict[int, list[int]], ends: set[int]) -> list[list[int]]:
    chains = []
    for second in sorted(beside[start]):
        chain = [start, second]
        while chain[-1] not in ends:
            onward = [cell for cell in beside[chain[-1]] if cell != chain[-2]]
            chain.append(onward[0])
        chains.append(chain)
    return chains


def ground(
    terrain: Terrain,
    rng: np.random.Generator,
    *,
    cell_m: float = CELL_M,
    built: Sequence[Settlement] = (),
) -> Ground:
    """Lay out the ground of a county: hills, woods and water cost more to cross.

    Args:
        terrain: the bare land.
        rng: where its roughness comes from.
        cell_m: size of a cell.
        built: settlements to pass by.
    """
    side = terrain.side_m
    cells = max(24, round(side / cell_m))
    size = side / cells
    row, column = np.divmod(np.arange(cells * cells), cells)
    jitter = rng.uniform(-0.36, 0.36, (2, cells * cells))
    x = (column + 0.5 + jitter[0]) * size
    y = (row + 0.5 + jitter[1]) * size
    cost = 1 + 0.5 * surface(rng, 1_700)(x, y) ** 2 + np.clip(terrain.height(x, y), 0, 3)
    cost += 1.2 * shapely.contains_xy(terrain.woods, x, y)
    cost += WATER * shapely.contains_xy(terrain.water, x, y)
    cost += SEA * shapely.contains_xy(terrain.sea, x, y)
    for settlement in built:
        cost += BUILT * (settlement.reach(x, y) < 1.25)
    return Ground(side, cells, x, y, _steps(cells, x, y, cost))


def _steps(cells: int, x: Floats, y: Floats, cost: Floats) -> csr_array:
    row, column = np.divmod(np.arange(cells * cells), cells)
    sources, targets = [], []
    for down, right in _STEPS:
        inside = (row + down >= 0) & (row + down < cells)
        inside &= (column + right >= 0) & (column + right < cells)
        here = np.flatnonzero(inside)
        sources.append(here)
        targets.append(here + down * cells + right)
    a, b = np.concatenate(sources), np.concatenate(targets)
    price = np.hypot(x[a] - x[b], y[a] - y[b]) * (cost[a] + cost[b]) / 2
    graph = csr_array((price, (a, b)), shape=(cells * cells,) * 2)
    graph.sort_indices()
    return graph


def smooth(points: Floats, *, rounds: int) -> Floats:
    """Cut the corners of a line, its ends kept (Chaikin's curve)."""
    for _ in range(rounds):
        if len(points) < 3:
            break
        a, b = points[:-1], points[1:]
        cut = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], axis=1).reshape(-1, 2)
        points = np.concatenate([points[:1], cut[1:-1], points[-1:]])
    return points
