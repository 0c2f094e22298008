"""Rows on standard output: a table for people, CSV or JSON for programs."""

import csv
import json
import sys
from collections.abc import Callable
from typing import Any, Final

from rich.console import Console
from rich.table import Table

PAGE_WIDTH: Final = 140
"""Columns of a table that goes to a file or another program."""


def print_rows(
    rows: list[dict[str, Any]],
    *,
    as_csv: bool,
    as_json: bool,
    table: Callable[[list[dict[str, Any]]], Table],
) -> None:
    """Print rows that all have the same columns.

    Args:
        rows: what to print; lists of words become one cell of a CSV, with spaces between.
        as_csv: as CSV, with a head line where there is a row.
        as_json: as a JSON list.
        table: draws them for people.
    """
    if as_json:
        sys.stdout.write(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    elif as_csv:
        _write_csv(rows)
    else:
        Console(width=None if sys.stdout.isatty() else PAGE_WIDTH).print(table(rows))


def _write_csv(rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {name: " ".join(cell) if isinstance(cell, list) else cell for name, cell in row.items()}
        )
