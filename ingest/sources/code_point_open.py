"""OS Code-Point Open: where every postcode is."""

import re
import zipfile
from pathlib import Path, PurePosixPath
from typing import Final

import pandas as pd

from config.authority import register_code
from config.terms import postcode
from ingest.issues import IssueLog
from ingest.rhythm import yearly
from ingest.rows import first_of_each
from ingest.schema.places import POSTCODE
from ingest.source import Cut, Release, Source, fixed
from ingest.tables import columns_of, no_rows, unreadable

ID: Final = "code_point_open"
COLUMNS: Final = {
    "postcode": "Postcode",
    "quality": "Positional_quality_indicator",
    "x": "Eastings",
    "y": "Northings",
    "county": "Admin_county_code",
    "district": "Admin_district_code",
}
HEADER_FILE: Final = "Code-Point_Open_Column_Headers.csv"
NO_POSITION: Final = 90
"""Positional quality of a postcode that Ordnance Survey could not place."""


def read(path: Path, cut: Cut, issues: IssueLog) -> pd.DataFrame:
    """Read the zip's 120 files, which have no header line: a file beside them names the columns.

    Of several rows of one postcode the best placed is kept. A postcode without a position cannot
    be told to lie in the region or not: those of Great Britain are counted.

    Returns:
        One row per postcode of the region and its border: ``postcode``, ``quality``, ``x``,
        ``y``, ``district`` and ``is_outside``.

    Raises:
        SourceChanged: no zip, a truncated one, or other columns than the declared ones.
        CheckFailed: no postcode in the region, or too many odd ones.
    """
    rows = _spelt(_read_zip(path, cut, issues), issues)
    if rows.empty:
        raise no_rows(ID, path.name, " in the region or its border")
    best_first = rows.sort_values("quality", kind="stable")
    rows = first_of_each(best_first, ("postcode",), issues=issues, compared=("x", "y")).sort_index()
    is_outside = ~rows["district"].map(register_code).isin(list(cut.districts))
    return rows.assign(is_outside=is_outside).reset_index(drop=True)


def _read_zip(path: Path, cut: Cut, issues: IssueLog) -> pd.DataFrame:
    """Return the rows of the region and its border; note how many have no position."""
    parts, found, nowhere = [], 0, 0
    try:
        with zipfile.ZipFile(path) as archive:
            columns = _columns(archive, path)
            for name in _data_files(archive):
                part = _read_part(archive, name, columns)
                is_placed = (part["quality"] != NO_POSITION) & part["x"].notna() & part["y"].notna()
                parts.append(_in_region(part[is_placed], cut))
                found, nowhere = found + len(part), nowhere + int((~is_placed).sum())
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise unreadable(
            ID,
            path.name,
            f"cannot be read as a zip ({error}); it is truncated or something else, "
            "so fetch it again",
        ) from None
    if not parts:
        raise unreadable(ID, path.name, "holds no Data/CSV/*.csv")
    if nowhere:
        says = f"{nowhere:,} of {found:,} postcodes have no position; left out"
        issues.note("postcode has a position", path.name, says)
    issues.refuse_if_many("postcode has a position", found=nowhere, of=found)
    return pd.concat(parts, ignore_index=True)


def _spelt(rows: pd.DataFrame, issues: IssueLog) -> pd.DataFrame:
    spelt = rows["postcode"].map(postcode).astype("string")
    for row in rows.index[spelt.isna()]:
        issues.warn("postcode", str(rows["postcode"][row]), "cannot be a postcode; left out")
    issues.refuse_if_many("postcode", found=int(spelt.isna().sum()), of=len(rows))
    return rows.assign(postcode=spelt).dropna(subset=["postcode"])


def _columns(archive: zipfile.ZipFile, path: Path) -> list[str]:
    """Return the files' column names, in order; the second line of the header file."""
    name = next((name for name in archive.namelist() if name.endswith(HEADER_FILE)), None)
    if name is None:
        raise unreadable(ID, path.name, f"has no {HEADER_FILE}")
    lines = archive.read(name).decode("utf-8-sig").splitlines()
    found = [cell.strip() for cell in lines[-1].split(",")]
    columns_of(found, COLUMNS, source=ID, file=f"{path.name}, {HEADER_FILE}")
    return found


def _data_files(archive: zipfile.ZipFile) -> list[str]:
    names = (PurePosixPath(name) for name in archive.namelist())
    return sorted(
        str(name) for name in names if name.suffix == ".csv" and name.parent.name == "CSV"
    )


def _read_part(archive: zipfile.ZipFile, name: str, columns: list[str]) -> pd.DataFrame:
    with archive.open(name) as file:
        try:
            part = pd.read_csv(
                file,
                header=None,
                names=columns,
                usecols=list(COLUMNS.values()),
                dtype={"Eastings": "float64", "Northings": "float64"},
                na_values={"Eastings": [""], "Northings": [""]},
                keep_default_na=False,
            )
        except pd.errors.EmptyDataError:
            raise no_rows(ID, name) from None
        except ValueError as error:
            raise unreadable(ID, name, f"cannot be read: {error}") from None
    return part.rename(columns={theirs: ours for ours, theirs in COLUMNS.items()})


def _in_region(part: pd.DataFrame, cut: Cut) -> pd.DataFrame:
    own = part["district"].map(register_code).isin(list(cut.districts)).to_numpy(bool)
    near = cut.holds(part["x"], part["y"])
    return part[own | near].drop(columns="county")


def vintage(path: Path) -> str | None:
    """Return the month of the data, which only a note inside the zip tells."""
    try:
        with zipfile.ZipFile(path) as archive:
            note = archive.read(METADATA_FILE).decode("cp1252")
    except (zipfile.BadZipFile, KeyError, OSError):
        return None
    day = re.search(r"COPYRIGHT DATE:\s*(\d{4})(\d\d)\d\d", note)
    return f"{day[1]}-{day[2]}" if day else None


METADATA_FILE: Final = "Doc/metadata.txt"
ADDRESS: Final = (
    "https://api.os.uk/downloads/v1/products/CodePointOpen/downloads?area=GB&format=CSV&redirect"
)
SOURCE: Final = Source(
    id=ID,
    title="Code-Point Open",
    publisher="Ordnance Survey",
    landing_page="https://www.ordnancesurvey.co.uk/products/code-point-open",
    licence="OGL-UK-3.0",
    attribution=(
        "Contains OS data © Crown copyright and database right 2025. "
        "Contains Royal Mail data © Royal Mail copyright and database right 2025. "
        "Contains National Statistics data © Crown copyright and database right 2025."
    ),
    releases=fixed(
        Release(name="newest", file_name="codepo_gb.zip", addresses=(ADDRESS,)),
    ),
    every=yearly(2, 5, 8, 11),
    mirror_folder="os",
    mirror_files=("codepo_gb.zip", "codepo_gb*.zip"),
    read=read,
    tables=(POSTCODE,),
    vintage=vintage,
    caveats=(
        "One point stands for a postcode of about 15 addresses; in the country they may lie "
        "hundreds of metres apart.",
    ),
)
