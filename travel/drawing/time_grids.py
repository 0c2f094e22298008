"""Time grids: the minutes to every place in reach, one byte a cell, for a page to colour.

A page that has the grid draws any band and moves its limit without asking again. The file
(``docs/time-grid.md``) is a short header and then the bytes; it is meant to be sent deflated.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.drawing.claims import Singles
from travel.drawing.field import Field, time_field
from travel.drawing.isochrones import CELL_M
from travel.network import DECISECONDS, Frame
from travel.paths.search import Reach
from travel.snapping import drawn_max_m

Bytes = npt.NDArray[np.uint8]

NOT_REACHED = 255
"""What a cell holds that is not in reach, or is too far from any street to be drawn."""

LONGEST_MINUTES = NOT_REACHED - 1

MAGIC = b"ATG1"
"""The first bytes of a time grid file; the figure is the format's version."""

LENGTH = struct.Struct("<I")
"""How the length of the header is written: four bytes, the lowest first."""


@dataclass(frozen=True, eq=False, slots=True)
class TimeGrid:
    """Minutes on a grid of points.

    Attributes:
        frame: the grid, EPSG:27700; the first point lies at ``x0, y0``, and each cell is the
            square of ``cell_m`` round its point.
        minutes: ``uint8``, shape (rows, columns), the southernmost row first: the whole minutes
            within which the point is reached, rounded up; ``NOT_REACHED`` elsewhere.
        limit_minutes: no cell holds more.
    """

    frame: Frame
    minutes: Bytes
    limit_minutes: int


def time_grid(reach: Reach, *, cell_m: float | None = None) -> TimeGrid:
    """Lay the minutes of a search on a grid that is no larger than what it reaches.

    A point is within *n* minutes exactly where its byte is at most *n*. Points further from a
    street than the assumption ``drawn_off_street_m`` are left out, as they are from bands.

    Args:
        reach: a search to the limit, without targets.
        cell_m: distance between the points; left out, that of the mode.

    Raises:
        ValueError: the limit is not a whole number of minutes up to ``LONGEST_MINUTES``.
    """
    limit, rest = divmod(reach.limit_ds, 60 * DECISECONDS)
    if rest or limit > LONGEST_MINUTES:
        raise ValueError(f"the limit must be whole minutes, at most {LONGEST_MINUTES}")
    field = time_field(reach, cell_m=CELL_M[reach.network.mode] if cell_m is None else cell_m)
    return field_grid(field, limit)


def field_grid(field: Field, limit_minutes: int) -> TimeGrid:
    """Lay the minutes of a field on a grid that is no larger than what it reaches.

    Args:
        field: times, at least up to the limit.
        limit_minutes: whole minutes, at most ``LONGEST_MINUTES``.
    """
    minutes = _in_minutes(field.seconds, field.distance_m, float(limit_minutes), drawn_max_m())
    south, north, west, east = _used(minutes)
    frame = Frame(
        field.frame.x0 + west * field.frame.cell_m,
        field.frame.y0 + south * field.frame.cell_m,
        field.frame.cell_m,
        east - west,
        north - south,
    )
    return TimeGrid(frame, np.ascontiguousarray(minutes[south:north, west:east]), limit_minutes)


def write_time_grid(grid: TimeGrid, about: Mapping[str, Any] | None = None) -> bytes:
    """Write a time grid as a file: magic, length of the header, header as JSON, bytes.

    Args:
        grid: what is written.
        about: what else the header is to say, as JSON can; the grid's own words win.
    """
    header = {
        **(about or {}),
        "crs": "EPSG:27700",
        "x0": grid.frame.x0,
        "y0": grid.frame.y0,
        "cell_m": grid.frame.cell_m,
        "columns": grid.frame.columns,
        "rows": grid.frame.rows,
        "limit_minutes": grid.limit_minutes,
        "not_reached": NOT_REACHED,
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join((MAGIC, LENGTH.pack(len(text)), text, grid.minutes.tobytes()))


def read_time_grid(data: bytes) -> tuple[TimeGrid, dict[str, Any]]:
    """Read a time grid file; return the grid and its whole header.

    Raises:
        ValueError: it is none, or is not whole.
    """
    start = len(MAGIC) + LENGTH.size
    if data[: len(MAGIC)] != MAGIC or len(data) < start:
        raise ValueError("this is no time grid")
    (length,) = LENGTH.unpack_from(data, len(MAGIC))
    header = json.loads(data[start : start + length])
    frame = Frame(*(header[name] for name in Frame._fields))
    cells = np.frombuffer(data, np.uint8, offset=start + length)
    if cells.size != frame.columns * frame.rows:
        raise ValueError(f"{cells.size} cells for {frame.rows} rows of {frame.columns}")
    minutes = cells.reshape(frame.rows, frame.columns)
    return TimeGrid(frame, minutes, header["limit_minutes"]), header


def _used(minutes: Bytes) -> tuple[int, int, int, int]:
    """Return the first row and column that are reached, and the first after them that are not."""
    rows = np.flatnonzero((minutes != NOT_REACHED).any(axis=1))
    columns = np.flatnonzero((minutes != NOT_REACHED).any(axis=0))
    if not rows.size:
        return 0, 0, 0, 0
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


@njit(cache=True, nogil=True)
def _in_minutes(
    seconds: Singles, distance_m: Singles, limit_minutes: float, drawn_m: float
) -> Bytes:
    """Round the seconds of each point up to whole minutes."""
    minutes = np.full(seconds.shape, NOT_REACHED, np.uint8)
    for row in range(seconds.shape[0]):
        for column in range(seconds.shape[1]):
            # To the decisecond first: what takes a minute to the dot is within a minute.
            took = np.rint(seconds[row, column] * DECISECONDS) / (60.0 * DECISECONDS)
            if took <= limit_minutes and distance_m[row, column] <= drawn_m:
                minutes[row, column] = math.ceil(took)
    return minutes
