"""Entry to reception in Waverley, Surrey, in 2021, from real files: how far places went.

Nobody counted where its pupils live, so the choice is the default that was fitted to secondary
pupils elsewhere. Postcodes of Surrey are not at hand: homes are spread evenly over small areas,
the children of four of 2020, a year before they entered, evenly over their homes.
"""

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from config.authority import authorities
from ingest.issues import IssueLog
from ingest.pipeline.work import numbered
from ingest.planning.choice_fit import Fitted, fit_region
from ingest.planning.choice_reading import ChoiceTables
from ingest.planning.market import AdmissionTables, Entry, read_entry
from ingest.schema import TABLES
from ingest.schema.provision import ADMISSION_CRITERION, ADMISSION_NUMBER, OFFER_DISTANCE
from ingest.schema.schools import SCHOOL
from ingest.sources import gias, gias_links, surrey_admissions
from ingest.succession import successions
from tests.support.authority_reading import reading_of
from tests.support.reading import reading

WEST, SOUTH, EAST, NORTH = 476_000, 127_000, 512_000, 155_000
"""Waverley and some ten kilometres around it, metres."""

HOMES_AN_AREA = 20
YEARS = (2018, 2019, 2020, 2021)


def waverley(publishers: Path) -> tuple[Fitted, Entry]:
    """Read the entry, and the default choice."""
    issues = IssueLog()
    register = gias.read(
        publishers / "gias" / "edubasealldata20250524.csv", reading_of().cut, issues
    )
    links = gias_links.read(
        publishers / "gias" / "links_edubasealldata20250422.csv", reading_of().cut, issues
    )
    near = register[register["x"].between(WEST, EAST) & register["y"].between(SOUTH, NORTH)]
    gss = {each.la_code_dfe: each.la_code for each in authorities()}
    near = near.assign(la_code=near["la_code_dfe"].map(gss), is_outside=False, is_covered=True)
    homes = _homes(publishers)
    choice = ChoiceTables(_none("flow"), near, successions(links), homes)
    fitted = fit_region(choice, "primary", matrices={}, issues=issues)
    offers = [_offers(publishers, register, year) for year in YEARS]
    entry = read_entry(
        fitted,
        AdmissionTables(
            population=_children(publishers, sorted(set(homes["lsoa21"]))),
            numbers=pd.concat([each[ADMISSION_NUMBER] for each in offers]),
            distances=pd.concat([each[OFFER_DISTANCE] for each in offers]),
            criterion=offers[-1][ADMISSION_CRITERION],
            areas=_none("admission_area"),
            school_values=_none("school_value"),
            authority_values=_none("authority_value"),
        ),
        school=near,
        succession=successions(links),
        postcode=homes,
        matrices={},
        issues=issues,
    )
    return fitted, entry


def _none(name: str) -> pd.DataFrame:
    table = next(each for each in TABLES if each.name == name)
    return table.typed(pd.DataFrame(columns=table.names))


def _offers(publishers: Path, register: pd.DataFrame, year: int) -> dict:
    surrey = register[register["la_code_dfe"] == "936"]
    given = reading(before={SCHOOL: surrey}, la_codes_dfe=("936",))
    given = replace(given, cut=replace(given.cut, register=numbered(surrey)))
    folder = publishers / "authority" / "surrey"
    found = {}
    for kind in ("school", "crit"):
        path = folder / f"{year}_936_waverley_offers_{kind}.csv"
        for table, rows in surrey_admissions.read_rows(path, given).items():
            if table not in found or len(rows):
                found[table] = table.typed(rows.assign(receipt=None))
    return found


def _homes(publishers: Path) -> pd.DataFrame:
    """Spread homes evenly over the outlines of small areas."""
    areas = gpd.read_parquet(publishers / "ons" / "lsoa21_bgc_england.parquet").to_crs(27700)
    here = areas[areas.centroid.within(shapely.box(WEST, SOUTH, EAST, NORTH))]
    rng = np.random.default_rng(1)
    rows = []
    for code, district, outline in zip(
        here["LSOA21CD"], here["LADCD_ACTIVE"], here.geometry, strict=True
    ):
        west, south, east, north = outline.bounds
        points = np.zeros((0, 2))
        while len(points) < HOMES_AN_AREA:
            some = rng.uniform((west, south), (east, north), (200, 2))
            points = np.concatenate([points, some[shapely.contains_xy(outline, some)]])
        rows += [
            {"lsoa21": code, "la_code": district, "x": x, "y": y, "postcode": f"{code} {number}"}
            for number, (x, y) in enumerate(points[:HOMES_AN_AREA])
        ]
    homes = pd.DataFrame(rows)
    lon, lat = Transformer.from_crs(27700, 4326, always_xy=True).transform(homes["x"], homes["y"])
    county = pd.read_csv(publishers / "ons" / "lookup_ltla23_utla23.csv")
    whose = dict(zip(county["ltla23_code"], county["utla23_code"], strict=True))
    return homes.assign(
        lon=lon,
        lat=lat,
        la_code=homes["la_code"].map(whose),
        is_outside=False,
        is_covered=True,
    )


def _children(publishers: Path, codes: list[str]) -> pd.DataFrame:
    """Return children of four in 2020, spread over the small areas of 2021 that theirs became."""
    told = pd.read_parquet(publishers / "ons" / "population_syoa_lsoa11_2017_2019_2020.parquet")
    told = told[told["year"] == max(told["year"])]
    became = pd.read_csv(publishers / "ons" / "lookup_lsoa11_lsoa21_ltla22.csv")
    rows = became[became["lsoa21_code"].isin(codes)].merge(told, on="lsoa11_code")
    parts = became.groupby("lsoa11_code").size()
    share = 1 / rows["lsoa11_code"].map(parts)
    by_age = pd.concat(
        [
            pd.DataFrame(
                {"area_code": rows["lsoa21_code"], "age": age, "people": rows[f"age_{age}"] * share}
            )
            for age in range(4, 11)
        ]
    )
    people = by_age.groupby(["area_code", "age"], as_index=False)["people"].sum()
    return people.assign(
        source_id="population_lsoa11", year=2020, sex="all", basis="published", is_projected=False
    )
