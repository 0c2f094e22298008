"""Reads publishers' files as a build of all England does, for tests on real files."""

from pathlib import Path

import pandas as pd

from config.authority import authorities
from ingest.issues import IssueLog
from ingest.source import Cut, Reading

LA_CODES = {one.la_code_dfe: one.la_code for one in authorities()}
URNS = frozenset(range(100_000, 160_000))


def england(*la_codes_dfe, register=None):
    """Return a cut that keeps every school, and these authorities."""
    return Cut(
        frozenset(la_codes_dfe), frozenset(), urns=URNS, la_codes=LA_CODES, register=register
    )


def read(module, path: Path, release: str, *, cut=None):
    """Read a file with the reader of a series; return its rows by table name, and the issues."""
    issues = IssueLog()
    rows = module.read_rows(path, Reading(cut or england("850", "936"), release, issues))
    for table, frame in rows.items():
        typed = table.typed(frame.assign(receipt="0123456789ab"))
        assert table.broken_rules(typed) == []
    return {table.name: frame for table, frame in rows.items()}, issues.issues


def of(frame: pd.DataFrame, key, measure: str, period: str):
    """Return value, low, high, cohort and status of one measure; nothing where blank."""
    column = "urn" if "urn" in frame else "area_code"
    found = frame[
        (frame[column] == key) & (frame["measure"] == measure) & (frame["period"] == period)
    ]
    (row,) = found.to_dict("records")
    cells = [row[name] for name in ("value", "low", "high", "cohort")]
    return (*(None if pd.isna(cell) else cell for cell in cells), row["status"])
