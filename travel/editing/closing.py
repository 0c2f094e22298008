"""Streets closed, and streets travelled at another speed."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from travel.directions import passes_private, through
from travel.editing.rebuilding import rebuilt
from travel.errors import EditError
from travel.network import DECISECONDS, M_PER_S, Network
from travel.streets.parts import open_graph, parts_of, touching

Ints = npt.NDArray[np.int32]


def close_edges(network: Network, edges: npt.ArrayLike) -> Network:
    """Close streets to everybody.

    What can then not be reached and left again is closed too, as when a network is built. Edges
    and nodes keep their numbers; closed edges are open in neither direction and nothing is
    snapped to them.

    Args:
        network: the streets; it stays as it is.
        edges: which; see `travel.editing.edges_at` and `travel.editing.edges_along`.

    Returns:
        The edited network; its id begins with that of the one it was made of.

    Raises:
        EditError: there is no such edge, or nothing would stay open.
    """
    which = chosen(network, edges)
    forward, backward = network.forward_ds.copy(), network.backward_ds.copy()
    forward[which] = backward[which] = -1
    ends, weights = (network.tail, network.head), (forward, backward)
    if not passes_private(network):
        weights = through(*weights, network.traits)
    graph = open_graph(*ends, *weights, network.n_nodes)
    is_through = (weights[0] >= 0) | (weights[1] >= 0)
    part, parts = parts_of(graph, *ends, is_through)
    metres = np.bincount(part[part >= 0], network.length_m[part >= 0], parts)
    if not metres.any():
        raise EditError(
            f"with {which.size:,} edges closed no street would lead back to where it starts",
            hint="close fewer streets.",
        )
    is_kept = part == metres.argmax()
    is_kept |= ~is_through & touching(is_kept, *ends, network.n_nodes)
    forward[~is_kept] = backward[~is_kept] = -1
    return rebuilt(network, ("close", which), forward_ds=forward, backward_ds=backward)


def change_speed(network: Network, edges: npt.ArrayLike, *, kmh: float) -> Network:
    """Let streets be travelled at another speed, in the directions that are open.

    Time lost at crossings on the way along an edge is not kept apart from its speed, and is
    counted in: ``kmh`` is the speed from one end to the other.

    Args:
        network: the streets; it stays as it is.
        edges: which; see `travel.editing.edges_at` and `travel.editing.edges_along`.
        kmh: kilometres an hour.

    Returns:
        The edited network; its id begins with that of the one it was made of.

    Raises:
        EditError: the speed is not positive, or there is no such edge.
    """
    which = chosen(network, edges)
    ds = deciseconds(network.length_m[which], kmh)
    forward, backward = network.forward_ds.copy(), network.backward_ds.copy()
    for weight in (forward, backward):
        weight[which] = np.where(weight[which] >= 0, ds, -1)
    said = ("speed", which, np.array([kmh]))
    return rebuilt(network, said, forward_ds=forward, backward_ds=backward)


def deciseconds(length_m: npt.NDArray[np.float64], kmh: float) -> Ints:
    """Turn metres into whole deciseconds, at least one.

    Raises:
        EditError: the speed is not positive.
    """
    if not (math.isfinite(kmh) and kmh > 0):
        raise EditError(
            f"a speed of {kmh:g} km/h takes nobody anywhere",
            hint="give a speed above 0; to close a street, close it.",
        )
    ds = np.maximum(np.rint(length_m / (kmh * M_PER_S) * DECISECONDS), 1)
    if ds.size and ds.max() > np.iinfo(np.int32).max // 8:
        raise EditError(
            f"at {kmh:g} km/h a street would take years", hint="give a speed in kilometres an hour."
        )
    return ds.astype(np.int32)


def chosen(network: Network, edges: npt.ArrayLike) -> Ints:
    """Return edges, each once.

    Raises:
        EditError: there are none, one is not of the network, or one is closed already.
    """
    which = np.unique(np.atleast_1d(np.asarray(edges)).astype(np.int64))
    if not which.size:
        raise EditError("no street was named", hint="name at least one edge.")
    odd = which[(which < 0) | (which >= network.n_edges)]
    if odd.size:
        raise EditError(
            f"edge {odd[0]} is not one of the network's {network.n_edges:,} (numbered from 0)",
            hint="edges are numbered anew whenever a network is built; find them by place.",
        )
    is_shut = (network.forward_ds[which] < 0) & (network.backward_ds[which] < 0)
    if is_shut.any():
        raise EditError(
            f"edge {which[is_shut][0]} is closed already",
            hint="go back to the network before it was closed.",
        )
    return which.astype(np.int32)
