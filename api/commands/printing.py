"""Rows on standard output: a table for people, CSV or JSON for programs."""

import csv
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
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


def write_csv_file(
    path: Path, rows: Sequence[Mapping[str, Any]], *, columns: Sequence[str] | None = None
) -> None:
    """Write rows as a CSV file, with a head line.

    Args:
        path: of the file; its folder is made where there is none.
        rows: that all have the same columns.
        columns: their names, where there may be no row.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns or list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_csv(rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {name: " ".join(cell) if isinstance(cell, list) else cell for name, cell in row.items()}
        )
