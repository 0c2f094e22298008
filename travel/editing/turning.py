"""States and turns while streets are being changed.

A network does not keep its extract's signals and restrictions, but its turns show them: one that
is missing is forbidden, and what one takes longer than its bend costs is waited for. So turns that
an edit does not touch stay as they are, copies of states for those who came a certain way too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from travel.network import Network
from travel.turns import FORWARD, MAY_END, MAY_START, Turns, turn_arrays, turns_in

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Turning:
    """States by edge, and turns; see `travel.turns.Turns`.

    Attributes:
        edge: one per state.
        flags: likewise.
        ds: likewise.
        origin: the state each turn leaves.
        target: the state it leads to.
        cost: deciseconds of the edge left behind and of the turn.
    """

    edge: Ints
    flags: npt.NDArray[np.uint8]
    ds: Ints
    origin: Longs
    target: Longs
    cost: Longs

    @property
    def n(self) -> int:
        """How many states."""
        return self.edge.size

    @property
    def is_forward(self) -> Flags:
        """Whether each state travels its edge from tail to head."""
        return np.asarray(self.flags & FORWARD, np.bool_)

    @property
    def extra(self) -> Longs:
        """Deciseconds that each turn takes, without the edge left behind."""
        return np.asarray(self.cost - self.ds[self.origin])


def turning_of(network: Network) -> Turning:
    """Begin with the turns of a network as they are."""
    turns = turns_in(network)
    per_state = np.asarray(np.diff(turns.turn_start.astype(np.int64)), np.int64)
    return Turning(
        edge=turns.state_edge,
        flags=turns.state_flags,
        ds=turns.state_ds,
        origin=np.repeat(np.arange(turns.n_states), per_state),
        target=(turns.turns & np.uint64(0xFFFFFFFF)).astype(np.int64),
        cost=(turns.turns >> np.uint64(32)).astype(np.int64),
    )


def turns_from(turning: Turning, n_edges: int) -> Turns:
    """End with turns as a network has them; states of one edge must follow each other."""
    start, packed = turn_arrays(turning.origin, turning.target, turning.cost, turning.n)
    per_edge = np.bincount(turning.edge, minlength=n_edges)
    state_start = np.concatenate(([0], np.cumsum(per_edge))).astype(np.uint32)
    made = (state_start, turning.edge, turning.flags, turning.ds, start, packed)
    for array in made:
        array.flags.writeable = False  # as those of every network: one compiled search for all
    return Turns(*made)


def kept(turning: Turning, is_kept: Flags) -> Turning:
    """Keep some of the turns."""
    return replace(
        turning,
        origin=turning.origin[is_kept],
        target=turning.target[is_kept],
        cost=turning.cost[is_kept],
    )


def without_edges(turning: Turning, is_closed: Flags) -> Turning:
    """Close edges: nothing turns to or from their states, and no journey starts or ends there."""
    shut = is_closed[turning.edge]
    flags = np.where(shut, turning.flags & FORWARD, turning.flags).astype(np.uint8)
    left = kept(turning, ~(shut[turning.origin] | shut[turning.target]))
    return replace(left, flags=flags)


def with_times(turning: Turning, forward_ds: Ints, backward_ds: Ints) -> Turning:
    """Let edges take other times; what turning costs stays."""
    along = np.where(turning.is_forward, forward_ds[turning.edge], backward_ds[turning.edge])
    ds = np.where(along >= 0, along, turning.ds).astype(np.int32)
    return replace(turning, ds=ds, cost=turning.extra + ds[turning.origin])


def with_turns(turning: Turning, more: list[tuple[int, int, int]]) -> Turning:
    """Add turns: the state left, the one led to, and what the turn itself takes."""
    if not more:
        return turning
    origin, target, extra = np.array(more, np.int64).T
    return replace(
        turning,
        origin=np.concatenate((turning.origin, origin)),
        target=np.concatenate((turning.target, target)),
        cost=np.concatenate((turning.cost, extra + turning.ds[origin])),
    )


def with_states(turning: Turning, edge: int, ds: int) -> Turning:
    """Add the two states of a new edge, which may be begun and ended on."""
    flags = np.array([FORWARD | MAY_START | MAY_END, MAY_START | MAY_END], np.uint8)
    return replace(
        turning,
        edge=np.concatenate((turning.edge, np.full(2, edge, np.int32))),
        flags=np.concatenate((turning.flags, flags)),
        ds=np.concatenate((turning.ds, np.full(2, ds, np.int32))),
    )


def split_states(
    turning: Turning, edge: int, rest: int, first_ds: tuple[int, int], rest_ds: tuple[int, int]
) -> Turning:
    """Cut the states of an edge in two, copies and all, where the edge is cut.

    Args:
        turning: is not changed.
        edge: cut; it keeps its number up to the cut.
        rest: the new edge from there on, the last of all.
        first_ds: deciseconds forwards and backwards up to the cut.
        rest_ds: likewise from there on.
    """
    here = np.flatnonzero(turning.edge == edge)
    forward = turning.is_forward[here]
    there = turning.n + np.arange(here.size)
    extra = turning.extra
    ds = np.concatenate((turning.ds, np.where(forward, *rest_ds))).astype(np.int32)
    ds[here] = np.where(forward, *first_ds)
    moved = np.arange(turning.n)
    moved[here[forward]] = there[forward]  # who drives forwards leaves by the second part
    entered = np.arange(turning.n)
    entered[here[~forward]] = there[~forward]  # who drives backwards comes by it
    origin, target = moved[turning.origin], entered[turning.target]
    cut = replace(
        turning,
        edge=np.concatenate((turning.edge, np.full(here.size, rest, np.int32))),
        flags=np.concatenate((turning.flags, turning.flags[here])),
        ds=ds,
        origin=origin,
        target=target,
        cost=extra + ds[origin],
    )
    is_open = (turning.flags[here] & (MAY_START | MAY_END)) > 0
    before, after = np.where(forward, here, there), np.where(forward, there, here)
    links = zip(before[is_open].tolist(), after[is_open].tolist(), strict=True)
    return with_turns(cut, [(one, other, 0) for one, other in links])
