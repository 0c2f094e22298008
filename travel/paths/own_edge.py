"""Journeys that pass no junction: along the starting point's own street, or nearer than it."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from travel.network import DECISECONDS, Network
from travel.snapping import Snapped

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


class Begun(Protocol):
    """A search that has starting points."""

    @property
    def network(self) -> Network:
        """The streets."""
        ...

    @property
    def origin(self) -> Snapped:
        """The starting points."""
        ...

    @property
    def spent_ds(self) -> Ints:
        """Deciseconds already spent at each of them."""
        ...


def improve_without_a_junction(
    reach: Begun, start: int, to: Snapped, seconds: Floats, metres: Floats
) -> None:
    """Improve times to places on the starting point's own edge, or nearer than the street."""
    network, origin = reach.network, reach.origin
    edge = int(origin.edge[start])
    if edge < 0:
        return
    off = float(origin.distance_m[start])
    spent = float(reach.spent_ds[start]) / DECISECONDS
    further = to.fraction - origin.fraction[start]
    weight = np.where(further >= 0, network.forward_ds[edge], network.backward_ds[edge])
    along = np.abs(further)
    length = network.length_m[edge]
    by_edge = spent + along * weight / DECISECONDS + to.distance_m / network.off_street_m_s
    _keep(
        (to.edge == edge) & (weight >= 0),
        by_edge,
        off + along * length + to.distance_m,
        seconds,
        metres,
    )
    straight = np.hypot(to.x - origin.x[start], to.y - origin.y[start])
    _keep(
        (straight <= off) & (straight <= to.distance_m),
        spent + (straight - off) / network.off_street_m_s,
        straight,
        seconds,
        metres,
    )


def _keep(
    can: npt.NDArray[np.bool_], other_s: Floats, other_m: Floats, seconds: Floats, metres: Floats
) -> None:
    is_better = can & ~(seconds <= other_s)
    seconds[is_better] = np.maximum(other_s[is_better], 0.0)
    metres[is_better] = other_m[is_better]
