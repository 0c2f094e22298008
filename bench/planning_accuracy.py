"""How near forecasts come on the made-up county, whose next five years are known.

The county is built as any region is, from its publishers' files, and what its database says is
held against `truth.json`, which the build never sees. `ATLAS_BENCH_COUNTY` names its mirror folder
(`atlas sample`), `ATLAS_BENCH_HOME` an atlas's folder in which it is built already.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import sqlalchemy as sa

from bench.regions import MADE, county
from bench.rows import Row, row
from ingest.pipeline.builds import Builds
from ingest.schema import SQL
from ingest.schema.forecasts import FORECAST

AHEAD = 5
LESS_PCT = 20.0
"""Our error is to be at least so much less than that of 3:2:1."""

WITHIN = {80: (75.0, 85.0), 95: (None, None)}
SUMS = {"primary": ("R", *"123456"), "secondary": ("7", "8", "9", "10", "11")}
OTHERS = {"cohort_321": "3:2:1 cohort survival", "same": "same as last year", "drift": "drift"}


def run() -> list[Row]:
    """Build the county, and hold its forecasts against what came."""
    mirror = county()
    return list(_rows(_forecasts(_home(mirror)), truth(mirror)))


def _home(mirror: Path) -> Path:
    if named := os.environ.get("ATLAS_BENCH_HOME"):
        return Path(named)
    home = MADE / "county-home"
    subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "api.cli", "build", "sample", "--mirror", str(mirror)],
        env=os.environ | {"ATLAS_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return home


def _forecasts(home: Path) -> pd.DataFrame:
    """Read schools' forecasts of both sexes together."""
    builds = Builds(home, "sample")
    current = builds.current()
    path = home / "builds" / "sample" / str(current) / "atlas.sqlite"
    table = SQL[FORECAST.name]
    chosen = sa.select(table).where(table.c.level == "school", table.c.sex == "all")
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        return pd.read_sql(chosen, connection)


def truth(mirror: Path) -> pd.DataFrame:
    """Return what came: school, school year, primary or secondary, pupils."""
    told = json.loads((mirror / "truth.json").read_text(encoding="utf-8"))
    rows = [
        (urn, f"{year}/{int(year) + 1 - 2000:02}", phase, sum(came.get(g, 0) for g in groups))
        for each in told["counties"]
        for urn, years in each["next_five"].items()
        for year, came in years.items()
        for phase, groups in SUMS.items()
    ]
    return pd.DataFrame(rows, columns=["unit_code", "academic_year", "year_group", "came"])


def _rows(said: pd.DataFrame, came: pd.DataFrame) -> Iterator[Row]:
    both = said.merge(came, on=["unit_code", "academic_year", "year_group"])
    years = sorted(both["academic_year"].unique())[:AHEAD]
    both = both[(both["came"] > 0) & both["academic_year"].isin(years)]
    chosen = both[both["is_chosen"].astype(bool)]
    last = chosen["academic_year"] == years[-1]
    ours, schools = _error_pct(chosen[last]), chosen[last]["unit_code"].nunique()
    note = f"{schools} schools, primary and secondary pupils each for itself, made-up county"
    yield row("five years ahead, school level: mean absolute error", ours, "%", note)
    for method, title in OTHERS.items():
        of_it = both[both["forecast_method"] == method]
        of_it = of_it.merge(chosen[last][["unit_code", "academic_year", "year_group"]])
        theirs = _error_pct(of_it)
        yield row(f"  {title}", theirs, "%")
        if method == "cohort_321":
            less = 100 * (1 - ours / theirs)
            yield row("  less than 3:2:1 by", less, "%", at_least=LESS_PCT)
    for level, (least, most) in WITHIN.items():
        name = f"five years ahead: outcomes within the {level} % range"
        yield row(name, _within_pct(chosen[last], level), "%", at_least=least, at_most=most)
        name = f"one to five years ahead: outcomes within the {level} % range"
        yield row(name, _within_pct(chosen, level), "%", f"{len(chosen)} outcomes")
    for ahead, year in enumerate(years, start=1):
        error = _error_pct(chosen[chosen["academic_year"] == year])
        theirs = both[(both["academic_year"] == year) & (both["forecast_method"] == "cohort_321")]
        note = f"3:2:1: {_error_pct(theirs):.2f} %"
        yield row(f"{ahead} years ahead, school level: mean absolute error", error, "%", note)


def _error_pct(rows: pd.DataFrame) -> float:
    apart = (rows["pupils_expected"] - rows["came"]).abs() / rows["came"]
    return float(100 * apart.mean())


def _within_pct(rows: pd.DataFrame, level: int) -> float:
    told = rows.dropna(subset=[f"low_{level}"])
    within = told["came"].between(told[f"low_{level}"], told[f"high_{level}"])
    return float(100 * np.mean(within))
