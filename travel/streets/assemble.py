"""From chains of points to the flat arrays of a network."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from config.assumptions import assumptions
from travel.covering import coverage
from travel.directions import arcs_of, through
from travel.errors import ExtractError
from travel.network import DECISECONDS, M_PER_S, Mode, Network
from travel.numbering import order_by, renumbered
from travel.streets.chains import Chains
from travel.streets.hilbert import hilbert_order
from travel.streets.index import frame_around, segments_by_cell
from travel.streets.parts import Traps, open_graph, parts_of, touching, traps_of
from travel.streets.relief import Relief, hills_along, level
from travel.streets.waits import Waits, waited

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Distinct paces.

    Attributes:
        forward_kmh: in the direction drawn; 0 where that is not allowed.
        backward_kmh: against it.
        traits: as in `travel.rules.verdict`; none if left out.
        is_level: whether hills change nothing, as for ferries; none if left out.
        relief: heights, and what slopes do to paces; the ground is level if left out.
        passes_private: whether turns will say who may go on from edges for access only; otherwise
            those are no way through.
    """

    forward_kmh: Floats
    backward_kmh: Floats
    traits: npt.NDArray[np.uint8] | None = None
    is_level: npt.NDArray[np.bool_] | None = None
    relief: Relief | None = None
    passes_private: bool = False


@dataclass(frozen=True, slots=True)
class Assembled:
    """A network and what was left out of it.

    Attributes:
        network: the largest part from which every street leads to every other.
        components: parts there were.
        components_metres: length of the parts left out.
        traps: those of the parts left out that hang on to the network one way.
        node_point: the point of each node.
        edge_first: the piece that each edge starts with, at its tail.
        edge_last: the piece that it ends with.
        shape_point: the point of each shape point.
        steep_m: metres steeper than one in five, if heights are known.
    """

    network: Network
    components: int
    components_metres: float
    traps: Traps
    node_point: Longs
    edge_first: Ints
    edge_last: Ints
    shape_point: Ints
    steep_m: float = 0.0


@dataclass(frozen=True, slots=True)
class _Edges:
    """Edges between numbered nodes, with the chain each one came from."""

    tail: Ints
    head: Ints
    length_m: Floats
    forward_ds: Ints
    backward_ds: Ints
    climb_m: npt.NDArray[np.float32]
    descent_m: npt.NDArray[np.float32]
    chain: Longs


def assemble(
    chains: Chains,
    x: Floats,
    y: Floats,
    kinds: Kinds,
    *,
    mode: Mode = "walk",
    waits: Waits | None = None,
    date: datetime | None = None,
) -> Assembled:
    """Make a network of chains.

    Args:
        chains: between junctions.
        x: metres EPSG:27700, one per point that the chains name.
        y: likewise.
        kinds: the paces that chains name.
        mode: the way of travelling.
        waits: at points that are not junctions; those at junctions are passed over.
        date: when the streets were current.

    Raises:
        ExtractError: all streets are one-way, and none leads back to where it started.
    """
    along = _along(chains, x, y)
    junctions, edges, steep_m = _edges(chains, x, y, along, kinds, waits)
    ends = edges.tail, edges.head
    traits = _traits(kinds)[chains.kind]
    weights = edges.forward_ds, edges.backward_ds
    if not kinds.passes_private:
        weights = through(*weights, traits)
    graph = open_graph(*ends, *weights, junctions.size)
    is_through = (weights[0] >= 0) | (weights[1] >= 0)
    part, parts = parts_of(graph, *ends, is_through)
    if not parts:
        raise ExtractError(
            f"no street leads back to where it started: all {edges.tail.size:,} that are open are "
            "one-way, and none of them is part of a round trip",
            hint="use a wider extract, or correct the streets' one-way tags.",
        )
    metres = np.bincount(part[part >= 0], edges.length_m[part >= 0], parts)
    is_kept = part == metres.argmax()
    is_kept |= ~is_through & touching(is_kept, *ends, junctions.size)
    first = chains.first_piece[edges.chain]
    traps = traps_of(graph, *ends, edges.length_m, is_kept, first)
    junctions, kept = _renumber(junctions, _taken(edges, np.flatnonzero(is_kept)), x, y)
    point, shape_start = _gather(chains, kept.chain)
    kept_traits = traits[kept.chain]
    weights = kept.forward_ds, kept.backward_ds
    if not kinds.passes_private:
        weights = through(*weights, kept_traits)
    arc_start, arcs, arc_edge = arcs_of(kept.tail, kept.head, *weights, junctions.size)
    shape_point = chains.point[point]
    shape_x, shape_y = x[shape_point], y[shape_point]
    frame = frame_around(shape_x, shape_y)
    cell_start, cell_segment = segments_by_cell(frame, shape_start, shape_x, shape_y)
    has_street = (np.diff(cell_start) > 0).reshape(frame.rows, frame.columns)
    arrays: dict[str, Any] = {
        "x": x[junctions],
        "y": y[junctions],
        "tail": kept.tail,
        "head": kept.head,
        "length_m": kept.length_m,
        "forward_ds": kept.forward_ds,
        "backward_ds": kept.backward_ds,
        "traits": kept_traits,
        "climb_m": kept.climb_m,
        "descent_m": kept.descent_m,
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
        mode=mode,
        off_street_kmh=assumptions("walking")["pace"].value,
        date=date,
        frame=frame,
        coverage=outline,
        network_id=_digest(mode, arrays, outline),
        has_heights=kinds.relief is not None,
        **arrays,
    )
    return Assembled(
        network=network,
        components=parts,
        components_metres=float(edges.length_m[~is_kept].sum()),
        traps=traps,
        node_point=junctions,
        edge_first=chains.first_piece[kept.chain],
        edge_last=chains.last_piece[kept.chain],
        shape_point=shape_point,
        steep_m=steep_m,
    )


def _edges(
    chains: Chains,
    x: Floats,
    y: Floats,
    along: Floats,
    kinds: Kinds,
    waits: Waits | None,
) -> tuple[Longs, _Edges, float]:
    """Measure chains, and number the junctions that they join."""
    ends = np.stack((chains.point[chains.start[:-1]], chains.point[chains.start[1:] - 1]))
    junctions, (tail, head) = renumbered(ends, x.size)
    length = along[chains.start[1:] - 1]
    forward_wait, backward_wait = waited(chains, waits)
    paces = kinds.forward_kmh[chains.kind], kinds.backward_kmh[chains.kind]
    hills = level(tail)
    if kinds.relief is not None:
        hills = hills_along(kinds.relief, chains, x, y, along, (tail, head), paces)
    is_hilly = ~kinds.is_level[chains.kind] if kinds.is_level is not None else True
    ratios = (np.where(is_hilly, each, 1.0) for each in (hills.forward_ratio, hills.backward_ratio))
    forward_m, backward_m = (length * ratio for ratio in ratios)
    edges = _Edges(
        tail=tail,
        head=head,
        length_m=length,
        forward_ds=_deciseconds(forward_m, paces[0], forward_wait),
        backward_ds=_deciseconds(backward_m, paces[1], backward_wait),
        climb_m=np.where(is_hilly, hills.climb_m, 0.0).astype(np.float32),
        descent_m=np.where(is_hilly, hills.descent_m, 0.0).astype(np.float32),
        chain=np.arange(length.size),
    )
    return junctions, edges, hills.steep_m


def _along(chains: Chains, x: Floats, y: Floats) -> Floats:
    """Measure metres from each chain's first point to each of its points."""
    step = np.hypot(np.diff(x[chains.point], prepend=0.0), np.diff(y[chains.point], prepend=0.0))
    step[chains.start[:-1]] = 0.0
    total = np.cumsum(step)
    return np.asarray(total - np.repeat(total[chains.start[:-1]], np.diff(chains.start)))


def _traits(kinds: Kinds) -> npt.NDArray[np.uint8]:
    return np.zeros(kinds.forward_kmh.size, np.uint8) if kinds.traits is None else kinds.traits


def _deciseconds(length_m: Floats, kmh: Floats, wait_ds: Ints) -> Ints:
    """Turn metres into whole deciseconds, at least one; -1 where the pace is 0."""
    is_open = kmh > 0
    seconds = length_m / np.where(is_open, kmh * M_PER_S, 1.0)
    whole = np.maximum(np.rint(seconds * DECISECONDS), 1) + wait_ds
    return np.where(is_open, whole, -1).astype(np.int32)


def _taken(edges: _Edges, which: Longs) -> _Edges:
    return _Edges(**{each.name: getattr(edges, each.name)[which] for each in fields(edges)})


def _renumber(junctions: Longs, edges: _Edges, x: Floats, y: Floats) -> tuple[Longs, _Edges]:
    """Number nodes along a Hilbert curve and edges by their nodes."""
    is_used = np.zeros(junctions.size, np.bool_)
    is_used[edges.tail] = is_used[edges.head] = True
    used = np.flatnonzero(is_used)
    used = used[hilbert_order(x[junctions[used]], y[junctions[used]])]
    number = np.full(junctions.size, -1, np.int32)
    number[used] = np.arange(used.size, dtype=np.int32)
    tail, head = number[edges.tail], number[edges.head]
    order = order_by(np.minimum(tail, head), np.maximum(tail, head))
    sorted_edges = _taken(edges, order)
    return junctions[used], _Edges(
        tail=tail[order],
        head=head[order],
        length_m=sorted_edges.length_m,
        forward_ds=sorted_edges.forward_ds,
        backward_ds=sorted_edges.backward_ds,
        climb_m=sorted_edges.climb_m,
        descent_m=sorted_edges.descent_m,
        chain=sorted_edges.chain,
    )


def _gather(chains: Chains, order: Longs) -> tuple[Longs, Longs]:
    """Say which of the chains' points follow each other when chains are taken in this order."""
    size = np.diff(chains.start)[order]
    start = np.concatenate(([0], np.cumsum(size)))
    shift = chains.start[:-1][order] - start[:-1]
    return np.arange(start[-1]) + np.repeat(shift, size), start


def _digest(mode: Mode, arrays: dict[str, npt.NDArray[Any]], outline: shapely.MultiPolygon) -> str:
    digest = hashlib.sha256(mode.encode())
    for name, array in arrays.items():
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(array).data)
    digest.update(shapely.to_wkb(outline, byte_order=1))
    return digest.hexdigest()[:16]
