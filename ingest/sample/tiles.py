"""How a sample of any scale is cut into square counties, each made on its own."""

import math
from dataclasses import dataclass
from typing import Final
from zlib import crc32

import numpy as np

from ingest.sample.errors import SampleError

SMALLEST_SCALE: Final = 0.1
LARGEST_SCALE: Final = 280.0
"""Beyond this the made-up authorities would need more three-digit codes than are free."""

SIDE_M: Final = 22_000.0
PEOPLE: Final = 213_000
"""People of a whole county: England's of 2021, 56.5 million, over 270; so is its land."""

EAST_X: Final = 640_000.0
SOUTH_Y: Final = 440_000.0
"""South-east corner of the first county: in the North Sea, where nobody lives."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One county's square of the made-up country.

    Attributes:
        index: its number, from 0.
        column: counted from the coast westwards.
        row: counted from south to north.
        share: how much of a whole county it holds; the area and every count shrink alike.
        seed: the sample's seed.
        x0: western edge, EPSG:27700.
        y0: southern edge, EPSG:27700.
        side_m: length of an edge.
        has_coast: the sea lies in its east.
        city: number of the authority of its city.
        shire: number of the authority around the city.
        fringe: number of the authority in its west: the next county's, where there is one.
        fringe_is_alone: no county lies to the west, so that authority has no more than the fringe.
        columns: counties from west to east in the whole sample.
        has_neighbour: on which sides (west, east, south, north) another county goes on.
    """

    index: int
    column: int
    row: int
    share: float
    seed: int
    x0: float
    y0: float
    side_m: float
    has_coast: bool
    city: int
    shire: int
    fringe: int
    fringe_is_alone: bool
    columns: int
    has_neighbour: tuple[bool, bool, bool, bool]

    def rng(self, stage: str) -> np.random.Generator:
        """Return the random numbers of one stage: the same whatever else is made."""
        return np.random.default_rng([self.seed, self.index, crc32(stage.encode())])


def tiles(scale: float, seed: int) -> tuple[Tile, ...]:
    """Cut a sample into counties of equal share.

    Args:
        scale: 1 is one county, 270 all England.
        seed: any whole number from 0.

    Raises:
        SampleError: a scale too small, too large or no number, or a negative seed.
    """
    _refuse_odd(scale, seed)
    count = math.ceil(scale)
    columns = max(1, round(math.sqrt(count * 0.83)))
    return tuple(_tile(index, count, columns, scale / count, seed) for index in range(count))


def _tile(index: int, count: int, columns: int, share: float, seed: int) -> Tile:
    row, column = divmod(index, columns)
    side = float(round(SIDE_M * math.sqrt(share)))
    west = column + 1 < columns and index + 1 < count
    return Tile(
        index=index,
        column=column,
        row=row,
        share=share,
        seed=seed,
        x0=EAST_X - (column + 1) * side,
        y0=SOUTH_Y + (row - count // columns // 2) * side,
        side_m=side,
        has_coast=column == 0,
        city=2 * index,
        shire=2 * index + 1,
        fringe=2 * (index + 1) + 1 if west else 2 * count + row,
        fringe_is_alone=not west,
        columns=columns,
        has_neighbour=(west, column > 0, row > 0, index + columns < count),
    )


def _refuse_odd(scale: float, seed: int) -> None:
    if not (math.isfinite(scale) and SMALLEST_SCALE <= scale <= LARGEST_SCALE):
        raise SampleError(
            f"--scale {scale:g} cannot be made",
            hint=f"give a number from {SMALLEST_SCALE:g} (a small town and its villages) "
            f"to {LARGEST_SCALE:g}; 1 is a county, 270 all England.",
        )
    if seed < 0:
        raise SampleError(f"--seed {seed} cannot be used", hint="give a whole number from 0.")
