"""How long forecasts take, how much memory, how both grow, and how a script in pandas compares."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from bench.made_rolls import YEARS, made_up
from bench.rows import Row, row
from bench.with_pandas import all_at_once, long_table, school_by_school
from planning.forecast.inputs import Inputs
from planning.forecast.methods import Known, Method, forecast

COUNTY, ENGLAND = 90, 24_000
BETWEEN = (900, 6_000)
AHEAD = 7
ROUNDS = 3
COLD_S, ENGLAND_S, ENGLAND_MB = 2, 300, 4096

FORECAST = """\
import json, pickle, resource, sys, time

began = time.perf_counter()
from planning.forecast.region import forecast_region

with open(sys.argv[1], "rb") as file:
    inputs = pickle.load(file)
loaded = time.perf_counter()
said = forecast_region(inputs, years=int(sys.argv[2]))
took = {
    "seconds": time.perf_counter() - loaded,
    "loading": loaded - began,
    "processor_s": time.process_time(),
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "ranges": sum(len(each.ranges) for each in said.levels.values()),
}
print(json.dumps(took))
"""
"""A process of its own, so that its peak of memory is its own, and nothing is warm."""


def run() -> list[Row]:
    """Measure a county cold, then how time and memory grow to England, then a peer."""
    return [*_cold(), *_growth(), *_peer()]


def _cold() -> Iterator[Row]:
    took, inside = min((_process(made_up(COUNTY)) for _ in range(ROUNDS)), key=lambda each: each[0])
    note = (
        f"{COUNTY} schools, {AHEAD} years ahead, with ranges, from a fresh process; of which "
        f"{inside['loading']:.2f} s imports, {inside['seconds']:.2f} s the forecast; "
        f"{inside['processor_s']:.2f} s of processor time"
    )
    yield row("county forecast with intervals, cold", took, "s", note, at_most=COLD_S)


def _growth() -> Iterator[Row]:
    for schools in (COUNTY, *BETWEEN, ENGLAND):
        _, inside = _process(made_up(schools))
        is_england = schools == ENGLAND
        name = f"forecast of {schools:,} schools"
        bound = ENGLAND_S if is_england else None
        note = f"{YEARS} years of rolls; {inside['processor_s']:.1f} s of processor time"
        yield row(name, inside["seconds"], "s", note, at_most=bound)
        bound = ENGLAND_MB if is_england else None
        yield row(f"{name}: peak of memory", round(inside["peak_mb"]), "MB", at_most=bound)


def _peer() -> Iterator[Row]:
    """Forecast by 3:2:1 alone, in arrays and as a script with pandas does."""
    rolls = made_up(COUNTY).rolls
    table = long_table(rolls)
    known = Known(rolls.pupils, np.zeros(len(rolls.urns), np.int64))
    ours_s, ours = _timed(lambda: forecast(known, Method.COHORT_321, years=AHEAD))
    name = f"3:2:1 alone, {COUNTY} schools"
    yield row(name, ours_s * 1e3, "ms")
    for how, script in (
        ("school by school", school_by_school),
        ("all schools at once", all_at_once),
    ):
        theirs_s, theirs = _timed(lambda script=script: script(table, years=AHEAD))
        there = theirs.to_numpy().reshape(ours.shape)
        if not np.allclose(there, ours, atol=1e-6):
            raise AssertionError(f"3:2:1 differs by up to {np.abs(there - ours).max()} pupils")
        yield row(f"{name}: pandas, {how}", theirs_s * 1e3, "ms", "the same numbers")
        yield row(f"{name}: faster than pandas, {how}", theirs_s / ours_s, "x")


def _timed(call: Any) -> tuple[float, Any]:
    best, found = np.inf, None
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = call()
        best = min(best, time.perf_counter() - began)
    return best, found


def _process(inputs: Inputs) -> tuple[float, dict[str, Any]]:
    """Return how long a process took from start to end, and what it says of itself."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "inputs")
        path.write_bytes(pickle.dumps(inputs))
        began = time.perf_counter()
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", FORECAST, str(path), str(AHEAD)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return time.perf_counter() - began, json.loads(done.stdout)
