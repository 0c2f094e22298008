"""Trusts and federations, as the register lists its groups."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from ingest.sample.files.pieces import ROWS, append
from ingest.sample.files.series import Country, County, Series

HEADER: Final = (
    *("Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type (code)"),
    *("Group Type", "Closed Date", "Open date", "Incorporated on (open date)"),
    *("Group Status (code)", "Group Status", "Group Street", "Group Locality"),
    *("Group Address 3", "Group Town", "Group County", "Group Postcode"),
    *("Head of Group Title", "Head of Group First Name", "Head of Group Last Name", "UKPRN"),
)
"""The columns that name heads of groups stay blank."""

ENCODING: Final = "cp1252"
FEDERATION, TRUST, CENTRES = "Federation", "Multi-academy trust", "Children's Centres Group"
CODES: Final = {FEDERATION: "1", TRUST: "6", CENTRES: "8"}
_FIRST: Final = 80_000
_EACH: Final = 60
"""Groups of a county that have a number."""


def groups_of(county: County) -> pd.DataFrame:
    """List the groups that a county's schools are in.

    Returns:
        One row per group: ``uid``, ``name``, ``kind`` and ``since``, the day of its first school
        (dd-mm-yyyy, or nothing where no school says).
    """
    schools = county.people.schools
    rows = []
    for kind, column in ((FEDERATION, "federation"), (TRUST, "trust")):
        for name, own in schools[schools[column] != ""].groupby(column):
            days = sorted(f"{day[6:]}-{day[3:5]}-{day[:2]}" for day in own["open_date"] if day)
            rows.append((str(name), kind, days[0] if days else ""))
    first = _FIRST + _EACH * county.tile.index
    numbered = [(str(first + number), *row) for number, row in enumerate(rows)]
    return pd.DataFrame(numbered, columns=["uid", "name", "kind", "since"])


def uids_of(county: County, kind: str, names: "pd.Series[str]") -> "pd.Series[str]":
    """Return the number of each school's group of a kind; blank where it is in none."""
    groups = groups_of(county)
    own = groups[groups["kind"] == kind]
    number = dict(zip(own["name"], own["uid"], strict=True))
    return names.map(lambda name: number.get(name, ""))


def _part(county: County, folder: Path) -> None:
    groups = groups_of(county)
    city = county.names_of(county.tile.city).name
    rows = [
        _row(uid, name, kind, since if kind == FEDERATION else "", since if kind == TRUST else "")
        for uid, name, kind, since in groups.itertuples(index=False, name=None)
    ]
    last = _FIRST + _EACH * (county.tile.index + 1) - 1
    rows.append(
        _row(str(last - 1), f"{city} Trust of Schools", TRUST, "", "2012-04-01", "2019-08-31")
    )
    rows.append(_row(str(last), f"{city} Children's Centres", CENTRES, "2017-07-04", ""))
    with (folder / ROWS).open("w", encoding=ENCODING, newline="") as file:
        csv.writer(file).writerows(rows)


def _row(
    uid: str, name: str, kind: str, opened: str, incorporated: str, closed: str = ""
) -> list[str]:
    status = "Closed" if closed else "Open"
    known = {
        "Group UID": uid,
        "Group ID": f"TR{int(uid):05d}" if kind == TRUST else "",
        "Group Name": name,
        "Group Type (code)": CODES[kind],
        "Group Type": kind,
        "Closed Date": closed,
        "Open date": opened,
        "Incorporated on (open date)": incorporated,
        "Group Status (code)": status.upper(),
        "Group Status": status,
    }
    return [known.get(name, "") for name in HEADER]


def _join(parts: Sequence[Path], out: Path, _: Country) -> None:
    with out.open("w", encoding=ENCODING, newline="") as file:
        csv.writer(file).writerow(HEADER)
    with out.open("ab") as file:
        append(file, (part / ROWS for part in parts))


SERIES: Final = Series(
    source="gias_groups", file="gias/allgroupsdata20250524.csv", part=_part, join=_join
)
