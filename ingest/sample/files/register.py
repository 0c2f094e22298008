"""Get Information About Schools: every establishment, and which followed which."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from ingest.sample.codes import la_code, la_code_dfe
from ingest.sample.files.groups import FEDERATION, TRUST, uids_of
from ingest.sample.files.outlines import district_names
from ingest.sample.files.pieces import ROWS, append
from ingest.sample.files.register_columns import CODES, COLUMNS
from ingest.sample.files.series import Country, County, Series

ENCODING: Final = "cp1252"
CENSUS_DAY: Final = "16-01-2025"

OWN: Final = {
    "urn": "URN",
    "establishment_number": "EstablishmentNumber",
    "name": "EstablishmentName",
    "type": "TypeOfEstablishment (name)",
    "type_group": "EstablishmentTypeGroup (name)",
    "status_gias": "EstablishmentStatus (name)",
    "reason_opened": "ReasonEstablishmentOpened (name)",
    "open_date": "OpenDate",
    "reason_closed": "ReasonEstablishmentClosed (name)",
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
    "boys": "NumberOfBoys",
    "girls": "NumberOfGirls",
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
"""Columns of ``People.schools``, in the atlas's own words, to the register's. All others of the
register's follow from them, or stay blank: the personal ones among them."""

WHOLE: Final = (
    "urn",
    "establishment_number",
    "age_low",
    "age_high",
    "capacity_pupils",
    "pupils",
    "boys",
    "girls",
    "x",
    "y",
)
LINK_HEADER: Final = '"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"\r\n'


def register_rows(county: County) -> pd.DataFrame:
    """Return a county's rows of the register: all its columns, as text."""
    schools = county.people.schools.reset_index(drop=True)
    rows = pd.DataFrame("", index=schools.index, columns=list(COLUMNS))
    for ours, theirs in OWN.items():
        rows[theirs] = _text(schools[ours], is_whole=ours in WHOLE)
    rows["TrustSchoolFlag (name)"] = np.where(
        rows["Trusts (name)"] == "", "Not applicable", "Supported by a multi-academy trust"
    )
    rows["FederationFlag (name)"] = np.where(
        rows["Federations (name)"] == "", "Not under a federation", "Supported by a federation"
    )
    for kind, column in ((TRUST, "Trusts"), (FEDERATION, "Federations")):
        rows[f"{column} (code)"] = uids_of(county, kind, rows[f"{column} (name)"])
    for name, codes in CODES.items():
        rows[f"{name} (code)"] = rows[f"{name} (name)"].map(codes).fillna("")
    where = _where(county, schools)
    rows[list(where.columns)] = where
    return rows


def _where(county: County, schools: pd.DataFrame) -> pd.DataFrame:
    """Return the columns that say in which authority, district, ward and small area it lies."""
    areas = county.land.areas.assign(district_name=district_names(county))
    area = areas.iloc[schools["area"].to_numpy()].reset_index(drop=True)
    authorities = area["authority"].astype(int)
    kinds = area["part"].where(area["part"] == "city", "shire")
    names = {number: county.names_of(number).name for number in set(authorities)}
    columns = {
        "LA (code)": authorities.map(la_code_dfe),
        "LA (name)": authorities.map(names),
        "GSSLACode (name)": [la_code(k, n) for k, n in zip(kinds, authorities, strict=True)],
        "DistrictAdministrative (code)": area["district_code"],
        "DistrictAdministrative (name)": area["district_name"],
        "AdministrativeWard (code)": area["ward_code"],
        "AdministrativeWard (name)": area["ward_name"],
        "MSOA (name)": area["name"].str[:-1],
        "LSOA (code)": area["area_code"],
        "LSOA (name)": area["name"],
        "County (name)": authorities.map(names).where(area["part"] != "city", ""),
    }
    return pd.DataFrame(columns)


def _text(values: pd.Series, *, is_whole: bool) -> pd.Series:
    """Return a column as text, blank where there is nothing."""
    if is_whole:
        values = pd.to_numeric(values, errors="coerce").round().astype("Int64")
    return values.astype("string").fillna("")


def _part(county: County, folder: Path) -> None:
    _write(folder / ROWS, register_rows(county).to_numpy().tolist())


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding=ENCODING, newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)


def _join(parts: Sequence[Path], out: Path, _: Country) -> None:
    _write(out, [COLUMNS])
    with out.open("ab") as file:
        append(file, (part / ROWS for part in parts))


def _links_part(county: County, folder: Path) -> None:
    links = county.people.links.sort_values(["urn", "linked_urn"], kind="stable")
    columns = ("urn", "linked_urn", "linked_name", "link_type", "link_date")
    rows = zip(*(_cells(links[column]) for column in columns), strict=True)
    with (folder / ROWS).open("w", encoding=ENCODING, newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)


def _cells(values: pd.Series) -> list[object]:
    return values.astype(object).where(values.notna(), "").tolist()


def _join_links(parts: Sequence[Path], out: Path, _: Country) -> None:
    with out.open("wb") as file:
        file.write(LINK_HEADER.encode(ENCODING))
        append(file, (part / ROWS for part in parts))


ESTABLISHMENTS: Final = Series(
    source="gias", file="gias/edubasealldata20250524.csv", part=_part, join=_join
)
LINKS: Final = Series(
    source="gias_links",
    file="gias/links_edubasealldata20250524.csv",
    part=_links_part,
    join=_join_links,
)
