"""What the steps before a series wrote of small areas, from the real files."""

from functools import cache

import pandas as pd

from ingest.conversion import with_shares
from ingest.issues import IssueLog
from ingest.sources import census21_ages, lsoa11_lookup
from tests.support.authority_reading import reading_of


@cache
def small_areas_of(publishers, *districts):
    """Return the rows of earlier steps for districts of 2022 that are authorities themselves."""
    cut = reading_of().cut
    ages = census21_ages.read(
        publishers / "ons" / "census21_agegroups_lsoa21.parquet", cut, IssueLog()
    )
    lookup = lsoa11_lookup.read(
        publishers / "ons" / "lookup_lsoa11_lsoa21_ltla22.csv", cut, IssueLog()
    )
    children = ages[ages["measure"] == "children_0_15"].set_index("area_code")["value"]
    changes = with_shares(lookup, children)
    near = changes[changes["lad22"].isin(districts)]
    names = pd.read_csv(publishers / "ons" / "lookup_lsoa11_lsoa21_ltla22.csv")
    areas = (
        near[["lsoa21", "lad22"]]
        .drop_duplicates("lsoa21")
        .rename(columns={"lsoa21": "area_code", "lad22": "parent_code"})
        .assign(kind="lsoa21", is_outside=False)
    )
    called = names.drop_duplicates("lsoa21_code").set_index("lsoa21_code")["lsoa21_name"]
    return {
        "area": areas.assign(name=areas["area_code"].map(called)),
        "area_value": ages[ages["area_code"].isin(areas["area_code"])],
        "small_area_change": near,
    }
