"""Parts of streets from which every street leads to every other, and what hangs on to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy import sparse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Traps:
    """Pieces of street that one-way streets lead into but not out of, or the other way round.

    Attributes:
        no_way_out: first pieces of the chains from which nothing leads back.
        no_way_out_m: their lengths.
        no_way_in: first pieces of the chains to which nothing leads.
        no_way_in_m: their lengths.
    """

    no_way_out: Ints
    no_way_out_m: Floats
    no_way_in: Ints
    no_way_in_m: Floats


def open_graph(
    tail: Ints, head: Ints, forward_ds: Ints, backward_ds: Ints, n_nodes: int
) -> sparse.csr_array:
    """Make scipy's graph of the directions that are open."""
    from scipy import sparse  # noqa: PLC0415 - a journey need not wait for it

    forward, backward = forward_ds >= 0, backward_ds >= 0
    origin = np.concatenate((tail[forward], head[backward]))
    target = np.concatenate((head[forward], tail[backward]))
    return sparse.csr_array(
        (np.ones(origin.size, np.int8), (origin, target)), shape=(n_nodes, n_nodes)
    )


def parts_of(
    graph: sparse.csr_array, tail: Ints, head: Ints, is_open: npt.NDArray[np.bool_]
) -> tuple[Ints, int]:
    """Number the parts within which every node leads to every other.

    Args:
        graph: of the directions that are open.
        tail: of each edge.
        head: likewise.
        is_open: whether each edge is in the graph.

    Returns:
        The part of each edge (-1 between two parts, or if it is not open), and how many parts
        hold an edge.
    """
    from scipy.sparse import csgraph  # noqa: PLC0415 - a journey need not wait for it

    _, label = csgraph.connected_components(graph, directed=True, connection="strong")
    within = is_open & (label[tail] == label[head])
    held, part = np.unique(label[tail[within]], return_inverse=True)
    numbered = np.full(tail.size, -1, np.int32)
    numbered[within] = part
    return numbered, held.size


def touching(
    is_kept: npt.NDArray[np.bool_], tail: Ints, head: Ints, n_nodes: int
) -> npt.NDArray[np.bool_]:
    """Say which edges have an end on one that is kept."""
    is_on = np.zeros(n_nodes, np.bool_)
    is_on[tail[is_kept]] = is_on[head[is_kept]] = True
    return np.asarray(is_on[tail] | is_on[head])


def traps_of(
    graph: sparse.csr_array,
    tail: Ints,
    head: Ints,
    length_m: Floats,
    is_kept: npt.NDArray[np.bool_],
    first: Ints,
) -> Traps:
    """Find the edges left out that the network leads to, or that lead to it."""
    start = int(tail[np.flatnonzero(is_kept)[0]])
    leads_to = _led_to(graph, start)
    comes_from = _led_to(graph.T.tocsr(), start)
    is_out = ~is_kept & (leads_to[tail] & leads_to[head])
    is_in = ~is_kept & (comes_from[tail] & comes_from[head]) & ~is_out
    out, into = np.flatnonzero(is_out), np.flatnonzero(is_in)
    return Traps(first[out], length_m[out], first[into], length_m[into])


def _led_to(graph: sparse.csr_array, start: int) -> npt.NDArray[np.bool_]:
    from scipy.sparse import csgraph  # noqa: PLC0415 - a journey need not wait for it

    order = csgraph.breadth_first_order(graph, start, return_predecessors=False)
    found = np.zeros(graph.shape[0], np.bool_)
    found[order] = True
    return found
