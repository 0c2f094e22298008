"""The nearest of many places, for each of many homes at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.network import DECISECONDS, Network
from travel.routes.nearest_ends import (
    at_junctions,
    at_turns,
    by_junctions,
    by_states,
    streets_on,
    turns_on,
    walk_ds,
)
from travel.routes.nearest_kernels import come_home, label
from travel.routes.nearest_pairs import without_a_junction
from travel.snapping import Snapped

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

DAY_S = 86_400.0
"""How far the search goes where no limit is given."""


@dataclass(frozen=True, eq=False, slots=True)
class Nearest:
    """The nearest places of each home, nearest first.

    Attributes:
        place: ``int32``, shape (homes, k), positions among the places; -1 where there are no more
            within the limit.
        seconds: ``float64``, likewise, from the home to the place; ``NaN`` where there is none.
        metres: ``float64``, likewise, along the quickest way.
    """

    place: Ints
    seconds: Floats
    metres: Floats


def nearest(
    network: Network,
    places: Snapped,
    homes: Snapped,
    *,
    limit_s: float | None = None,
    k: int = 1,
) -> Nearest:
    """Find the nearest place of each home, or the k nearest, with one search from all places.

    The search runs on the reversed network, so that times are those of the way from home to place,
    turns and one-way streets counted. A junction keeps the k nearest places that come to it: those
    further away from it are further away from all beyond it too, so that the answer is exact. With
    ``k=1`` the homes of each place are the cells of a Voronoi diagram on the network (Erwig 2000,
    The graph Voronoi diagram with applications, Networks 36).

    Args:
        network: the streets.
        places: where to; those without a street are nobody's nearest.
        homes: where from; those without a street have none.
        limit_s: seconds; a day if left out.
        k: how many places each home is given; each of them once.

    Returns:
        Times as `travel.times_toward` gives them for each place alone. Places equally near are in
        the order of their numbers where they are told apart at the home itself; where they meet at
        a junction before, the same one comes first every time.

    Raises:
        ValueError: the limit is negative or not finite, or k is less than 1.
    """
    within_s = DAY_S if limit_s is None else limit_s
    if not (np.isfinite(within_s) and within_s >= 0):
        raise ValueError("limit_s must be seconds, not negative")
    if k < 1:
        raise ValueError(f"k={k} is less than 1")
    back = network.reversed
    spent_ds = walk_ds(network, places)
    limit_ds = round(within_s * DECISECONDS)
    if back.turns is None:
        ways, seeds = streets_on(back), at_junctions(back, places, spent_ds)
        doors = by_junctions(back, homes)
    else:
        ways, seeds = turns_on(back, back.turns), at_turns(back, back.turns, places, spent_ds)
        doors = by_states(back, back.turns, homes)
    near = label(ways, seeds, limit_ds, k)
    pairs = without_a_junction(back, places, spent_ds, homes)
    return Nearest(*come_home(near, doors, pairs, limit_ds / DECISECONDS, k))
