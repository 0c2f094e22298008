"""Heights on a grid of square cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

COARSEST_M = 25.0
"""Finer cells are averaged up to about this size: paces depend on hills, not on kerbs."""

LOWEST_M, HIGHEST_M = -60.0, 1400.0
"""Heights in Great Britain lie between; others are errors, or "no height here" in figures."""

HALF = 0.5


class Bounds(NamedTuple):
    """A rectangle, EPSG:27700 metres."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: Bounds) -> bool:
        """Say whether two rectangles overlap."""
        return (
            self.west < other.east
            and other.west < self.east
            and self.south < other.north
            and other.south < self.north
        )

    def __str__(self) -> str:
        return f"{self.west:.0f}, {self.south:.0f} to {self.east:.0f}, {self.north:.0f}"


@dataclass(frozen=True, eq=False, slots=True)
class Grid:
    """Heights at the middle of cells.

    Attributes:
        west: west edge, EPSG:27700 metres.
        north: north edge.
        cell_m: side of a cell.
        height_m: ``float32``, rows from the north, columns from the west; ``NaN`` where not known.
    """

    west: float
    north: float
    cell_m: float
    height_m: npt.NDArray[np.float32]

    @property
    def bounds(self) -> Bounds:
        """The ground covered."""
        rows, columns = self.height_m.shape
        east, south = self.west + columns * self.cell_m, self.north - rows * self.cell_m
        return Bounds(self.west, south, east, self.north)

    def coarser(self) -> Grid:
        """Average cells that are finer than is of use."""
        times = int(COARSEST_M / self.cell_m)
        rows, columns = (size // times if times else 0 for size in self.height_m.shape)
        if times < 2 or not (rows and columns):  # noqa: PLR2004 - nothing to average
            return self
        cut = self.height_m[: rows * times, : columns * times]
        blocks = cut.reshape(rows, times, columns, times).astype(np.float64)
        known = np.isfinite(blocks).sum(axis=(1, 3))
        total = np.nansum(blocks, axis=(1, 3))
        mean = np.where(known * 2 >= times * times, total / np.maximum(known, 1), np.nan)
        return Grid(self.west, self.north, self.cell_m * times, mean.astype(np.float32))

    def at(self, x: Floats, y: Floats) -> Floats:
        """Interpolate between the four cells around each point; ``NaN`` where too few are known."""
        rows, columns = self.height_m.shape
        across = (x - self.west) / self.cell_m - HALF
        down = (self.north - y) / self.cell_m - HALF
        is_inside = (across >= -HALF) & (down >= -HALF)
        is_inside &= (across <= columns - HALF) & (down <= rows - HALF)
        left = np.clip(np.floor(across), 0, max(columns - 2, 0)).astype(np.int64)
        top = np.clip(np.floor(down), 0, max(rows - 2, 0)).astype(np.int64)
        right, bottom = np.minimum(left + 1, columns - 1), np.minimum(top + 1, rows - 1)
        u, v = np.clip(across - left, 0.0, 1.0), np.clip(down - top, 0.0, 1.0)
        total, weight = np.zeros(x.size), np.zeros(x.size)
        for row, column, share in (
            (top, left, (1 - u) * (1 - v)),
            (top, right, u * (1 - v)),
            (bottom, left, (1 - u) * v),
            (bottom, right, u * v),
        ):
            height = self.height_m[row, column]
            is_known = np.isfinite(height)
            total += np.where(is_known, height, 0.0) * share
            weight += np.where(is_known, share, 0.0)
        is_inside &= weight >= HALF
        return np.where(is_inside, total / np.maximum(weight, HALF), np.nan)


def without_impossible(
    height_m: npt.NDArray[np.floating],
) -> tuple[npt.NDArray[np.float32], int]:
    """Blank heights that no place in Great Britain has; return how many there were."""
    heights = height_m.astype(np.float32)
    is_wrong = np.isfinite(heights) & ((heights < LOWEST_M) | (heights > HIGHEST_M))
    heights[is_wrong | ~np.isfinite(heights)] = np.nan
    return heights, int(is_wrong.sum())
