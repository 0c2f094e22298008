"""A network prepared so that many travel times cost little more than one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from travel.hierarchy.contraction import Graph, Topology, contract, neighbours_in
from travel.hierarchy.customising import Arcs, customise
from travel.hierarchy.dissection import dissect
from travel.hierarchy.selection import Selection, select
from travel.network import Network
from travel.snapping import Snapped

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """A customisable contraction hierarchy of a network.

    Its vertices are junctions; where turning costs time, they are the network's states. It gives
    the same times as a bounded search, to the decisecond.

    Attributes:
        network: the streets it belongs to.
        topology: its vertices in order, and their neighbours above.
        arcs: with travel times, only those that quickest ways need.
    """

    network: Network
    topology: Topology
    arcs: Arcs

    @staticmethod
    def of(network: Network) -> Hierarchy:
        """Prepare a network."""
        return _made(network, contract(order_of(network), neighbours_of(network)))

    def save(self, folder: Path) -> None:
        """Write the hierarchy into a folder; see `travel.hierarchy.storage`."""
        from travel.hierarchy.storage import save_hierarchy  # noqa: PLC0415 - it needs this module

        save_hierarchy(self, folder)

    @staticmethod
    def load(folder: Path, network: Network) -> Hierarchy:
        """Open a saved hierarchy in milliseconds: its arrays are mapped, not read.

        Raises:
            NetworkError: there is none in the folder, or it is damaged, of another version or of
                another network.
        """
        from travel.hierarchy.storage import load_hierarchy  # noqa: PLC0415 - it needs this module

        return load_hierarchy(folder, network)

    def customised(self, network: Network) -> Hierarchy:
        """Prepare an edited network, keeping what does not depend on travel times.

        Where the edit added streets, vertices are taken away anew, in the same order; the new
        ones come last. That takes longer than new times alone, but no map is cut again.

        Args:
            network: made of this hierarchy's network by `travel.editing`, or with the same
                streets at other speeds.
        """
        if _n_vertices(network) == self.topology.n:
            arcs = customise(self.topology, graph_of(network))
            if arcs is not None:
                return Hierarchy(network, self.topology, arcs)
        return _made(network, contract(self._extended(network), neighbours_of(network)))

    @cached_property
    def reversed(self) -> Hierarchy:
        """The hierarchy of the network travelled the other way round: times *to* places."""
        if self.network.reversed is self.network:
            return self
        return self.customised(self.network.reversed)

    def select(self, destinations: Snapped) -> Selection:
        """Keep what is needed to come to some destinations, for many batches of origins."""
        return select(self.network, self.topology, self.arcs, destinations)

    def _extended(self, network: Network) -> Ints:
        """Rank the vertices of an edited network: those that are new come last."""
        n, n_before = _n_vertices(network), self.topology.n
        rank = np.arange(n, dtype=np.int32)
        rank[: min(n, n_before)] = self.topology.rank[: min(n, n_before)]
        return _dense(rank)


def graph_of(network: Network) -> Graph:
    """Return what is contracted: states where turning costs time, or else junctions."""
    if network.turns is None:
        return Graph(network.arc_start, network.arcs)
    return Graph(network.turns.turn_start, network.turns.turns)


def _made(network: Network, topology: Topology) -> Hierarchy:
    arcs = customise(topology, graph_of(network))
    if arcs is None:
        raise AssertionError("a hierarchy has a place for every arc of the graph it was made of")
    return Hierarchy(network, topology, arcs)


def _n_vertices(network: Network) -> int:
    return network.n_nodes if network.turns is None else network.turns.n_states


def order_of(network: Network) -> Ints:
    """Rank nodes; or states by their edges, those across a cut between its two sides."""
    node_rank, edge_rank = dissect(network)
    if network.turns is None:
        return node_rank
    return _dense(edge_rank[network.turns.state_edge])


def _dense(rank: Ints) -> Ints:
    """Number ranks from 0 without gaps; of equal ones the first comes first."""
    dense = np.empty(rank.size, np.int32)
    dense[np.argsort(rank, kind="stable")] = np.arange(rank.size, dtype=np.int32)
    return dense


def neighbours_of(network: Network) -> tuple[npt.NDArray[np.int64], Ints]:
    """List neighbours; all states of an edge are, so that an edit may let cars turn round."""
    if network.turns is None:
        nothing = np.zeros(0, np.int32)
        return neighbours_in(graph_of(network), (nothing, nothing))
    edge = network.turns.state_edge
    state = np.arange(edge.size, dtype=np.int32)
    most = int(np.diff(network.turns.state_start).max(initial=1))
    pairs = [state[:-k][edge[:-k] == edge[k:]] for k in range(1, most)]
    one = np.concatenate([np.zeros(0, np.int32), *pairs])
    step = np.repeat(np.arange(1, most), [pair.size for pair in pairs])
    return neighbours_in(graph_of(network), (one, (one + step).astype(np.int32)))
