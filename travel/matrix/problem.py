"""What there is to find out: places, homes and the streets between them, as flat arrays.

Times are those from homes *to* places, so that the search starts from the places, of which there
are fewer, on the reversed network. Junctions and, where turns count, edges travelled in one
direction (see `travel.turns`) are both just vertices here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from travel.matrix.arrays import CELL_M, Sources, Targets
from travel.matrix.setting_out import first_states
from travel.network import DECISECONDS, Network
from travel.paths.arrivals import Doors
from travel.paths.bucket_queue import Places
from travel.paths.entries import Streets
from travel.snapping import Snapped
from travel.turns import FORWARD, MAY_END, Turns

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Problem:
    """Everything that a search for rows of a matrix reads.

    Attributes:
        streets: what is searched: vertices and arcs, and the edges to set out on.
        roads: edges, for journeys that pass no junction.
        sources: places.
        targets: homes.
        limit_ds: deciseconds.
        off_street_m_s: pace between a street and a place.
    """

    streets: Streets
    roads: Streets
    sources: Sources
    targets: Targets
    limit_ds: int
    off_street_m_s: float

    @property
    def n_places(self) -> int:
        """Places to come to."""
        return self.sources.off_ds.size

    @property
    def n_homes(self) -> int:
        """Homes to come from."""
        return self.targets.off_s.size


@dataclass(frozen=True, eq=False, slots=True)
class _Hung:
    """Homes by the vertices they are come to from, in any order."""

    vertex: npt.NDArray[np.integer]
    home: npt.NDArray[np.integer]
    ds: Floats
    metres: Floats
    rank: npt.NDArray[np.integer]


def street_order(snapped: Snapped) -> Longs:
    """Return the order of points along the streets' own curve; those without a street come last."""
    return np.argsort(snapped.edge.view(np.uint32), kind="stable")


def lay_out(network: Network, homes: Snapped, places: Snapped, *, limit_s: float) -> Problem:
    """Lay out the search for the homes within a limit of each place.

    Args:
        network: the streets, as travelled from homes to places.
        homes: in their street order.
        places: in any order.
        limit_s: seconds.
    """
    back = network.reversed
    doors = _doors(places)
    walk_s = np.where(places.is_on_street, places.distance_m, 0.0) / network.off_street_m_s
    off_ds = np.rint(walk_s * DECISECONDS).astype(np.int32)
    if back.turns is None:
        streets, n_vertices = back.streets, back.n_nodes
        hung = _on_nodes(back, homes)
        start = Places(places.edge, places.fraction, places.distance_m)
        sources = Sources(np.arange(len(places) + 1), start, off_ds, doors, off_ds)
    else:
        n_vertices = back.turns.n_states
        hung = _on_states(back, back.turns, homes)
        streets, sources = _set_out(back, back.turns, doors, off_ds)
    targets = _targets(hung, n_vertices, homes, network.off_street_m_s)
    limit_ds = round(limit_s * DECISECONDS)
    return Problem(streets, back.streets, sources, targets, limit_ds, network.off_street_m_s)


def _doors(points: Snapped) -> Doors:
    return Doors(points.x, points.y, points.edge, points.fraction, points.distance_m)


def _on_nodes(network: Network, homes: Snapped) -> _Hung:
    """Hang every home on the ends of its edge that it can be come to from."""
    home = np.flatnonzero(homes.is_on_street)
    edge, fraction = homes.edge[home], homes.fraction[home]
    length = network.length_m[edge]
    forward, backward = network.forward_ds[edge], network.backward_ds[edge]
    vertex = np.concatenate((network.tail[edge], network.head[edge]))
    part = np.concatenate((fraction, 1.0 - fraction))
    weight = np.concatenate((forward, backward))
    can = (weight >= 0) | (part == 0.0)
    rank = np.repeat([0, 1], home.size)
    metres = part * np.tile(length, 2)
    return _Hung(vertex[can], np.tile(home, 2)[can], (part * weight)[can], metres[can], rank[can])


def _on_states(network: Network, turns: Turns, homes: Snapped) -> _Hung:
    """Hang every home on the states of its edge that a journey may end in."""
    on_street = np.flatnonzero(homes.is_on_street)
    begin = turns.state_start[homes.edge[on_street]].astype(np.int64)
    count = turns.state_start[homes.edge[on_street] + 1].astype(np.int64) - begin
    home = np.repeat(on_street, count)
    rank = np.arange(home.size) - np.repeat(np.cumsum(count) - count, count)
    state = np.repeat(begin, count) + rank
    flags = turns.state_flags[state]
    fraction = homes.fraction[home]
    part = np.where(flags & FORWARD, fraction, 1.0 - fraction)
    metres = part * network.length_m[homes.edge[home]]
    can = (flags & MAY_END) > 0
    ds = part * turns.state_ds[state]
    return _Hung(state[can], home[can], ds[can], metres[can], rank[can])


def _set_out(network: Network, turns: Turns, doors: Doors, off_ds: Ints) -> tuple[Streets, Sources]:
    """Make edges of the ways to set out from places, so that states are searched like junctions.

    Each such edge leads to one state from either end, and is begun in the middle.
    """
    off_m = np.nan_to_num(doors.distance_m)
    first = np.zeros(off_ds.size + 1, np.int64)
    found: list[tuple[Ints, Ints, Floats]] = []
    for i in range(off_ds.size):
        one = slice(i, i + 1)
        found.append(
            first_states(
                doors.edge[one],
                doors.fraction[one],
                off_m[one],
                off_ds[one],
                turns.state_start,
                turns.state_flags,
                turns.state_ds,
                turns.turn_start,
                turns.turns,
                network.length_m,
            )
        )
        first[i + 1] = first[i] + found[-1][0].size
    state = np.concatenate([each[0] for each in found] or [np.empty(0, np.int32)])
    ds = np.concatenate([each[1] for each in found] or [np.empty(0, np.int32)])
    metres = np.concatenate([each[2] for each in found] or [np.empty(0)])
    begin = turns.turn_start.astype(np.int64)
    per_state = begin[1:] - begin[:-1]
    turn_m = np.repeat(network.length_m[turns.state_edge].astype(np.float32), per_state)
    twice_ds, twice_m = 2 * ds, 2.0 * metres
    for array in (turn_m, state, twice_ds, twice_m):
        array.flags.writeable = False  # as those of every network: one compiled search for both
    ways = Streets(turns.turn_start, turns.turns, turn_m, state, state, twice_ds, twice_ds, twice_m)
    n = state.size
    start = Places(np.arange(n, dtype=np.int32), np.full(n, 0.5), np.zeros(n))
    return ways, Sources(first, start, np.zeros(n, np.int32), doors, off_ds)


def _targets(hung: _Hung, n_vertices: int, homes: Snapped, off_street_m_s: float) -> Targets:
    """Sort homes by the vertices they hang on, and by the squares they lie in."""
    order = np.argsort(hung.vertex, kind="stable")
    count = np.bincount(hung.vertex, minlength=n_vertices)
    on_street = np.flatnonzero(homes.is_on_street)
    x, y = homes.x[on_street], homes.y[on_street]
    west, south = (float(x.min()), float(y.min())) if x.size else (0.0, 0.0)
    column, row = (np.floor((at - edge) / CELL_M) for at, edge in ((x, west), (y, south)))
    columns = int(column.max()) + 1 if x.size else 1
    cell = (row * columns + column).astype(np.int64)
    by_cell = np.argsort(cell, kind="stable")
    return Targets(
        first=_starts(count).astype(np.uint32),
        home=hung.home[order].astype(np.int32),
        ds=hung.ds[order],
        metres=hung.metres[order],
        rank=hung.rank[order].astype(np.uint8),
        door=_doors(homes),
        off_s=np.nan_to_num(homes.distance_m) / off_street_m_s,
        cell=cell[by_cell],
        in_cell=on_street[by_cell].astype(np.int32),
        west=west,
        south=south,
        columns=columns,
    )


def _starts(count: npt.NDArray[Any]) -> Longs:
    return np.concatenate(([0], np.cumsum(count))).astype(np.int64)
