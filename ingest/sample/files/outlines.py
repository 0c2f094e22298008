"""Outlines of small areas and wards (GeoParquet) and of districts (GeoJSON), EPSG:4326."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from config.terms import BRITISH_GRID, WGS84
from ingest.sample.codes import district_of
from ingest.sample.files.pieces import FRAME, join_outlines
from ingest.sample.files.series import Country, County, Series

COARSE_M: Final = 20.0
"""The publisher's outlines of districts are far coarser; those of neighbours are drawn from them,
and the sample's should fit."""

_DEGREE_DIGITS: Final = 5


def district_names(county: County) -> pd.Series:
    """Return the name of the district of every small area."""
    areas = county.land.areas
    return pd.Series(
        [
            county.names_of(authority).districts[district_of(code, authority)]
            for authority, code in zip(areas["authority"], areas["district_code"], strict=True)
        ],
        index=areas.index,
    )


def _lsoa_part(county: County, folder: Path) -> None:
    areas = county.land.areas
    _write(
        folder,
        {
            "LSOA21CD": areas["area_code"],
            "LSOA21NM": areas["name"],
            "LADCD_ACTIVE": areas["district_code"],
        },
        areas.geometry,
    )


def _ward_part(county: County, folder: Path) -> None:
    areas = county.land.areas
    wards = areas.assign(district_name=district_names(county)).dissolve(
        "ward_code", aggfunc="first", method="coverage"
    )
    _write(
        folder,
        {
            "WD25CD": wards.index.to_series(),
            "WD25NM": wards["ward_name"],
            "LAD25CD": wards["district_code"],
            "LAD25NM": wards["district_name"],
        },
        wards.geometry,
    )


def _district_part(county: County, folder: Path) -> None:
    areas = county.land.areas
    districts = areas.assign(district_name=district_names(county)).dissolve(
        "district_code", aggfunc="first", method="coverage"
    )
    frame = gpd.GeoDataFrame(
        {"ltla24_name": districts["district_name"], "ltla24_code": districts.index},
        geometry=districts.geometry.to_numpy(),
        crs=BRITISH_GRID,
    )
    frame.reset_index(drop=True).to_parquet(folder / FRAME, index=False)


def _write(folder: Path, columns: dict[str, pd.Series], outlines: gpd.GeoSeries) -> None:
    values = {name: column.to_numpy() for name, column in columns.items()}
    frame = gpd.GeoDataFrame(values, geometry=outlines.to_numpy(), crs=BRITISH_GRID)
    frame.to_crs(WGS84).to_parquet(folder / FRAME, index=False)


def _join_parquet(parts: Sequence[Path], out: Path, _: Country) -> None:
    join_outlines(parts).to_parquet(out, compression="zstd")


def _join_districts(parts: Sequence[Path], out: Path, _: Country) -> None:
    pieces = join_outlines(parts)
    districts = pieces.dissolve("ltla24_code", aggfunc="first", sort=True).reset_index()
    outlines = shapely.coverage_simplify(districts.geometry.to_numpy(), COARSE_M)
    frame = districts.set_geometry(outlines).to_crs(WGS84)[
        ["ltla24_name", "ltla24_code", "geometry"]
    ]
    frame.to_file(
        out,
        driver="GeoJSON",
        layer="boundaries_ltla24",
        engine="pyogrio",
        layer_options={"COORDINATE_PRECISION": str(_DEGREE_DIGITS), "RFC7946": "NO"},
    )


LSOAS: Final = Series(
    source="lsoa21", file="ons/lsoa21_bgc_sample.parquet", part=_lsoa_part, join=_join_parquet
)
WARDS: Final = Series(
    source="ward25", file="ons/ward25_sample.parquet", part=_ward_part, join=_join_parquet
)
DISTRICTS: Final = Series(
    source="district24",
    file="ons/boundaries_ltla24.geojson",
    part=_district_part,
    join=_join_districts,
)
