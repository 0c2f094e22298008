"""Run every benchmark, print a table and write it as JSON.

A benchmark is a module of this folder with `run() -> list[dict]`; each row holds `name`, `value`,
`unit` and `note`, and `target` and `is_met` where something was asked for (`bench.rows`).
`python -m bench travel` runs those whose name holds the word; `--keep` writes the figures into
`docs/` as well.
"""

import importlib
import json
import os
import platform
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from rich.console import Console
from rich.table import Table

import bench
from bench.kept import figure, keep
from tests.spec import page as methods

Row = dict[str, Any]
FOLDER = Path(bench.__file__).parent
RESULTS = FOLDER.parent / "artefacts" / "bench.json"


def main(words: Sequence[str]) -> int:
    """Measure, print and write; return the exit code.

    Args:
        words: parts of benchmark names, and ``--keep``; no name chooses all.
    """
    is_kept = "--keep" in words
    words = [word for word in words if word != "--keep"]
    modules = list(benchmarks(words))
    if not modules:
        print(f"no benchmark's name holds any of: {', '.join(words)}", file=sys.stderr)
        return 2
    measured = [row for module in modules for row in _measure(module)]
    Console().print(_table(measured))
    RESULTS.parent.mkdir(exist_ok=True)
    text = json.dumps({"machine": machine(), "rows": measured}, indent=2, ensure_ascii=False)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    if is_kept:
        keep(measured, machine())
        methods.write()  # it says how near forecasts and choices come
    return 0


def benchmarks(words: Sequence[str]) -> Iterable[ModuleType]:
    """Import each benchmark that is asked for, in order of name."""
    for path in sorted(
        [*FOLDER.glob("[!_]*.py"), *(p.parent for p in FOLDER.glob("*/__init__.py"))]
    ):
        if words and not any(word in path.stem for word in words):
            continue
        module = importlib.import_module(f"bench.{path.stem}")
        if hasattr(module, "run"):
            yield module


def machine() -> dict[str, Any]:
    """Say what was measured on, so that figures are compared with their like."""
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _measure(module: ModuleType) -> list[Row]:
    start = time.perf_counter()
    rows = [{"benchmark": module.__name__.partition(".")[2], **row} for row in module.run()]
    print(f"{module.__name__}: {time.perf_counter() - start:.1f} s", file=sys.stderr)
    return rows


def _table(rows: Sequence[Row]) -> Table:
    table = Table(title="Measurements")
    for heading in ("benchmark", "name"):
        table.add_column(heading)
    table.add_column("value", justify="right")
    for heading in ("unit", "target", "note"):
        table.add_column(heading)
    for row in rows:
        table.add_row(
            row["benchmark"],
            row["name"],
            figure(row["value"]),
            row["unit"],
            _target(row),
            row.get("note", ""),
        )
    return table


def _target(row: Row) -> str:
    return f"{row['target']}: {'met' if row['is_met'] else 'NOT MET'}" if "target" in row else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
