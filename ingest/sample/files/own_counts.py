"""The authorities' own counts of pupils by home, school and year group: the file to be shielded."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from ingest.sample.files.own_rolls import STATE_PAYS_NOT, year_group_name
from ingest.sample.files.series import County, Series
from ingest.sample.files.sheets import Cells, cells, sheet
from ingest.sample.files.spans import printed
from ingest.sample.people.years import LAST_CENSUS

HEADER: Final = ("academic_year", "urn", "year_group", "lsoa21", "pupils")
YEARS: Final = 2
"""School years up to the last census that are counted."""


def _rows(county: County) -> Iterable[Cells]:
    """Count; nobody is invented, for a row may stand for one pupil and names none."""
    schools, areas = county.people.schools, county.land.areas
    ours = county.is_shown(schools["authority"]) & ~schools["kind"].isin(STATE_PAYS_NOT)
    rolls = county.people.rolls.between(LAST_CENSUS - YEARS + 1, LAST_CENSUS)
    kept = rolls.take(ours.to_numpy(bool)[rolls.school])
    key = np.stack([kept.academic_year, kept.school, kept.year_group, kept.area])
    cell, which = np.unique(key, axis=1, return_inverse=True)
    year, school, group, area = cell
    return cells(
        {
            "academic_year": [printed(each) for each in year.tolist()],
            "urn": schools["urn"].to_numpy()[school],
            "year_group": [year_group_name(each) for each in group.tolist()],
            "lsoa21": areas["area_code"].to_numpy()[area],
            "pupils": np.bincount(which.ravel(), kept.pupils).astype(int),
        }
    )


SERIES: Final[Series] = sheet(
    source="own_counts",
    file="own/home_to_school.csv",
    header=HEADER,
    rows=_rows,
    encoding="utf-8",
)
