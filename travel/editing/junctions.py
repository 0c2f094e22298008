"""What turning costs at the junctions that an edit changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from travel.editing.turning import Turning, kept, with_turns
from travel.network import Network
from travel.rules.modes import RULES
from travel.rules.verdict import FOR_ACCESS
from travel.streets.restricting import Bans
from travel.streets.states import Delays, list_turns, states_of
from travel.streets.turning import delays
from travel.turns import MAY_END, MAY_START

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Drive(NamedTuple):
    """An edge in one direction."""

    edge: int
    is_forward: bool

    @property
    def back(self) -> Drive:
        """The other direction."""
        return Drive(self.edge, not self.is_forward)


@dataclass(frozen=True, slots=True)
class Junction:
    """What the extract said about a junction, as its turns show it.

    Attributes:
        wait_ds: lost whichever way one goes.
        is_small_roundabout: all turns take the same.
    """

    wait_ds: int
    is_small_roundabout: bool


@dataclass(frozen=True, slots=True)
class Before:
    """Some junctions before an edit.

    Attributes:
        junctions: by node.
        is_stuck: by state that comes to one of them: whether there was no way on, nor back.
    """

    junctions: dict[int, Junction]
    is_stuck: dict[int, bool]


def read_junctions(turning: Turning, network: Network, nodes: Ints) -> Before:
    """Read what junctions are like off their turns.

    Args:
        turning: of the network.
        network: before it is edited; its own turns are not looked at.
        nodes: whose junctions.
    """
    cost = delays(RULES[network.mode])
    bends = _bends(network, nodes, cost)
    found: dict[int, list[tuple[int, int]]] = {node: [] for node in nodes.tolist()}
    backs: dict[int, int] = {}
    heads = _heads(turning, network)
    for turn in _turns_at(turning, heads, nodes, network.n_nodes):
        one, other = _drive(turning, turning.origin[turn]), _drive(turning, turning.target[turn])
        node, extra = int(heads[turning.origin[turn]]), int(turning.extra[turn])
        if one.back == other:
            backs[node] = extra - cost.u_turn
        elif (one, other) in bends:
            found[node].append((extra, extra - bends[one, other]))
    junctions = {node: _junction(said, backs.get(node, 0), cost) for node, said in found.items()}
    ways = _ways_on(turning, network, heads, nodes)
    stuck = {state: not (on or back) for state, (on, back) in ways.items()}
    return Before(junctions, stuck)


def settled(turning: Turning, network: Network, before: Before) -> Turning:
    """Let turns cost what they do after an edit, and let cars turn round where they must.

    That a turn back was forbidden is not known where there was another way on.

    Args:
        turning: with the turns that there are after the edit.
        network: the edited streets.
        before: the junctions that were changed, as they were.
    """
    nodes = np.array(sorted(before.junctions), np.int32)
    cost = delays(RULES[network.mode])
    bends = _bends(network, nodes, cost)
    heads = _heads(turning, network)
    changed = turning.cost.copy()
    for turn in _turns_at(turning, heads, nodes, network.n_nodes):
        one, other = _drive(turning, turning.origin[turn]), _drive(turning, turning.target[turn])
        junction = before.junctions[int(heads[turning.origin[turn]])]
        if one.back != other and not junction.is_small_roundabout and (one, other) in bends:
            extra = junction.wait_ds + bends[one, other]
            changed[turn] = turning.ds[turning.origin[turn]] + extra
    return _with_ways_back(replace(turning, cost=changed), network, heads, nodes, before)


def joined(turning: Turning, network: Network, before: Before, edge: int) -> Turning:
    """Add the turns to and from a new street; restrictions say nothing about it.

    Args:
        turning: with the new street's states, without its turns.
        network: the edited streets.
        before: the junctions at its ends, as they were.
        edge: the new street, which is open to all.
    """
    cost = delays(RULES[network.mode])
    nodes = np.array(sorted(before.junctions), np.int32)
    at = _states_at(turning, network, nodes)
    more = []
    for (one, other), bend in _bends(network, nodes, cost).items():
        if edge not in {one.edge, other.edge} or one.edge == other.edge:
            continue
        junction = before.junctions[_head(network, one)]
        extra = junction.wait_ds + (cost.roundabout if junction.is_small_roundabout else bend)
        to = _entered(turning, network, at[other])
        is_private = bool(network.traits[one.edge] & FOR_ACCESS)
        more += [
            (state, to, extra)
            for state in at[one]
            if not is_private or turning.flags[state] & MAY_START
        ]
    return with_turns(turning, more)


def _junction(said: list[tuple[int, int]], back_ds: int, cost: Delays) -> Junction:
    """Tell waiting from a small roundabout, at which no bend costs more than another."""
    if not said:
        return Junction(max(back_ds, 0), is_small_roundabout=False)
    waits = {wait for _, wait in said}
    if len(waits) == 1:
        return Junction(waits.pop(), is_small_roundabout=False)
    return Junction(min(extra for extra, _ in said) - cost.roundabout, is_small_roundabout=True)


def _bends(network: Network, nodes: Ints, cost: Delays) -> dict[tuple[Drive, Drive], int]:
    """List what turns at some nodes cost where nothing is forbidden and nobody waits."""
    some = _streets_at(network, nodes)
    near = replace(
        network,
        **{name: getattr(network, name)[some] for name in _PER_EDGE},
        **_shapes(network, some),
        turns=None,
    )
    states = states_of(near)
    nothing = np.zeros(near.n_nodes, np.int32)
    n_base = states.edge.size - int((states.copy >= 0).sum())
    free = Bans(np.zeros(0, np.int64), np.zeros(n_base, np.bool_), frozenset(), ())
    origin, target, ds = list_turns(near, states, free, nothing, nothing > 0, cost)
    is_in = np.isin(states.head[origin], nodes) & (origin < n_base)
    edge, forward = some[states.edge].tolist(), states.is_forward.tolist()
    bend = (ds - states.ds[origin])[is_in].tolist()
    pairs = zip(origin[is_in].tolist(), target[is_in].tolist(), bend, strict=True)
    return {
        (Drive(edge[a], forward[a]), Drive(edge[b], forward[b])): extra for a, b, extra in pairs
    }


_PER_EDGE = ("tail", "head", "length_m", "forward_ds", "backward_ds", "traits")


def _streets_at(network: Network, nodes: Ints) -> Longs:
    is_in = np.zeros(network.n_nodes, np.bool_)
    is_in[nodes] = True
    return np.flatnonzero(is_in[network.tail] | is_in[network.head])


def _shapes(network: Network, edges: Longs) -> dict[str, Any]:
    size = np.diff(network.shape_start)[edges]
    start = np.concatenate(([0], np.cumsum(size)))
    point = np.arange(start[-1]) + np.repeat(network.shape_start[edges] - start[:-1], size)
    names = ("shape_x", "shape_y", "shape_m")
    return {"shape_start": start} | {name: getattr(network, name)[point] for name in names}


def _heads(turning: Turning, network: Network) -> Ints:
    return np.where(turning.is_forward, network.head[turning.edge], network.tail[turning.edge])


def _head(network: Network, drive: Drive) -> int:
    return int((network.head if drive.is_forward else network.tail)[drive.edge])


def _turns_at(turning: Turning, heads: Ints, nodes: Ints, n_nodes: int) -> list[int]:
    is_in = np.zeros(n_nodes, np.bool_)
    is_in[nodes] = True
    return [int(turn) for turn in np.flatnonzero(is_in[heads[turning.origin]])]


def _drive(turning: Turning, state: int) -> Drive:
    return Drive(int(turning.edge[state]), bool(turning.is_forward[state]))


def _states_at(turning: Turning, network: Network, nodes: Ints) -> dict[Drive, list[int]]:
    """List the states on the streets at some nodes, but those of closed streets."""
    is_near = np.zeros(network.n_edges, np.bool_)
    is_near[_streets_at(network, nodes)] = True
    is_open = (turning.flags & (MAY_START | MAY_END)) > 0
    found: dict[Drive, list[int]] = {}
    for state in np.flatnonzero(is_near[turning.edge] & is_open).tolist():
        found.setdefault(_drive(turning, state), []).append(state)
    return found


def _entered(turning: Turning, network: Network, states: list[int]) -> int:
    """Choose the state of a street that one comes to from a public road.

    An edge open for access only has copies for those; others come after them.
    """
    copies = [state for state in states if not turning.flags[state] & MAY_START]
    is_private = bool(network.traits[turning.edge[states[0]]] & FOR_ACCESS)
    return copies[0] if is_private and copies else states[0]


def _ways_on(
    turning: Turning, network: Network, heads: Ints, nodes: Ints
) -> dict[int, tuple[bool, bool]]:
    """Say of each state that comes to some nodes whether there is a way on, and one back.

    From a public road, a way on to roads for access only is none.
    """
    is_in = np.isin(heads, nodes) & ((turning.flags & (MAY_START | MAY_END)) > 0)
    ways = {int(state): (False, False) for state in np.flatnonzero(is_in)}
    is_private = (network.traits[turning.edge] & FOR_ACCESS) > 0
    for turn in _turns_at(turning, heads, nodes, network.n_nodes):
        origin, target = int(turning.origin[turn]), int(turning.target[turn])
        on, back = ways.get(origin, (False, False))
        if _drive(turning, origin).back == _drive(turning, target):
            back = True
        elif is_private[origin] or not is_private[target]:
            on = True
        ways[origin] = on, back
    return ways


def _with_ways_back(
    turning: Turning, network: Network, heads: Ints, nodes: Ints, before: Before
) -> Turning:
    at = _states_at(turning, network, nodes)
    u_turn = delays(RULES[network.mode]).u_turn
    more, no_more = [], []
    for state, (on, back) in _ways_on(turning, network, heads, nodes).items():
        if on and back:
            no_more.append(state)
        if on or back or before.is_stuck.get(state, False):
            continue
        drive = _drive(turning, state)
        behind = at.get(drive.back, [])
        if behind:
            is_first = bool(turning.flags[state] & MAY_START)
            to = behind[0] if is_first else _entered(turning, network, behind)
            more.append((state, to, before.junctions[int(heads[state])].wait_ds + u_turn))
    is_back = turning.edge[turning.origin] == turning.edge[turning.target]
    is_back &= turning.is_forward[turning.origin] != turning.is_forward[turning.target]
    left = kept(turning, ~(is_back & np.isin(turning.origin, no_more)))
    return with_turns(left, more)
