"""School results as Explore Education Statistics has them: one row per school, year and group."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import pandas as pd

from config.terms import AcademicYear
from ingest.columns import Layout, header_of
from ingest.issues import IssueLog
from ingest.performance.figures import Figure
from ingest.performance.reading import not_given, put_together, values
from ingest.rows import first_of_each, numbers
from ingest.schema import fields as f
from ingest.schema.pupils import SCHOOL_VALUE
from ingest.source import Reading, Rows
from ingest.tables import read_table

SERVICE: Final = "https://api.education.gov.uk/statistics/v1/data-sets/"
YEAR: Final = "time_period"
TOTAL: Final = "Total"


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The rows of one group of pupils, and the figures to take from them.

    Attributes:
        where: filters of the data set that tell the group, each with its option; all others are
            to be the total.
        figures: what to take.
    """

    where: Mapping[str, str]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DataSet:
    """A data set by school.

    Attributes:
        id: as the service knows it; it stays the same when years are added.
        source_id: the series.
        filters: its filters, each with the options that are wanted.
        others: filters that it may have besides.
        groups: what is read from it.
    """

    id: str
    source_id: str
    filters: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...] = ()
    groups: tuple[Group, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of every group."""
        return tuple(figure for group in self.groups for figure in group.figures)

    @property
    def address(self) -> str:
        """Where its rows are, the wanted ones of schools only, in its newest version."""
        wanted = [
            {"filters": {"in": [f"{name}|{option}" for option in options]}}
            for name, options in self.filters.items()
        ]
        criteria = {"and": [{"geographicLevels": {"eq": "SCH"}}, *wanted]}
        columns = dict.fromkeys(name for figure in self.figures for name in figure.columns)
        asked = [("criteria", json.dumps(criteria)), *(("indicators", each) for each in columns)]
        return f"{SERVICE}{self.id}/query?{urlencode(asked)}"


def is_of_service(path: Path) -> bool:
    """Say whether a CSV file is of the service, by its columns."""
    return YEAR in header_of(path)


def newest_period(path: Path, source_id: str) -> str | None:
    """Return the newest school year in a file of the service; ``None`` of any other file."""
    if not is_of_service(path):
        return None
    rows = read_table(path, {"year": YEAR}, source=source_id, issues=IssueLog())
    return str(AcademicYear.parse(rows["year"].dropna().max()))


def read_data_set(path: Path, reading: Reading, data_set: DataSet) -> Rows:
    """Read every year of a data set.

    Raises:
        SourceChanged: a column is missing.
    """
    columns = [*data_set.filters, *(name for each in data_set.figures for name in each.columns)]
    layout = Layout(
        {"year": YEAR, "urn": "school_urn"} | {name: name for name in columns},
        if_there={name: name for name in data_set.others},
    )
    rows = read_table(path, layout, source=data_set.source_id, issues=reading.issues)
    rows = rows[rows["urn"].notna()]
    rows = rows.assign(urn=numbers(rows, f.URN, key=("urn",), issues=reading.issues))
    own = reading.cut.of_schools(rows)
    found = [
        _of_group(own[own["year"] == year], group, data_set, str(AcademicYear.parse(year)), reading)
        for year in own["year"].drop_duplicates()
        for group in data_set.groups
    ]
    return put_together(*found)


def _of_group(
    rows: pd.DataFrame, group: Group, data_set: DataSet, period: str, reading: Reading
) -> Rows:
    told = first_of_each(_where(rows, group, data_set), ("urn",), issues=reading.issues)
    year = AcademicYear.parse(period)
    given = [figure for figure in group.figures if figure.is_published(year)]
    skipped = [figure for figure in group.figures if figure.is_skipped(year)]
    of = data_set.source_id
    return {
        SCHOOL_VALUE: pd.concat(
            [
                values(told, given, "urn", period, reading.issues, of=of),
                not_given(told, skipped, "urn", period),
            ]
        )
    }


def _where(rows: pd.DataFrame, group: Group, data_set: DataSet) -> pd.DataFrame:
    """Return the rows of a group: total wherever it does not say otherwise."""
    names: Sequence[str] = (*data_set.filters, *data_set.others)
    is_of_group = pd.Series(data=True, index=rows.index)
    for name in names:
        is_of_group &= rows[name].fillna(TOTAL) == group.where.get(name, TOTAL)
    kept: pd.DataFrame = rows[is_of_group.to_numpy(bool)]
    return kept
