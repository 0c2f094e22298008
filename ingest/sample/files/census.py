"""Census 2021: residents of each small area in six groups of age."""

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

from ingest.sample.files.pieces import FRAME, join_frames
from ingest.sample.files.series import Country, County, Series

GROUPS: Final = MappingProxyType(
    {
        "Aged 15 years and under": (0, 15),
        "Aged 16 to 24 years": (16, 24),
        "Aged 25 to 34 years": (25, 34),
        "Aged 35 to 49 years": (35, 49),
        "Aged 50 to 64 years": (50, 64),
        "Aged 65 years and over": (65, 90),
    }
)
"""First and last age of each group; 90 stands for all the older."""

CENSUS_YEAR: Final = 2021
LAST_AGE: Final = 90


def _part(county: County, folder: Path) -> None:
    ages = residents(county)
    columns = {
        group: ages.loc[:, first:last].sum(axis="columns").astype("float64")
        for group, (first, last) in GROUPS.items()
    }
    frame = pd.DataFrame({"lsoa21_code": county.land.areas["area_code"].to_numpy(), **columns})
    frame.to_parquet(folder / FRAME, index=False)


def residents(county: County) -> pd.DataFrame:
    """Return the residents in the year of the census: a row an area, a column a year of age."""
    ages = county.people.ages
    then = ages[ages["year"] == CENSUS_YEAR].groupby("area").sum()
    return then[list(range(LAST_AGE + 1))]


def _join(parts: Sequence[Path], out: Path, _: Country) -> None:
    frame = join_frames(parts).sort_values("lsoa21_code", ignore_index=True)
    frame.to_parquet(out, index=False, compression="snappy")


SERIES: Final = Series(
    source="census21_ages", file="ons/census21_agegroups_lsoa21.parquet", part=_part, join=_join
)
