"""The authorities' admissions: last distances offered, criteria, and areas with priority."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from config.terms import BRITISH_GRID
from ingest.sample.codes import la_code_dfe
from ingest.sample.files.own_rolls import year_group_name
from ingest.sample.files.pieces import FRAME, join_outlines
from ingest.sample.files.planning import write_geojson
from ingest.sample.files.series import Country, County, Series
from ingest.sample.files.sheets import Cells, sheet
from ingest.sample.files.spans import printed
from ingest.sample.people.market import FAITH, LOT, SCORE, STRAIGHT_LINE, STREET
from ingest.sample.people.provision import NONE
from ingest.sample.people.years import LAST_CENSUS

YEARS: Final = range(LAST_CENSUS - 4, LAST_CENSUS + 1)
DISTANCES: Final = (
    *("urn", "year_of_entry", "year_group", "last_distance_m", "all_offered", "method"),
    *("offers", "pan", "criterion", "source_page"),
)
CRITERIA: Final = ("urn", "year_of_entry", "rank", "criterion", "offers", "source_page")
METHOD: Final = {STREET: "walking route"}
WORDS: Final = {
    STRAIGHT_LINE: ("Distance from home to school in a straight line",),
    STREET: ("Distance from home to school by the shortest walking route",),
    FAITH: (
        "Children of the school's own church, nearest first",
        "Other children, nearest in a straight line first",
    ),
    SCORE: ("Score in the selection test, highest first",),
    LOT: ("Order of registration",),
}
"""Criteria as admissions admit by them, in words that authorities use."""
LINKED: Final = "Children at the school that leads to this one"
AREA_REACH_M: Final = 1_600.0
"""An area with priority takes in the homes nearer to its school than to others, so far."""


def _entries(county: County) -> pd.DataFrame:
    """Return preferences and offers of the schools shown, with what the register says of them."""
    rows = county.people.admissions
    rows = rows[rows["academic_year"].isin(YEARS)]
    names = ["urn", "criterion", "authority", "provision"]
    rows = rows.join(county.people.schools[names], on="school")
    return rows[county.is_shown(rows["authority"])].reset_index(drop=True)


def _distances(county: County) -> Iterable[Cells]:
    """Tell the last child admitted by distance, as allocation had it: true to the metre."""
    rows = _entries(county)
    columns = (
        *("urn", "academic_year", "year_group", "last_distance_m", "offers", "places"),
        *("sent", "preferences", "criterion", "authority"),
    )
    lists = (rows[name].tolist() for name in columns)
    for urn, year, group, metres, offers, places, sent, asked, criterion, whose in zip(
        *lists, strict=True
    ):
        is_known = not np.isnan(metres)
        # Whoever asked for a school with places left got it, or one liked better.
        to_all = not is_known and offers < places and asked > 0
        words = WORDS.get(criterion, ("",))
        yield (
            urn,
            printed(year),
            year_group_name(group),
            round(metres) if is_known else "",
            "yes" if to_all else "no",
            METHOD.get(criterion, "straight line"),
            offers - sent,
            places,
            words[-1] if is_known else "",
            _page(county, whose),
        )


def _page(county: County, authority: int) -> str:
    name = county.names_of(authority).name.casefold().replace(" ", "-")
    return f"https://www.{name}.example/admissions"


def _criteria(county: County) -> Iterable[Cells]:
    """Tell in which order a school admits: pupils of a linked school first, in the last year."""
    rows = _entries(county).drop_duplicates("urn", keep="last")
    linked = _linked(county)
    columns = ("urn", "provision", "criterion", "academic_year", "authority")
    for urn, provision, criterion, year, whose in zip(
        *(rows[name].tolist() for name in columns), strict=True
    ):
        words = ((LINKED,) if provision in linked else ()) + WORDS.get(criterion, ())
        for rank, says in enumerate(words, start=1):
            yield (urn, printed(year), rank, says, "", _page(county, whose))


def _linked(county: County) -> set[int]:
    """Return the provisions that another one leads to: junior schools, by their infants'."""
    schools = county.people.schools
    return set(schools.loc[schools["kind"] == "junior", "provision"].tolist())


def priority_areas(county: County) -> gpd.GeoDataFrame:
    """Draw the areas with priority at the city's secondary schools that admit by distance.

    Each is of the small areas that are nearest to the school. The allocation knows no such
    areas: whoever lives near is admitted first anyway.
    """
    schools, areas = county.people.schools, county.land.areas
    there = schools["status_gias"].str.startswith("Open") & (schools["part"] == "city")
    there &= schools["kind"].isin(("secondary", "all_through"))
    there &= schools["criterion"].isin((STRAIGHT_LINE, STREET))
    own, city = schools[there], areas[areas["part"] == "city"]
    if own.empty:
        return gpd.GeoDataFrame({"name": []}, geometry=[], crs=BRITISH_GRID)
    middles = shapely.get_coordinates(shapely.centroid(city.geometry.to_numpy()))
    gates = own[["x", "y"]].to_numpy(float)
    metres = np.hypot(*(middles[:, None] - gates).transpose(2, 0, 1))
    nearest = np.where(metres.min(axis=1) <= AREA_REACH_M, metres.argmin(axis=1), NONE)
    frame = gpd.GeoDataFrame(
        {"school": nearest}, geometry=city.geometry.to_numpy(), crs=BRITISH_GRID
    )
    drawn = frame[frame["school"] != NONE].dissolve("school", method="coverage")
    chosen = own.iloc[drawn.index.to_numpy()]
    return gpd.GeoDataFrame(
        {
            "name": [f"{name} area" for name in chosen["name"]],
            "year_of_entry": printed(LAST_CENSUS),
            "phase": "secondary",
            "urns": chosen["urn"].astype(str).to_numpy(),
            "la_code_dfe": la_code_dfe(county.tile.city),
            "source_page": _page(county, county.tile.city),
        },
        geometry=drawn.geometry.to_numpy(),
        crs=BRITISH_GRID,
    )


def _part(county: County, folder: Path) -> None:
    priority_areas(county).to_parquet(folder / FRAME, index=False)


def _join(parts: Sequence[Path], out: Path, _: Country) -> None:
    write_geojson(join_outlines(parts), out, layer="admission_areas")


LAST_DISTANCES: Final[Series] = sheet(
    source="admissions",
    file="own/last_distances.csv",
    header=DISTANCES,
    rows=_distances,
    encoding="utf-8",
)
ORDER: Final[Series] = sheet(
    source="admission_criteria",
    file="own/admission_criteria.csv",
    header=CRITERIA,
    rows=_criteria,
    encoding="utf-8",
)
AREAS: Final = Series(
    source="admission_areas", file="own/admission_areas.geojson", part=_part, join=_join
)
