"""Where pupils went after year 11: those who left two years before the tables' own."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from ingest.sample.codes import la_code_dfe
from ingest.sample.files.marks import NOT_AVAILABLE, Texts, marked, percents, wholes
from ingest.sample.files.results import (
    Figures,
    about_schools,
    arrays,
    laid_out,
    of_year,
    suppressed,
)
from ingest.sample.files.series import Country, County, Series
from ingest.sample.files.sheets import Cells, sheet
from ingest.sample.files.spans import RESULTS, folder_of
from ingest.sample.people.outcomes import GOES

BEFORE: Final = 2
"""Years from the end of year 11 to the tables that tell where its pupils went."""
FEWEST: Final = 11
"""Of a cohort smaller than this nothing is told but how large it is."""
FEWEST_OF_A_GROUP: Final = 3
NOWHERE: Final = ("not_sustained", "unknown")
NAMES: Final = {
    "OVERALL_DEST": tuple(GOES),
    "APPREN": ("apprenticeship",),
    "EMPLOYMENT": ("employment",),
    "EDUCATION": ("college", "sixth_form", "sixth_form_college", "other_education"),
    "FE": ("college",),
    "SCH_6TH": ("sixth_form",),
    "SIXTH_COL": ("sixth_form_college",),
    "OTHER_EDU": ("other_education",),
    "NOT_SUSTAINED": ("not_sustained",),
    "UNKNOWN": ("unknown",),
}
"""The publisher's columns, and what they add up."""

GROUPS: Final = {"": ("d", "o"), "_DIS": ("d",), "_NONDIS": ("o",)}
"""How columns end, and of whom they tell: of the disadvantaged, of the others."""

EVERYWHERE: Final = tuple(f"{who}_{name}" for who in "do" for name in (*GOES, *NOWHERE))


def header_of(academic_year: int) -> tuple[str, ...]:
    """Return the columns of a year's file: the two years before stand at its end."""
    columns = ["RECTYPE", "LEA", "ESTAB", "URN", "ICLOSE", "SCHNAME", "NFTYPE"]
    for group in GROUPS:
        columns.append(f"COHORT{group}")
        columns += [f"{name}{group}" for name in NAMES]
        columns += [f"{name}PER{group}" for name in NAMES]
    for before in _earlier(academic_year):
        for group in GROUPS:
            columns += [f"COHORT{group}_{before}", f"OVERALL_DESTPER{group}_{before}"]
    return tuple(columns)


def _earlier(academic_year: int) -> tuple[str, str]:
    return str(academic_year)[2:], str(academic_year - 1)[2:]


def _written(rows: Figures) -> dict[str, Texts]:
    """Write the figures down: numbers first, then shares, then the same for each group."""
    columns: dict[str, Texts] = {}
    for group, who in GROUPS.items():
        cohort = _count(rows, who, (*GOES, *NOWHERE))
        too_few = cohort < FEWEST if group else cohort < 0
        columns[f"COHORT{group}"] = marked(wholes(cohort), too_few)
        for name, places in NAMES.items():
            count = _count(rows, who, places)
            hidden = too_few | ((count > 0) & (count < FEWEST_OF_A_GROUP)) if group else too_few
            columns[f"{name}{group}"] = marked(wholes(count), hidden)
            columns[f"{name}PER{group}"] = marked(percents(count, cohort), hidden)
    return columns


def _count(rows: Figures, who: Sequence[str], places: Sequence[str]) -> npt.NDArray[np.float64]:
    found = sum(rows[f"{one}_{place}"] for one in who for place in places)
    return np.asarray(found, float)


def _leavers(county: County, academic_year: int) -> pd.DataFrame:
    table = county.people.outcomes.leavers
    return of_year(county, table, academic_year, without=("independent",))


def _before(county: County, school: pd.Series, academic_year: int) -> dict[str, Texts]:
    """Return the cohorts and shares of the two years before, of the same schools."""
    columns: dict[str, Texts] = {}
    for back, mark in enumerate(_earlier(academic_year), start=1):
        then = _leavers(county, academic_year - BEFORE - back).set_index("school")
        own = arrays(then[list(EVERYWHERE)].reindex(school))
        unknown = np.isnan(own[EVERYWHERE[0]].astype(float))
        for group, who in GROUPS.items():
            cohort = _count(own, who, (*GOES, *NOWHERE))
            share = percents(_count(own, who, NAMES["OVERALL_DEST"]), cohort)
            for name, text in (("COHORT", wholes(cohort)), ("OVERALL_DESTPER", share)):
                shown = marked(text, cohort < FEWEST)
                columns[f"{name}{group}_{mark}"] = marked(shown, unknown, NOT_AVAILABLE)
    return columns


def _file_of(academic_year: int) -> Series:
    header = header_of(academic_year)

    def rows(county: County) -> Iterable[Cells]:
        own = _leavers(county, academic_year - BEFORE)
        columns = {
            **suppressed(_written(arrays(own)), own["pupils"].to_numpy(), fewest=FEWEST),
            **_before(county, own["school"], academic_year),
            **about_schools(county, own),
        }
        return laid_out(header, columns, len(own))

    def figures(county: County) -> pd.DataFrame:
        return _leavers(county, academic_year - BEFORE)[["authority", *EVERYWHERE]]

    def below(total: pd.DataFrame, _: Country) -> Iterable[Cells]:
        own = {
            "RECTYPE": ["LA"] * len(total),
            "LEA": [la_code_dfe(each) for each in total["authority"].tolist()],
        }
        found = laid_out(header, {**own, **_written(arrays(total))}, len(total))
        whole = {name: np.array([total[name].sum()]) for name in EVERYWHERE}
        return found + laid_out(header, {"RECTYPE": ["NAT"], **_written(whole)}, 1)

    return sheet(
        source="destinations",
        file=f"performance_tables/{folder_of(academic_year)}/england_ks4-pupdest.csv",
        header=header,
        rows=rows,
        figures=figures,
        keys=("authority",),
        below=below,
    )


SERIES: Final = tuple(_file_of(year) for year in RESULTS)
