"""What the loops of a search read of a network: the one place that chooses nodes or states."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from travel.network import Network
from travel.paths.entries import Streets
from travel.turns import Turns


def streets_of(network: Network) -> Streets:
    """Choose arcs between nodes or, where the network has turns, turns between states."""
    edges = (network.tail, network.head, network.forward_ds, network.backward_ds, network.length_m)
    turns = network.turns
    if turns is None:
        arc_m = _metres(network, network.arc_edge)
        return Streets(network.arc_start, network.arcs, arc_m, *edges)
    arc_m = _metres(network, _edge_left_behind(turns))
    states = (turns.state_start, turns.state_edge, turns.state_flags, turns.state_ds)
    return Streets(turns.turn_start, turns.turns, arc_m, *edges, *states)


def _metres(network: Network, edge: npt.NDArray[np.int32]) -> npt.NDArray[np.float32]:
    metres = network.length_m[edge].astype(np.float32)
    metres.flags.writeable = False  # as those of every network: one compiled search for all
    return metres


def _edge_left_behind(turns: Turns) -> npt.NDArray[np.int32]:
    """Name the edge that each turn leaves."""
    per_state = np.diff(turns.turn_start.astype(np.int64))
    return np.repeat(turns.state_edge, np.asarray(per_state, np.int64))
