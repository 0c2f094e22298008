"""Reads outlines of an authority's own: GeoJSON, GeoPackage or a zipped Shapefile."""

import warnings
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from config.terms import BRITISH_GRID, WGS84
from config.words import search_key
from ingest.errors import CheckFailed, SourceChanged
from ingest.issues import IssueLog
from ingest.own.cells import read_cells
from ingest.own.declare import Template
from ingest.own.sheet import Sheet
from ingest.points import DEGREE_DECIMALS

ENDINGS: Final = (".geojson", ".json", ".gpkg", ".zip", ".shp")
AREAL: Final = ("Polygon", "MultiPolygon")
LOOKS_METRIC: Final = 400.0
"""No longitude or latitude is as large; eastings and northings of England are larger."""


def read_outlines(path: Path, template: Template, issues: IssueLog) -> pd.DataFrame:
    """Read one file of outlines and what it says of each.

    Args:
        path: GeoJSON, GeoPackage or a zip with a Shapefile, in any reference system it names.
            Coordinates that a GeoJSON does not explain are taken as metres of the British
            National Grid where they cannot be degrees.
        template: its columns, of which the outlines are none.
        issues: is told of columns that are not read, and of outlines that were mended.

    Returns:
        The template's columns as ``read_own`` gives them, and ``geometry``: WKB in EPSG:4326.

    Raises:
        SourceChanged: no such file, or a required column is missing.
        CheckFailed: an outline is missing or no area, or cells cannot be right.
    """
    frame = _read(path, template)
    geometry = _degrees(frame, path, template, issues)
    names = [str(name) for name in frame.columns if name != frame.geometry.name]
    cells = [
        (number, ["" if pd.isna(cell) else _text(cell) for cell in row])
        for number, row in enumerate(frame[names].itertuples(index=False, name=None), start=1)
    ]
    rows = read_cells(Sheet(path.name, names, cells), template, issues)
    return rows.assign(geometry=shapely.to_wkb(geometry.to_numpy()))


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _read(path: Path, template: Template) -> gpd.GeoDataFrame:
    if path.suffix.lower() not in ENDINGS:
        raise SourceChanged(
            f"{template.id}: {path.name} is no file of outlines",
            hint="save it as GeoJSON, as GeoPackage (.gpkg), or as a Shapefile and zip its parts.",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # told below, where it matters
            layers = pyogrio.list_layers(path)[:, 0]
            frame = gpd.read_file(path, layer=_layer(layers, template), engine="pyogrio")
    except (OSError, ValueError, RuntimeError, IndexError) as error:
        raise SourceChanged(
            f"{template.id}: {path.name} cannot be read: {error}",
            hint="a Shapefile has several parts (.shp, .shx, .dbf, .prj): zip all of them.",
        ) from None
    if frame.empty:
        raise CheckFailed(f"{template.id}: {path.name} has no outline")
    return frame


def _layer(layers: "pd.Series[str]", template: Template) -> str:
    """Choose the layer that bears the template's name; else the first."""
    wanted = search_key(template.id)
    return next((str(name) for name in layers if search_key(str(name)) == wanted), str(layers[0]))


def _degrees(
    frame: gpd.GeoDataFrame, path: Path, template: Template, issues: IssueLog
) -> pd.Series:
    """Return the outlines as valid areas in degrees."""
    kinds = frame.geometry.geom_type
    if odd := [row for row, kind in enumerate(kinds, start=1) if kind not in AREAL]:
        raise CheckFailed(
            f"{template.id}: {path.name}: feature {odd[0]} of {len(frame)} is no area "
            f"({kinds.iloc[odd[0] - 1] or 'no outline'}; {len(odd)} such)",
            hint="every feature has to be a polygon or a multipolygon.",
        )
    west, south, east, north = frame.total_bounds
    is_metric = max(abs(west), abs(south), abs(east), abs(north)) > LOOKS_METRIC
    if frame.crs is None or (is_metric and frame.crs.to_epsg() == WGS84):
        frame = frame.set_crs(BRITISH_GRID if is_metric else WGS84, allow_override=True)
        says = f"no usable reference system is named; taken as EPSG:{frame.crs.to_epsg()}"
        issues.note("reference system", path.name, says)
    shapes = frame.geometry.to_crs(WGS84).to_numpy()
    broken = ~shapely.is_valid(shapes)
    if broken.any():
        says = f"{int(broken.sum())} outlines crossed themselves and were mended"
        issues.warn("valid outlines", path.name, says)
    valid = shapely.make_valid(shapes)
    return pd.Series(shapely.set_precision(valid, 10**-DEGREE_DECIMALS), frame.index)
