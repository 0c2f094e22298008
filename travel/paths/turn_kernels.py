"""Inner loops of the search over states; the queue is Dial's, as in `travel.paths.search`."""

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.network import DECISECONDS
from travel.turns import FORWARD, MAY_END, MAY_START

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
UInts = npt.NDArray[np.uint32]
Longs = npt.NDArray[np.uint64]

BUCKET_BITS = 5
"""A bucket is 32 deciseconds wide."""

NONE = 0xFFFFFFFF
"""End of a bucket's list."""


@njit(cache=True, nogil=True)
def first_states(  # noqa: PLR0913, PLR0917
    edge: Ints,
    fraction: Floats,
    off_m: Floats,
    spent_ds: Ints,
    state_start: UInts,
    state_flags: npt.NDArray[np.uint8],
    state_ds: Ints,
    turn_start: UInts,
    turns: Longs,
    length_m: Floats,
) -> tuple[Ints, Ints, Floats]:
    """List the edges that can be entered first, with what is spent and gone on reaching them."""
    state = [np.int32(0) for _ in range(0)]
    spent = [np.int32(0) for _ in range(0)]
    metres = [0.0 for _ in range(0)]
    for i in range(edge.size):
        e = edge[i]
        if e < 0:
            continue
        for s in range(state_start[e], state_start[e + 1]):
            if not state_flags[s] & MAY_START:
                continue
            rest = 1.0 - fraction[i] if state_flags[s] & FORWARD else fraction[i]
            to_end = np.rint(rest * state_ds[s]) + spent_ds[i] - state_ds[s]
            for k in range(turn_start[s], turn_start[s + 1]):
                state.append(np.int32(turns[k] & np.uint64(NONE)))
                spent.append(np.int32(to_end + np.int64(turns[k] >> np.uint64(32))))
                metres.append(off_m[i] + rest * length_m[e])
    return np.array(state, np.int32), np.array(spent, np.int32), np.array(metres, np.float64)


@njit(cache=True, nogil=True)
def search_states(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917
    turn_start: UInts,
    turns: Longs,
    state_edge: Ints,
    length_m: Floats,
    start_state: Ints,
    start_ds: Ints,
    start_m: Floats,
    limit_ds: int,
) -> tuple[Ints, Singles, Ints]:
    """Label every state within the limit: what is left, metres, and which were reached."""
    one = np.uint64(1)
    low = np.uint64(NONE)
    half = np.uint64(32)
    shift = np.uint32(BUCKET_BITS)
    none = np.uint32(NONE)
    n_states = turn_start.size - 1
    left = np.zeros(n_states, np.uint32)
    metres = np.empty(n_states, np.float32)
    top = np.uint32(limit_ds + 1)
    bucket = np.full((limit_ds >> BUCKET_BITS) + 1, none, np.uint32)
    queue = np.empty(1024, np.uint64)
    reached = np.empty(1024, np.int32)
    queued = np.uint64(0)
    n_reached = np.uint64(0)
    for i in range(start_state.size):
        if start_ds[i] > limit_ds:
            continue
        v = np.uint64(start_state[i])
        label = np.uint32(top - np.uint32(start_ds[i]))
        if label <= left[v]:
            continue
        if left[v] == 0:
            if n_reached >= np.uint64(reached.size):
                reached = _longer_ints(reached)
            reached[n_reached] = np.int32(v)
            n_reached += one
        left[v] = label
        metres[v] = start_m[i]
        if queued >= np.uint64(queue.size):
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
                at_end = np.float32(metres[u] + length_m[np.uint64(state_edge[u])])
                k = np.uint64(turn_start[u])
                end = np.uint64(turn_start[u + one])
                while k < end:
                    turn = turns[k]
                    v = turn & low
                    weight = np.uint32(turn >> half)
                    if weight < mine and np.uint32(mine - weight) > left[v]:
                        label = np.uint32(mine - weight)
                        if left[v] == 0:
                            if n_reached >= np.uint64(reached.size):
                                reached = _longer_ints(reached)
                            reached[n_reached] = np.int32(v)
                            n_reached += one
                        left[v] = label
                        metres[v] = at_end
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
def arrive_on_edges(  # noqa: PLR0913, PLR0917
    edge: Ints,
    fraction: Floats,
    distance_m: Floats,
    left: Ints,
    state_m: Singles,
    limit_ds: int,
    state_start: UInts,
    state_flags: npt.NDArray[np.uint8],
    state_ds: Ints,
    length_m: Floats,
    off_street_m_s: float,
) -> tuple[Floats, Floats]:
    """Come to each point along its edge, in whichever direction is quicker."""
    seconds = np.full(edge.size, np.nan)
    metres = np.full(edge.size, np.nan)
    for i in range(edge.size):
        e = edge[i]
        if e < 0:
            continue
        best = np.inf
        way = 0.0
        for s in range(state_start[e], state_start[e + 1]):
            if left[s] <= 0 or not state_flags[s] & MAY_END:
                continue
            part = fraction[i] if state_flags[s] & FORWARD else 1.0 - fraction[i]
            ds = limit_ds + 1 - left[s] + part * state_ds[s]
            if ds < best:
                best = ds
                way = state_m[s] + part * length_m[e]
        if best < np.inf:
            seconds[i] = best / DECISECONDS + distance_m[i] / off_street_m_s
            metres[i] = way + distance_m[i]
    return seconds, metres


@njit(cache=True, nogil=True)
def arrive_at_nodes(  # noqa: PLR0913, PLR0917
    states: Ints,
    left: Ints,
    metres: Singles,
    state_edge: Ints,
    state_flags: npt.NDArray[np.uint8],
    state_ds: Ints,
    tail: Ints,
    head: Ints,
    length_m: Floats,
    node_left: Ints,
    node_m: Singles,
) -> None:
    """Improve the labels of junctions by the edges that lead to them."""
    for i in range(states.size):
        s = states[i]
        e = state_edge[s]
        node = head[e] if state_flags[s] & FORWARD else tail[e]
        label = left[s] - state_ds[s]
        if label > node_left[node]:
            node_left[node] = label
            node_m[node] = metres[s] + length_m[e]


@njit(cache=True, nogil=True)
def _longer(array: Longs) -> Longs:
    longer = np.empty(2 * array.size, np.uint64)
    longer[: array.size] = array
    return longer


@njit(cache=True, nogil=True)
def _longer_ints(array: Ints) -> Ints:
    longer = np.empty(2 * array.size, np.int32)
    longer[: array.size] = array
    return longer
