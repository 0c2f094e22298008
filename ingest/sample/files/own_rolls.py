"""The authorities' own rolls: pupils by school, school year, year group and sex."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from ingest.sample.files.differences import MISCOUNTED, miscounted
from ingest.sample.files.series import County, Series
from ingest.sample.files.sheets import Cells, cells, sheet
from ingest.sample.files.spans import printed
from ingest.sample.people.years import LAST_CENSUS

HEADER: Final = ("urn", "school_year", "year_group", "sex", "pupils")
STATE_PAYS_NOT: Final = ("independent", "independent_prep", "sixth_form")
"""Kinds of school that send their authority no rolls."""


def year_group_name(year_group: int) -> str:
    """Return a year group as rolls write it.

    >>> [year_group_name(group) for group in (-1, 0, 1, 13)]
    ['N2', 'R', '1', '13']
    """
    return {-1: "N2", 0: "R"}.get(year_group, str(year_group))


def _rows(county: County) -> Iterable[Cells]:
    rolls, schools = county.people.rolls, county.people.schools
    ours = county.is_shown(schools["authority"]) & ~schools["kind"].isin(STATE_PAYS_NOT)
    kept = rolls.take(ours.to_numpy(bool)[rolls.school])
    key = np.stack([kept.school, kept.academic_year, kept.year_group, kept.sex])
    cell, which = np.unique(key, axis=1, return_inverse=True)
    pupils = np.bincount(which.ravel(), kept.pupils).astype(int)
    school, year, group, sex = cell
    lacking = schools["urn"].to_numpy()[school] == miscounted(county)
    lacking &= (year == LAST_CENSUS) & (group == 0) & (sex == 0)
    pupils = np.maximum(pupils - MISCOUNTED * lacking, 0)
    return cells(
        {
            "urn": schools["urn"].to_numpy()[school],
            "school_year": [printed(each) for each in year.tolist()],
            "year_group": [year_group_name(each) for each in group.tolist()],
            "sex": ["FM"[each] for each in sex.tolist()],
            "pupils": pupils,
        }
    )


SERIES: Final[Series] = sheet(
    source="rolls", file="own/rolls.csv", header=HEADER, rows=_rows, encoding="utf-8"
)
