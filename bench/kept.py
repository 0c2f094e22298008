"""Measurements kept in the repository: `docs/measurements.json`, and the same as a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import bench

Row = dict[str, Any]
Kept = dict[str, Any]
"""By name of the benchmark: its `machine` and its `rows`."""

DOCS = Path(bench.__file__).parents[1] / "docs"
JSON = DOCS / "measurements.json"
PAGE = DOCS / "measurements.md"

HEAD = """# Measurements

Written by `make bench ARGS="--keep"`, which measures, replaces the figures of the benchmarks that
ran in `measurements.json` and writes this page from it. Peers stand beside us in the same run, on
the same network.
[What is measured and how it was done](benchmarks.md).
"""


def keep(rows: Sequence[Row], machine: Mapping[str, Any]) -> None:
    """Put rows in the place of the same benchmarks' earlier ones, and write the page anew."""
    kept = read()
    for name, found in groupby(rows, key=lambda row: str(row["benchmark"])):
        plain = [{key: each[key] for key in each if key != "benchmark"} for each in found]
        kept[name] = {"machine": dict(machine), "rows": plain}
    in_order = {name: kept[name] for name in sorted(kept)}
    JSON.write_text(json.dumps(in_order, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(page(in_order), encoding="utf-8")


def read() -> Kept:
    """Return what is kept; nothing before the first time."""
    kept: Kept = json.loads(JSON.read_text(encoding="utf-8")) if JSON.exists() else {}
    return kept


def page(kept: Kept) -> str:
    """Write the page: what was asked for and whether it is reached, then every figure."""
    targets = [(name, each) for name in kept for each in kept[name]["rows"] if "target" in each]
    parts = [HEAD]
    if targets:
        heading = ("benchmark", "what", "measured", "target", "met")
        lines = (
            (name, each["name"].strip(), measured(each), each["target"], _met(each))
            for name, each in targets
        )
        parts.append("## Against what was asked for\n\n" + _table(heading, lines))
    for name, found in kept.items():
        machine = found["machine"]
        said = (
            f"{machine['measured_at'][:10]}, {machine['processor']}, {machine['cores']} cores, "
            f"Python {machine['python']}"
        )
        heading = ("what", "value", "unit", "note")
        lines = (
            (each["name"].strip(), figure(each["value"]), each["unit"], each.get("note", ""))
            for each in found["rows"]
        )
        parts.append(
            f"## {name.replace('_', ' ').capitalize()}\n\n{said}\n\n{_table(heading, lines)}"
        )
    return "\n".join(parts)


def figure(value: object) -> str:
    """Write a figure with four digits that count."""
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 10_000 else f"{value:,.0f}"  # noqa: PLR2004
    return f"{value:,}" if isinstance(value, int) else str(value)


def measured(row: Row) -> str:
    """Write a row's figure with its unit."""
    return f"{figure(row['value'])} {row['unit']}".strip()


def _met(row: Row) -> str:
    return "yes" if row["is_met"] else "**no**"


def _table(heading: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rows = [heading, ["---"] * len(heading), *lines]
    return "\n".join("| " + " | ".join(_cell(each) for each in row) + " |" for row in rows) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
