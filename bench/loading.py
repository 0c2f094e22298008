"""Tables into the database: rows a second, in a file and in PostgreSQL, and what that needs.

`school_value` is the largest table of a country. Each database is measured in a process of its own.
`ATLAS_BENCH_BUILD` names the folder of a build, whose own tables and series are told then.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bench.rows import row
from ingest.pipeline.manifest import Manifest
from ingest.schema.pupils import SCHOOL_VALUE
from ingest.store import store_of
from ingest.store.batches import batches_of

ROWS = 1_000_000
SCHOOLS = 25_000
PART = 250_000
MOST_MB = 4096
"""A build of all England has to fit."""
DATABASES = ("sqlite", "postgresql")


def run() -> list[dict[str, Any]]:
    """Measure both databases, and tell what a build says of itself."""
    rows = []
    for database in DATABASES:
        took = _measured(database)
        note = (
            f"{ROWS:,} rows of school_value, indexed and safe on the disk; "
            f"{took['load_s']:.1f} s loading, {took['finish_s']:.1f} s indexes; "
            f"{took['peak_mb']:,.0f} MB"
        )
        speed = ROWS / (took["load_s"] + took["finish_s"])
        rows.append(row(f"Tables into {database}", round(speed), "rows/s", note))
    if folder := os.environ.get("ATLAS_BENCH_BUILD"):
        rows += _of_build(Manifest.read(Path(folder)))
    return rows


def _of_build(manifest: Manifest) -> list[dict[str, Any]]:
    """Tell how fast each step and each table of a build was."""
    told = [
        row(
            f"{manifest.region_id}: {step.title}",
            round(step.rows / step.seconds),
            "rows/s",
            f"{step.rows:,} rows, {step.seconds:.1f} s, {step.peak_mb:,.0f} MB",
        )
        for step in manifest.steps
        if step.rows and step.seconds
    ]
    loads = [load for step in manifest.steps for load in step.tables if load.rows >= SCHOOLS]
    peak = max(step.peak_mb for step in manifest.steps)
    whole = row(f"{manifest.region_id}: most memory that a step held", peak, "MB", at_most=MOST_MB)
    return [whole, *told] + [
        row(
            f"{manifest.region_id}: table {load.table}",
            round(load.rows_per_second),
            "rows/s",
            f"{load.rows:,} rows, {load.seconds:.1f} s",
        )
        for load in loads
    ]


def _measured(database: str) -> dict[str, float]:
    """Load the rows in a process of its own, so that its memory is its own too."""
    done = subprocess.run(  # noqa: S603 - this very module
        [sys.executable, "-m", "bench.loading", database],
        capture_output=True,
        text=True,
        check=True,
    )
    took: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return took


def _load(database: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, _address(database) as url:
        paths = _write(Path(folder))
        out = Path(folder) / "build"
        out.mkdir()
        began = time.perf_counter()
        drafted = store_of(url).draft(out, region_id="bench", build_id="first", owner="bench")
        with drafted as draft:
            draft.load(SCHOOL_VALUE, batches_of(SCHOOL_VALUE, paths))
            loaded = time.perf_counter()
            draft.finish()
        finished = time.perf_counter()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load_s": loaded - began, "finish_s": finished - loaded, "peak_mb": peak_mb}


@contextlib.contextmanager
def _address(database: str) -> Iterator[str]:
    if database == "sqlite":
        yield ""
        return
    from tests.support import postgres  # noqa: PLC0415 - its server takes a second

    with postgres.running() as server:
        yield server.database()


def _write(folder: Path) -> list[Path]:
    """Write the rows as steps do, a part at a time."""
    paths = []
    for first in range(0, ROWS, PART):
        number = np.arange(first, first + PART)
        frame = pd.DataFrame(
            {
                "measure": pd.Series(number // SCHOOLS).map("measure_{:04}".format),
                "urn": 100_000 + number % SCHOOLS,
                "period": "2018/19",
                "value": (number % 1000) / 10,
                "low": None,
                "high": None,
                "cohort": number % 200,
                "status": "measured",
                "receipt": "abcdef012345",
            }
        )
        path = folder / f"{SCHOOL_VALUE.name}.{len(paths):05}.parquet"
        SCHOOL_VALUE.typed(frame).to_parquet(path, index=False)
        paths.append(path)
    return paths


if __name__ == "__main__":
    print(json.dumps(_load(sys.argv[1])))
