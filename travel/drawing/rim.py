"""The rim of the streets that were loaded: a walk that comes there might go on beyond it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from travel.covering import MARGIN_M, as_multipolygon
from travel.network import Network
from travel.paths.search import Reach, seconds_from
from travel.paths.times import times_to
from travel.snapping import Snapped, drawn_max_m

HALVINGS = 10
"""Times a segment across the rim is halved: one of a kilometre is cut to the metre."""


def core(coverage: shapely.MultiPolygon) -> shapely.MultiPolygon:
    """Return the coverage without its rim: its margin, and as far as bands reach off a street."""
    return as_multipolygon(shapely.buffer(coverage, -MARGIN_M - drawn_max_m()))


def rim(network: Network) -> Snapped:
    """Find every place where a street leaves the core; it serves any number of searches."""
    inside = network.is_in_core(network.shape_x, network.shape_y)
    leaves = (inside[1:] != inside[:-1]) & (network.shape_edge[1:] == network.shape_edge[:-1])
    first = np.flatnonzero(leaves)
    along = _leaving(network, first, inside[first])
    edge = network.shape_edge[first]
    length = network.length_m[edge]
    metres = _between(network.shape_m, first, along)
    return Snapped(
        x=_between(network.shape_x, first, along),
        y=_between(network.shape_y, first, along),
        edge=edge,
        fraction=np.minimum(1.0, metres / np.where(length > 0, length, 1.0)),
        distance_m=np.zeros(first.size),
    )


def is_cut(reach: Reach, at_rim: Snapped) -> bool:
    """Say whether a search comes to the rim, so that more might be in reach than was found.

    The rule of `travel.drawing.isochrones.Band`, asked of the streets alone.

    Args:
        reach: the search.
        at_rim: what `rim` found on the same network.
    """
    origin = reach.origin
    if not reach.network.is_in_core(origin.x, origin.y).all():
        return True
    return bool(np.isfinite(times_to(reach, at_rim).seconds).any())


def search_to_rim(network: Network, at_rim: Snapped, *, limit_s: float) -> Reach:
    """Search for the way to the nearest place at the rim, from everywhere at once.

    `travel.times_to` then reads off how long it takes from any place to where the streets end.

    Args:
        network: the streets, as travelled.
        at_rim: what `rim` found on the same network.
        limit_s: seconds; what is further from the rim has no time.
    """
    reach = seconds_from(network.reversed, at_rim, limit_s=limit_s)
    reach.workspace.rest()
    return reach


def _leaving(
    network: Network, first: npt.NDArray[np.int64], starts_inside: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """Return how far along each segment its first place outside is, 0 to 1, by halving."""
    inner = np.where(starts_inside, 0.0, 1.0)
    outer = 1.0 - inner
    for _ in range(HALVINGS):
        middle = (inner + outer) / 2
        is_in = network.is_in_core(
            _between(network.shape_x, first, middle), _between(network.shape_y, first, middle)
        )
        inner, outer = np.where(is_in, middle, inner), np.where(is_in, outer, middle)
    return outer


def _between(
    values: npt.NDArray[np.float64],
    first: npt.NDArray[np.int64],
    along: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    return values[first] + along * (values[first + 1] - values[first])
