"""School census as the newer underlying data have it: pupils by key stage, school by school."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from config.english_regions import ENGLAND
from ingest.sample.codes import la_code_dfe
from ingest.sample.files.census_by_school import OF_KIND, pupils_counted
from ingest.sample.files.marks import decimals, shares
from ingest.sample.files.series import County, Series
from ingest.sample.files.sheets import Cells, Columns, cells, sheet
from ingest.sample.files.spans import CENSUSES, digits_of, folder_of
from ingest.sample.people.needs import Ints

STAGES: Final = {
    "number of nursery pupils (years N1 and N2)": (-1, -1),
    "number of reception pupils (year R)": (0, 0),
    "number of key stage 1 pupils (years 1 and 2)": (1, 2),
    "number of key stage 2 pupils (years 3 to 6)": (3, 6),
    "number of key stage 3 pupils (years 7 to 9)": (7, 9),
    "number of key stage 4 pupils (years 10 and 11)": (10, 11),
    "number of key stage 5 pupils (years 12 to 14)": (12, 14),
}
"""First and last year group of each."""

HEADER: Final = (
    *("time_period", "time_identifier", "geographic_level", "country_code", "country_name"),
    *("old_la_code", "school_laestab", "urn", "school_name", "phase_type_grouping"),
    *("headcount of pupils", "headcount total female", "headcount total male"),
    *STAGES,
    "number of pupils known to be eligible for free school meals",
    "% of pupils known to be eligible for free school meals",
    "number of pupils whose first language is known or believed to be other than English",
    "% of pupils whose first language is known or believed to be other than English",
)


def of_year(academic_year: int) -> Series:
    """Return the file of one census."""

    def rows(county: County) -> Iterable[Cells]:
        counted = pupils_counted(county, academic_year)
        pupils, girls = counted["pupils"], counted["girls"]
        by_stage = _by_stage(county, academic_year, counted["school"].to_numpy())
        same = [""] * len(counted)
        authorities = [la_code_dfe(each) for each in counted["authority"].tolist()]
        numbers = counted["establishment_number"].tolist()
        columns: Columns = {
            "time_period": [digits_of(academic_year) for _ in same],
            "time_identifier": ["Academic year" for _ in same],
            "geographic_level": ["School" for _ in same],
            "country_code": [ENGLAND for _ in same],
            "country_name": ["England" for _ in same],
            "old_la_code": authorities,
            "school_laestab": [f"{la}{n}" for la, n in zip(authorities, numbers, strict=True)],
            "urn": counted["urn"],
            "school_name": county.people.schools["name"].to_numpy()[counted["school"]],
            "phase_type_grouping": counted["kind"].map(OF_KIND),
            "headcount of pupils": pupils,
            "headcount total female": girls,
            "headcount total male": pupils - girls,
            **dict(zip(STAGES, by_stage.T, strict=True)),
            HEADER[-4]: counted["meals"],
            HEADER[-3]: decimals(shares(counted["meals"], pupils)),
            HEADER[-2]: counted["other_language"],
            HEADER[-1]: decimals(shares(counted["other_language"], pupils)),
        }
        return cells({name: columns[name] for name in HEADER})

    folder = folder_of(academic_year)
    return sheet(
        source="school_census",
        file=f"performance_tables/{folder}/spc_school_level_underlying_data.csv",
        header=HEADER,
        rows=rows,
        encoding="utf-8",
    )


def _by_stage(county: County, academic_year: int, schools: Ints) -> Ints:
    """Count the pupils of some schools (rows) in each stage (columns)."""
    rolls = county.people.rolls.between(academic_year, academic_year)
    size = len(county.people.schools)
    counts = [
        np.bincount(some.school, some.pupils, size)
        for some in (
            rolls.take((first <= rolls.year_group) & (rolls.year_group <= last))
            for first, last in STAGES.values()
        )
    ]
    return np.stack(counts, axis=1).astype(np.int32)[schools]


SERIES: Final = tuple(of_year(year) for year in CENSUSES[-2:])
