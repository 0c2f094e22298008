"""Heights of the points of an extract, and of the ground between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from travel.elevation.ascii_grid import read_ascii_grids
from travel.elevation.grids import HIGHEST_M, LOWEST_M, Bounds, Grid
from travel.elevation.node_file import read_node_heights
from travel.errors import HeightsError
from travel.streets.extract import Extract
from travel.streets.groundwork import to_grid
from travel.streets.report import Named

Floats = npt.NDArray[np.float64]

AS_TEXT = frozenset({".asc", ".zip"})
"""Endings of files that are read as text grids; any other is read as a raster."""

MARGIN_M = 100.0
"""Read beyond the outermost streets, so that nothing is lost to interpolation."""


@dataclass(frozen=True, eq=False, slots=True)
class Heights:
    """What is known of heights where an extract has streets.

    Attributes:
        node_m: metres above sea level, one per node of the extract; ``NaN`` where not known.
        grids: of the ground between; none where only nodes are known.
        odd: ``(rule, subject, what was found and done)``.
    """

    node_m: Floats
    grids: tuple[Grid, ...]
    odd: Named

    @property
    def known_share(self) -> float:
        """Share of the extract's nodes whose height is known."""
        return float(np.isfinite(self.node_m).mean())

    def between(self, x: Floats, y: Floats) -> Floats:
        """Return heights of the ground, ``NaN`` where no grid covers it."""
        return _sampled(self.grids, x, y)


def read_heights(
    extract: Extract,
    *,
    rasters: Sequence[Path] = (),
    node_file: Path | None = None,
    node_column: str = "node_id",
    height_column: str = "height_m",
) -> Heights:
    """Read the heights of an extract's streets.

    Args:
        extract: whose streets they are.
        rasters: grids of metres above sea level: ``.asc`` on the British grid, plain or zipped, or
            anything rasterio reads, in any projection. Of several that overlap the first counts.
        node_file: a CSV file with heights of nodes; it wins over the rasters.
        node_column: its column of node numbers.
        height_column: its column of metres.

    Raises:
        HeightsError: a file is missing or broken, or none has a height for any street.
    """
    x, y = (np.asarray(each) for each in to_grid().transform(extract.lon, extract.lat))
    around = Bounds(
        float(x.min()) - MARGIN_M,
        float(y.min()) - MARGIN_M,
        float(x.max()) + MARGIN_M,
        float(y.max()) + MARGIN_M,
    )
    grids, odd = _read_grids(rasters, around)
    height = _sampled(grids, x, y)
    if node_file is not None:
        nodes, known, wrong = read_node_heights(node_file, node_column, height_column)
        at = np.minimum(np.searchsorted(nodes, extract.node_id), max(nodes.size - 1, 0))
        is_listed = nodes[at] == extract.node_id if nodes.size else np.zeros(x.size, np.bool_)
        height = np.where(is_listed, known[at] if nodes.size else np.nan, height)
        odd += _impossible(node_file, wrong)
    named = [*map(str, rasters), *([str(node_file)] if node_file else [])]
    share = float(np.isfinite(height).mean())
    if not share:
        raise HeightsError(
            f"{', '.join(named)}: no height for any of the {x.size:,} points of the streets, which "
            f"lie at {around} (British grid)",
            hint="use heights that cover the region; .asc grids must be in metres of the British "
            "grid, and a file of nodes must name those of this extract.",
        )
    if share < 1:
        says = f"have a height for {share:.1%} of the streets' points; the rest is taken as level"
        odd += (("heights cover the streets", ", ".join(named), says),)
    return Heights(height, grids, odd)


def _read_grids(rasters: Iterable[Path], around: Bounds) -> tuple[tuple[Grid, ...], Named]:
    grids: list[Grid] = []
    odd: Named = ()
    for path in rasters:
        if not path.is_file():
            raise HeightsError(
                f"there are no heights at {path}", hint="correct [elevation] in the region file."
            )
        wrong = 0
        for grid, impossible in _grids_of(path, around):
            grids.append(grid)
            wrong += impossible
        odd += _impossible(path, wrong)
    return tuple(grids), odd


def _grids_of(path: Path, around: Bounds) -> Iterator[tuple[Grid, int]]:
    from travel.elevation.geotiff import read_raster  # noqa: PLC0415 - it loads all of GDAL

    if path.suffix.lower() in AS_TEXT:
        yield from read_ascii_grids(path, around)
    elif found := read_raster(path, around):
        yield found


def _impossible(path: Path, wrong: int) -> Named:
    says = (
        f"{wrong:,} heights are no numbers or outside {LOWEST_M:.0f} to {HIGHEST_M:,.0f} m, as if "
        "in feet or a mark for none; taken as not known"
    )
    return (("heights are metres", str(path), says),) if wrong else ()


def _sampled(grids: Sequence[Grid], x: Floats, y: Floats) -> Floats:
    height = np.full(x.size, np.nan)
    for grid in grids:
        west, south, east, north = grid.bounds
        near = np.flatnonzero(
            np.isnan(height) & (x >= west) & (x <= east) & (y >= south) & (y <= north)
        )
        if near.size:
            height[near] = grid.at(x[near], y[near])
    return height
