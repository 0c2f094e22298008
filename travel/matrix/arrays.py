"""Arrays that the inner loops of a matrix read and write."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from travel.paths.arrivals import Doors
from travel.paths.bucket_queue import Places

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]

CELL_M = 200.0
"""Side of the squares that homes are found by, as the crow flies."""

WORD = 64
"""Homes in one word of the set of bits."""


class Sources(NamedTuple):
    """Places that searches start from.

    Attributes:
        first: places + 1; how place *i* is set out from: ``first[i]`` up to ``first[i + 1]``.
        start: these ways of setting out, on the edges that are searched.
        spent_ds: deciseconds already spent on each.
        door: the places themselves, on the streets.
        off_ds: deciseconds from each to its street.
    """

    first: Longs
    start: Places
    spent_ds: Ints
    door: Doors
    off_ds: Ints


class Targets(NamedTuple):
    """Homes that are searched for, numbered by edge; those without one come last.

    Attributes:
        first: vertices + 1; the homes that hang on vertex *u*: ``first[u]`` up to
            ``first[u + 1]``.
        home: which.
        ds: deciseconds from the vertex to the home's place on its edge.
        metres: likewise.
        rank: of several vertices from which a home is come to as quickly, the lowest counts.
        door: the homes themselves, on the streets.
        off_s: seconds from each home's street to it.
        cell: homes with a street by their square, ascending: row times ``columns``, plus column.
        in_cell: the home of each.
        west: edge of the first square, EPSG:27700 metres.
        south: likewise.
        columns: squares from west to east.
    """

    first: npt.NDArray[np.uint32]
    home: Ints
    ds: Floats
    metres: Floats
    rank: npt.NDArray[np.uint8]
    door: Doors
    off_s: Floats
    cell: Longs
    in_cell: Ints
    west: float
    south: float
    columns: int


class Marks(NamedTuple):
    """What is known of each home in the search that runs.

    Attributes:
        seconds: the least found; infinite where the home is not reached.
        metres: on that way.
        rank: of the vertex it was come to from.
        seen: a bit for each home reached.
        word: a bit for each word of ``seen`` that has one.
    """

    seconds: Floats
    metres: Floats
    rank: npt.NDArray[np.uint8]
    seen: Bits
    word: Bits


class Rows(NamedTuple):
    """Homes within the limit, place by place: which, whole seconds, whole metres."""

    home: Ints
    seconds: Ints
    metres: Ints


def marks(n_homes: int) -> Marks:
    """Set aside what one thread needs to know of homes."""
    words = n_homes // WORD + 1
    return Marks(
        np.full(n_homes, np.inf),
        np.zeros(n_homes),
        np.zeros(n_homes, np.uint8),
        np.zeros(words, np.uint64),
        np.zeros(words // WORD + 1, np.uint64),
    )
