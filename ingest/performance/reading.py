"""Read a file of the performance tables into values of schools, authorities and England."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from config.authority import ENGLAND
from config.terms import AcademicYear, Status
from ingest.issues import IssueLog
from ingest.marks import Statuses, Values, marked, marked_arrays
from ingest.performance.figures import Figure
from ingest.rows import first_of_each, numbers
from ingest.schema import fields as f
from ingest.schema.areas import AUTHORITY_VALUE
from ingest.schema.declare import Table
from ingest.schema.pupils import SCHOOL_VALUE
from ingest.source import Reading, Rows
from ingest.tables import Names, read_table

_ENDS: Final = ("low", "high", "cohort")


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """What tells the rows of a table apart.

    Attributes:
        source_id: the series.
        kind: column that says what a row is about.
        schools: what it says of schools and colleges; ``None`` where it is every row with a URN.
        authorities: what it says of authorities.
        england: what it says of England's state-funded schools.
        authority: column of the authority's three digits; none where no row is an authority's.
    """

    source_id: str
    kind: str = "RECTYPE"
    schools: frozenset[str] | None = frozenset({"1", "2"})
    authorities: frozenset[str] = frozenset()
    england: frozenset[str] = frozenset()
    authority: str = "LEA"


def year_of(reading: Reading) -> AcademicYear:
    """Return the school year that a release is of, by its name."""
    return AcademicYear.parse(reading.release[: len("2018/19")])


def read_figures(
    path: Path,
    reading: Reading,
    figures: Sequence[Figure],
    layout: Layout,
    *,
    period: AcademicYear | None = None,
) -> dict[Table, pd.DataFrame]:
    """Read the figures of a file that are published for its year.

    Args:
        path: the file.
        reading: the cut, the release and the issue log.
        figures: what to read.
        layout: how rows are told apart.
        period: school year that the figures are of, where it is not the release's.

    Returns:
        Rows of ``school_value`` and ``authority_value``. A school that has nothing but blanks has
        no rows; a figure that is not calculated for the year is not applicable.

    Raises:
        SourceChanged: a column of a figure is missing.
    """
    year = period or year_of(reading)
    given = [figure for figure in figures if figure.is_published(year)]
    skipped = [figure for figure in figures if figure.is_skipped(year)]
    rows = read_table(
        path,
        _names(given, layout),
        source=layout.source_id,
        issues=reading.issues,
        pads_short_rows=True,
    )
    found: dict[Table, pd.DataFrame] = {}
    for table, key, part in (
        (SCHOOL_VALUE, "urn", _schools(rows, layout, reading)),
        (AUTHORITY_VALUE, "area_code", _areas(rows, layout, reading)),
    ):
        with_any = _with_any(part, given)
        told = values(with_any, given, key, str(year), reading.issues, of=path.name)
        found[table] = pd.concat([told, not_given(with_any, skipped, key, str(year))])
    return found


def values(
    rows: pd.DataFrame,
    figures: Sequence[Figure],
    key: str,
    period: str,
    issues: IssueLog,
    *,
    of: str,
) -> pd.DataFrame:
    """Lay out one row per figure and row, in the form of the value tables without a receipt.

    Args:
        rows: ``key`` and the columns of the figures, as text.
        figures: what to lay out.
        key: ``urn`` or ``area_code``.
        period: the school year.
        issues: where unknown marks are written down.
        of: the file, for the log.
    """
    if not figures:
        return pd.DataFrame(columns=["measure", key, "value", *_ENDS, "status", "period"])

    def read(column: str) -> tuple[Values, Statuses]:
        return marked_arrays(rows[column], issues=issues, of=f"{of}, {column}")

    nothing = np.full(len(rows), np.nan)
    told = [read(figure.value) for figure in figures]
    ends = {
        end: np.concatenate(
            [read(column)[0] if (column := getattr(each, end)) else nothing for each in figures]
        )
        for end in _ENDS
    }
    names = np.array([figure.measure.id for figure in figures], dtype=object)
    laid_out = {
        "measure": pd.array(np.repeat(names, len(rows)), dtype="string"),
        key: pd.concat([rows[key]] * len(figures), ignore_index=True),
        "value": np.concatenate([value for value, _ in told]),
        "status": pd.array(np.concatenate([status for _, status in told]), dtype="string"),
    }
    return pd.DataFrame(laid_out | ends).assign(period=period)


def not_given(rows: pd.DataFrame, figures: Sequence[Figure], key: str, period: str) -> pd.DataFrame:
    """Lay out rows that say a figure is not calculated for a year."""
    names = [figure.measure.id for figure in figures]
    keys = pd.concat([rows[key]] * len(names), ignore_index=True) if names else rows[key][:0]
    measures = pd.Series(np.repeat(np.array(names, dtype=object), len(rows)), dtype="string")
    return pd.DataFrame({"measure": measures, key: keys}).assign(
        **dict.fromkeys(("value", *_ENDS), np.nan),
        status=str(Status.NOT_APPLICABLE),
        period=period,
    )


def marked_number(rows: pd.DataFrame, column: str, issues: IssueLog, *, of: str) -> pd.DataFrame:
    """Return ``value`` and ``status`` of one column."""
    return marked(rows[column], issues=issues, of=f"{of}, {column}")


def put_together(*found: Rows) -> dict[Table, pd.DataFrame]:
    """Put together what was read of several tables, the rows of each in the order given."""
    tables: Mapping[Table, None] = dict.fromkeys(table for rows in found for table in rows)
    return {
        table: pd.concat([rows[table] for rows in found if table in rows], ignore_index=True)
        for table in tables
    }


def _names(figures: Sequence[Figure], layout: Layout) -> Names:
    columns = {column: column for figure in figures for column in figure.columns}
    names = {"urn": "URN", "kind": layout.kind} | columns
    return names | ({"la": layout.authority} if layout.authorities else {})


def _schools(rows: pd.DataFrame, layout: Layout, reading: Reading) -> pd.DataFrame:
    is_school = (
        rows["urn"].notna() & ~rows["kind"].isin(list(layout.authorities | layout.england))
        if layout.schools is None
        else rows["kind"].isin(list(layout.schools))
    )
    schools = rows[is_school]
    schools = schools.assign(urn=numbers(schools, f.URN, key=("urn",), issues=reading.issues))
    return first_of_each(reading.cut.of_schools(schools), ("urn",), issues=reading.issues)


def _areas(rows: pd.DataFrame, layout: Layout, reading: Reading) -> pd.DataFrame:
    england = rows[rows["kind"].isin(list(layout.england))].assign(area_code=ENGLAND)
    if not layout.authorities:
        return england
    own = rows["kind"].isin(list(layout.authorities)) & rows["la"].isin(
        list(reading.cut.la_codes_dfe)
    )
    areas = rows[own].assign(area_code=rows.loc[own, "la"].map(dict(reading.cut.la_codes)))
    areas = pd.concat([areas[areas["area_code"].notna()], england])
    return first_of_each(areas, ("area_code",), issues=reading.issues)


def _with_any(rows: pd.DataFrame, figures: Sequence[Figure]) -> pd.DataFrame:
    """Leave out the rows that hold nothing but blanks."""
    blank = [
        rows[figure.value].astype("string").str.strip().fillna("").eq("").to_numpy(bool)
        for figure in figures
    ]
    kept: pd.DataFrame = rows[~np.logical_and.reduce(blank)] if blank else rows
    return kept
