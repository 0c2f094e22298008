"""Lays published figures of authorities out as rows of the ``authority_value`` table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from config.authority import register_code
from config.english_regions import ENGLAND, REGIONS
from config.terms import AcademicYear, Status
from ingest.issues import IssueLog
from ingest.marks import MARKS, Mark, marked
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.source import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One column of a publisher's table of authorities that a measure takes its values from.

    Attributes:
        measure: id of the measure.
        column: name of the column.
        factor: what its numbers are multiplied by, 100 for a share that is shown in per cent.
        years_on: school years from the one a row is dated with to the one the figure is about.
        status: of a number that is there.
        marks: what stands for numbers that are not, where the column differs from others.
    """

    measure: str
    column: str
    factor: float = 1.0
    years_on: int = 0
    status: Status = Status.MEASURED
    marks: Mapping[str, Mark] = field(default_factory=lambda: MARKS)


def compared(reading: Reading) -> frozenset[str]:
    """Return the GSS codes kept: of the authorities shown, their regions and England."""
    own = [each for each in reading.register if each.la_code_dfe in reading.cut.la_codes_dfe]
    regions = [REGIONS[each.region] for each in own if each.region in REGIONS]
    return frozenset([*(each.la_code for each in own), *regions, ENGLAND])


def with_area_codes(rows: pd.DataFrame, codes: pd.Series, reading: Reading) -> pd.DataFrame:
    """Name rows by GSS code and keep those that are compared.

    Args:
        rows: a publisher's table.
        codes: a GSS code for every row; null where it has none.
        reading: says which are kept.
    """
    known = codes.map(register_code, na_action="ignore")
    named = rows.assign(area_code=known)
    return named[named["area_code"].isin(compared(reading))]


def figures(
    rows: pd.DataFrame, wanted: Sequence[Figure], *, file: str, issues: IssueLog
) -> pd.DataFrame:
    """Lay out one column per figure as one row per measure, area and school year.

    Args:
        rows: ``area_code``, ``year`` (the calendar year in which the row's school year starts)
            and the figures' columns as text; the newest rows first.
        wanted: columns to take.
        file: name of the file, for the issue log.
        issues: where unknown marks are written down.

    Returns:
        Rows of the ``authority_value`` table without ``receipt``. Of two rows that say the same
        measure of one area and year the first is kept.
    """
    parts = [_figure(rows, figure, file, issues) for figure in wanted]
    if not parts:
        return no_values()
    long = pd.concat(parts, ignore_index=True)
    first = long.drop_duplicates(["measure", "area_code", "period"])
    return filled(first)


def _figure(rows: pd.DataFrame, figure: Figure, file: str, issues: IssueLog) -> pd.DataFrame:
    of = f"{file}, {figure.column}"
    read = marked(rows[figure.column], issues=issues, of=of, marks=figure.marks)
    is_there = read["status"].eq(str(Status.MEASURED))
    return pd.DataFrame(
        {
            "measure": figure.measure,
            "area_code": rows["area_code"],
            "period": [str(AcademicYear(int(year) + figure.years_on)) for year in rows["year"]],
            "value": read["value"] * figure.factor,
            "status": read["status"].where(~is_there, str(figure.status)),
        }
    )


def filled(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the columns of ``authority_value`` that most series do not have."""
    return rows.assign(
        **{name: np.nan for name in ("low", "high", "cohort") if name not in rows.columns}
    ).reset_index(drop=True)


def no_values() -> pd.DataFrame:
    """Return an empty table of values."""
    names = [name for name in AUTHORITY_VALUE.names if name != "receipt"]
    return pd.DataFrame(columns=names)
