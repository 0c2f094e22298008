"""Homes and places that need no junction between them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from travel.network import DECISECONDS, Network
from travel.routes.nearest_kernels import Pairs
from travel.routes.ranges import spread, starts
from travel.snapping import Snapped

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]


def without_a_junction(back: Network, places: Snapped, spent_ds: Longs, homes: Snapped) -> Pairs:
    """List the places on homes' own edges, and those nearer to a home than either's street."""
    home, place = _on_one_edge(places, homes)
    edge = homes.edge[home]
    further = homes.fraction[home] - places.fraction[place]
    ds = np.where(further >= 0, back.forward_ds[edge], back.backward_ds[edge])
    along, off = np.abs(further), homes.distance_m[home]
    by_edge_s = (spent_ds[place] + along * ds) / DECISECONDS + off / back.off_street_m_s
    by_edge_m = places.distance_m[place] + along * back.length_m[edge] + off
    can = ds >= 0
    door, goal, straight = _within_sight(places, homes)
    straight_s = (
        spent_ds[goal] / DECISECONDS + (straight - places.distance_m[goal]) / back.off_street_m_s
    )
    whose = np.concatenate((home[can], door))
    order = np.argsort(whose, kind="stable")
    return Pairs(
        starts(whose, len(homes)),
        np.concatenate((place[can], goal)).astype(np.int32)[order],
        np.concatenate((by_edge_s[can], np.maximum(straight_s, 0.0)))[order],
        np.concatenate((by_edge_m[can], straight))[order],
    )


def _on_one_edge(places: Snapped, homes: Snapped) -> tuple[Longs, Longs]:
    """Pair homes with the places on the same edge."""
    order = np.flatnonzero(places.is_on_street)
    order = order[np.argsort(places.edge[order], kind="stable")]
    edges = places.edge[order]
    home = np.flatnonzero(homes.is_on_street)
    first = np.searchsorted(edges, homes.edge[home], side="left")
    last = np.searchsorted(edges, homes.edge[home], side="right")
    which, at = spread(first, last)
    return home[which], order[at]


def _within_sight(places: Snapped, homes: Snapped) -> tuple[Longs, Longs, Floats]:
    """Pair homes with the places nearer to them than the street of either."""
    from scipy.spatial import cKDTree  # noqa: PLC0415 - a journey need not wait for it

    nothing = np.zeros(0, np.int64)
    goal = np.flatnonzero(places.is_on_street)
    home = np.flatnonzero(homes.is_on_street)
    if not (goal.size and home.size):
        return nothing, nothing, np.zeros(0)
    tree = cKDTree(np.column_stack((places.x[goal], places.y[goal])))
    found = tree.query_ball_point(
        np.column_stack((homes.x[home], homes.y[home])),
        homes.distance_m[home],
        return_sorted=True,
    )
    sizes = np.array([len(each) for each in found], np.int64)
    door = np.repeat(home, sizes)
    near = goal[np.fromiter((i for each in found for i in each), np.int64, int(sizes.sum()))]
    straight = np.hypot(homes.x[door] - places.x[near], homes.y[door] - places.y[near])
    is_seen = (straight <= places.distance_m[near]) & (straight <= homes.distance_m[door])
    return door[is_seen], near[is_seen], straight[is_seen]
