"""Places in schools, and forecasts of pupils, from the school capacity survey."""

import tempfile
import zipfile
from pathlib import Path
from typing import Final

from ingest.capacity import survey_2015, underlying
from ingest.capacity.places import ID
from ingest.columns import header_of, unreadable
from ingest.performance.reading import put_together
from ingest.performance.statistics_service import newest_period
from ingest.rhythm import yearly as comes_yearly
from ingest.schema.provision import PLANNING_AREA, SCHOOL_PLACES
from ingest.schema.pupils import ROLL_FORECAST
from ingest.source import Reading, ReadRows, Release, Rows, Source
from ingest.workbooks import is_workbook

_FILES: Final = "https://content.explore-education-statistics.service.gov.uk/api/releases/"
RELEASES: Final = (
    Release(
        name="2024/25",
        file_name="school_capacity_2024-2025.zip",
        addresses=(
            f"{_FILES}960750dd-6ed7-4e32-a9df-3cc9132bb1a4/files?fromPage=ReleaseDownloads",
        ),
    ),
    Release(
        name="2024/25",
        file_name="capacity_school.csv",
        addresses=(),
        mirror_file="capacity_school_*.csv",
    ),
    Release(
        name="2024/25",
        file_name="sixth-form-capacity_school.csv",
        addresses=(),
        mirror_file="sixth-form-capacity_school_*.csv",
    ),
    Release(
        name="2024/25",
        file_name="pupil_forecasts.csv",
        addresses=(),
        mirror_file="*forecasts_*.csv",
    ),
    Release(
        name="2015",
        file_name="2015_capacity_and_forecast_underlying_data_UD1.csv",
        addresses=(),
        mirror_file="2015_*_UD1.*",
    ),
)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read a table of any layout, or those tables of a release's zip that are read.

    Raises:
        SourceChanged: a column is missing, or a zip holds no table that is read.
    """
    if is_workbook(path):
        return survey_2015.read(path, reading)
    if zipfile.is_zipfile(path):
        return _read_zip(path, reading)
    read = _reader(path)
    return (read or survey_2015.read)(path, reading)


def _reader(path: Path) -> ReadRows | None:
    """Return what reads a table of Explore Education Statistics; nothing for another table."""
    header = set(header_of(path))
    if underlying.YEAR not in header:
        return None
    if not header.isdisjoint(underlying.FORECASTS):
        return underlying.read_forecasts
    if underlying.SIXTH_FORM_PLACES in header:
        return underlying.read_sixth_forms
    return underlying.read_places if "school_urn" in header else None


def _read_zip(path: Path, reading: Reading) -> Rows:
    found = []
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
        for name in archive.namelist():
            if name.endswith(".csv"):
                table = Path(archive.extract(name, folder))
                if read := _reader(table):
                    found.append(read(table, reading))
                table.unlink()
    if not found:
        raise unreadable(ID, path.name, "holds no table of places or forecasts")
    return put_together(*found)


def vintage(path: Path) -> str | None:
    """Return the newest year in a table that holds several."""
    return None if zipfile.is_zipfile(path) else newest_period(path, ID)


SOURCE: Final = Source(
    id=ID,
    title="School capacity survey",
    publisher="Department for Education",
    landing_page=(
        "https://explore-education-statistics.service.gov.uk/find-statistics/school-capacity"
    ),
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=lambda _region, _today: RELEASES,
    every=comes_yearly(3),
    mirror_folder="school_capacity",
    mirror_files=(),
    read_rows=read_rows,
    tables=(SCHOOL_PLACES, PLANNING_AREA, ROLL_FORECAST),
    vintage=vintage,
    caveats=(
        "Places are counted in May, in state-funded primary and secondary schools; special schools "
        "have no figure here.",
        "A school over its capacity has no unfilled places; its pupils above capacity fill no "
        "other school's.",
        "A school with primary and secondary pupils is in two planning areas; how many of its "
        "pupils are in which is not told.",
        "The survey of 2015 knows schools by their numbers; each is given to the school that had "
        "the number on 1 May 2015, or that got it first afterwards.",
        "Forecasts are read by the names that Explore Education Statistics gives such columns; "
        "where a release names them otherwise, the series says which it misses.",
    ),
)
