"""Home area to secondary school in the layout of the London Schools Atlas, for every census."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.files.areas11 import areas_of_2011
from ingest.sample.files.series import County, Series
from ingest.sample.files.sheets import Cells, sheet
from ingest.sample.files.spans import EVERY_YEAR
from ingest.sample.people.years import YEAR_7

HEADER: Final = (
    *("LSOA_CODE", "LSOA_NAME", "Total_No_of_LSOA_Pupils", "LSOA2Secondary_Flow_No."),
    *("Secondary_School_URN", "Secondary_School_Name", "Pupil_count"),
)
FEWEST: Final = 3
"""Smaller counts are left out; the total of a small area is from before that."""
LAST_GROUP: Final = 11
NOT_COUNTED: Final = ("independent", "special", "ap")


def _rows(county: County, academic_year: int) -> Iterable[Cells]:
    flows = _counted(county, academic_year)
    whole = flows.groupby("lsoa11")["pupils"].transform("sum")
    shown = flows.assign(whole=whole)[flows["pupils"] >= FEWEST]
    shown = shown.sort_values(["lsoa11", "pupils", "urn"], ascending=[True, False, True])
    number = shown.groupby("lsoa11").cumcount() + 1
    columns = ("lsoa11", "area_name", "whole", "number", "urn", "school_name", "pupils")
    table = shown.assign(number="LSOAtoPri_Flow" + number.astype(str))
    return zip(*(table[name].tolist() for name in columns), strict=True)


def _counted(county: County, academic_year: int) -> pd.DataFrame:
    """Count pupils of years 7 to 11 by small area of 2011 and school."""
    schools, rolls = county.people.schools, county.people.rolls
    paid = ~schools["kind"].isin(NOT_COUNTED).to_numpy()
    there = (rolls.academic_year == academic_year) & paid[rolls.school]
    there &= (rolls.year_group >= YEAR_7) & (rolls.year_group <= LAST_GROUP)
    some = rolls.take(there)
    pairs = pd.DataFrame({"area": some.area, "school": some.school, "pupils": some.pupils})
    now = pairs.groupby(["area", "school"], as_index=False).sum()
    then = areas_of_2011(county).rename(columns={"name": "area_name"})
    both = now.merge(then, on="area")
    # Of two areas that are one today, the first has the odd pupil.
    half = both["share"] < 1
    first = ~both.duplicated(["area", "school"])
    pupils = both["pupils"].where(~half, (both["pupils"] + first) // 2)
    moved = both.assign(pupils=pupils).groupby(["lsoa11", "area_name", "school"], as_index=False)
    flows = pd.DataFrame(moved["pupils"].sum())
    own = schools.iloc[flows["school"].to_numpy()]
    named = {"urn": own["urn"].to_numpy(), "school_name": own["name"].to_numpy()}
    return flows.assign(pupils=flows["pupils"].astype(np.int64), **named)


def _file_of(academic_year: int) -> Series:
    return sheet(
        source="london_flows",
        file=f"flows/Catchments_LSOAtoSecSchool_{academic_year + 1}.csv",
        header=HEADER,
        rows=lambda county: _rows(county, academic_year),
        encoding="utf-8",
    )


SERIES: Final = tuple(_file_of(year) for year in EVERY_YEAR)
