"""Get Information About Schools: the register of establishments in England."""

from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pandas as pd

from config.region import Region
from config.terms import Phase, SchoolStatus, Sector, Status, postcode
from ingest.issues import IssueLog
from ingest.source import Cut, Release, Source
from ingest.tables import read_table

ID: Final = "gias"
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
"""Every column that is stored. The register also names head teachers and their telephone
numbers: personal columns are not listed here, and what is not listed is never read."""

STATUSES: Final = {
    "Open": SchoolStatus.OPEN,
    "Open, but proposed to close": SchoolStatus.CLOSING,
    "Proposed to open": SchoolStatus.PROPOSED,
    "Closed": SchoolStatus.CLOSED,
}
PHASES: Final = {
    "Nursery": Phase.NURSERY,
    "Primary": Phase.PRIMARY,
    "Middle deemed primary": Phase.MIDDLE,
    "Middle deemed secondary": Phase.MIDDLE,
    "Secondary": Phase.SECONDARY,
    "All-through": Phase.ALL_THROUGH,
    "16 plus": Phase.SIXTEEN_PLUS,
}
PHASES_BY_TYPE: Final = {
    "nursery": Phase.NURSERY,
    "special post 16": Phase.SIXTEEN_PLUS,
    "special": Phase.SPECIAL,
    "alternative provision": Phase.ALTERNATIVE,
    "pupil referral": Phase.ALTERNATIVE,
    "secure unit": Phase.ALTERNATIVE,
    "16 to 19": Phase.SIXTEEN_PLUS,
    "16-19": Phase.SIXTEEN_PLUS,
    "sixth form centre": Phase.SIXTEEN_PLUS,
    "further education": Phase.SIXTEEN_PLUS,
}
"""Part of the type's name to the phase it means, the first that fits; wins over ``PHASES``."""

NO_SCHOOLS: Final = ("Higher education institutions",)
"""Types in the register that no child goes to; left out, and noted in the issue log."""

NO_ANSWER: Final = ("Not applicable", "Not recorded", "Does not apply", "None", "Not collected")
PRIMARY_UNTIL_AGE: Final = 13
"""A school that states no phase and stops by this age is primary (prep schools end at 13)."""
SECONDARY_FROM_AGE: Final = 9

GREAT_BRITAIN: Final = (0, 700_000, 0, 1_300_000)
"""Eastings and northings outside these (west, east, south, north) are not in Great Britain."""


def read(path: Path, cut: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read one ``edubasealldata`` file.

    Returns:
        One row per establishment that belongs to the authorities shown or lies in their border,
        the columns of ``COLUMNS`` tidied, with ``status``, ``phase``, ``sector`` and the
        ``_status`` columns; ``x``/``y`` are null where the register has no possible point.
    """
    raw = read_table(path, COLUMNS, source=ID, issues=issues, encoding="cp1252")
    numbers = ["urn", "establishment_number", "age_low", "age_high", "capacity_pupils", "pupils"]
    for column in [*numbers, "x", "y", "fsm_pct"]:
        raw[column] = _numbers(raw, column, issues)
    raw = _without_impossible_points(raw, issues)
    own = raw["la_code_dfe"].isin(list(cut.la_codes_dfe)).fillna(value=False).to_numpy(bool)
    rows = _schools_only(raw[own | cut.holds(raw["x"], raw["y"])], issues)
    rows["is_outside"] = ~rows["la_code_dfe"].isin(list(cut.la_codes_dfe))
    for column in ("religious_character", "gender", "admissions_policy", "sixth_form", "trust"):
        rows[column] = rows[column].mask(rows[column].isin(list(NO_ANSWER)))
    rows["postcode"] = rows["postcode"].map(postcode, na_action="ignore").astype("string")
    rows["website"] = rows["website"].map(web_address, na_action="ignore").astype("string")
    for column in ("open_date", "close_date", "census_date"):
        rows[column] = _dates(rows, column, issues)
    rows["status"] = _statuses(rows, issues)
    rows["sector"] = rows["type"].fillna("").map(sector)
    texts = rows[["type", "phase_gias"]].fillna("").astype(object)
    ages = rows[["age_low", "age_high"]].astype(object).replace({pd.NA: None})
    rows["phase"] = [
        phase(type_name, phase_gias, low, high)
        for type_name, phase_gias, low, high in zip(
            texts["type"], texts["phase_gias"], ages["age_low"], ages["age_high"], strict=True
        )
    ]
    for column in ("capacity_pupils", "pupils", "fsm_pct"):
        rows[f"{column}_status"] = _why(rows[column])
    return rows.drop(columns="status_gias").reset_index(drop=True)


def sector(type_name: str) -> Sector:
    """Tell who pays, from the type of establishment.

    >>> sector("Other independent special school"), sector("Academy converter")
    (<Sector.INDEPENDENT: 'independent'>, <Sector.STATE: 'state'>)
    """
    return Sector.INDEPENDENT if "independent" in type_name.casefold() else Sector.STATE


def phase(type_name: str, phase_gias: str, age_low: float | None, age_high: float | None) -> Phase:
    """Tell the phase: by type where that decides it, else as registered, else by ages.

    >>> phase("Free schools special", "Not applicable", 4, 16)
    <Phase.SPECIAL: 'special'>
    >>> phase("Other independent school", "Not applicable", 3, 11)
    <Phase.PRIMARY: 'primary'>
    """
    kind = type_name.casefold()
    for part, found in PHASES_BY_TYPE.items():
        if part in kind:
            return found
    if phase_gias in PHASES:
        return PHASES[phase_gias]
    if age_low is None or age_high is None:
        return Phase.NOT_STATED
    if age_high <= PRIMARY_UNTIL_AGE:
        return Phase.PRIMARY
    return Phase.SECONDARY if age_low >= SECONDARY_FROM_AGE else Phase.ALL_THROUGH


def web_address(text: str) -> str | None:
    """Make an address of what the register has, or ``None`` where it cannot be one.

    >>> web_address("www.school.example")
    'https://www.school.example'
    >>> web_address("javascript:alert(1)") is None, web_address("none") is None
    (True, True)
    """
    address = text.strip().replace("\\", "/")
    if not address.casefold().startswith(("http://", "https://")):
        address = f"https://{address.lstrip(':/')}"
    host = address.split("//", 1)[1].split("/", 1)[0]
    is_host = "." in host and ":" not in host and not any(mark in host for mark in " @'\"<>()")
    return address if is_host else None


def _schools_only(rows: pd.DataFrame, issues: IssueLog) -> pd.DataFrame:
    is_school = ~rows["type"].isin(NO_SCHOOLS)
    for row in rows.index[~is_school]:
        issues.note(
            "establishment is a school",
            f"URN {rows['urn'][row]:.0f}",
            f"{rows['name'][row]} ({rows['type'][row]}) is left out",
        )
    return rows[is_school].copy()


def _numbers(raw: pd.DataFrame, column: str, issues: IssueLog) -> pd.Series:
    values = pd.to_numeric(raw[column], errors="coerce")
    odd = raw.index[values.isna() & raw[column].notna()]
    for row in odd:
        issues.warn(
            f"{column} is a number",
            f"URN {raw['urn'][row]}",
            f"{column} {raw[column][row]!r} is not a number; left empty",
        )
    issues.refuse_if_many(f"{column} is a number", found=len(odd), of=len(raw))
    return values.astype("Float64")


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
            f"URN {raw['urn'][row]:.0f}",
            f"easting {raw['x'][row]}, northing {raw['y'][row]} lie outside Great Britain; "
            "the point is left out and its postcode used where there is one",
        )
    issues.refuse_if_many("point in Great Britain", found=len(odd), of=len(raw))
    kept = possible.fillna(value=False)
    return raw.assign(x=raw["x"].where(kept), y=raw["y"].where(kept))


def _dates(rows: pd.DataFrame, column: str, issues: IssueLog) -> pd.Series:
    """Read ``dd-mm-yyyy`` as ISO 8601."""
    dates = pd.to_datetime(rows[column], format="%d-%m-%Y", errors="coerce")
    for row in rows.index[dates.isna() & rows[column].notna()]:
        issues.warn(
            f"{column} is a date",
            f"URN {rows['urn'][row]:.0f}",
            f"{column} {rows[column][row]!r} is not dd-mm-yyyy; left empty",
        )
    return dates.dt.strftime("%Y-%m-%d").astype("string")


def _statuses(rows: pd.DataFrame, issues: IssueLog) -> pd.Series:
    statuses = rows["status_gias"].map(STATUSES)
    for row in rows.index[statuses.isna()]:
        issues.warn(
            "known status",
            f"URN {rows['urn'][row]:.0f}",
            f"status {rows['status_gias'][row]!r} is new to the atlas; shown as closed",
        )
    issues.refuse_if_many("known status", found=int(statuses.isna().sum()), of=len(rows))
    return statuses.fillna(SchoolStatus.CLOSED)


def _why(values: pd.Series) -> pd.Series:
    return values.isna().map({True: Status.UNAVAILABLE, False: Status.MEASURED})


def releases(_: Region, today: date) -> tuple[Release, ...]:
    """Name the newest daily file; yesterday's is the safe one, and older days vanish."""
    days = [today - timedelta(days=back) for back in (1, 2, 3, 0)]
    names = [f"edubasealldata{day:%Y%m%d}.csv" for day in days]
    newest = Release(
        name=f"{days[0]:%Y-%m-%d}",
        file_name=names[0],
        addresses=tuple(f"{BULK}{name}" for name in names),
    )
    return (newest,)


BULK: Final = "https://ea-edubase-api-prod.azurewebsites.net/edubase/downloads/public/"
"""Folder of the register's daily files; the links file stands beside them."""

SOURCE: Final = Source(
    id=ID,
    title="Get Information About Schools: all establishments",
    publisher="Department for Education",
    landing_page="https://get-information-schools.service.gov.uk/Downloads",
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=releases,
    mirror_folder="gias",
    mirror_files=("edubasealldata[0-9]*.csv",),
    read=read,
    caveats=(
        "Capacity is reported by the school and is blank for many special and independent schools.",
        "Pupils and free school meals repeat the last school census.",
        "Head teachers' names and telephone numbers are in the file and are never read.",
    ),
)
