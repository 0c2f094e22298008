"""Where the search for the nearest place begins, and where it comes to homes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from travel.network import DECISECONDS, Network
from travel.routes.nearest_kernels import Doors, Seeds, Ways
from travel.routes.ranges import spread, starts
from travel.snapping import Snapped
from travel.turns import FORWARD, MAY_END, MAY_START, Turns

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


def walk_ds(network: Network, places: Snapped) -> Longs:
    """Return whole deciseconds between each place and its street."""
    walk_s = np.where(places.is_on_street, places.distance_m, 0.0) / network.off_street_m_s
    return np.rint(walk_s * DECISECONDS).astype(np.int64)


def streets_on(back: Network) -> Ways:
    """List what leads on from each junction."""
    return Ways(back.arc_start, back.arcs, back.streets.arc_m)


def turns_on(back: Network, turns: Turns) -> Ways:
    """List what leads on from each state; the metres of a turn are those of the edge left."""
    per_state = np.diff(turns.turn_start.astype(np.int64))
    length = back.length_m[turns.state_edge].astype(np.float32)
    metres = np.repeat(length, np.asarray(per_state, np.int64))
    metres.flags.writeable = False
    return Ways(turns.turn_start, turns.turns, metres)


def at_junctions(back: Network, places: Snapped, spent_ds: Longs) -> Seeds:
    """Label the ends of the places' edges."""
    number = np.flatnonzero(places.is_on_street)
    edge, fraction = places.edge[number], places.fraction[number]
    off, length = places.distance_m[number], back.length_m[edge]
    rest = np.concatenate((1.0 - fraction, fraction))
    ds = np.concatenate((back.forward_ds[edge], back.backward_ds[edge]))
    can = (ds >= 0) | (rest == 0.0)
    return Seeds(
        at=np.concatenate((back.head[edge], back.tail[edge]))[can],
        place=np.tile(number, 2)[can].astype(np.int32),
        ds=(np.tile(spent_ds[number], 2) + np.rint(rest * ds).astype(np.int64))[can],
        metres=(np.tile(off, 2) + rest * np.tile(length, 2))[can].astype(np.float32),
    )


def at_turns(back: Network, turns: Turns, places: Snapped, spent_ds: Longs) -> Seeds:
    """Label the states that can be entered first from each place."""
    place, state = _states_on(turns, places, MAY_START)
    rest = _rest(turns, state, places.fraction[place])
    whole = turns.state_ds[state].astype(np.int64)
    to_end = np.rint(rest * whole).astype(np.int64) + spent_ds[place] - whole
    metres = places.distance_m[place] + rest * back.length_m[places.edge[place]]
    which, turn = spread(turns.turn_start[state], turns.turn_start[state + 1])
    taken = turns.turns[turn]
    return Seeds(
        at=(taken & np.uint64(0xFFFFFFFF)).astype(np.int32),
        place=place[which].astype(np.int32),
        ds=to_end[which] + (taken >> np.uint64(32)).astype(np.int64),
        metres=metres[which].astype(np.float32),
    )


def by_junctions(back: Network, homes: Snapped) -> Doors:
    """List the ends of the homes' edges that lead to their doors."""
    number = np.flatnonzero(homes.is_on_street)
    edge, fraction = homes.edge[number], homes.fraction[number]
    part = np.concatenate((fraction, 1.0 - fraction))
    ds = np.concatenate((back.forward_ds[edge], back.backward_ds[edge]))
    can = (ds >= 0) | (part == 0.0)
    at = np.concatenate((back.tail[edge], back.head[edge]))
    return _doors(back, homes, np.tile(number, 2)[can], at[can], part[can], ds[can])


def by_states(back: Network, turns: Turns, homes: Snapped) -> Doors:
    """List the states of the homes' edges that lead to their doors."""
    home, state = _states_on(turns, homes, MAY_END)
    part = 1.0 - _rest(turns, state, homes.fraction[home])
    return _doors(back, homes, home, state, part, turns.state_ds[state])


def _doors(
    back: Network,
    homes: Snapped,
    home: Longs,
    at: npt.NDArray[np.integer],
    part: Floats,
    ds: Ints,
) -> Doors:
    off = homes.distance_m[home]
    metres = part * back.length_m[homes.edge[home]] + off
    seconds = part * ds / DECISECONDS + off / back.off_street_m_s
    order = np.argsort(home, kind="stable")
    return Doors(
        starts(home, len(homes)), at.astype(np.int64)[order], seconds[order], metres[order]
    )


def _states_on(turns: Turns, points: Snapped, flag: int) -> tuple[Longs, Longs]:
    """Pair points with the states of their edges that have a flag."""
    number = np.flatnonzero(points.is_on_street)
    edge = points.edge[number].astype(np.int64)
    which, state = spread(turns.state_start[edge], turns.state_start[edge + 1])
    has = (turns.state_flags[state] & flag) > 0
    return number[which[has]], state[has]


def _rest(turns: Turns, state: Longs, fraction: Floats) -> Floats:
    """Return the part of an edge that lies ahead of a point on it."""
    is_forward = (turns.state_flags[state] & FORWARD) > 0
    return np.where(is_forward, 1.0 - fraction, fraction)
