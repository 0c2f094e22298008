"""The bounded search over states: every edge that can be entered within a limit, turns counted.

As in `travel.paths.search`, labels count what is left of the limit, plus one. What is counted is
the time at which an edge is *entered*, after the turn onto it: an edge of which only the first
metres are in reach has a label too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.network import DECISECONDS, Network
from travel.paths.own_edge import improve_without_a_junction
from travel.paths.search import Reach, Workspace
from travel.paths.times import Times
from travel.paths.turn_kernels import arrive_at_nodes, arrive_on_edges, first_states, search_states
from travel.snapping import Snapped
from travel.turns import Turns

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False, slots=True)
class TurnReach:
    """Every edge that can be entered within a limit of the starting points.

    Attributes:
        network: the streets searched; they have turns.
        origin: the starting points, on their edges.
        spent_ds: ``int32`` deciseconds already spent when leaving each starting point's edge.
        limit_ds: deciseconds.
        left_ds: ``int32``, one per state: deciseconds left of the limit when it is entered, plus
            one; 0 where it is not. The stretch that a journey starts on is not entered.
        metres: ``float32``, one per state: length of the quickest way there; meaningless where it
            is not entered.
        states: ``int32``, those entered, in no order.
    """

    network: Network
    origin: Snapped
    spent_ds: Ints
    limit_ds: int
    left_ds: Ints
    metres: Singles
    states: Ints

    @property
    def turns(self) -> Turns:
        """The turns that were searched."""
        return turns_in(self.network)

    def at_junctions(self) -> Reach:
        """Return when each junction is first come to, for pictures that know no turns."""
        network, turns = self.network, self.turns
        node, ds, metres = _ends(network, self.origin, self.spent_ds)
        left, node_m = np.zeros(network.n_nodes, np.int32), np.zeros(network.n_nodes, np.float32)
        is_in = ds <= self.limit_ds
        for at, spent, way in zip(node[is_in], ds[is_in], metres[is_in], strict=True):
            if self.limit_ds + 1 - spent > left[at]:
                left[at], node_m[at] = self.limit_ds + 1 - spent, way
        arrive_at_nodes(
            self.states,
            self.left_ds,
            self.metres,
            turns.state_edge,
            turns.state_flags,
            turns.state_ds,
            network.tail,
            network.head,
            network.length_m,
            left,
            node_m,
        )
        workspace = Workspace(network)
        nodes = workspace.hold(left, node_m)
        limit, searches = self.limit_ds, workspace.searches
        return Reach(network, self.origin, self.spent_ds, limit, nodes, workspace, searches)


def turns_in(network: Network) -> Turns:
    """Return the turns of a network that has some.

    Raises:
        ValueError: the network's mode turns freely.
    """
    if network.turns is None:
        raise ValueError(f"the network of mode {network.mode!r} has no turns")
    return network.turns


def turn_reach_from(
    network: Network,
    origin: Snapped,
    *,
    limit_s: float,
    spent_s: npt.ArrayLike = 0.0,
) -> TurnReach:
    """Search from one or several points at once, keeping to turn restrictions.

    Args:
        network: streets with turns.
        origin: starting points; those without an edge are passed over. They may set out in either
            direction that is open.
        limit_s: seconds; how far the search goes.
        spent_s: seconds already spent at each starting point, one number or one per point.

    Raises:
        ValueError: the limit or the time spent is negative or not finite, or there are no turns.
    """
    turns = turns_in(network)
    spent = np.broadcast_to(np.asarray(spent_s, np.float64), len(origin))
    if not (
        np.isfinite(limit_s) and limit_s >= 0 and np.isfinite(spent).all() and (spent >= 0).all()
    ):
        raise ValueError("limit_s and spent_s must be seconds, not negative")
    walk_s = np.nan_to_num(origin.distance_m) / network.off_street_m_s
    spent_ds = np.rint((spent + walk_s) * DECISECONDS).astype(np.int32)
    limit_ds = round(limit_s * DECISECONDS)
    state, ds, metres_at = first_states(
        origin.edge,
        origin.fraction,
        np.nan_to_num(origin.distance_m),
        spent_ds,
        turns.state_start,
        turns.state_flags,
        turns.state_ds,
        turns.turn_start,
        turns.turns,
        network.length_m,
    )
    left, metres, states = search_states(
        turns.turn_start,
        turns.turns,
        turns.state_edge,
        network.length_m,
        state,
        ds,
        metres_at,
        limit_ds,
    )
    return TurnReach(network, origin, spent_ds, limit_ds, left, metres, states)


def turn_times_to(reach: TurnReach, destinations: Snapped) -> Times:
    """Read the times to snapped points off a search already made."""
    network, turns = reach.network, reach.turns
    seconds, metres = arrive_on_edges(
        destinations.edge,
        destinations.fraction,
        destinations.distance_m,
        reach.left_ds,
        reach.metres,
        reach.limit_ds,
        turns.state_start,
        turns.state_flags,
        turns.state_ds,
        network.length_m,
        network.off_street_m_s,
    )
    for start in range(len(reach.origin)):
        improve_without_a_junction(reach, start, destinations, seconds, metres)
    is_beyond = seconds > reach.limit_ds / DECISECONDS
    seconds[is_beyond] = np.nan
    metres[is_beyond] = np.nan
    return Times(seconds, metres)


def _ends(network: Network, origin: Snapped, spent_ds: Ints) -> tuple[Ints, Ints, Floats]:
    """List the ends of the starting points' edges, when they are come to, and how far they are."""
    is_on = origin.is_on_street
    edge, fraction = origin.edge[is_on], origin.fraction[is_on]
    forward, backward = network.forward_ds[edge], network.backward_ds[edge]
    node = np.concatenate((network.head[edge], network.tail[edge]))
    on_edge = np.concatenate((np.rint((1 - fraction) * forward), np.rint(fraction * backward)))
    length, off = network.length_m[edge], origin.distance_m[is_on]
    metres = np.concatenate((off + (1 - fraction) * length, off + fraction * length))
    can = np.concatenate((forward, backward)) >= 0
    ds = on_edge + np.tile(spent_ds[is_on], 2)
    return node[can], ds[can].astype(np.int32), metres[can]
