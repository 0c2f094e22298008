"""New streets and paths, joined to those there are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from travel.editing.closing import deciseconds
from travel.editing.draft import Draft, draft_of, metres_along, split, with_edge, with_node
from travel.editing.finding import NEAR_M, line_of
from travel.editing.rebuilding import redrawn
from travel.errors import EditError
from travel.network import Mode, Network
from travel.rules.verdict import FOR_ACCESS
from travel.snapping import snap, snap_max_m

ON_FOOT: tuple[Mode, ...] = ("walk", "wheels")
"""Modes whose pace a new path has if none is said."""

SAME_PLACE_M = 0.5
"""A street is joined at its end rather than this near to it."""


def add_street(
    network: Network,
    line: npt.ArrayLike,
    *,
    kmh: float | None = None,
    join_m: float = NEAR_M,
    traits: int = 0,
) -> Network:
    """Add a street, path or footbridge that is open both ways.

    Either end joins the nearest street that is there, at a junction or between two; in between
    the line crosses whatever it crosses without a way down. Points snapped before must be snapped
    again: a street that is joined in the middle is two from then on.

    Args:
        network: the streets; it stays as it is.
        line: shape (n, 2), metres EPSG:27700, n at least 2.
        kmh: kilometres an hour; for modes on foot the walking pace if left out.
        join_m: how far from a street either end may be.
        traits: of the new edge; see `travel.rules.verdict`.

    Returns:
        The edited network; its id begins with that of the one it was made of. The last edge is
        the new one.

    Raises:
        EditError: no street is near an end, the speed is not positive or not said, or both ends
            join the same place.
    """
    xy = line_of(line)
    pace = _pace(network, kmh)
    draft, tail = _joined(network, draft_of(network), xy[0], join_m)
    draft, head = _joined(network, draft, xy[-1], join_m)
    if tail == head:
        raise EditError(
            "both ends of the new street join the same place",
            hint="draw it from one street to another.",
        )
    return _drawn(network, draft, (tail, head), xy[1:-1], pace, traits, "street")


def add_gate(
    network: Network,
    x: float,
    y: float,
    *,
    street_xy: tuple[float, float] | None = None,
    kmh: float | None = None,
    traits: int = 0,
) -> Network:
    """Add a school gate away from the street, with a path of its own.

    The path runs straight from the gate to the street, which may be another than the nearest.
    What is snapped at the gate then lies on the path.

    Args:
        network: the streets; it stays as it is.
        x: of the gate, metres EPSG:27700.
        y: likewise.
        street_xy: where the path joins a street; the place nearest to the gate if left out.
        kmh: kilometres an hour on the path; for modes on foot the walking pace if left out.
        traits: of the path; see `travel.rules.verdict`.

    Returns:
        The edited network; its id begins with that of the one it was made of. The last edge is
        the path.

    Raises:
        EditError: no street is near, the gate lies on a street already or outside the streets
            that were loaded, or the speed is not positive or not said.
    """
    if not (np.isfinite([x, y]).all() and bool(network.is_covered(x, y))):
        raise EditError(
            f"the gate at {x:.0f}, {y:.0f} (British grid) lies outside the streets that were "
            "loaded",
            hint="choose a place inside the covered area.",
        )
    pace = _pace(network, kmh)
    at = np.array((x, y) if street_xy is None else street_xy, np.float64)
    within_m = snap_max_m() if street_xy is None else NEAR_M
    draft, tail = _joined(network, draft_of(network), at, within_m)
    if np.hypot(draft.x[tail] - x, draft.y[tail] - y) < SAME_PLACE_M:
        raise EditError(
            f"the gate at {x:.0f}, {y:.0f} (British grid) lies on a street already",
            hint="it needs no path: snap it where it is.",
        )
    draft, head = with_node(draft, x, y)
    return _drawn(network, draft, (tail, head), np.empty((0, 2)), pace, traits, "gate")


def _pace(network: Network, kmh: float | None) -> float:
    if kmh is not None:
        return kmh
    if network.mode not in ON_FOOT:
        raise EditError(
            f"how fast is the new street for {network.mode!r}?",
            hint="say kmh; only paths on foot have a usual pace.",
        )
    return network.off_street_kmh


def _joined(
    network: Network, draft: Draft, xy: npt.NDArray[np.float64], within_m: float
) -> tuple[Draft, int]:
    """Find the node that a new street joins; where there is none, cut an edge."""
    found = snap(network, xy[0], xy[1], max_m=within_m)
    edge = int(found.edge[0])
    if edge < 0:
        raise EditError(
            f"no street open to {network.mode!r} within {within_m:g} m of {xy[0]:.0f}, "
            f"{xy[1]:.0f} (British grid), or the place lies outside the streets that were loaded",
            hint="begin and end the new street on streets that are there.",
        )
    at_m = float(found.fraction[0] * network.length_m[edge])
    edge, at_m = _now_at(network, draft, edge, at_m)
    if at_m < SAME_PLACE_M:
        return draft, int(draft.tail[edge])
    if at_m > draft.length_m[edge] - SAME_PLACE_M:
        return draft, int(draft.head[edge])
    return split(draft, edge, at_m)


def _now_at(network: Network, draft: Draft, edge: int, at_m: float) -> tuple[int, float]:
    """Say where on a draft a place on an edge of the network is."""
    kept_m = float(draft.length_m[edge])
    if at_m <= kept_m or draft.tip[edge] == edge:
        return edge, at_m
    return int(draft.tip[edge]), at_m - (
        float(network.length_m[edge]) - float(draft.length_m[draft.tip[edge]])
    )


def _drawn(
    network: Network,
    draft: Draft,
    ends: tuple[int, int],
    between: npt.NDArray[np.float64],
    kmh: float,
    traits: int,
    what: str,
) -> Network:
    x, y = (
        np.concatenate(([at[ends[0]]], between[:, i], [at[ends[1]]]))
        for i, at in enumerate((draft.x, draft.y))
    )
    if draft.turning is not None and traits & FOR_ACCESS:
        raise EditError(
            f"a new street for {network.mode!r} is open to all, not for access only",
            hint="leave FOR_ACCESS out of its traits.",
        )
    ds = int(deciseconds(metres_along(x, y)[-1:], kmh)[0])
    draft = with_edge(draft, *ends, (x, y), ds, traits)
    return redrawn(network, draft, draft.tail.size - 1, (what, x, y, np.array([kmh, traits])))
