"""The bounded search: every junction within a limit of one or several starting points.

Labels count what is *left* of the limit rather than what was spent, plus one, so that 0 means
"not reached": a fresh array of zeros costs nothing until a page of it is touched, and every search
owns its labels without clearing anybody else's.

The queue is Dial's: one bucket for every 3.2 seconds, emptied in order. A junction improved within
its own bucket is put back and scanned again, so the result is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.network import DECISECONDS, Network
from travel.snapping import Snapped

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

BUCKET_BITS = 5
"""A bucket is 32 deciseconds wide."""

NONE = 0xFFFFFFFF
"""End of a bucket's list."""


@dataclass(frozen=True, eq=False, slots=True)
class Reach:
    """Everything within a limit of the starting points.

    Attributes:
        network: the streets searched.
        origin: the starting points, on their edges.
        spent_ds: ``int32`` deciseconds already spent when leaving each starting point's edge: the
            walk to the street, and whatever the caller added.
        limit_ds: deciseconds.
        left_ds: ``int32``, one per node: deciseconds left of the limit there, plus one; 0 where
            the node is not reached.
        metres: ``float32``, one per node: length of the quickest way there, from the starting
            point itself; meaningless where the node is not reached.
        nodes: ``int32``, the nodes reached, in no order.
    """

    network: Network
    origin: Snapped
    spent_ds: Ints
    limit_ds: int
    left_ds: Ints
    metres: npt.NDArray[np.float32]
    nodes: Ints

    def seconds(self) -> Floats:
        """Return the seconds to every node; ``NaN`` where it is not reached."""
        spent = (self.limit_ds + 1 - self.left_ds) / DECISECONDS
        return np.where(self.left_ds > 0, spent, np.nan)


def seconds_from(
    network: Network,
    origin: Snapped,
    *,
    limit_s: float,
    spent_s: npt.ArrayLike = 0.0,
) -> Reach:
    """Search from one or several points at once; each node keeps the quickest.

    Args:
        network: the streets.
        origin: starting points; those without an edge are passed over.
        limit_s: seconds; how far the search goes.
        spent_s: seconds already spent at each starting point, one number or one per point.

    Raises:
        ValueError: the limit or the time spent is negative or not finite.
    """
    spent = np.broadcast_to(np.asarray(spent_s, np.float64), len(origin))
    if not (
        np.isfinite(limit_s) and limit_s >= 0 and np.isfinite(spent).all() and (spent >= 0).all()
    ):
        raise ValueError("limit_s and spent_s must be seconds, not negative")
    walk_s = np.nan_to_num(origin.distance_m) / network.off_street_m_s
    spent_ds = np.rint((spent + walk_s) * DECISECONDS).astype(np.int32)
    limit_ds = round(limit_s * DECISECONDS)
    node, ds, metres_at = _starts(network, origin, spent_ds)
    left, metres, nodes = _search(
        network.arc_start,
        network.arcs,
        network.arc_edge,
        network.length_m,
        node,
        ds,
        metres_at,
        limit_ds,
    )
    return Reach(network, origin, spent_ds, limit_ds, left, metres, nodes)


def _starts(network: Network, origin: Snapped, spent_ds: Ints) -> tuple[Ints, Ints, Floats]:
    """List the ends of the starting points' edges, with what is spent on reaching them."""
    is_on = origin.is_on_street
    edge, fraction = origin.edge[is_on], origin.fraction[is_on]
    spent, off = spent_ds[is_on], origin.distance_m[is_on]
    forward, backward = network.forward_ds[edge], network.backward_ds[edge]
    # Whoever stands at an end of the edge is there, even if the edge may not be walked that way.
    to_head = np.where((forward >= 0) | (fraction == 1), np.rint((1 - fraction) * forward), -1)
    to_tail = np.where((backward >= 0) | (fraction == 0), np.rint(fraction * backward), -1)
    length = network.length_m[edge]
    node = np.concatenate((network.head[edge], network.tail[edge]))
    on_edge = np.concatenate((to_head, to_tail))
    metres = np.concatenate((off + (1 - fraction) * length, off + fraction * length))
    ds = on_edge + np.concatenate((spent, spent))
    can = on_edge >= 0
    return node[can], ds[can].astype(np.int32), metres[can]


@njit(cache=True, nogil=True)
def _search(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917
    arc_start: npt.NDArray[np.uint32],
    arcs: npt.NDArray[np.uint64],
    arc_edge: Ints,
    length_m: Floats,
    start_node: Ints,
    start_ds: Ints,
    start_m: Floats,
    limit_ds: int,
) -> tuple[Ints, npt.NDArray[np.float32], Ints]:
    one = np.uint64(1)
    low = np.uint64(NONE)
    half = np.uint64(32)
    shift = np.uint32(BUCKET_BITS)
    none = np.uint32(NONE)
    n_nodes = arc_start.size - 1
    left = np.zeros(n_nodes, np.uint32)
    metres = np.empty(n_nodes, np.float32)
    top = np.uint32(limit_ds + 1)
    bucket = np.full((limit_ds >> BUCKET_BITS) + 1, none, np.uint32)
    queue = np.empty(1024, np.uint64)
    reached = np.empty(1024, np.int32)
    queued = np.uint64(0)
    n_reached = np.uint64(0)
    for i in range(start_node.size):
        if start_ds[i] > limit_ds:
            continue
        v = np.uint64(start_node[i])
        label = np.uint32(top - np.uint32(start_ds[i]))
        if label <= left[v]:
            continue
        if n_reached + one >= np.uint64(reached.size):
            reached = _longer_ints(reached)
        if left[v] == 0:
            reached[n_reached] = np.int32(v)
            n_reached += one
        left[v] = label
        metres[v] = start_m[i]
        if queued + one >= np.uint64(queue.size):
            queue = _longer(queue)
        b = np.uint64(np.uint32(start_ds[i]) >> shift)
        queue[queued] = v | np.uint64(bucket[b]) << half
        bucket[b] = np.uint32(queued)
        queued += one
    b = np.uint64(0)
    buckets = np.uint64(bucket.size)
    while b < buckets:
        entry = bucket[b]
        while entry != none:
            bucket[b] = none
            while entry != none:
                item = queue[np.uint64(entry)]
                u = item & low
                entry = np.uint32(item >> half)
                mine = left[u]
                if np.uint64((top - mine) >> shift) != b:
                    continue
                k = np.uint64(arc_start[u])
                end = np.uint64(arc_start[u + one])
                while k < end:
                    arc = arcs[k]
                    v = arc & low
                    weight = np.uint32(arc >> half)
                    if weight < mine and np.uint32(mine - weight) > left[v]:
                        label = np.uint32(mine - weight)
                        if left[v] == 0:
                            if n_reached >= np.uint64(reached.size):
                                reached = _longer_ints(reached)
                            reached[n_reached] = np.int32(v)
                            n_reached += one
                        left[v] = label
                        metres[v] = metres[u] + length_m[np.uint64(arc_edge[k])]
                        if queued >= np.uint64(queue.size):
                            queue = _longer(queue)
                        to = np.uint64((top - label) >> shift)
                        queue[queued] = v | np.uint64(bucket[to]) << half
                        bucket[to] = np.uint32(queued)
                        queued += one
                    k += one
            entry = bucket[b]
        b += one
    return left.view(np.int32), metres, reached[:n_reached].copy()


@njit(cache=True, nogil=True)
def _longer(array: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    longer = np.empty(2 * array.size, np.uint64)
    longer[: array.size] = array
    return longer


@njit(cache=True, nogil=True)
def _longer_ints(array: Ints) -> Ints:
    longer = np.empty(2 * array.size, np.int32)
    longer[: array.size] = array
    return longer
