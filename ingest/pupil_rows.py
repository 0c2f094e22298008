"""Reads an authority's own file of pupils in memory; no message tells what stands in a row."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from config.terms import AcademicYear, postcode
from ingest.errors import CheckFailed, SourceChanged
from ingest.issues import IssueLog
from ingest.workbooks import TITLE_ROWS, is_workbook
from ingest.workbooks import rows_of as workbook_rows

NEEDED: Final = ("academic_year", "urn", "year_group")
HOME: Final = ("postcode", "lsoa21")
COUNT: Final = "pupils"
PRIMARY: Final = ("R", *map(str, range(1, 7)))
SECONDARY: Final = tuple(map(str, range(7, 12)))
SIXTH_FORM: Final = ("12", "13", "14")
PHASES: Final[Mapping[str, str]] = {
    **dict.fromkeys(PRIMARY, "primary"),
    **dict.fromkeys(SECONDARY, "secondary"),
    **dict.fromkeys(SIXTH_FORM, "sixth_form"),
}
NURSERY: Final = ("N", "N1", "N2")
_WORDS: Final = {"RECEPTION": "R", "REC": "R", "NURSERY": "N"}
_LARGEST_PCT: Final = 5.0
DELIMITERS: Final = (",", ";", "\t")


def read_pupils(path: Path, *, source: str) -> pd.DataFrame:
    """Read the columns of the template as text; any others are let go unread.

    Raises:
        SourceChanged: the file is no table, or lacks a column. Only what is missing is named: a
            file without a header has pupils where the names should be.
        CheckFailed: it has no rows.
    """
    header, rows = _cells(path, source)
    names = [_plain(cell) for cell in header]
    missing = [name for name in NEEDED if name not in names]
    if not set(HOME) & set(names):
        missing.append(" or ".join(HOME))
    if missing:
        raise SourceChanged(
            f"{source}: {path.name} has no column {'; '.join(missing)}",
            missing=missing,
            hint="its first row must name the columns as the template does: docs/own-counts.md.",
        )
    wanted = [name for name in (*NEEDED, *HOME, COUNT) if name in names]
    places = {name: names.index(name) for name in wanted}
    table = {
        name: [row[at].strip() if at < len(row) else "" for row in rows]
        for name, at in places.items()
    }
    if not rows:
        raise CheckFailed(f"{source}: {path.name} has no rows", hint="export it again.")
    return pd.DataFrame(table, dtype="string")


def _cells(path: Path, source: str) -> tuple[list[str], list[list[str]]]:
    if is_workbook(path):
        return workbook_rows(path, {*NEEDED, *HOME, COUNT}, source=source)
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    readings = [_parsed(text, delimiter) for delimiter in DELIMITERS]
    return max(readings, key=lambda reading: _known(reading[0]))


def _parsed(text: str, delimiter: str) -> tuple[list[str], list[list[str]]]:
    """Return the header, which titles may stand above, and the rows below it."""
    try:
        table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = [row for row in table if any(row)]
    except csv.Error:
        return [], []
    top = range(min(TITLE_ROWS, len(rows)))
    start = max(top, key=lambda place: _known(rows[place]), default=0)
    return (rows[start], rows[start + 1 :]) if rows else ([], [])


def _known(cells: Sequence[str]) -> int:
    return len({*NEEDED, *HOME, COUNT} & set(map(_plain, cells)))


def _plain(heading: str) -> str:
    """Return a heading as headings are compared: ``Year Group`` is ``year_group``."""
    return "_".join(re.findall(r"[a-z0-9]+", heading.casefold()))


def cells_of_pupils(
    rows: pd.DataFrame, homes: Callable[[], pd.Series], *, of: str, issues: IssueLog
) -> pd.DataFrame:
    """Count pupils by school year, phase, home area and school.

    A row that cannot be used is left out and only counted; nursery years are left out too. A
    small area that is given is taken; the postcode of a row without one is looked up.

    Args:
        rows: from `read_pupils`.
        homes: gives ``lsoa21`` by postcode.
        of: name of the file.
        issues: is told how many rows were left out, and why.

    Returns:
        ``academic_year``, ``phase``, ``home_code`` (null outside the region and its border),
        ``urn`` and ``pupils``, at least 1.

    Raises:
        CheckFailed: too many rows cannot be used.
    """
    tidy = pd.DataFrame(
        {
            "academic_year": _each(rows["academic_year"], _academic_year),
            "phase": _each(rows["year_group"], _phase),
            "urn": pd.to_numeric(rows["urn"], errors="coerce"),
            "pupils": _counts(rows),
            "home_code": _home_codes(rows, homes),
        }
    )
    used = tidy[tidy["phase"] != "nursery"]
    for column, what in _REASONS.items():
        odd = used[column].isna()
        if count := int(odd.sum()):
            issues.warn(f"pupils have {what}", of, f"{count:,} rows without {what}; left out")
        _refuse_if_many(count, len(used), what, of)
        used = used[~odd]
    kept = used[used["pupils"] > 0]
    by = ["academic_year", "phase", "home_code", "urn"]
    cells = kept.groupby(by, dropna=False)["pupils"].sum().reset_index()
    whole = {name: cells[name].astype("int64") for name in ("urn", "pupils")}
    counted: pd.DataFrame = cells.assign(**whole)
    return counted


_REASONS: Final = {
    "academic_year": "a school year such as 2024/25",
    "phase": "a year group from N1 to 14",
    "urn": "the URN of a school",
    "pupils": "a whole number of pupils",
}


def _refuse_if_many(found: int, of: int, what: str, file: str) -> None:
    if found > of * _LARGEST_PCT / 100:
        raise CheckFailed(
            f"{file}: {found:,} of {of:,} rows are without {what}",
            hint="compare the file with the template in docs/own-counts.md.",
        )


def _each(texts: pd.Series, read: Callable[[str], str | None]) -> pd.Series:
    return pd.Series([read(str(text)) for text in texts], index=texts.index, dtype=object)


def _academic_year(text: str) -> str | None:
    try:
        return str(AcademicYear.parse(text))
    except ValueError:
        return None


def _phase(text: str) -> str | None:
    word = text.strip().upper().removeprefix("YEAR").removeprefix("Y").strip()
    word = _WORDS.get(word, word.lstrip("0"))
    return "nursery" if word in NURSERY else PHASES.get(word)


def _counts(rows: pd.DataFrame) -> pd.Series:
    if COUNT not in rows.columns:
        return pd.Series(1.0, index=rows.index)
    numbers = pd.to_numeric(rows[COUNT], errors="coerce").astype("float64")
    return numbers.where((numbers >= 0) & (numbers % 1 == 0))


def _home_codes(rows: pd.DataFrame, homes: Callable[[], pd.Series]) -> pd.Series:
    """Return the small area of each row; null where it is not one of the region or its border."""
    known = homes()
    codes = pd.Series(pd.NA, index=rows.index, dtype="string")
    if "lsoa21" in rows.columns:
        codes = rows["lsoa21"].where(rows["lsoa21"].isin(set(known)))
    if "postcode" in rows.columns:
        spelt = _each(rows["postcode"], postcode)
        codes = codes.fillna(spelt.map(known).astype("string"))
    return codes
