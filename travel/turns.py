"""What turning at junctions costs: the network of edges rather than junctions.

A state is an edge travelled in one direction. Where a rule depends on how one came to an edge, the
edge has further states that only those who came so are in. A search over states is the same as one
over junctions, but for what it counts: the quickest way to *enter* an edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from travel.numbering import order_by

if TYPE_CHECKING:
    from travel.network import Network

FORWARD = 1
"""The state travels its edge from tail to head."""

MAY_START = 2
"""A journey may start in the state."""

MAY_END = 4
"""A journey may end in the state."""


@dataclass(frozen=True, eq=False, slots=True)
class Turns:
    """States and the turns from one to the next.

    Attributes:
        state_start: ``uint32``, edges + 1; the states of edge *i* are ``state_start[i]`` up to
            ``state_start[i + 1]``.
        state_edge: ``int32``, the edge of each state.
        state_flags: ``uint8``, ``FORWARD``, ``MAY_START`` and ``MAY_END``, added up.
        state_ds: ``int32``, deciseconds from one end of the edge to the other.
        turn_start: ``uint32``, states + 1; turns out of state *i*.
        turns: ``uint64``: the state a turn leads to, and in the upper half the deciseconds of the
            edge left behind and of the turn, together.
    """

    state_start: npt.NDArray[np.uint32]
    state_edge: npt.NDArray[np.int32]
    state_flags: npt.NDArray[np.uint8]
    state_ds: npt.NDArray[np.int32]
    turn_start: npt.NDArray[np.uint32]
    turns: npt.NDArray[np.uint64]

    @property
    def n_states(self) -> int:
        """Edges by direction, and the copies of those that depend on how one came."""
        return self.state_edge.size

    @property
    def is_forward(self) -> npt.NDArray[np.bool_]:
        """Whether each state travels its edge from tail to head."""
        return np.asarray(self.state_flags & FORWARD, np.bool_)


def turns_in(network: Network) -> Turns:
    """Return the turns of a network that has some.

    Raises:
        ValueError: the network's mode turns freely.
    """
    if network.turns is None:
        raise ValueError(f"the network of mode {network.mode!r} has no turns")
    return network.turns


def turn_arrays(
    origin: npt.NDArray[Any],
    target: npt.NDArray[Any],
    cost_ds: npt.NDArray[Any],
    n_states: int,
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint64]]:
    """Sort turns by the state they leave, and pack where they lead with what they cost."""
    order = order_by(origin, target)
    packed = target.astype(np.uint64) | cost_ds.astype(np.uint64) << np.uint64(32)
    start = np.concatenate(([0], np.cumsum(np.bincount(origin, minlength=n_states))))
    return start.astype(np.uint32), packed[order]


def reversed_turns(turns: Turns) -> Turns:
    """Make the turns of the same streets travelled the other way round.

    A state keeps its number and stands for its edge in the other direction; where journeys could
    start they now may end.
    """
    per_state = np.diff(turns.turn_start.astype(np.int64))
    origin = np.repeat(np.arange(turns.n_states), np.asarray(per_state, np.int64))
    target = (turns.turns & np.uint64(0xFFFFFFFF)).astype(np.int64)
    cost = (turns.turns >> np.uint64(32)).astype(np.int64)
    back = cost - turns.state_ds[origin] + turns.state_ds[target]
    start, packed = turn_arrays(target, origin, back, turns.n_states)
    flags = turns.state_flags.astype(np.int64)
    swapped = (
        ((flags & FORWARD) ^ FORWARD)
        | np.where(flags & MAY_START, MAY_END, 0)
        | np.where(flags & MAY_END, MAY_START, 0)
    )
    flipped = swapped.astype(np.uint8)
    for array in (flipped, start, packed):
        array.flags.writeable = False  # as those of every network: one compiled search for both
    return Turns(turns.state_start, turns.state_edge, flipped, turns.state_ds, start, packed)
