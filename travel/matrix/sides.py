"""Homes or places on their streets, in their street order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from travel.errors import MatrixError
from travel.matrix.layout import digest
from travel.matrix.matrix import order_of
from travel.matrix.problem import street_order
from travel.network import Network
from travel.snapping import Snapped, snap

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Points:
    """Homes, or places to come to.

    Attributes:
        id: of each, unlike all others: text or whole numbers.
        x: metres EPSG:27700.
        y: likewise.
    """

    id: npt.NDArray[Any]
    x: Floats
    y: Floats


@dataclass(frozen=True, eq=False, slots=True)
class Side:
    """Homes or places in their street order.

    Attributes:
        id: of each.
        by_id: their numbers in the order of their ids.
        snapped: their streets.
    """

    id: npt.NDArray[Any]
    by_id: npt.NDArray[np.int32]
    snapped: Snapped

    @property
    def off_street(self) -> int:
        """How many have no street near enough."""
        return int((~self.snapped.is_on_street).sum())

    @property
    def digest(self) -> str:
        """A digest of ids and positions."""
        return digest(self.id, self.snapped.x, self.snapped.y)


def on_streets(network: Network, points: Points) -> Side:
    """Find the streets of points, and put them into their street order.

    Raises:
        MatrixError: an id is given twice, or a coordinate is missing.
    """
    x, y = np.asarray(points.x, np.float64), np.asarray(points.y, np.float64)
    if not len(points.id) == x.size == y.size:
        raise MatrixError(
            f"{len(points.id)} ids for {x.size} and {y.size} coordinates",
            hint="give one of each for every point.",
        )
    return in_order(points.id, snap(network, x, y))


def in_order(ids: npt.NDArray[Any], snapped: Snapped) -> Side:
    """Put points whose streets are known into their street order.

    Raises:
        MatrixError: an id is given twice.
    """
    ids = np.asarray(ids)
    if ids.dtype.kind in "OU":
        ids = np.char.encode(ids.astype(str), "ascii")
    by_id = order_of(ids)
    order = street_order(snapped)
    number = np.empty(ids.size, np.int32)
    number[order] = np.arange(ids.size, dtype=np.int32)
    return Side(ids[order], number[by_id], snapped[order])
