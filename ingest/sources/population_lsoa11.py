"""Children by small area in 2017, 2019 and 2020, moved to the small areas of 2021."""

from pathlib import Path
from typing import Final

import pandas as pd

from ingest.authority_values import filled
from ingest.conversion import converted, known_changes
from ingest.measures import Measure
from ingest.rebasing import AGES as CHILDREN
from ingest.rebasing import LAST_ESTIMATE, census_ratios, rebased_rows
from ingest.rhythm import NEVER_AGAIN
from ingest.schema.areas import AREA, AREA_VALUE, AUTHORITY_VALUE, SMALL_AREA_CHANGE
from ingest.schema.people import POPULATION
from ingest.small_area_ages import AGE_COLUMNS, AGES, by_age
from ingest.source import Reading, Release, Rows, Source, fixed
from ingest.tables import Names, read_table

ID: Final = "population_lsoa11"
COLUMNS: Final[Names] = {
    "lsoa11": "lsoa11_code",
    "year": "year",
    **{str(age): f"age_{age}" for age in AGES},
}
_MOST: Final = 0.5
RATIO: Final = Measure(
    id="population_census_ratio",
    topic="Population",
    title="Children counted in 2021 for each estimated in 2020",
    says="How many children aged 0 to 15 the census of March 2021 counted for each that had been "
    "estimated for the middle of 2020. Below one: too many had been estimated.",
    unit="ratio",
    decimals=3,
    source_id=ID,
    level="authority",
    method="Census 2021 children aged 0 to 15 divided by the mid-2020 estimate of the same ages.",
)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read single years of age by small area of 2011.

    Returns:
        Rows of ``population``: as published where an area is the same in 2021, ``converted``
        where it changed, and the children of the authorities shown a second time, ``rebased`` to
        meet the census of 2021. Rows of ``authority_value`` say by how much, district by district
        and for the authorities.
    """
    changes = known_changes(reading, path.name)
    rows = read_table(path, COLUMNS, source=ID, issues=reading.issues)
    near = rows[rows["lsoa11"].isin(changes["lsoa11"])]
    moved = converted(near, changes, counts=AGE_COLUMNS, by=["year"])
    moved = moved.rename(columns={"lsoa21": "area_code"})
    same = set(changes.loc[changes["change"] == "unchanged", "lsoa21"])
    basis = moved["area_code"].isin(same).map({True: "published", False: "converted"})
    told = by_age(moved.assign(basis=basis), keys=["status", "basis"], source_id=ID)
    ratios = _ratios(told, reading)
    of_area = _ratio_of_each(reading, ratios)
    return {
        POPULATION: pd.concat([told, rebased_rows(told, of_area)], ignore_index=True),
        AUTHORITY_VALUE: _values(ratios),
    }


def _own_areas(reading: Reading) -> pd.DataFrame:
    """Return the district of 2022 and the authority of every small area shown.

    A district most of whose areas near by are not shown is a neighbour's: a field that changed
    hands does not make it one of ours, and its areas here have no district.
    """
    changes = reading.rows_of(SMALL_AREA_CHANGE).drop_duplicates("lsoa21").set_index("lsoa21")
    areas = reading.rows_of(AREA).set_index("area_code")
    near = changes[["lad22"]].join(areas[["parent_code", "is_outside"]], how="inner")
    is_outside = near["is_outside"].astype(bool)
    share_outside = is_outside.groupby(near["lad22"]).mean()
    own = near[~is_outside]
    is_ours = own["lad22"].map(share_outside) < _MOST
    return own.assign(district=own["lad22"].where(is_ours))


def _ratio_of_each(reading: Reading, ratios: dict[str, pd.Series]) -> pd.Series:
    """Return the ratio of every small area: its district's, else its authority's."""
    own = _own_areas(reading)
    of_district = own["district"].map(ratios["district"])
    return of_district.fillna(own["parent_code"].map(ratios["authority"])).dropna()


def _ratios(told: pd.DataFrame, reading: Reading) -> dict[str, pd.Series]:
    """Compare the census with the last estimates, by district and by authority."""
    last = told[(told["year"] == LAST_ESTIMATE) & told["age"].isin(list(CHILDREN))]
    estimated = last.groupby("area_code")["people"].sum()
    values = reading.rows_of(AREA_VALUE)
    census = values[values["measure"] == "children_0_15"].set_index("area_code")["value"]
    own = _own_areas(reading)
    found = {}
    for name, areas in (("district", own["district"]), ("authority", own["parent_code"])):
        both = pd.DataFrame({"place": areas, "estimated": estimated, "counted": census})
        sums = both.dropna().groupby("place").sum()
        found[name] = census_ratios(sums["estimated"], sums["counted"])
    for code, ratio in found["district"].items():
        says = f"the census of 2021 counted {ratio:.3f} children for each estimated in 2020"
        reading.issues.note("estimates meet the census", str(code), says)
    return found


def _values(ratios: dict[str, pd.Series]) -> pd.DataFrame:
    both = pd.concat([ratios["authority"], ratios["district"]])
    only = both[~both.index.duplicated()]
    rows = pd.DataFrame({"area_code": only.index, "value": only.to_numpy()})
    return filled(rows.assign(measure=RATIO.id, period=str(LAST_ESTIMATE), status="measured"))


SOURCE: Final = Source(
    id=ID,
    title="Single year of age by small area (2011), mid-2017, mid-2019 and mid-2020",
    publisher="Office for National Statistics",
    landing_page=(
        "https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/"
        "populationestimates/datasets/lowersuperoutputareamidyearpopulationestimates"
    ),
    licence="OGL-UK-3.0",
    attribution=(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
    ),
    releases=fixed(
        Release(
            name="2020",
            file_name="population_syoa_lsoa11_2017_2019_2020.parquet",
            addresses=(),
        )
    ),
    every=NEVER_AGAIN,
    mirror_folder="ons",
    mirror_files=("population_syoa_lsoa11*.parquet",),
    read_rows=read_rows,
    tables=(POPULATION, AUTHORITY_VALUE),
    measures=(RATIO,),
    caveats=(
        "Made before the census of 2021 and up to a tenth off it in places with many students or "
        "much migration: the rebased figures meet the census.",
        "The publisher has since replaced these years by estimates on the small areas of 2021.",
    ),
)
