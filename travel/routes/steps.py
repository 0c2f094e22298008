"""Steps into each place of a search, and the way back over its labels.

A search keeps no record of where it came from, which would slow its loop down. The way is found
afterwards: the label before differs from the one here by just what the step between them takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.turns import turn_arrays

if TYPE_CHECKING:
    from travel.network import Network

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

LOW = 0xFFFFFFFF
"""The half of a packed step that says where it comes from."""


class Steps(NamedTuple):
    """What leads into each place that a search labels: a junction, or a state where turns count.

    Attributes:
        start: ``uint32``, places + 1; the steps into place *i*.
        steps: ``uint64``: the place that a step comes from, and its deciseconds in the upper half.
        edge: ``int32``, the edge travelled by each step.
        metres: ``float32``, its length.
    """

    start: npt.NDArray[np.uint32]
    steps: npt.NDArray[np.uint64]
    edge: Ints
    metres: npt.NDArray[np.float32]


class Firsts(NamedTuple):
    """Places that a search labelled without a step before, with their labels.

    Attributes:
        place: ``int32``.
        left: ``int64``, deciseconds left of the limit, plus one.
        metres: ``float64``.
    """

    place: Ints
    left: npt.NDArray[np.int64]
    metres: Floats


def steps_of(network: Network) -> Steps:
    """List the steps into every place of a network; keep `Network.steps` rather than call this."""
    if network.turns is None:
        back = network.reversed
        return Steps(back.arc_start, back.arcs, back.arc_edge, back.streets.arc_m)
    turns = network.turns
    per_state = np.diff(turns.turn_start.astype(np.int64))
    origin = np.repeat(np.arange(turns.n_states), np.asarray(per_state, np.int64))
    target = (turns.turns & np.uint64(LOW)).astype(np.int64)
    start, steps = turn_arrays(target, origin, turns.turns >> np.uint64(32), turns.n_states)
    edge = turns.state_edge[(steps & np.uint64(LOW)).astype(np.int64)]
    metres = network.length_m[edge].astype(np.float32)
    for array in (start, steps, edge, metres):
        array.flags.writeable = False
    return Steps(start, steps, edge, metres)


@njit(cache=True, nogil=True)
def way_back(
    place: int,
    steps: Steps,
    first: Firsts,
    left: Ints,
    metres: npt.NDArray[np.float32],
) -> tuple[Ints, Ints, int]:
    """Walk from a labelled place back to where its search began.

    Of steps that fit the labels equally, the one that fits the metres best is taken, then the
    first: the same every time.

    Returns:
        The places passed, last one first; the steps between them, likewise; and which of the
        first places the way began with, -1 where the labels do not lead back to any.
    """
    places = [np.int32(place)]
    taken = [np.int32(0) for _ in range(0)]
    while True:
        at = places[-1]
        begun, closest = _begun(at, first, left, metres)
        step = -1
        for k in range(np.int64(steps.start[at]), np.int64(steps.start[at + 1])):
            before = steps.steps[k] & np.uint64(LOW)
            ds = np.int64(steps.steps[k] >> np.uint64(32))
            if left[before] > 0 and left[before] - ds == left[at]:
                miss = abs(np.float64(metres[before] + steps.metres[k]) - metres[at])
                if miss < closest:
                    closest, begun, step = miss, -1, k
        if step < 0:
            return np.array(places, np.int32), np.array(taken, np.int32), begun
        taken.append(np.int32(step))
        places.append(np.int32(steps.steps[step] & np.uint64(LOW)))


@njit(cache=True, nogil=True)
def _begun(
    at: np.int32, first: Firsts, left: Ints, metres: npt.NDArray[np.float32]
) -> tuple[int, float]:
    """Find the first place that a label is, if any, and how far apart their metres are."""
    closest = np.inf
    begun = -1
    for i in range(first.place.size):
        if first.place[i] == at and first.left[i] == left[at]:
            miss = abs(first.metres[i] - metres[at])
            if miss < closest:
                closest, begun = miss, i
    return begun, closest
