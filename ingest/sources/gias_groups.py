"""Get Information About Schools: trusts, federations and the schools in them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from config.words import search_key
from ingest.establishments import REGISTER_FILES
from ingest.issues import IssueLog
from ingest.rhythm import DAILY
from ingest.rows import first_of_each, named, without_blanks
from ingest.schema.provision import GROUP_MEMBER, SCHOOL_GROUP
from ingest.schema.schools import SCHOOL
from ingest.source import Reading, Rows, Source, daily
from ingest.tables import Names, read_table

ID: Final = "gias_groups"
KEY: Final = ("group_uid",)
COLUMNS: Final[Names] = {
    "group_uid": "Group UID",
    "name": "Group Name",
    "companies_house_number": "Companies House Number",
    "group_type": "Group Type",
    "close_date": "Closed Date",
    "open_date": ("Open date", "Open Date"),
    "incorporated_on": ("Incorporated on (open date)", "Incorporated On (Open Date)"),
    "status": "Group Status",
}
"""Every column that is read; the file also names heads of groups, who are never read."""

NO_SCHOOLS: Final = ("Children's Centres Group", "Children's Centres Collaboration")
"""Kinds of group without schools: left out, and noted."""

CLOSED: Final = "Closed"
TRUST: Final = "trust"
FEDERATION: Final = "federation"
KINDS_BY_FLAG: Final[Mapping[str, tuple[str, ...]]] = {
    "Supported by a multi-academy trust": ("Multi-academy trust",),
    "Supported by a single-academy trust": ("Single-academy trust",),
    "Supported by a trust": ("Trust",),
}
"""What the register says of a school's trust to the kinds of group that it can be."""
TRUSTS: Final = ("Multi-academy trust", "Single-academy trust", "Trust", "Umbrella trust")
FEDERATIONS: Final = ("Federation",)


def read_rows(path: Path, reading: Reading) -> Rows:
    """Read one ``allgroupsdata`` file, and put the region's schools into its groups.

    A school belongs to the groups whose numbers the register gives it; where the register's file
    has only names, as its search page's download does, to the one group of that name and kind.
    """
    groups = _groups(path, reading.issues)
    schools = reading.rows_of(SCHOOL)
    named = schools[["trust", "trust_uid", "federation", "federation_uid"]].notna()
    if not named.any(axis=None):
        says = "names no trust or federation: which schools belong to a group is not known"
        reading.issues.warn("group is known", "the register of schools", says)
    members = [_members(schools, groups, kind, reading.issues) for kind in (TRUST, FEDERATION)]
    members = [each for each in members if not each.empty] or members[:1]
    columns = [field.name for field in SCHOOL_GROUP.columns if field.name != "receipt"]
    return {
        SCHOOL_GROUP: groups[columns],
        GROUP_MEMBER: pd.concat(members, ignore_index=True)
        .drop_duplicates(["group_uid", "urn"])
        .assign(joined_on=None, source_id=ID),
    }


def _groups(path: Path, issues: IssueLog) -> pd.DataFrame:
    """Return the columns of the ``school_group`` table."""
    rows = read_table(path, COLUMNS, source=ID, issues=issues, encoding="cp1252")
    rows = without_blanks(rows, ("group_uid", "name"), key=KEY, issues=issues)
    rows = first_of_each(rows, KEY, issues=issues)
    others = rows["group_type"].isin(list(NO_SCHOOLS))
    if others.any():
        says = "have no schools; left out"
        issues.note(
            "group has schools", f"{int(others.sum()):,} groups of children's centres", says
        )
    rows = rows[~others]
    for column in ("open_date", "close_date", "incorporated_on"):
        rows = rows.assign(**{column: _dates(rows, column, issues)})
    is_closed = rows["close_date"].notna() & rows["status"].ne(CLOSED)
    for row in rows.index[is_closed.fillna(value=False)]:
        says = f"has a closing date ({rows['close_date'][row]}) and is {rows['status'][row]!r}"
        issues.note("closed groups are marked", named(rows, row, KEY), says)
    return rows.assign(open_date=rows["open_date"].fillna(rows["incorporated_on"]))


def _dates(rows: pd.DataFrame, column: str, issues: IssueLog) -> pd.Series:
    """Read dates, written ``yyyy-mm-dd`` or ``dd-mm-yyyy``, as ISO 8601."""
    texts = rows[column].str.replace("/", "-")
    swapped = texts.str.replace(r"^(\d\d)-(\d\d)-(\d{4})$", r"\3-\2-\1", regex=True)
    read = pd.to_datetime(swapped, format="%Y-%m-%d", errors="coerce")
    for row in rows.index[read.isna() & texts.notna()]:
        says = f"{column} {rows[column][row]!r} is no date; left empty"
        issues.warn(f"{column} is a date", named(rows, row, KEY), says)
    return read.dt.strftime("%Y-%m-%d").astype("string")


def _members(
    schools: pd.DataFrame, groups: pd.DataFrame, kind: str, issues: IssueLog
) -> pd.DataFrame:
    """Return ``group_uid`` and ``urn`` of the schools in groups of one kind."""
    uid = schools[f"{kind}_uid"].astype("string").str.strip()
    by_name = uid.isna() & schools[kind].notna()
    found = uid.where(~by_name, _uids_by_name(schools[by_name], groups, kind))
    unknown = found.notna() & ~found.isin(groups["group_uid"])
    for row in schools.index[unknown]:
        says = f"its {kind} {found[row]} is not in the list of groups; left out"
        issues.warn("group is known", f"URN {schools['urn'][row]}", says)
    for row in schools.index[by_name & found.isna()]:
        says = f"no one {kind} is called {schools[kind][row]!r}; left out"
        issues.warn("group is known", f"URN {schools['urn'][row]}", says)
    kept = found.notna() & ~unknown
    return pd.DataFrame({"group_uid": found[kept], "urn": schools.loc[kept, "urn"]})


def _uids_by_name(schools: pd.DataFrame, groups: pd.DataFrame, kind: str) -> pd.Series:
    """Find groups by name: the open one, where it is the only one of its kind."""
    kinds = TRUSTS if kind == TRUST else FEDERATIONS
    known = groups[groups["group_type"].isin(list(kinds))]
    keyed = known.assign(key=known["name"].map(search_key), is_closed=known["status"].eq(CLOSED))
    by_key = dict(iter(keyed.groupby("key")))
    found = [
        _only(by_key.get(search_key(name)), KINDS_BY_FLAG.get(str(flag), kinds))
        for name, flag in zip(schools[kind], schools["trust_flag"], strict=True)
    ]
    return pd.Series(found, index=schools.index, dtype="string")


def _only(groups: pd.DataFrame | None, kinds: tuple[str, ...]) -> str | None:
    """Return the one group that is meant, or ``None`` where it is none or several."""
    if groups is None:
        return None
    for among in (groups[groups["group_type"].isin(list(kinds))], groups):
        for chosen in (among[~among["is_closed"]], among):
            if len(chosen) == 1:
                return str(chosen["group_uid"].iloc[0])
    return None


SOURCE: Final = Source(
    id=ID,
    title="Get Information About Schools: trusts, federations and other groups",
    publisher="Department for Education",
    landing_page="https://get-information-schools.service.gov.uk/Downloads",
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=daily(f"{REGISTER_FILES}allgroupsdata{{day:%Y%m%d}}.csv"),
    every=DAILY,
    mirror_folder="gias",
    mirror_files=("allgroupsdata[0-9]*.csv",),
    read_rows=read_rows,
    tables=(SCHOOL_GROUP, GROUP_MEMBER),
    caveats=(
        "Closed groups stay in the list, with the day on which they closed.",
        "A sponsor is a group too: it answers for academies that a trust of its own may run.",
    ),
)
