"""The two tile sets of a build: the map beneath, and the areas that values are drawn on."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from config.terms import BRITISH_GRID, WGS84
from ingest.basemap.area_names import AREA_NAME, area_names
from ingest.basemap.classes import first_zoom
from ingest.basemap.extract import LAYERS, Layers
from ingest.basemap.layer import TileLayer
from ingest.basemap.tiles import write_tiles

_AREA_FIRST_ZOOM: Final = {"authority": 4, "ward25": 7, "lsoa21": 8}
_AREA_COLUMNS: Final = ("code", "name", "is_outside")
_BEND_M: Final = 500.0
_UNTILED: Final = ("osm_id", "population")
_UNTILED_OF: Final = {"water": ("name",), "green": ("name",), "building": ("class",)}
_AREAS_MAX_ZOOM: Final = 12
_RANK: Final = {
    "city": 100,
    "town": 300,
    "suburb": 500,
    "village": 500,
    "district": 500,
    "ward": 600,
    "hamlet": 700,
}


def write_basemap(
    layers: Layers,
    coverage: BaseGeometry,
    out: Path,
    *,
    wards: gpd.GeoDataFrame | None = None,
) -> None:
    """Write ``basemap.pmtiles``.

    Args:
        layers: as ``read_layers`` gives them, EPSG:4326.
        coverage: where travel times can be given, EPSG:27700.
        out: the file to write; one that is there is replaced.
        wards: polygons with ``name``, any reference system. Their names stand (class ``ward``)
            beyond the coverage, and (class ``district``) within it if the extracts name no
            settlement at all.

    Raises:
        BasemapError: tiles cannot be made here, or the disk is full.
    """
    drawn = {name: layers[name] for name in LAYERS if name in layers}
    drawn["place"] = _ranked(_with_wards(layers.get("place"), wards, coverage))
    drawn["coverage"] = gpd.GeoDataFrame(
        {"class": ["coverage"]}, geometry=[coverage], crs=BRITISH_GRID
    ).to_crs(WGS84)
    drawn["coverage_edge"] = _smooth_edge(coverage)
    tiled = [_tile_layer(name, frame) for name, frame in drawn.items()]
    write_tiles([*tiled, _name_layer(drawn)], out)


def write_areas(frames: Mapping[str, gpd.GeoDataFrame], out: Path) -> None:
    """Write ``areas.pmtiles``: a layer per kind, and its labels' points as ``<kind>_label``.

    Args:
        frames: per kind (``authority``, ``ward25``, ``lsoa21``) polygons with ``code``,
            ``name`` and ``is_outside``, any reference system.
        out: the file to write; one that is there is replaced.

    Raises:
        BasemapError: tiles cannot be made here, or the disk is full.
    """
    layers = []
    for kind, frame in frames.items():
        areas = frame[[*_AREA_COLUMNS, "geometry"]].to_crs(WGS84)
        points = areas.set_geometry(_inner_points(areas))
        zooms = np.full(len(areas), _AREA_FIRST_ZOOM.get(kind, 8))
        layers += [TileLayer(kind, areas, zooms), TileLayer(f"{kind}_label", points, zooms)]
    write_tiles(layers, out, max_zoom=_AREAS_MAX_ZOOM, share_borders=True)


def _tile_layer(name: str, frame: gpd.GeoDataFrame) -> TileLayer:
    by_class = {kind: first_zoom(name, kind) for kind in frame["class"].unique()}
    zooms = frame["class"].map(by_class).to_numpy(dtype=int)
    kept = frame.drop(columns=[*_UNTILED, *_UNTILED_OF.get(name, ())], errors="ignore")
    return TileLayer(name, kept, zooms)


def _name_layer(layers: Layers) -> TileLayer:
    names = area_names(layers)
    return TileLayer(AREA_NAME, names.drop(columns="first_zoom"), names["first_zoom"].to_numpy())


def _smooth_edge(coverage: BaseGeometry) -> gpd.GeoDataFrame:
    """Draw the edge of the coverage without its corners, for words to run along."""
    filled = shapely.buffer(shapely.buffer(coverage, _BEND_M), -2 * _BEND_M)
    edge = shapely.boundary(shapely.simplify(shapely.buffer(filled, _BEND_M), 10.0))
    rings = shapely.get_parts(edge)
    frame = gpd.GeoDataFrame({"class": ["edge"] * len(rings)}, geometry=rings, crs=BRITISH_GRID)
    return frame.to_crs(WGS84)


def _with_wards(
    place: gpd.GeoDataFrame | None, wards: gpd.GeoDataFrame | None, coverage: BaseGeometry
) -> gpd.GeoDataFrame:
    named = place if place is not None else gpd.GeoDataFrame({"class": []}, geometry=[], crs=WGS84)
    if wards is None or wards.empty:
        return named
    wards = wards.to_crs(BRITISH_GRID)
    points = _inner_points(wards)
    is_beyond = ~shapely.intersects(points, coverage)
    columns = {
        "class": np.where(is_beyond, "ward", "district"),
        "name": wards["name"].to_numpy(dtype=object),
    }
    labels = gpd.GeoDataFrame(columns, geometry=points, crs=BRITISH_GRID).to_crs(WGS84)
    return pd.concat([named, labels[is_beyond]], ignore_index=True) if len(named) else labels


def _ranked(place: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add ``rank``, lower first: by class, and within a class by population where it is given."""
    rank = place["class"].map(_RANK).fillna(900).astype(int)
    if "population" in place:
        people = pd.to_numeric(place["population"], errors="coerce").fillna(0).clip(lower=1)
        rank = rank - (20 * np.log10(people)).astype(int)
    return place.assign(rank=rank)


def _inner_points(frame: gpd.GeoDataFrame) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    return np.asarray(shapely.point_on_surface(frame.geometry.to_numpy()))
