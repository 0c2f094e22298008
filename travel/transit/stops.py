"""The stops of a timetable: what they are called, and where they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyproj

from config.terms import BRITISH_GRID, WGS84
from travel.transit.issues import Issues
from travel.transit.tables import Feed

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

Near = Callable[[Floats, Floats], Flags]
"""Says of points (EPSG:27700 metres) whether stops there are kept."""

FURTHEST_LATITUDE = 90.0
FURTHEST_LONGITUDE = 180.0


@dataclass(frozen=True, slots=True)
class Stops:
    """Every stop of the file, used or not.

    Attributes:
        rows: the row of each stop, by its id.
        ids: by row.
        names: likewise; blank where there is none.
        x: metres EPSG:27700; ``NaN`` where the position is not known.
        y: likewise.
    """

    rows: Mapping[str, int]
    ids: list[str]
    names: list[str]
    x: Floats
    y: Floats


def read_stops(feed: Feed, issues: Issues) -> Stops:
    """Read the stops; those without a position are logged.

    Raises:
        TimetableError: the file cannot be read.
    """
    table = feed.read("stops.txt", ("stop_id", "stop_lat", "stop_lon"), ("stop_name",), issues)
    ids = table["stop_id"].listed()
    lat = np.array([_degrees(each, FURTHEST_LATITUDE) for each in table["stop_lat"].listed()])
    lon = np.array([_degrees(each, FURTHEST_LONGITUDE) for each in table["stop_lon"].listed()])
    is_lost = ~(np.isfinite(lat) & np.isfinite(lon))
    says = "no position; nobody can walk to these stops"
    issues.add("position", "stops.txt", (ids[i] for i in np.flatnonzero(is_lost)), says)
    x, y = pyproj.Transformer.from_crs(WGS84, BRITISH_GRID, always_xy=True).transform(lon, lat)
    is_lost |= ~(np.isfinite(x) & np.isfinite(y))
    rows = first_rows(ids, "stops.txt", issues)
    return Stops(
        rows,
        ids,
        table["stop_name"].listed(),
        np.where(is_lost, np.nan, x),
        np.where(is_lost, np.nan, y),
    )


def first_rows(names: list[str], file: str, issues: Issues) -> dict[str, int]:
    """Return the row of each name; of names listed more than once the first counts."""
    rows: dict[str, int] = {}
    again = [name for row, name in enumerate(names) if rows.setdefault(name, row) != row]
    issues.add("twice", file, again, "listed more than once; the first row counts")
    return rows


def _degrees(text: str, furthest: float) -> float:
    try:
        degrees = float(text)
    except ValueError:
        return np.nan
    return degrees if abs(degrees) <= furthest else np.nan
