"""Streets while they are being changed: edges cut in two, and new ones."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from travel.editing.turning import Turning, split_states, turning_of
from travel.network import Network

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Draft:
    """Nodes and edges; see `travel.network.Network` for what is called the same.

    Attributes:
        x: one per node.
        y: likewise.
        tail: one per edge.
        head: likewise.
        length_m: likewise.
        forward_ds: likewise.
        backward_ds: likewise.
        traits: likewise.
        climb_m: likewise.
        descent_m: likewise.
        shape_start: edges + 1.
        shape_x: one per shape point.
        shape_y: likewise.
        shape_m: likewise.
        tip: ``int32``, one per edge there was before: the edge that now ends where it ended.
        turning: states and turns; ``None`` for modes that turn freely.
    """

    x: Floats
    y: Floats
    tail: Ints
    head: Ints
    length_m: Floats
    forward_ds: Ints
    backward_ds: Ints
    traits: npt.NDArray[np.uint8]
    climb_m: npt.NDArray[np.float32]
    descent_m: npt.NDArray[np.float32]
    shape_start: Longs
    shape_x: Floats
    shape_y: Floats
    shape_m: Floats
    tip: Ints
    turning: Turning | None

    def shape(self, edge: int) -> tuple[Floats, Floats, Floats]:
        """Return the points of an edge, and metres from its tail."""
        part = slice(int(self.shape_start[edge]), int(self.shape_start[edge + 1]))
        return self.shape_x[part], self.shape_y[part], self.shape_m[part]


OF_NETWORK = tuple(each.name for each in fields(Draft) if each.name not in {"tip", "turning"})


def draft_of(network: Network) -> Draft:
    """Begin with a network as it is."""
    tip = np.arange(network.n_edges, dtype=np.int32)
    turning = None if network.turns is None else turning_of(network)
    parts = {name: getattr(network, name) for name in OF_NETWORK}
    return Draft(**parts, tip=tip, turning=turning)


def with_node(draft: Draft, x: float, y: float) -> tuple[Draft, int]:
    """Add a junction; return its number."""
    return replace(draft, x=np.append(draft.x, x), y=np.append(draft.y, y)), draft.x.size


def with_edge(
    draft: Draft, tail: int, head: int, line: tuple[Floats, Floats], ds: int, traits: int
) -> Draft:
    """Add a street that is open both ways.

    Args:
        draft: is not changed.
        tail: node.
        head: node.
        line: x and y of its points, both ends included.
        ds: deciseconds either way.
        traits: see `travel.rules.verdict`.
    """
    along = metres_along(*line)
    each: dict[str, Any] = {
        "tail": tail,
        "head": head,
        "length_m": along[-1],
        "forward_ds": ds,
        "backward_ds": ds,
        "traits": traits,
        "climb_m": 0.0,
        "descent_m": 0.0,
    }
    longer: dict[str, Any] = {
        name: _appended(getattr(draft, name), value) for name, value in each.items()
    }
    return replace(
        draft,
        **longer,
        shape_start=np.append(draft.shape_start, draft.shape_start[-1] + along.size),
        shape_x=np.concatenate((draft.shape_x, line[0])),
        shape_y=np.concatenate((draft.shape_y, line[1])),
        shape_m=np.concatenate((draft.shape_m, along)),
    )


def split(draft: Draft, edge: int, at_m: float) -> tuple[Draft, int]:
    """Cut an edge in two, metres from its tail; return the node between them.

    The edge keeps its number as far as the cut; the rest is a new one. Its deciseconds are shared
    out by length.
    """
    x, y, along = draft.shape(edge)
    cut_x, cut_y = float(np.interp(at_m, along, x)), float(np.interp(at_m, along, y))
    draft, node = with_node(draft, cut_x, cut_y)
    k = int(np.searchsorted(along, at_m))
    before = slice(0, k)
    after = slice(k + 1 if along[k] == at_m else k, None)
    lines = [
        (np.append(x[before], cut_x), np.append(y[before], cut_y), np.append(along[before], at_m)),
        (
            np.concatenate(([cut_x], x[after])),
            np.concatenate(([cut_y], y[after])),
            np.concatenate(([at_m], along[after])) - at_m,
        ),
    ]
    draft = _reshaped(draft, edge, lines)
    share = at_m / float(draft.length_m[edge])
    first, second = _shared_out(draft, edge, share, node)
    changed: dict[str, Any] = {}
    for name, value in second.items():
        array = _appended(getattr(draft, name), value)
        array[edge] = first.get(name, array[edge])
        changed[name] = array
    rest = draft.tail.size
    tip = np.where(draft.tip == edge, rest, draft.tip).astype(np.int32)
    turning = draft.turning
    if turning is not None:
        names = ("forward_ds", "backward_ds")
        here, there = (tuple(part[name] for name in names) for part in (first, second))
        turning = split_states(turning, edge, rest, here, there)
    return replace(draft, **changed, tip=tip, turning=turning), node


def metres_along(x: Floats, y: Floats) -> Floats:
    """Measure metres from the first point of a line to each of its points."""
    return np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))


def _reshaped(draft: Draft, edge: int, lines: list[tuple[Floats, Floats, Floats]]) -> Draft:
    """Give an edge the first of two lines; the second is that of a new edge."""
    begin, end = int(draft.shape_start[edge]), int(draft.shape_start[edge + 1])
    here, last = lines
    names = ("shape_x", "shape_y", "shape_m")
    shapes: dict[str, Any] = {
        name: np.concatenate(
            (getattr(draft, name)[:begin], here[i], getattr(draft, name)[end:], last[i])
        )
        for i, name in enumerate(names)
    }
    size = np.diff(draft.shape_start)
    size[edge] = here[0].size
    start = np.concatenate(([0], np.cumsum(np.append(size, last[0].size))))
    return replace(draft, **shapes, shape_start=start.astype(np.int64))


def _shared_out(
    draft: Draft, edge: int, share: float, node: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Say what the two parts of an edge are."""
    first: dict[str, Any] = {"head": node}
    second: dict[str, Any] = {
        "tail": node,
        "head": draft.head[edge],
        "traits": draft.traits[edge],
    }
    for name in ("length_m", "climb_m", "descent_m"):
        whole = float(getattr(draft, name)[edge])
        first[name], second[name] = share * whole, (1 - share) * whole
    for name in ("forward_ds", "backward_ds"):
        whole_ds = int(getattr(draft, name)[edge])
        part = -1 if whole_ds < 0 else max(1, round(share * whole_ds))
        first[name], second[name] = part, -1 if whole_ds < 0 else max(1, whole_ds - part)
    return first, second


def _appended(array: npt.NDArray[Any], value: object) -> npt.NDArray[Any]:
    return np.append(array, np.array([value]).astype(array.dtype))
