"""From chains of points to the flat arrays of a network."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy import sparse

from config.assumptions import assumptions
from travel.chains import Chains
from travel.covering import coverage
from travel.hilbert import hilbert_order
from travel.index import frame_around, segments_by_cell
from travel.network import DECISECONDS, M_PER_S, Network

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Distinct paces.

    Attributes:
        forward_kmh: in the direction drawn; 0 where that is not allowed.
        backward_kmh: against it.
    """

    forward_kmh: Floats
    backward_kmh: Floats


@dataclass(frozen=True, slots=True)
class Assembled:
    """A network and what was left out of it.

    Attributes:
        network: the largest part from which every street leads to every other.
        components: parts there were.
        components_metres: length of the parts left out.
    """

    network: Network
    components: int
    components_metres: float


@dataclass(frozen=True, slots=True)
class _Edges:
    """Edges between numbered nodes, with the chain each one came from."""

    tail: Ints
    head: Ints
    length_m: Floats
    forward_ds: Ints
    backward_ds: Ints
    chain: Longs


def assemble(
    chains: Chains, x: Floats, y: Floats, kinds: Kinds, *, date: datetime | None = None
) -> Assembled:
    """Make a network of chains.

    Args:
        chains: between junctions.
        x: metres EPSG:27700, one per point that the chains name.
        y: likewise.
        kinds: the paces that chains name.
        date: when the streets were current.
    """
    junctions, edges = _edges(chains, x, y, kinds)
    part, parts = _parts(edges, junctions.size)
    metres = np.bincount(part[part >= 0], edges.length_m[part >= 0], parts)
    is_kept = part == metres.argmax()
    junctions, kept = _renumber(junctions, _taken(edges, np.flatnonzero(is_kept)), x, y)
    along = _along(chains, x, y)
    point, shape_start = _gather(chains, kept.chain)
    arc_start, arcs, arc_edge = _arcs(kept, junctions.size)
    shape_x, shape_y = x[chains.point[point]], y[chains.point[point]]
    frame = frame_around(shape_x, shape_y)
    cell_start, cell_segment = segments_by_cell(frame, shape_start, shape_x, shape_y)
    has_street = (np.diff(cell_start) > 0).reshape(frame.rows, frame.columns)
    arrays: dict[str, npt.NDArray[Any]] = {
        "x": x[junctions],
        "y": y[junctions],
        "tail": kept.tail,
        "head": kept.head,
        "length_m": kept.length_m,
        "forward_ds": kept.forward_ds,
        "backward_ds": kept.backward_ds,
        "shape_start": shape_start,
        "shape_x": shape_x,
        "shape_y": shape_y,
        "shape_m": along[point],
        "shape_edge": np.repeat(np.arange(kept.tail.size, dtype=np.int32), np.diff(shape_start)),
        "arc_start": arc_start,
        "arcs": arcs,
        "arc_edge": arc_edge,
        "cell_start": cell_start,
        "cell_segment": cell_segment,
    }
    for array in arrays.values():
        array.flags.writeable = False
    outline = coverage(frame, has_street)
    network = Network(
        mode="walk",
        off_street_kmh=assumptions("walking")["pace"].value,
        date=date,
        frame=frame,
        coverage=outline,
        network_id=_digest(arrays, outline),
        **arrays,
    )
    return Assembled(network, parts, float(edges.length_m[~is_kept].sum()))


def _edges(chains: Chains, x: Floats, y: Floats, kinds: Kinds) -> tuple[Longs, _Edges]:
    """Measure chains, and number the junctions that they join."""
    ends = np.stack((chains.point[chains.start[:-1]], chains.point[chains.start[1:] - 1]))
    junctions, numbered = np.unique(ends, return_inverse=True)
    tail, head = numbered.reshape(ends.shape).astype(np.int32)
    length = _along(chains, x, y)[chains.start[1:] - 1]
    return junctions.astype(np.int64), _Edges(
        tail=tail,
        head=head,
        length_m=length,
        forward_ds=_deciseconds(length, kinds.forward_kmh[chains.kind]),
        backward_ds=_deciseconds(length, kinds.backward_kmh[chains.kind]),
        chain=np.arange(length.size),
    )


def _along(chains: Chains, x: Floats, y: Floats) -> Floats:
    """Measure metres from each chain's first point to each of its points."""
    step = np.hypot(np.diff(x[chains.point], prepend=0.0), np.diff(y[chains.point], prepend=0.0))
    step[chains.start[:-1]] = 0.0
    total = np.cumsum(step)
    return np.asarray(total - np.repeat(total[chains.start[:-1]], np.diff(chains.start)))


def _deciseconds(length_m: Floats, kmh: Floats) -> Ints:
    """Turn metres into whole deciseconds, at least one; -1 where the pace is 0."""
    is_open = kmh > 0
    seconds = length_m / np.where(is_open, kmh * M_PER_S, 1.0)
    whole = np.maximum(np.rint(seconds * DECISECONDS), 1)
    return np.where(is_open, whole, -1).astype(np.int32)


def _parts(edges: _Edges, n_nodes: int) -> tuple[Ints, int]:
    """Number the parts within which every node leads to every other.

    Returns:
        The part of each edge (-1 between two parts), and how many parts hold an edge.
    """
    forward, backward = edges.forward_ds >= 0, edges.backward_ds >= 0
    origin = np.concatenate((edges.tail[forward], edges.head[backward]))
    target = np.concatenate((edges.head[forward], edges.tail[backward]))
    graph = sparse.csr_array(
        (np.ones(origin.size, np.int8), (origin, target)), shape=(n_nodes, n_nodes)
    )
    _, label = sparse.csgraph.connected_components(graph, directed=True, connection="strong")
    within = label[edges.tail] == label[edges.head]
    held, part = np.unique(label[edges.tail[within]], return_inverse=True)
    numbered = np.full(edges.tail.size, -1, np.int32)
    numbered[within] = part
    return numbered, held.size


def _taken(edges: _Edges, which: Longs) -> _Edges:
    return _Edges(**{each.name: getattr(edges, each.name)[which] for each in fields(edges)})


def _renumber(junctions: Longs, edges: _Edges, x: Floats, y: Floats) -> tuple[Longs, _Edges]:
    """Number nodes along a Hilbert curve and edges by their nodes."""
    used = np.unique(np.concatenate((edges.tail, edges.head)))
    used = used[hilbert_order(x[junctions[used]], y[junctions[used]])]
    number = np.full(junctions.size, -1, np.int32)
    number[used] = np.arange(used.size, dtype=np.int32)
    tail, head = number[edges.tail], number[edges.head]
    order = np.lexsort((edges.chain, np.maximum(tail, head), np.minimum(tail, head)))
    sorted_edges = _taken(edges, order)
    return junctions[used], _Edges(
        tail=tail[order],
        head=head[order],
        length_m=sorted_edges.length_m,
        forward_ds=sorted_edges.forward_ds,
        backward_ds=sorted_edges.backward_ds,
        chain=sorted_edges.chain,
    )


def _gather(chains: Chains, order: Longs) -> tuple[Longs, Longs]:
    """Say which of the chains' points follow each other when chains are taken in this order."""
    size = np.diff(chains.start)[order]
    start = np.concatenate(([0], np.cumsum(size)))
    shift = chains.start[:-1][order] - start[:-1]
    return np.arange(start[-1]) + np.repeat(shift, size), start


def _arcs(
    edges: _Edges, n_nodes: int
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint64], Ints]:
    forward, backward = (
        np.flatnonzero(edges.forward_ds >= 0),
        np.flatnonzero(edges.backward_ds >= 0),
    )
    edge = np.concatenate((forward, backward)).astype(np.int32)
    origin = np.concatenate((edges.tail[forward], edges.head[backward]))
    target = np.concatenate((edges.head[forward], edges.tail[backward]))
    weight = np.concatenate((edges.forward_ds[forward], edges.backward_ds[backward]))
    order = np.lexsort((edge, origin))
    packed = target.astype(np.uint64) | weight.astype(np.uint64) << np.uint64(32)
    start = np.concatenate(([0], np.cumsum(np.bincount(origin, minlength=n_nodes))))
    return start.astype(np.uint32), packed[order], edge[order]


def _digest(arrays: dict[str, npt.NDArray[Any]], outline: shapely.MultiPolygon) -> str:
    digest = hashlib.sha256()
    for name, array in arrays.items():
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(array).data)
    digest.update(shapely.to_wkb(outline, byte_order=1))
    return digest.hexdigest()[:16]
