"""From changed streets to a network that every search can use."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from travel.directions import arcs_of, passes_private, through
from travel.editing.draft import OF_NETWORK, Draft, draft_of
from travel.editing.junctions import joined, read_junctions, settled
from travel.editing.turning import (
    Turning,
    turning_of,
    turns_from,
    with_states,
    with_times,
    without_edges,
)
from travel.network import Network
from travel.streets.index import frame_around, segments_by_cell

Ints = npt.NDArray[np.int32]
Said = tuple[str | npt.NDArray[Any], ...]


def rebuilt(network: Network, said: Said, *, forward_ds: Ints, backward_ds: Ints) -> Network:
    """Give a network other times on the same streets, or close some.

    Args:
        network: is not changed.
        said: what was asked for; names the edited network.
        forward_ds: one per edge; -1 where it is not open that way.
        backward_ds: likewise.
    """
    draft = replace(draft_of(network), forward_ds=forward_ds, backward_ds=backward_ds)
    cells = _without_closed(network.shape_edge, draft, network.cell_start, network.cell_segment)
    bare = _bare(network, draft, said, cell_start=cells[0], cell_segment=cells[1])
    if network.turns is None:
        return bare
    return _with(bare, _retimed(network, bare))


def redrawn(network: Network, draft: Draft, edge: int, said: Said) -> Network:
    """Make a network of streets to which one was added.

    Args:
        network: is not changed.
        draft: the streets with the new one.
        edge: the new one.
        said: what was asked for; names the edited network.
    """
    size = np.diff(draft.shape_start)
    frame = frame_around(draft.shape_x, draft.shape_y)
    cells = segments_by_cell(frame, draft.shape_start, draft.shape_x, draft.shape_y)
    shape_edge = np.repeat(np.arange(draft.tail.size, dtype=np.int32), size)
    cell_start, cell_segment = _without_closed(shape_edge, draft, *cells)
    bare = _bare(
        network,
        draft,
        said,
        shape_edge=shape_edge,
        frame=frame,
        cell_start=cell_start,
        cell_segment=cell_segment,
    )
    if draft.turning is None:
        return bare
    closed = np.full(1, -1, np.int32)
    forward, backward = (
        np.concatenate((getattr(draft, name)[:edge], closed))
        for name in ("forward_ds", "backward_ds")
    )
    without = replace(bare, forward_ds=forward, backward_ds=backward)
    nodes = np.unique([draft.tail[edge], draft.head[edge]]).astype(np.int32)
    before = read_junctions(draft.turning, without, nodes)
    turning = with_states(draft.turning, edge, int(draft.forward_ds[edge]))
    return _with(bare, settled(joined(turning, bare, before, edge), bare, before))


def _retimed(network: Network, bare: Network) -> Turning:
    """Carry over turns to the same streets, some of them closed or at another speed."""
    turning = turning_of(network)
    is_closed = (bare.forward_ds < 0) & (bare.backward_ds < 0)
    is_newly = is_closed & ((network.forward_ds >= 0) | (network.backward_ds >= 0))
    nodes = np.unique(np.concatenate((network.tail[is_newly], network.head[is_newly])))
    before = read_junctions(turning, network, nodes)
    turning = with_times(turning, bare.forward_ds, bare.backward_ds)
    return settled(without_edges(turning, is_closed), bare, before)


def _with(bare: Network, turning: Turning) -> Network:
    return replace(bare, turns=turns_from(turning, bare.n_edges))


def _bare(network: Network, draft: Draft, said: Said, **changed: object) -> Network:
    """Put the parts together without turns, under an id that begins with the one before."""
    names = ("arc_start", "arcs", "arc_edge")
    weights = draft.forward_ds, draft.backward_ds
    if not passes_private(network):
        weights = through(*weights, draft.traits)
    arcs = arcs_of(draft.tail, draft.head, *weights, draft.x.size)
    parts: dict[str, Any] = {name: getattr(draft, name) for name in OF_NETWORK}
    parts |= dict(zip(names, arcs, strict=True)) | changed
    for array in parts.values():
        if isinstance(array, np.ndarray):
            array.flags.writeable = False  # as those of every network: one compiled search for all
    return replace(network, **parts, turns=None, network_id=_named(network, said))


def _without_closed(
    shape_edge: Ints, draft: Draft, cell_start: Ints, cell_segment: Ints
) -> tuple[Ints, Ints]:
    """Leave closed streets out of the lists that places are snapped by."""
    is_open = (draft.forward_ds >= 0) | (draft.backward_ds >= 0)
    is_kept = is_open[shape_edge[cell_segment]]
    kept = np.concatenate(([0], np.cumsum(is_kept)))
    return kept[cell_start].astype(np.int32), cell_segment[is_kept]


def _named(network: Network, said: Said) -> str:
    digest = hashlib.sha256(network.network_id.encode())
    for each in said:
        digest.update(each.encode() if isinstance(each, str) else each.tobytes())
    return f"{network.network_id}+{digest.hexdigest()[:8]}"
