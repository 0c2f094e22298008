"""Everything about the land of one county that schools, people and files need to know."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from config.terms import BRITISH_GRID
from ingest.sample.codes import district_code
from ingest.sample.land.areas import PARTS, make_areas
from ingest.sample.land.blocks import Blocks, built_up, make_blocks
from ingest.sample.land.chains import Street, name_streets
from ingest.sample.land.classes import classify
from ingest.sample.land.details import (
    add_park_paths,
    add_steps,
    add_yards,
    bend,
    nearest_junction,
)
from ingest.sample.land.growth import Site, grow, make_site, mark_bridges
from ingest.sample.land.homes import make_postcodes
from ingest.sample.land.plots import make_plots
from ingest.sample.land.settlements import Settlement, settle
from ingest.sample.land.skeleton import make_skeleton
from ingest.sample.land.streets import Streets, streets_of
from ingest.sample.land.terrain import make_terrain
from ingest.sample.land.web import Web
from ingest.sample.names import CountyNames, Names
from ingest.sample.tiles import Tile

SMALLEST_SITE_M2 = 3_500.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What only the drawing of a county needs, in metres from its south-west corner."""

    site: Site
    web: Web
    streets: Sequence[Street]
    blocks: Blocks
    uses: Sequence[tuple[str, BaseGeometry]]
    park_names: Sequence[str]
    wood_names: Sequence[str]
    lake_names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Land:
    """The land of one county, on the national grid (EPSG:27700).

    Attributes:
        tile: which county.
        names: of its authorities, river and sea.
        settlements: one row each: ``name``, ``kind`` (city, town, village, hamlet, suburb),
            ``x``, ``y``, ``people`` (a suburb's count among the city's), ``part`` (city, shire,
            fringe), ``is_coastal``, ``built`` (old or new).
        streets: junctions and edges.
        postcodes: one row each: ``postcode``, ``x``, ``y``, ``node``, ``households``, ``area``
            and ``settlement`` (rows), ``part``, ``district`` (ordinal in its authority),
            ``street`` (name, may be empty).
        areas: one row per small area: ``area_code``, ``name``, ``ward_code``, ``ward_name``,
            ``part``, ``authority`` (number), ``district`` (ordinal in it), ``district_code``,
            ``kind``, ``households``, ``settlement``, ``x``, ``y``, ``geometry``.
        sites: plots where a school could stand: ``x``, ``y`` (its gate), ``node``,
            ``settlement``, ``area``, ``hectares``, ``street``, ``postcode``, ``plot``,
            ``geometry``.
        plan: what the drawing needs.
    """

    tile: Tile
    names: CountyNames
    settlements: pd.DataFrame
    streets: Streets
    postcodes: pd.DataFrame
    areas: gpd.GeoDataFrame
    sites: gpd.GeoDataFrame
    plan: Plan


def make_land(tile: Tile, names: Names) -> Land:
    """Make the land of one county."""
    terrain = make_terrain(tile)
    settlements = settle(tile, terrain)
    skeleton = make_skeleton(tile, terrain, settlements)
    plots = make_plots(terrain, skeleton, settlements, tile.rng("plots"))
    site = make_site(terrain, settlements, skeleton, plots, tile.rng("quarters"))
    web = _make_web(tile, site)
    called = _called(settlements, names)
    streets = name_streets(web, site.quarters, settlements, called, names, tile.rng("streets"))
    postcodes = make_postcodes(tile, web, streets, site, tile.rng("homes"))
    areas, area_of = make_areas(tile, web, site, postcodes, names.county(), called)
    postcodes = _with_area(postcodes, areas, area_of, streets)
    blocks = make_blocks(web, site)
    sites = _sites(web, site, blocks, postcodes)
    plan = Plan(
        site,
        web,
        streets,
        blocks,
        built_up(blocks, site),
        [names.park() for _ in range(60)],
        [names.wood() for _ in range(160)],
        [names.water() for _ in range(8)],
    )
    return Land(
        tile,
        names.county(),
        _settlement_rows(tile, settlements, called),
        streets_of(web, tile.x0, tile.y0),
        _moved(postcodes, tile).round({"x": 0, "y": 0}),
        _placed(_moved(_coded(areas, tile), tile), tile),
        _placed(_moved(sites, tile), tile),
        plan,
    )


def _called(settlements: Sequence[Settlement], names: Names) -> list[str]:
    """Name the settlements, the greatest first; a hamlet may be called after a village nearby."""
    called: list[str] = []
    villages: list[tuple[Settlement, str]] = []
    for settlement in settlements:
        near = min(villages, key=lambda v: _gap(v[0], settlement), default=None)
        of = near[1] if near and settlement.kind == "hamlet" else ""
        called.append(names.settlement(settlement.kind, near=settlement.near, of=of))
        if settlement.kind == "village":
            villages.append((settlement, called[-1]))
    return called


def _gap(one: Settlement, other: Settlement) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def _make_web(tile: Tile, site: Site) -> Web:
    web = grow(site, tile.rng("growth"))
    classify(web, site.quarters, site.settlements, tile.rng("classes"))
    mark_bridges(web, site)
    add_park_paths(web, site.plots, tile.rng("park paths"))
    add_yards(web, site.terrain, tile.rng("yards"))
    add_steps(web, site.terrain, tile.rng("steps"))
    bend(web, site.quarters, tile.rng("bends"))
    return web


def _with_area(
    postcodes: pd.DataFrame, areas: gpd.GeoDataFrame, area_of: np.ndarray, streets: Sequence[Street]
) -> pd.DataFrame:
    return postcodes.assign(
        area=area_of,
        part=areas["part"].to_numpy()[area_of],
        district=_ordinal(areas["district"].to_numpy()[area_of]),
        street=[streets[number].name for number in postcodes["street"]],
    )


def _ordinal(district: np.ndarray) -> np.ndarray:
    """Return which district of its authority each of the county's four is."""
    return np.where(district == 2, 1, 0).astype(np.int32)


def _coded(areas: gpd.GeoDataFrame, tile: Tile) -> gpd.GeoDataFrame:
    authority = {"city": tile.city, "shire": tile.shire, "fringe": tile.fringe}
    ordinal = _ordinal(areas["district"].to_numpy())
    parts = areas["part"].tolist()
    codes = [
        district_code(part, authority[part], int(number))
        for part, number in zip(parts, ordinal, strict=True)
    ]
    kept = areas.drop(columns=["middle_x", "middle_y", "ward"])
    return kept.assign(
        authority=[authority[part] for part in parts], district=ordinal, district_code=codes
    )


def _settlement_rows(
    tile: Tile, settlements: Sequence[Settlement], names: Sequence[str]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": names,
            "kind": [s.kind for s in settlements],
            "x": [s.x + tile.x0 for s in settlements],
            "y": [s.y + tile.y0 for s in settlements],
            "people": [round(s.people) for s in settlements],
            "part": [s.part for s in settlements],
            "is_coastal": ["coast" in s.near for s in settlements],
            "built": ["new" if s.is_new else "old" for s in settlements],
        }
    )


def _sites(web: Web, site: Site, blocks: Blocks, postcodes: pd.DataFrame) -> gpd.GeoDataFrame:
    """List the grounds where a school could stand; each has its gate at a junction."""
    kept = [
        number
        for number, (plot, ground) in enumerate(zip(site.plots, blocks.grounds, strict=True))
        if plot.kind.endswith("school") and ground.area > SMALLEST_SITE_M2
    ]
    grounds = [blocks.grounds[number] for number in kept]
    middles = shapely.get_coordinates(shapely.centroid(grounds))
    _, gate = nearest_junction(web, middles)
    places = postcodes[["x", "y"]].to_numpy(float)
    near = cKDTree(places).query(middles)[1]
    return gpd.GeoDataFrame(
        {
            "x": web.x[gate],
            "y": web.y[gate],
            "node": gate,
            "settlement": [site.plots[number].settlement for number in kept],
            "area": postcodes["area"].to_numpy()[near],
            "hectares": np.round(shapely.area(grounds) / 10_000, 2),
            "street": postcodes["street"].to_numpy()[near],
            "postcode": postcodes["postcode"].to_numpy()[near],
            "plot": kept,
        },
        geometry=grounds,
    )


def _moved(rows: pd.DataFrame, tile: Tile) -> pd.DataFrame:
    """Return rows with their points on the national grid."""
    return rows.assign(x=rows["x"] + tile.x0, y=rows["y"] + tile.y0)


def _placed(rows: gpd.GeoDataFrame, tile: Tile) -> gpd.GeoDataFrame:
    moved = rows.geometry.translate(tile.x0, tile.y0)
    return gpd.GeoDataFrame(
        rows.drop(columns="geometry").reset_index(drop=True), geometry=moved, crs=BRITISH_GRID
    )


__all__ = ["PARTS", "Land", "Plan", "make_land"]
