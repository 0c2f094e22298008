"""Planning areas: the outlines that the city publishes, and which schools count in which."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from config.terms import BRITISH_GRID
from ingest.sample.codes import la_code_dfe
from ingest.sample.files.differences import without_planning_area
from ingest.sample.files.pieces import FRAME, join_outlines
from ingest.sample.files.planning_codes import area_of_schools, planning_areas_of
from ingest.sample.files.series import Country, County, Series
from ingest.sample.files.sheets import Cells, sheet
from ingest.sample.files.spans import printed
from ingest.sample.people.years import LAST_CENSUS

HEADER: Final = ("urn", "school_year", "phase", "planning_area", "places")


def outlines(county: County) -> gpd.GeoDataFrame:
    """Draw the planning areas of the city, of small areas: each goes with its nearest school.

    Returns:
        ``code``, ``name``, ``phase``, ``la_code_dfe`` and an outline; the shire has none to give.
    """
    areas = county.land.areas
    city = areas[areas["part"] == "city"]
    schools = county.people.schools
    open_now = schools["status_gias"].str.startswith("Open") & (schools["part"] == "city")
    known = planning_areas_of(county).set_index("code")
    middles = shapely.get_coordinates(shapely.centroid(city.geometry.to_numpy()))
    parts = []
    for phase, codes in area_of_schools(county).items():
        code = np.array(codes)
        there = open_now.to_numpy() & (code != "")
        if not there.any():
            continue
        gates = schools.loc[there, ["x", "y"]].to_numpy(float)
        nearest = np.hypot(*(middles[:, None] - gates).transpose(2, 0, 1)).argmin(axis=1)
        own = gpd.GeoDataFrame(
            {"code": code[there][nearest]}, geometry=city.geometry.to_numpy(), crs=BRITISH_GRID
        ).dissolve("code", method="coverage")
        own = own.assign(
            name=known["name"].reindex(own.index),
            phase=phase,
            la_code_dfe=la_code_dfe(county.tile.city),
        )
        parts.append(own.reset_index())
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=BRITISH_GRID)


def _part(county: County, folder: Path) -> None:
    outlines(county).to_parquet(folder / FRAME, index=False)


def _join(parts: Sequence[Path], out: Path, _: Country) -> None:
    write_geojson(join_outlines(parts), out, layer="planning_areas")


def write_geojson(frame: gpd.GeoDataFrame, out: Path, *, layer: str) -> None:
    """Write outlines as GeoJSON in metres of the British National Grid, as councils do."""
    options = {"COORDINATE_PRECISION": "1", "RFC7946": "NO"}
    frame.to_file(out, driver="GeoJSON", layer=layer, engine="pyogrio", layer_options=options)


def _rows(county: County) -> Iterable[Cells]:
    """List schools; one is forgotten, which ``truth.json`` tells."""
    schools = county.people.schools
    shown = county.is_shown(schools["authority"]) & schools["status_gias"].str.startswith("Open")
    forgotten = without_planning_area(county)
    for phase, codes in area_of_schools(county).items():
        for urn, code, is_there in zip(schools["urn"], codes, shown, strict=True):
            if code and is_there and urn != forgotten:
                yield (urn, printed(LAST_CENSUS), phase, code, "")


OUTLINES: Final = Series(
    source="planning_areas", file="own/planning_areas.geojson", part=_part, join=_join
)
SCHOOLS: Final[Series] = sheet(
    source="planning_area_schools",
    file="own/planning_area_schools.csv",
    header=HEADER,
    rows=_rows,
    encoding="utf-8",
)
