"""Surrey: places offered at primary schools of Waverley, by school and by criterion."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from config.region import Region
from config.terms import AcademicYear, Status
from ingest.errors import CheckFailed
from ingest.issues import IssueLog
from ingest.marks import marked
from ingest.rhythm import yearly
from ingest.schema.provision import ADMISSION_CRITERION, ADMISSION_NUMBER, OFFER_DISTANCE
from ingest.schema.schools import SCHOOL
from ingest.source import Reading, Release, Rows, Source
from ingest.tables import columns_of, read_table

ID: Final = "surrey_admissions"
PAGE: Final = "https://www.surreycc.gov.uk/schools-and-learning/schools/admissions"
LA_CODE_DFE: Final = "936"
YEARS: Final = (2021, 2020, 2019, 2018)
OF_ANY: Final = {
    "year": "intake_year",
    "la_code_dfe": "la_code",
    "number": "estab_code",
    "name": "school_name",
}
BY_SCHOOL: Final = OF_ANY | {
    "pan": "pan",
    "offers": "total_offered",
    "km": "last_distance_offered",
}
BY_CRITERION: Final = OF_ANY | {
    "rank": "priority",
    "says": "criterion_description",
    "offers": "criterion_offers",
}
YEAR_GROUPS: Final[Mapping[int, str]] = {7: "3", 11: "7"}
"""Statutory lowest age to the year group entered; the others are entered in reception."""


def releases(region: Region, _: date) -> tuple[Release, ...]:
    """Name the two files of each year; none for a region without Surrey."""
    if LA_CODE_DFE not in {authority.la_code_dfe for authority in region.authorities()}:
        return ()
    return tuple(
        Release(
            name=str(AcademicYear(year)),
            file_name=f"surrey/{year}_936_waverley_offers_{part}.csv",
            addresses=(),
        )
        for year in YEARS
        for part in ("school", "crit")
    )


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one year's offers, by school or by criterion, told apart by their columns."""
    with path.open(encoding="utf-8-sig") as file:
        header = file.readline().strip().replace('"', "").split(",")
    if "criterion" in header:
        return {ADMISSION_CRITERION: _criteria(path, reading)}
    columns_of(header, BY_SCHOOL, source=ID, file=path.name)
    return _offers(path, reading)


def _offers(path: Path, reading: Reading) -> Rows:
    """Read distances and admission numbers.

    Where a school has no last distance and places were left, every child whose parents asked for
    it was offered one; where none were left, the distance is not known.
    """
    rows = _with_urn(read_table(path, BY_SCHOOL, source=ID, issues=reading.issues), reading, path)
    numbers = {
        name: marked(rows[name], issues=reading.issues, of=f"{path.name}, {BY_SCHOOL[name]}")
        for name in ("pan", "offers", "km")
    }
    metres = (numbers["km"]["value"] * 1000).round(1)
    has_room = numbers["offers"]["value"] < numbers["pan"]["value"]
    why = has_room.map({True: str(Status.NOT_APPLICABLE), False: str(Status.UNAVAILABLE)})
    key = rows[["urn", "academic_year", "year_group"]].assign(source_id=ID)
    return {
        OFFER_DISTANCE: key.assign(
            metres=metres,
            method="straight_line",
            offers=numbers["offers"]["value"],
            criterion=None,
            source_page=PAGE,
            status=why.where(metres.isna(), str(Status.MEASURED)),
        ),
        ADMISSION_NUMBER: key.assign(
            places=numbers["pan"]["value"], status=numbers["pan"]["status"]
        ),
    }


def _criteria(path: Path, reading: Reading) -> pd.DataFrame:
    rows = read_table(path, BY_CRITERION, source=ID, issues=reading.issues)
    rows = _with_urn(rows, reading, path)
    offers = marked(rows["offers"], issues=reading.issues, of=f"{path.name}, criterion_offers")
    return rows[["urn", "academic_year", "says"]].assign(
        source_id=ID,
        rank=rows["rank"].astype("Int64"),
        offers=offers["value"],
        source_page=PAGE,
    )


def _with_urn(rows: pd.DataFrame, reading: Reading, path: Path) -> pd.DataFrame:
    """Give each row its school's URN in the year of entry, the year and the year group."""
    years = rows["year"].dropna().unique()
    if len(years) != 1:
        raise CheckFailed(f"{ID}: {path.name} is of {len(years)} years of entry, not of one")
    year = AcademicYear(int(years[0]))
    began = date(year.start, 9, 1)
    laestabs = (rows["la_code_dfe"] + rows["number"].str.zfill(4)).astype("Int64")
    urn = reading.cut.urns_of(laestabs, on=began)
    schools = reading.rows_of(SCHOOL)
    opened = urn.map(schools.set_index("urn")["open_date"])
    says = "no school of the register has this number; left out"
    _tell(rows[urn.isna()], says, reading.issues, path)
    later = (opened > began.isoformat()).fillna(value=False)
    says = "the register does not have the school of that year; told of the one that followed it"
    _tell(rows[later], says, reading.issues, path)
    ages = schools.set_index("urn")["age_low"]
    entered = urn.map(ages).map(YEAR_GROUPS).fillna("R")
    placed = rows.assign(urn=urn, academic_year=str(year), year_group=entered)
    return placed[urn.notna()]


def _tell(rows: pd.DataFrame, says: str, issues: IssueLog, path: Path) -> None:
    for number, name in rows[["number", "name"]].drop_duplicates().itertuples(index=False):
        subject = f"{path.name}, {LA_CODE_DFE}/{number}"
        issues.warn("school is in the register", subject, f"{name}: {says}")


SOURCE: Final = Source(
    id=ID,
    title="Surrey: places offered and last distance at primary schools of Waverley",
    publisher="Surrey County Council, transcribed by one of its officers",
    landing_page=PAGE,
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=releases,
    every=yearly(4),
    mirror_folder="authority",
    mirror_files=(),
    read_rows=read_rows,
    tables=(OFFER_DISTANCE, ADMISSION_NUMBER, ADMISSION_CRITERION),
    caveats=(
        "One officer's transcription of the council's tables, which give distances in kilometres.",
        "Offers on offer day; places that were given back are offered to others later.",
        "Children for whom the school is the nearest are told by straight line; so are distances.",
    ),
)
