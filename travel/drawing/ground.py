"""The street that each point of a grid belongs to, block by block, remembered.

Which street is nearest to a place depends on nobody's journey. It is worked out when somebody first
comes near, for a block of ground at a time, and read by every journey after.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from typing import NamedTuple

import numpy as np
from numba import njit

from travel.drawing.claims import FAR, Claims, Index, Singles, claim, hand_on
from travel.network import Frame, Network
from travel.paths.entries import Floats, Ints

BLOCK = 64
"""Grid points along each side of a block."""

BLOCKS_KEPT = 4096
"""Blocks remembered for each grid of a network: at most 200 MB, of which Rutland needs 5 %."""

GRIDS_KEPT = 4
"""Grids of different cell sizes remembered for a network."""


class Block(NamedTuple):
    """The nearest street of each grid point of a block, each array of shape (BLOCK, BLOCK).

    Attributes:
        edge: ``int32``; -1 where none is near.
        fraction: ``float32``, how far along the edge the nearest place is, from its tail.
        distance_m: ``float32`` to that place; ``FAR`` where no edge is near.
    """

    edge: Ints
    fraction: Singles
    distance_m: Singles


class Ground:
    """The nearest streets of one network on one grid; safe to share between threads."""

    def __init__(self, network: Network, *, cell_m: float, furthest_m: float) -> None:
        self.cell_m = cell_m
        self.furthest_m = furthest_m
        self._index = Index(
            network.frame,
            network.cell_start,
            network.cell_segment,
            network.shape_x,
            network.shape_y,
        )
        self._shape = (network.shape_edge, network.shape_m, network.length_m)
        self._lock = threading.Lock()
        self._blocks: OrderedDict[tuple[int, int], Block] = OrderedDict()

    def block(self, column: int, row: int) -> Block:
        """Return a block; the one at 0, 0 has its first point at the origin of EPSG:27700."""
        key = column, row
        with self._lock:
            found = self._blocks.get(key)
            if found is not None:
                self._blocks.move_to_end(key)
                return found
        made = self._make(column, row)
        with self._lock:
            self._blocks[key] = made
            if len(self._blocks) > BLOCKS_KEPT:
                self._blocks.popitem(last=False)
        return made

    def fill(self, *, at_most: int = BLOCKS_KEPT) -> int:
        """Work out every block of the network ahead, if there are no more than ``at_most``.

        Returns:
            The blocks worked out.
        """
        frame = self._index.frame
        side = BLOCK * self.cell_m
        west, south = math.floor(frame.x0 / side), math.floor(frame.y0 / side)
        east = math.floor((frame.x0 + frame.columns * frame.cell_m) / side)
        north = math.floor((frame.y0 + frame.rows * frame.cell_m) / side)
        columns, rows = range(west, east + 1), range(south, north + 1)
        if len(columns) * len(rows) > at_most:
            return 0
        for row in rows:
            for column in columns:
                self.block(column, row)
        return len(columns) * len(rows)

    def _make(self, column: int, row: int) -> Block:
        """Claim the points of a block and of an apron round it, so that blocks meet seamlessly."""
        apron = math.ceil(self.furthest_m / self.cell_m) + 2
        side = BLOCK + 2 * apron
        frame = Frame(
            (column * BLOCK - apron) * self.cell_m,
            (row * BLOCK - apron) * self.cell_m,
            self.cell_m,
            side,
            side,
        )
        claims = claim(frame, self._index)
        hand_on(claims, np.float32((self.furthest_m / self.cell_m) ** 2))
        block = Block(
            np.empty((BLOCK, BLOCK), np.int32),
            np.empty((BLOCK, BLOCK), np.float32),
            np.empty((BLOCK, BLOCK), np.float32),
        )
        _settle(claims, apron, self.cell_m, *self._shape, block)
        return block


class Grounds:
    """The grids of a network, by the size of their cells; safe to share between threads."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._lock = threading.Lock()
        self._grounds: OrderedDict[tuple[float, float], Ground] = OrderedDict()

    def get(self, *, cell_m: float, furthest_m: float) -> Ground:
        """Return the grid with cells of this size and streets up to this far."""
        key = cell_m, furthest_m
        with self._lock:
            if key not in self._grounds:
                self._grounds[key] = Ground(self._network, cell_m=cell_m, furthest_m=furthest_m)
            self._grounds.move_to_end(key)
            if len(self._grounds) > GRIDS_KEPT:
                self._grounds.popitem(last=False)
            return self._grounds[key]


@njit(cache=True, nogil=True)
def _settle(
    claims: Claims,
    apron: int,
    cell_m: float,
    shape_edge: Ints,
    shape_m: Floats,
    length_m: Floats,
    block: Block,
) -> None:
    """Say on which edge, and where along it, the claimed segment of each point is nearest."""
    for row in range(BLOCK):
        for column in range(BLOCK):
            m = claims.owner[row + apron, column + apron]
            if m < 0:
                block.edge[row, column] = -1
                block.fraction[row, column] = 0.0
                block.distance_m[row, column] = FAR
                continue
            j = claims.segment[m]
            e = shape_edge[j]
            ax, ay, dx, dy, per_length = claims.line[m]
            t = ((column + apron - ax) * dx + (row + apron - ay) * dy) * per_length
            t = min(1.0, max(0.0, t))
            metres = shape_m[j - 1] + t * (shape_m[j] - shape_m[j - 1])
            block.edge[row, column] = e
            block.fraction[row, column] = min(1.0, metres / length_m[e]) if length_m[e] > 0 else 0.0
            block.distance_m[row, column] = (
                math.sqrt(claims.square[row + apron, column + apron]) * cell_m
            )
