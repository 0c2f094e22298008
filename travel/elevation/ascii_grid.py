"""Height grids as text (``.asc``), plain or in zip archives within archives.

That is how Ordnance Survey publishes OS Terrain 50: one archive, in it one for every 10 km square.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from travel.elevation.grids import Bounds, Grid, without_impossible
from travel.errors import HeightsError

HEADER_LINES = 6
SIDES = ("ncols", "nrows", "cellsize")


def read_ascii_grids(path: Path, within: Bounds) -> Iterator[tuple[Grid, int]]:
    """Read the grids of a file or archive that touch a rectangle.

    Yields:
        Each grid, and how many impossible heights were blanked in it.

    Raises:
        HeightsError: it is broken, or not such a grid.
    """
    try:
        for name, text in _texts(path):
            grid = _grid(name, text, within)
            if grid is not None:
                yield grid
    except (zipfile.BadZipFile, UnicodeDecodeError, OSError) as error:
        raise HeightsError(
            f"{path} cannot be read as a grid of heights: {error}", hint="fetch it again."
        ) from error


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    if path.suffix.lower() != ".zip":
        yield str(path), path.read_text(encoding="ascii")
        return
    with zipfile.ZipFile(path) as archive:
        yield from _in_archive(archive, str(path))


def _in_archive(archive: zipfile.ZipFile, where: str) -> Iterator[tuple[str, str]]:
    for name in sorted(archive.namelist()):
        if name.lower().endswith(".asc"):
            yield f"{where}: {name}", archive.read(name).decode("ascii")
        elif name.lower().endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(archive.read(name))) as inner:
                yield from _in_archive(inner, f"{where}: {name}")


def _grid(name: str, text: str, within: Bounds) -> tuple[Grid, int] | None:
    header, body = _header(name, text)
    columns, rows = int(header["ncols"]), int(header["nrows"])
    cell_m = header["cellsize"]
    half = cell_m / 2
    west = header["xllcorner"] if "xllcorner" in header else header["xllcenter"] - half
    south = header["yllcorner"] if "yllcorner" in header else header["yllcenter"] - half
    north = south + rows * cell_m
    if not Bounds(west, south, west + columns * cell_m, north).meets(within):
        return None
    try:
        heights = np.array(body.split(), np.float64)
    except ValueError as error:
        raise _broken(name, f"a height is no number ({error})") from error
    if heights.size != rows * columns:
        raise _broken(name, f"{heights.size:,} heights for {columns} x {rows} cells")
    heights[heights == header.get("nodata_value", np.nan)] = np.nan
    known, wrong = without_impossible(heights.reshape(rows, columns))
    return Grid(west, north, cell_m, known).coarser(), wrong


def _header(name: str, text: str) -> tuple[dict[str, float], str]:
    found: dict[str, float] = {}
    rest = text
    for _ in range(HEADER_LINES):
        line, _, after = rest.partition("\n")
        parts = line.lower().split()
        if len(parts) != 2 or not parts[0][0].isalpha():  # noqa: PLR2004 - a key and its value
            break
        try:
            found[parts[0]] = float(parts[1])
        except ValueError:
            raise _broken(name, f"{line.strip()!r} is no header line") from None
        rest = after
    corners = all(f"{axis}llcorner" in found or f"{axis}llcenter" in found for axis in "xy")
    if not corners or not all(found.get(key, 0) > 0 for key in SIDES):
        raise _broken(name, "its header lacks ncols, nrows, cellsize or the lower left corner")
    return found, rest


def _broken(name: str, found: str) -> HeightsError:
    return HeightsError(
        f"{name} is not a grid of heights as text: {found}",
        hint="use the .asc files of OS Terrain 50, or a GeoTIFF.",
    )
