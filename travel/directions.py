"""The directions in which edges may be travelled, and the same the other way round."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from travel.network import Network
from travel.numbering import order_by
from travel.rules.verdict import FOR_ACCESS
from travel.turns import reversed_turns

Ints = npt.NDArray[np.int32]


def arcs_of(
    tail: Ints, head: Ints, forward_ds: Ints, backward_ds: Ints, n_nodes: int
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint64], Ints]:
    """List the directions in which edges may be travelled, by the node they leave.

    Returns:
        Start of each node's arcs, the arcs (head, and deciseconds in the upper half), their edges.
    """
    forward, backward = np.flatnonzero(forward_ds >= 0), np.flatnonzero(backward_ds >= 0)
    edge = np.concatenate((forward, backward)).astype(np.int32)
    origin = np.concatenate((tail[forward], head[backward]))
    target = np.concatenate((head[forward], tail[backward]))
    weight = np.concatenate((forward_ds[forward], backward_ds[backward]))
    order = order_by(origin, edge)
    packed = target.astype(np.uint64) | weight.astype(np.uint64) << np.uint64(32)
    start = np.concatenate(([0], np.cumsum(np.bincount(origin, minlength=n_nodes))))
    return start.astype(np.uint32), packed[order], edge[order]


def through(
    forward_ds: Ints, backward_ds: Ints, traits: npt.NDArray[np.uint8]
) -> tuple[Ints, Ints]:
    """Close the edges that are open only to those whose journey starts or ends along them.

    Where turns count, a search knows who came from where. Elsewhere such edges have no arcs:
    journeys start and end on them, and nobody passes.
    """
    is_private = (traits & FOR_ACCESS) > 0
    return (
        np.where(is_private, -1, forward_ds).astype(np.int32),
        np.where(is_private, -1, backward_ds).astype(np.int32),
    )


def passes_private(network: Network) -> bool:
    """Say whether edges that are open for access only have arcs, as where turns count."""
    return bool((network.traits[network.arc_edge] & FOR_ACCESS).any())


def reversed_network(network: Network) -> Network:
    """Turn every direction of travel round; shapes, and so snapped points, stay as they are.

    A search on the reversed network from a school tells how long it takes *to* the school from
    everywhere. Keep `Network.reversed` rather than calling this again.
    """
    if network.turns is None and _is_alike_both_ways(network):
        return network
    weights = network.backward_ds, network.forward_ds
    if not passes_private(network):
        weights = through(*weights, network.traits)
    arc_start, arcs, arc_edge = arcs_of(network.tail, network.head, *weights, network.n_nodes)
    for array in (arc_start, arcs, arc_edge):
        array.flags.writeable = False  # as those of every network: one compiled search for both
    turned = replace(
        network,
        forward_ds=network.backward_ds,
        backward_ds=network.forward_ds,
        climb_m=network.descent_m,
        descent_m=network.climb_m,
        arc_start=arc_start,
        arcs=arcs,
        arc_edge=arc_edge,
        turns=None if network.turns is None else reversed_turns(network.turns),
        network_id=f"{network.network_id}-reversed",
    )
    turned.__dict__["grounds"] = network.grounds  # the nearest street is the same either way
    return turned


def _is_alike_both_ways(network: Network) -> bool:
    return np.array_equal(network.forward_ds, network.backward_ds) and np.array_equal(
        network.climb_m, network.descent_m
    )
