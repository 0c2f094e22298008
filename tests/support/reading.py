"""What a reader is told, for tests: a cut, an issue log, and the rows of earlier steps."""

import pandas as pd
import shapely

from ingest.issues import IssueLog
from ingest.schema.declare import Table
from ingest.source import Cut, Reading, Rows


def reading(
    *urns: int,
    before: dict[Table, pd.DataFrame] | None = None,
    release: str = "2025",
    la_codes_dfe: tuple[str, ...] = ("857",),
) -> Reading:
    """Tell a reader of a region with these schools, and what the steps before it wrote."""
    cut = Cut(
        frozenset(la_codes_dfe),
        frozenset({"E06000017"}),
        shapely.box(0, 0, 700_000, 1_300_000),
        frozenset(urns),
    )
    return Reading(cut, release, IssueLog(), rows_of=lambda table: (before or {})[table])


def told(given: Reading) -> list[str]:
    """Return what the issue log says, a line an issue."""
    return [f"{issue.subject}: {issue.says}" for issue in given.issues.issues]


def broken_rules(rows: Rows) -> list[str]:
    """Say which rules of their declarations rows do not keep."""
    found = []
    for table, frame in rows.items():
        found += table.broken_rules(table.typed(frame.assign(receipt="0123456789ab")))
    return found
