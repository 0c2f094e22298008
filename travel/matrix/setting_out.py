"""The inner loop that lists how a place is set out from where turns count."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.paths.bucket_queue import NONE
from travel.turns import FORWARD, MAY_START

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
UInts = npt.NDArray[np.uint32]
Longs = npt.NDArray[np.uint64]


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
