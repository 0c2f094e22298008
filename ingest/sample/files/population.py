"""Residents by single year of age: small areas of 2021 and of 2011, wards, districts to come."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.codes import la_code
from ingest.sample.files.areas11 import areas_of_2011
from ingest.sample.files.outlines import district_names
from ingest.sample.files.pieces import FRAME, join_frames
from ingest.sample.files.series import Country, County, Series
from ingest.sample.files.sheets import Cells, sheet
from ingest.sample.files.workbook import row_xml, write_workbook
from ingest.sample.people.needs import Floats
from ingest.sample.people.years import LAST_AGE

AGES: Final = tuple(range(LAST_AGE + 1))

NOW: Final = (2022, 2023, 2024)
"""Mid-years estimated after the census, by small area of 2021."""
BEFORE: Final = (2017, 2019, 2020)
"""Mid-years estimated before the census, by small area of 2011."""
CHILDREN: Final = range(20)
DRIFT: Final = {"city": 0.045, "shire": -0.01, "fringe": 0.0}
"""By how much the last estimates before the census were too many, by part: migration unseen."""
CENSUS_BEFORE, LAST_BEFORE = 2011, 2020

WARDS: Final = 2015
BASE: Final = 2022
LAST_PROJECTED: Final = 2047
RATIOS_OF: Final = 3
"""Years before the base by whose ratios the projection ages the population."""
STEADY: Final = 0.995
"""Infants of a year over those of the year before."""


def residents(county: County, year: int) -> Floats:
    """Return residents by small area, sex (female, male) and age."""
    ages = county.people.ages
    now = ages[ages["year"] == year].sort_values(["area", "sex"])
    return np.asarray(now[list(AGES)].to_numpy(float).reshape(-1, 2, len(AGES)))


def _sheet_name(year: int) -> str:
    return f"Mid-{year} LSOA 2021"


_HEADER: Final = (
    *("LAD 2023 Code", "LAD 2023 Name", "LSOA 2021 Code", "LSOA 2021 Name", "Total"),
    *(f"{sex}{age}" for sex in "FM" for age in AGES),
)


def _now_part(county: County, folder: Path) -> None:
    areas = county.land.areas.assign(district_name=district_names(county))
    names = ("district_code", "district_name", "area_code", "name")
    about = list(zip(*(areas[name] for name in names), strict=True))
    for year in _known(county, NOW):
        counts = residents(county, year).astype(int)
        with (folder / f"{year}.xml").open("w", encoding="utf-8") as file:
            for area, own in zip(about, counts, strict=True):
                file.write(row_xml((*area, int(own.sum()), *own.ravel().tolist())))


def _known(county: County, years: Iterable[int]) -> list[int]:
    there = set(county.people.ages["year"])
    return [year for year in years if year in there]


def _join_now(parts: Sequence[Path], out: Path, _: Country) -> None:
    sheets = {}
    for year in NOW:
        title = f"Mid-year {year} population estimates by single year of age, small areas of 2021"
        first = row_xml([title]) + row_xml(["Made up"]) + row_xml([""]) + row_xml(_HEADER)
        pieces = [part / f"{year}.xml" for part in parts]
        sheets[_sheet_name(year)] = (first, [piece for piece in pieces if piece.is_file()])
    write_workbook(out, sheets)


def _before_part(county: County, folder: Path) -> None:
    then = areas_of_2011(county)
    part = county.land.areas["part"].map(DRIFT).to_numpy(float)
    tables = []
    for year in _known(county, BEFORE):
        drift = 1 + part * (year - CENSUS_BEFORE) / (LAST_BEFORE - CENSUS_BEFORE)
        people = residents(county, year).sum(axis=1) * drift[:, None]
        own = people[then["area"].to_numpy()] * then["share"].to_numpy()[:, None]
        columns = {f"age_{age}": own[:, age] for age in CHILDREN}
        table = pd.DataFrame(
            {"lsoa11_code": then["lsoa11"], "total_population": own.sum(axis=1), **columns}
        )
        sums = table.groupby("lsoa11_code").sum().round().astype("int64").reset_index()
        sums.insert(1, "year", year)
        tables.append(sums)
    frame = pd.concat(tables) if tables else pd.DataFrame(columns=["lsoa11_code", "year"])
    frame.to_parquet(folder / FRAME, index=False)


def _join_before(parts: Sequence[Path], out: Path, _: Country) -> None:
    frame = join_frames(parts).sort_values(["year", "lsoa11_code"], ignore_index=True)
    frame.to_parquet(out, index=False, compression="snappy")


def _ward_rows(county: County) -> Iterable[Cells]:
    areas = county.land.areas.assign(district_name=district_names(county))
    if not _known(county, (WARDS,)):
        return
    people = pd.DataFrame(residents(county, WARDS).sum(axis=1).astype(int))
    keys = [areas[name].to_numpy() for name in ("ward_code", "ward_name", "district_name")]
    for key, row in people.groupby(keys).sum().iterrows():
        yield (*key, int(row.sum()), *row.tolist())  # type: ignore[misc]


def _projection_figures(county: County) -> pd.DataFrame:
    """Count residents by district, year and age."""
    areas = county.land.areas
    rows = []
    for year in _known(county, range(BASE - RATIOS_OF, BASE + 1)):
        people = pd.DataFrame(
            residents(county, year).sum(axis=1), columns=[f"{age}" for age in AGES]
        )
        kinds = areas["part"].where(areas["part"] == "city", "shire")
        people["area"] = areas["district_code"].to_numpy()
        people["authority"] = [
            la_code(kind, int(number))
            for kind, number in zip(kinds, areas["authority"], strict=True)
        ]
        rows.append(people.groupby(["area", "authority"], as_index=False).sum().assign(year=year))
    return pd.concat(rows, ignore_index=True)


def _projection_part(county: County, folder: Path) -> None:
    _projection_figures(county).to_parquet(folder / FRAME, index=False)


def _join_projection(parts: Sequence[Path], out: Path, _: Country) -> None:
    """Age every district by the ratios of the last years, and write a zip as the publisher's."""
    found = join_frames(parts).groupby(["area", "authority", "year"], as_index=False).sum()
    above = found.groupby(["authority", "year"], as_index=False)[[str(age) for age in AGES]].sum()
    above = above[above["authority"].str.startswith("E10")].rename(columns={"authority": "area"})
    rows = pd.concat([found.drop(columns="authority"), above], ignore_index=True)
    years = [str(year) for year in range(BASE, LAST_PROJECTED + 1)]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["AREA_CODE", "AREA_NAME", "COMPONENT", "SEX", "AGE_GROUP", *years])
    for area, own in rows.groupby("area"):
        known = own.sort_values("year")[[str(age) for age in AGES]].to_numpy(float)
        coming = projected(known, len(years))
        for age in AGES:
            name = "90 and over" if age == LAST_AGE else str(age)
            counts = [f"{value:.3f}" for value in coming[:, age].tolist()]
            writer.writerow([area, area, "Population", "persons", name, *counts])
        everybody = [f"{value:.3f}" for value in coming.sum(axis=1).tolist()]
        writer.writerow([area, area, "Population", "persons", "All ages", *everybody])
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("2022 SNPP Population persons.csv", (2025, 5, 24, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, text.getvalue())


def projected(known: Floats, years: int) -> Floats:
    """Age a population.

    Args:
        known: by year (the last is the base) and age.
        years: how many to return, the base first.

    Returns:
        By year and age.
    """
    ratio = known[1:, 1:].sum(axis=0) / np.maximum(known[:-1, :-1].sum(axis=0), 1.0)
    found = [known[-1]]
    while len(found) < years:
        before = found[-1]
        after = np.concatenate([[STEADY * before[0]], before[:-1] * ratio])
        # Those of 90 and over stay as many over those of 89 as they were.
        after[-1] = before[-1]
        found.append(after)
    return np.array(found)


SMALL_AREAS: Final = Series(
    source="population_lsoa21",
    file="ons/sapelsoasyoa20222024.xlsx",
    part=_now_part,
    join=_join_now,
)
SMALL_AREAS_BEFORE: Final = Series(
    source="population_lsoa11",
    file="ons/population_syoa_lsoa11_2017_2019_2020.parquet",
    part=_before_part,
    join=_join_before,
)
WARD_AGES: Final[Series] = sheet(
    source="ward_population",
    file="ons/ward_ages_mid_2015.csv",
    header=("WardCode", "WardName", "LocalAuthority", "AllAges", *map(str, AGES)),
    rows=_ward_rows,
    encoding="utf-8",
)
PROJECTED: Final = Series(
    source="population_projections",
    file="ons/2022snpppopulationsyoa5yr.zip",
    part=_projection_part,
    join=_join_projection,
)
