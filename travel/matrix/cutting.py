"""Some places of a problem with only the streets and homes within their reach.

One search from all of them at once says which vertices any of them comes to within the limit;
nothing beyond can matter. What is left keeps its order, so that a search does the very same things
in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from travel.matrix.arrays import Sources, Targets
from travel.matrix.problem import Problem
from travel.paths.arrivals import Doors
from travel.paths.bucket_queue import FULL, NONE, Places, memory, spread
from travel.paths.entries import Streets
from travel.paths.search import NOWHERE

Longs = npt.NDArray[np.int64]

EDGES = ("tail", "head", "forward_ds", "backward_ds", "length_m")
"""What `Streets` say of each edge."""


@dataclass(frozen=True, eq=False, slots=True)
class Cut:
    """A part of a problem.

    Attributes:
        problem: with its own numbers of places, homes, vertices and edges.
        homes: the number in the whole problem of each of its homes, ascending.
    """

    problem: Problem
    homes: Longs


def cut(problem: Problem, first: int, last: int) -> Cut:
    """Cut out places ``first`` up to ``last``."""
    sources, targets = problem.sources, problem.targets
    a, b = int(sources.first[first]), int(sources.first[last])
    vertices = _in_reach(problem, a, b)
    begin = targets.first[vertices].astype(np.int64)
    count = targets.first[vertices + 1].astype(np.int64) - begin
    hung = _ranges(begin, count)
    door = _doors(sources.door, slice(first, last))
    homes = np.union1d(targets.home[hung], _beside(targets, door)).astype(np.int64)
    edges = np.union1d(targets.door.edge[homes], door.edge[door.edge >= 0])
    home_door = _taken(targets.door, homes, edges)
    is_kept = np.isin(targets.in_cell, homes)
    cut_targets = targets._replace(
        first=_starts(count).astype(np.uint32),
        home=np.searchsorted(homes, targets.home[hung]).astype(np.int32),
        ds=targets.ds[hung],
        metres=targets.metres[hung],
        rank=targets.rank[hung],
        door=home_door,
        off_s=targets.off_s[homes],
        cell=targets.cell[is_kept],
        in_cell=np.searchsorted(homes, targets.in_cell[is_kept]).astype(np.int32),
    )
    start, edge_of = _set_out(problem, a, b, edges)
    cut_sources = Sources(
        sources.first[first : last + 1] - a,
        start,
        sources.spent_ds[a:b],
        _taken(door, slice(None), edges),
        sources.off_ds[first:last],
    )
    streets = _cut_streets(problem.streets, vertices, edge_of)
    roads = _edges(problem.roads, edges)
    made = replace(problem, streets=streets, roads=roads, sources=cut_sources, targets=cut_targets)
    return Cut(made, homes)


def _in_reach(problem: Problem, a: int, b: int) -> Longs:
    """Return the vertices within the limit of any of these ways of setting out, ascending."""
    sources, limit_ds = problem.sources, problem.limit_ds
    n = problem.streets.arc_start.size - 1
    start = _places(sources.start, a, b)
    queue_length, reached = 2 * n + 2 * (b - a) + 1024, FULL
    while reached == FULL:
        labels = memory(n, queue_length=queue_length, limit_ds=limit_ds)
        spent = sources.spent_ds[a:b]
        reached = spread(problem.streets, start, spent, NOWHERE, limit_ds, labels, True)
        queue_length *= 2
    return np.sort(labels.reached[:reached]).astype(np.int64)


def _beside(targets: Targets, door: Doors) -> Longs:
    """Return homes that may be come to without passing a junction."""
    on_street = targets.in_cell.size
    is_on = door.edge >= 0
    x, y, off = door.x[is_on], door.y[is_on], door.distance_m[is_on].max(initial=0.0)
    home_x, home_y = targets.door.x[:on_street], targets.door.y[:on_street]
    is_near = np.isin(targets.door.edge[:on_street], door.edge[is_on])
    if x.size:
        is_near |= (
            (home_x >= x.min() - off)
            & (home_x <= x.max() + off)
            & (home_y >= y.min() - off)
            & (home_y <= y.max() + off)
        )
    return np.flatnonzero(is_near)


def _set_out(problem: Problem, a: int, b: int, edges: npt.NDArray[Any]) -> tuple[Places, Longs]:
    """Return the ways of setting out on renumbered edges, and which edges of the streets they are.

    Where turns count, the ways have edges of their own; elsewhere they start on the roads.
    """
    start = _places(problem.sources.start, a, b)
    if problem.streets is problem.roads:
        return start._replace(edge=_renumbered(start.edge, edges)), edges.astype(np.int64)
    return start._replace(edge=np.arange(b - a, dtype=np.int32)), np.arange(a, b)


def _taken(door: Doors, which: Longs | slice, edges: npt.NDArray[Any]) -> Doors:
    chosen = _doors(door, which)
    return chosen._replace(edge=_renumbered(chosen.edge, edges))


def _renumbered(edge: npt.NDArray[np.int32], edges: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
    return np.where(edge >= 0, np.searchsorted(edges, edge), -1).astype(np.int32)


def _cut_streets(streets: Streets, vertices: Longs, edges: Longs) -> Streets:
    """Keep arcs between some vertices, and some edges to set out on."""
    number = np.full(streets.arc_start.size - 1, -1, np.int64)
    number[vertices] = np.arange(vertices.size)
    begin = streets.arc_start[vertices].astype(np.int64)
    count = streets.arc_start[vertices + 1].astype(np.int64) - begin
    arcs = _ranges(begin, count)
    head = number[(streets.arcs[arcs] & np.uint64(NONE)).astype(np.int64)]
    origin = np.repeat(np.arange(vertices.size), count)
    is_kept = head >= 0
    half = np.uint64(32)
    packed = head.astype(np.uint64) | streets.arcs[arcs] >> half << half
    per_vertex = np.bincount(origin[is_kept], minlength=vertices.size)
    kept = _edges(streets, edges)
    # An end that is not in reach is never come to: any number will do for it.
    ends = (np.maximum(number[each], 0).astype(np.int32) for each in (kept.tail, kept.head))
    tail, head_of = ends
    return kept._replace(
        arc_start=_starts(per_vertex).astype(np.uint32),
        arcs=packed[is_kept],
        arc_m=streets.arc_m[arcs][is_kept],
        tail=tail,
        head=head_of,
    )


def _edges(streets: Streets, which: npt.NDArray[Any]) -> Streets:
    """Return some edges, without arcs."""
    return Streets(
        np.zeros(1, np.uint32),
        np.empty(0, np.uint64),
        np.empty(0, np.float32),
        *(getattr(streets, name)[which] for name in EDGES),
    )


def _ranges(begin: Longs, count: Longs) -> Longs:
    """Return the numbers of several ranges, one after another."""
    shift = begin - (np.cumsum(count) - count)
    return np.asarray(np.arange(count.sum()) + np.repeat(shift, count), np.int64)


def _starts(count: npt.NDArray[Any]) -> Longs:
    return np.concatenate(([0], np.cumsum(count))).astype(np.int64)


def _doors(door: Doors, which: Longs | slice) -> Doors:
    x, y, edge, fraction, distance_m = door
    return Doors(x[which], y[which], edge[which], fraction[which], distance_m[which])


def _places(start: Places, a: int, b: int) -> Places:
    return Places(start.edge[a:b], start.fraction[a:b], start.distance_m[a:b])
