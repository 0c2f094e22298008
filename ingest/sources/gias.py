"""Get Information About Schools: the register of establishments in England."""

from pathlib import Path
from typing import Final

import pandas as pd

from config.terms import Phase, SchoolStatus, Status, postcode
from ingest.establishments import (
    REGISTER_FILES,
    is_known,
    phase,
    sector,
    web_address,
    why_no_school,
)
from ingest.issues import IssueLog
from ingest.rhythm import DAILY
from ingest.rows import dates, first_of_each, named, numbers, without_blanks
from ingest.schema import fields as f
from ingest.schema.schools import SCHOOL
from ingest.source import Cut, Source, daily
from ingest.tables import Layout, read_table

ID: Final = "gias"
KEY: Final = ("urn",)
COLUMNS: Final = {
    "urn": "URN",
    "la_code_dfe": "LA (code)",
    "la_name": "LA (name)",
    "establishment_number": "EstablishmentNumber",
    "name": "EstablishmentName",
    "type": "TypeOfEstablishment (name)",
    "type_group": "EstablishmentTypeGroup (name)",
    "status_gias": "EstablishmentStatus (name)",
    "open_date": "OpenDate",
    "close_date": "CloseDate",
    "phase_gias": "PhaseOfEducation (name)",
    "age_low": "StatutoryLowAge",
    "age_high": "StatutoryHighAge",
    "nursery_provision": "NurseryProvision (name)",
    "sixth_form": "OfficialSixthForm (name)",
    "gender": "Gender (name)",
    "religious_character": "ReligiousCharacter (name)",
    "admissions_policy": "AdmissionsPolicy (name)",
    "capacity_pupils": "SchoolCapacity",
    "census_date": "CensusDate",
    "pupils": "NumberOfPupils",
    "fsm_pct": "PercentageFSM",
    "trust": "Trusts (name)",
    "federation": "Federations (name)",
    "street": "Street",
    "locality": "Locality",
    "town": "Town",
    "postcode": "Postcode",
    "website": "SchoolWebsite",
    "x": "Easting",
    "y": "Northing",
}
"""Every column that is stored, in the register's own file and in a download of its search page,
which has names and no codes. The register also names head teachers and their telephone numbers:
personal columns are not listed here, and what is not listed is never read."""

LAYOUT: Final = Layout(
    COLUMNS,
    if_there={
        "trust_uid": "Trusts (code)",
        "trust_flag": "TrustSchoolFlag (name)",
        "federation_uid": "Federations (code)",
        "rating": "OfstedRating (name)",
        "inspected_on": "OfstedLastInsp",
    },
    spills="Linked establishments",
)
"""The same with columns that not every layout has, and the one whose cells spill over."""

STATUSES: Final = {
    "Open": SchoolStatus.OPEN,
    "Open, but proposed to close": SchoolStatus.CLOSING,
    "Proposed to open": SchoolStatus.PROPOSED,
    "Closed": SchoolStatus.CLOSED,
}
NO_ANSWER: Final = ("Not applicable", "Not recorded", "Does not apply", "None", "Not collected")
ANSWERED: Final = (
    *("religious_character", "gender", "admissions_policy", "sixth_form"),
    *("trust", "trust_flag", "federation"),
)
"""Columns in which the register writes ``NO_ANSWER``."""

MOST_NEW_PCT: Final = 20.0
"""A new type comes with a few schools; more of them means that the register changed its words."""

GREAT_BRITAIN: Final = (0, 700_000, 0, 1_300_000)
"""Eastings and northings outside these (west, east, south, north) are not in Great Britain."""


def read(path: Path, cut: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read one ``edubasealldata`` file, or a download of the register's search page.

    The download's last column lists linked establishments, and where a school has several of
    them they spill into cells without a heading; such rows are kept.

    Rows without URN or name and later rows of the same URN are left out; a number that cannot be
    is left empty. Both are logged, and stop the load where they are many.

    Returns:
        One row per establishment that belongs to the authorities shown or lies in their border,
        the columns of ``LAYOUT`` tidied, with ``status``, ``phase``, ``sector``
        and the ``_status`` columns; ``x``/``y`` are null where the register has no possible point.
    """
    raw = read_table(path, LAYOUT, source=ID, issues=issues, encoding="cp1252")
    raw = _without_impossible_points(_sound(raw, issues), issues)
    own = raw["la_code_dfe"].isin(list(cut.la_codes_dfe)).fillna(value=False).to_numpy(bool)
    rows = _schools_only(raw[own | cut.holds(raw["x"], raw["y"])], issues)
    rows["is_outside"] = ~rows["la_code_dfe"].isin(list(cut.la_codes_dfe))
    for column in ANSWERED:
        rows[column] = rows[column].mask(rows[column].isin(list(NO_ANSWER)))
    rows["postcode"] = rows["postcode"].map(postcode, na_action="ignore").astype("string")
    rows["website"] = rows["website"].map(web_address, na_action="ignore").astype("string")
    for column in ("open_date", "close_date", "census_date", "inspected_on"):
        rows[column] = dates(rows, column, key=KEY, issues=issues)
    rows["status"] = _statuses(rows, issues)
    rows["sector"] = _sectors(rows, issues)
    rows["phase"] = _phases(rows)
    for column in ("capacity_pupils", "pupils", "fsm_pct"):
        rows[f"{column}_status"] = _why(rows[column])
    return rows.drop(columns="status_gias").reset_index(drop=True)


def _sound(raw: pd.DataFrame, issues: IssueLog) -> pd.DataFrame:
    """Keep one row per school, each with URN and name, its numbers as their fields declare."""
    raw["urn"] = numbers(raw, f.URN, key=KEY, issues=issues)
    raw = without_blanks(raw, ("urn", "name"), key=KEY, issues=issues)
    raw = first_of_each(raw, KEY, issues=issues).copy()
    for field in SCHOOL.fields:
        if field.name in COLUMNS and field.kind in ("whole", "number"):
            raw[field.name] = numbers(raw, field, key=KEY, issues=issues)
    return raw


def _schools_only(rows: pd.DataFrame, issues: IssueLog) -> pd.DataFrame:
    why = rows["type"].fillna("").map(why_no_school)
    for row in rows.index[why.notna()]:
        issues.note(
            "establishment is a school",
            named(rows, row, KEY),
            f"{rows['name'][row]} ({rows['type'][row]}) is left out: {why[row]}",
        )
    return rows[why.isna()].copy()


def _without_impossible_points(raw: pd.DataFrame, issues: IssueLog) -> pd.DataFrame:
    west, east, south, north = GREAT_BRITAIN
    given = raw["x"].notna() | raw["y"].notna()
    possible = raw["x"].between(west, east) & raw["y"].between(south, north)
    possible &= ~((raw["x"] == 0) & (raw["y"] == 0))
    nowhere = (raw["x"] == 0) & (raw["y"] == 0)
    odd = raw.index[given & ~possible.fillna(value=False) & ~nowhere.fillna(value=False)]
    for row in odd:
        issues.warn(
            "point in Great Britain",
            named(raw, row, KEY),
            f"easting {raw['x'][row]}, northing {raw['y'][row]} lie outside Great Britain; "
            "the point is left out and its postcode used where there is one",
        )
    issues.refuse_if_many("point in Great Britain", found=len(odd), of=len(raw))
    kept = possible.fillna(value=False)
    return raw.assign(x=raw["x"].where(kept), y=raw["y"].where(kept))


def _statuses(rows: pd.DataFrame, issues: IssueLog) -> pd.Series:
    statuses = rows["status_gias"].map(STATUSES)
    for row in rows.index[statuses.isna()]:
        issues.warn(
            "known status",
            named(rows, row, KEY),
            f"status {rows['status_gias'][row]!r} is new to the atlas; shown as closed",
        )
    issues.refuse_if_many("known status", found=int(statuses.isna().sum()), of=len(rows))
    return statuses.fillna(SchoolStatus.CLOSED)


def _sectors(rows: pd.DataFrame, issues: IssueLog) -> pd.Series:
    kinds, groups = rows["type"].fillna(""), rows["type_group"].fillna("")
    pairs = zip(kinds, groups, strict=True)
    sectors = pd.Series([sector(kind, group) for kind, group in pairs], index=rows.index)
    new = rows.index[~kinds.map(is_known).astype(bool)]
    for row in new:
        issues.warn(
            "known type",
            named(rows, row, KEY),
            f"type {kinds[row]!r} (group {groups[row]!r}) is new to the atlas; "
            f"shown as {sectors[row]}",
        )
    issues.refuse_if_many("known type", found=len(new), of=len(rows), most_pct=MOST_NEW_PCT)
    return sectors


def _phases(rows: pd.DataFrame) -> list[Phase]:
    texts = rows[["type", "phase_gias"]].fillna("").astype(object)
    ages = rows[["age_low", "age_high"]].astype(object).replace({pd.NA: None})
    return [
        phase(type_name, phase_gias, low, high)
        for type_name, phase_gias, low, high in zip(
            texts["type"], texts["phase_gias"], ages["age_low"], ages["age_high"], strict=True
        )
    ]


def _why(values: pd.Series) -> pd.Series:
    return values.isna().map({True: Status.UNAVAILABLE, False: Status.MEASURED})


SOURCE: Final = Source(
    id=ID,
    title="Get Information About Schools: all establishments",
    publisher="Department for Education",
    landing_page="https://get-information-schools.service.gov.uk/Downloads",
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=daily(f"{REGISTER_FILES}edubasealldata{{day:%Y%m%d}}.csv"),
    every=DAILY,
    mirror_folder="gias",
    mirror_files=("edubasealldata[0-9]*.csv", "results_*.csv", "results*.csv"),
    read=read,
    tables=(SCHOOL,),
    caveats=(
        "Capacity is reported by the school and is blank for many special and independent schools.",
        "Pupils and free school meals repeat the last school census.",
        "Head teachers' names and telephone numbers are in the file and are never read.",
    ),
)
