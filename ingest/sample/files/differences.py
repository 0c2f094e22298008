"""What the files say differently of the same pupils, on purpose: for a page of data quality.

Everything else agrees: rolls of an authority's own, the census and the capacity survey count the
same pupils, but for nursery classes (not in the survey) and colleges and independent schools.
"""

from typing import Any, Final

import pandas as pd

from ingest.sample.files.series import County
from ingest.sample.people.years import LAST_CENSUS

MISCOUNTED: Final = 3
"""Pupils of one year group that an authority's own roll of one school lacks."""


def without_planning_area(county: County) -> int:
    """Return the URN of the school that the list of planning areas forgets."""
    return int(_primary(county)["urn"].iloc[-1])


def miscounted(county: County) -> int:
    """Return the URN of the school whose own roll lacks some pupils of the first year group."""
    return int(_primary(county)["urn"].iloc[0])


def _primary(county: County) -> pd.DataFrame:
    """Return the primary schools in use of the authorities shown."""
    schools = county.people.schools
    there = schools["status_gias"].eq("Open") & schools["kind"].eq("primary")
    there &= county.is_shown(schools["authority"]) & (schools["first_year"] <= LAST_CENSUS)
    return schools[there]


def differences(county: County) -> dict[str, Any]:
    """Return what ``truth.json`` tells of them."""
    return {
        "census": "Headcounts of the January census, nursery classes among them; independent "
        "schools too, colleges not.",
        "rolls": "The same pupils by year group and sex, without independent schools and colleges.",
        "capacity": "The same pupils from reception on, of mainstream schools; counted in January, "
        "though the survey's day is in May.",
        "own_roll_lacks": {
            "urn": miscounted(county),
            "academic_year": LAST_CENSUS,
            "pupils": MISCOUNTED,
        },
        "estimates_before_the_census": {
            "too_many_by_2020_share": {"city": 0.045, "shire": -0.01, "fringe": 0.0},
            "grown_evenly_since": 2011,
        },
        "housing": "Homes of sites under construction are those of new_estate, as whole numbers; "
        "on the site that is allocated and on the one on hold nothing is built by 2029/30.",
        "without_planning_area": {"urn": without_planning_area(county)},
    }
