"""Points as people write them: pairs of numbers, and tables of them."""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.projection import to_grid
from api.schemas.parameters import ENGLAND
from config.errors import AtlasError

GRID_MAX: Final = (700_000.0, 1_300_000.0)
"""East and north end of the British grid, metres."""

ID_COLUMNS: Final = ("id", "urn", "postcode", "name")
"""Columns that name a row, the first that is there."""

FORMS: Final = "x,y (metres of the British grid) or lon,lat (degrees)"


class BadInput(AtlasError):
    """What was given to a command cannot be used."""


@dataclass(frozen=True, slots=True)
class Point:
    """A named point.

    Attributes:
        label: its name.
        x: metres EPSG:27700.
        y: likewise.
    """

    label: str
    x: float
    y: float


def read_pair(text: str) -> Point | None:
    """Read ``x,y`` or ``lon,lat``; ``None`` where the text is no pair of numbers.

    Raises:
        BadInput: the numbers are no place in England.

    >>> read_pair("485900,308900")
    Point(label='485900,308900', x=485900.0, y=308900.0)
    >>> read_pair("LE15 6HP") is None
    True
    """
    parts = text.split(",")
    try:
        one, other = (float(part) for part in parts)
    except ValueError:
        return None
    try:
        return Point(text, *to_metres(one, other))
    except ValueError as error:
        raise BadInput(f"{text!r} {error}", hint=f"a point is {FORMS}.") from None


def to_metres(one: float, other: float) -> tuple[float, float]:
    """Take a pair of numbers as degrees or as metres, whichever they can be.

    Raises:
        ValueError: neither; the message goes on after the pair.

    >>> to_metres(485900, 308900)
    (485900.0, 308900.0)
    >>> to_metres(52.67, -0.73)
    Traceback (most recent call last):
    ValueError: has latitude before longitude; put longitude first
    """
    west, south, east, north = ENGLAND
    if west <= one <= east and south <= other <= north:
        return to_grid(one, other)
    if west <= other <= east and south <= one <= north:
        raise ValueError("has latitude before longitude; put longitude first")
    if not (math.isfinite(one) and math.isfinite(other)):
        raise ValueError("is no pair of finite numbers")
    if _is_on_grid(one, other):
        return float(one), float(other)
    raise ValueError("is no place in England, neither as degrees nor on the British grid")


def _is_on_grid(x: float, y: float) -> bool:
    # Numbers as small as degrees are meant as such, though the grid begins at nought.
    return 1000 <= x <= GRID_MAX[0] and 1000 <= y <= GRID_MAX[1]  # noqa: PLR2004 # one kilometre


def read_points(path: Path) -> list[Point]:
    """Read a CSV table of points: columns ``x,y`` or ``lon,lat``, and one that names the row.

    A row is named by its ``id``, ``urn``, ``postcode`` or ``name``, or else by its number.

    Raises:
        BadInput: the file is not there, is no CSV table of points, or has no row; or a row holds
            no place; the message says which row and column.
    """
    columns, rows = _rows(path)
    x, y = _coordinate_columns(path, columns)
    names = next((column for column in ID_COLUMNS if column in columns), None)
    return [
        _point(path, number, row, (x, y), names)
        for number, row in enumerate(rows, start=2)
        if any(value.strip() for value in row.values())
    ]


def _rows(path: Path) -> tuple[Sequence[str], list[dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadInput(f"{path} is not there") from None
    except (UnicodeDecodeError, IsADirectoryError) as error:
        raise BadInput(
            f"{path} is not a CSV table: {error}", hint="save it as CSV with UTF-8 encoding."
        ) from None
    table = list(csv.reader(text.splitlines()))
    if not table or not any(table[0]):
        raise BadInput(f"{path} is empty", hint=f"it needs a header and {FORMS} columns.")
    header = [name.strip().lower() for name in table[0]]
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise BadInput(f"{path} has the column {twice[0]!r} twice")
    rows = [dict(zip(header, row, strict=False)) for row in table[1:]]
    if not any(any(row.values()) for row in rows):
        raise BadInput(f"{path} has a header but no row below it")
    return header, rows


def _coordinate_columns(path: Path, columns: Sequence[str]) -> tuple[str, str]:
    for pair in (("x", "y"), ("lon", "lat"), ("easting", "northing"), ("longitude", "latitude")):
        if set(pair) <= set(columns):
            return pair
    raise BadInput(
        f"{path} has no columns x and y, nor lon and lat: found {', '.join(columns)}",
        hint=f"name the columns that hold {FORMS}.",
    )


def _point(
    path: Path, number: int, row: Mapping[str, str], columns: tuple[str, str], names: str | None
) -> Point:
    one, other = (_number(path, number, column, row.get(column) or "") for column in columns)
    label = (row.get(names) or "").strip() if names else ""
    try:
        return Point(label or str(number - 1), *_as_named(columns, one, other))
    except ValueError as error:
        says = f"{columns[0]}={one:g}, {columns[1]}={other:g}"
        raise BadInput(f"{path}, row {number}: {says} {error}") from None


def _as_named(columns: tuple[str, str], one: float, other: float) -> tuple[float, float]:
    """Take a pair of numbers as what their columns say they are."""
    if columns[0] in ("lon", "longitude"):
        if _is_on_grid(one, other):
            raise ValueError("is no longitude and latitude; name metres x and y")
        return to_metres(one, other)
    if _is_on_grid(one, other):
        return one, other
    if max(abs(one), abs(other)) <= 90:  # noqa: PLR2004 # the most degrees a latitude has
        raise ValueError("is no place on the British grid; name degrees lon and lat")
    raise ValueError("is no place on the British grid")


def _number(path: Path, row: int, column: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        found = repr(text.strip()) if text.strip() else "nothing"
        raise BadInput(f"{path}, row {row}, column {column}: {found} is no number")
    return number
