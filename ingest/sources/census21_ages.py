"""Census 2021: how many people of which age live in each small area."""

import json
from pathlib import Path
from typing import Any, Final

import pandas as pd

from config.terms import Status
from ingest.issues import IssueLog
from ingest.measures import Measure, values
from ingest.rhythm import NEVER_AGAIN
from ingest.rows import first_of_each
from ingest.schema.areas import AREA_VALUE
from ingest.source import Cut, Release, Source, fixed
from ingest.tables import columns_of, no_rows, read_table, unreadable

ID: Final = "census21_ages"
AGES: Final = {
    "aged_0_15": "Aged 15 years and under",
    "aged_16_24": "Aged 16 to 24 years",
    "aged_25_34": "Aged 25 to 34 years",
    "aged_35_49": "Aged 35 to 49 years",
    "aged_50_64": "Aged 50 to 64 years",
    "aged_65_plus": "Aged 65 years and over",
}
_CENSUS_DAY: Final = "Census day, 21 March 2021"

MEASURES: Final = (
    Measure(
        id="children_0_15",
        topic="Children",
        title="Children aged 0 to 15",
        says="People aged 15 and under who live here.",
        unit="children",
        period=_CENSUS_DAY,
        source_id=ID,
        release="2021",
    ),
    Measure(
        id="children_0_15_pct",
        topic="Children",
        title="Children aged 0 to 15, share of people",
        says="Of every 100 people who live here, how many are aged 15 and under.",
        unit="%",
        decimals=1,
        period=_CENSUS_DAY,
        source_id=ID,
        release="2021",
        method="Children aged 0 to 15 divided by all residents.",
    ),
    Measure(
        id="residents",
        topic="Children",
        title="People of all ages",
        says="Everybody who lives here.",
        unit="people",
        period=_CENSUS_DAY,
        source_id=ID,
        release="2021",
        method="Sum of the six age groups published.",
    ),
)


def read(path: Path, _: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read the table of six age groups, as Parquet or CSV, or as the census API's JSON.

    Returns:
        Rows of the ``area_value`` table for every small area in the file.
    """
    if path.suffix == ".json":
        frame = _read_observations(path, issues)
    else:
        frame = read_table(
            path,
            {"area_code": ("lsoa21_code", "LSOA21CD"), **AGES},
            source=ID,
            issues=issues,
            key=("area_code",),
        )
    ages = frame[list(AGES)].apply(pd.to_numeric, errors="coerce")
    residents = ages.sum(axis="columns", min_count=len(AGES))
    frame = pd.DataFrame(
        {
            "area_code": frame["area_code"],
            "children_0_15": ages["aged_0_15"],
            "children_0_15_pct": 100 * ages["aged_0_15"] / residents.where(residents > 0),
            "residents": residents,
        }
    )
    return values(frame, MEASURES, missing=Status.UNAVAILABLE)


def _read_observations(path: Path, issues: IssueLog) -> pd.DataFrame:
    """Turn the census API's list of observations into one row per area."""
    try:
        observations: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["observations"]
        rows = [
            (o["dimensions"][0]["option_id"], o["dimensions"][1]["option"], o["observation"])
            for o in observations
        ]
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise unreadable(ID, path.name, f"is no list of census observations ({error!r})") from None
    long = pd.DataFrame(rows, columns=["area_code", "age", "people"])
    if long.empty:
        raise no_rows(ID, path.name)
    long = first_of_each(long, ("area_code", "age"), issues=issues)
    wide = long.pivot_table(index="area_code", columns="age", values="people", aggfunc="first")
    wide = wide.reset_index()
    return wide.rename(columns=columns_of(map(str, wide), AGES, source=ID, file=path.name))


SOURCE: Final = Source(
    id=ID,
    title="Census 2021: age in six groups by small area",
    publisher="Office for National Statistics",
    landing_page="https://www.ons.gov.uk/census",
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
    releases=fixed(
        Release(
            name="2021",
            file_name="census21_ages_lsoa21.json",
            addresses=(
                "https://api.beta.ons.gov.uk/v1/population-types/UR/census-observations"
                "?area-type=lsoa&dimensions=resident_age_6a",
            ),
        )
    ),
    every=NEVER_AGAIN,
    mirror_folder="ons",
    mirror_files=("census21_agegroups_lsoa21.parquet", "census21_ages_lsoa21.json"),
    read=read,
    tables=(AREA_VALUE,),
    caveats=(
        "Counted during the pandemic: students and some families were not at their usual home.",
    ),
)
