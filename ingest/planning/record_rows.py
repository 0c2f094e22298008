"""What was said, or would have been said, in earlier years, beside what came."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import pandas as pd

from config.terms import AcademicYear
from ingest.issues import IssueLog
from ingest.planning.frames import Frames
from ingest.planning.parts import came_as_planned, year_of
from ingest.planning.schools import read_schools
from ingest.planning.units import stated_schools
from ingest.schema.forecasts import FORECAST_RECORD
from ingest.schema.pupils import ROLL_FORECAST
from planning.arrays import Bools, Floats
from planning.forecast.inputs import GROUPS, PHASES, Inputs
from planning.forecast.results import PARTS, Forecasts, Level, LevelForecast

AUTHORITY: Final = "authority"
"""Who made a forecast that the authority has published itself."""

KEY: Final = ["level", "unit_code", "year_group", "made_in", "academic_year"]
FEWEST_SAID: Final = 0.5
"""Nobody is expected below half a pupil; nor has anybody come."""


def record_rows(made: Forecasts, frames: Frames, inputs: Inputs) -> pd.DataFrame:
    """Return all rows of ``forecast_record`` at once; see ``record_parts``."""
    return pd.concat(record_parts(made, frames, inputs), ignore_index=True)


def record_parts(made: Forecasts, frames: Frames, inputs: Inputs) -> Iterator[pd.DataFrame]:
    """Give rows of ``forecast_record``, a part at a time.

    Schools have sums alone; planning areas and authorities have year groups too.
    """
    for level in made.levels.values():
        for maker in range(len(level.record.by)):
            yield _with_errors(_hindcast(level, maker))
    yield _with_errors(published_rows(frames, inputs))


def _with_errors(rows: pd.DataFrame) -> pd.DataFrame:
    said, came = rows["pupils_expected"], rows["pupils_came"]
    return rows.assign(error_ratio=((said - came) / came).where(came > 0))[FORECAST_RECORD.names]


def _hindcast(level: LevelForecast, maker: int) -> pd.DataFrame:
    """Return what one method would have said, where the outcome is known."""
    record = level.record
    said = record.said[maker]
    told = np.isfinite(said) & np.isfinite(record.came)
    told &= (said >= FEWEST_SAID) | (record.came >= FEWEST_SAID)
    origin, unit, ahead, part = np.nonzero(told & _parts_kept(level))
    made_in = np.array([str(AcademicYear(year)) for year in record.origins], object)
    first = np.array(record.origins, np.int64)[origin] + 1 + ahead
    return pd.DataFrame(
        {
            "level": str(level.level),
            "unit_code": np.array(level.codes, object)[unit],
            "year_group": np.array(PARTS, object)[part],
            "made_by": record.by[maker],
            "made_in": made_in[origin],
            "academic_year": _year_names(first),
            "pupils_expected": said[origin, unit, ahead, part].astype(np.float64),
            "pupils_came": record.came[origin, unit, ahead, part].astype(np.float64),
            "is_hindcast": True,
        }
    )


def _parts_kept(level: LevelForecast) -> Bools:
    kept = np.ones(len(PARTS), bool)
    if level.level is Level.SCHOOL:
        kept[: len(GROUPS)] = False
        kept[PARTS.index("all")] = False
    return kept


def _year_names(starts: np.ndarray) -> np.ndarray:
    known = {year: str(AcademicYear(int(year))) for year in np.unique(starts)}
    return np.array([known[year] for year in starts], object)


def published_rows(frames: Frames, inputs: Inputs) -> pd.DataFrame:
    """Return the authorities' own published forecasts beside what came.

    By planning area as they are; of a whole authority its own total, else its planning areas
    added up, where all that it made a forecast of are told. Sums of a phase are told where every
    year group of it is.
    """
    rows = frames.of(ROLL_FORECAST)
    rows = rows[rows["pupils"].notna()].assign(pupils=lambda each: each["pupils"].astype(float))
    rows = _one_source(rows)
    codes = frames.authorities.set_index("la_code_dfe")["la_code"].to_dict()
    rows = rows[rows["la_code_dfe"].isin(codes)]
    whole = rows[rows["planning_area"] == ""]
    parts = _with_sums(rows[rows["planning_area"] != ""])
    added = _added_up(parts)
    of_authority = pd.concat([whole, added]).drop_duplicates(
        ["la_code_dfe", "made_in", "academic_year", "year_group"]
    )
    told = pd.concat(
        [
            of_authority.assign(
                level="authority", unit_code=of_authority["la_code_dfe"].map(codes)
            ),
            parts.assign(level="planning_area", unit_code=parts["planning_area"]),
        ]
    )
    stated = stated_schools(frames, read_schools(frames, IssueLog()))
    return _beside(told, came_as_planned(inputs, stated), inputs.rolls.years)


def _one_source(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep one source of an authority's figure of one year made in another."""
    key = ["la_code_dfe", "planning_area", "made_in", "academic_year", "year_group"]
    return rows.sort_values("source_id").drop_duplicates(key)


def _added_up(parts: pd.DataFrame) -> pd.DataFrame:
    """Add planning areas up; not where one that was forecast then is missing in the year."""
    made = ["la_code_dfe", "made_in", "year_group"]
    areas = parts.groupby(made)["planning_area"].nunique().rename("areas")
    together = parts.groupby([*made, "academic_year"])["pupils"].agg(["sum", "count"])
    added = together.reset_index().join(areas, on=made)
    whole = added[added["count"] == added["areas"]]
    return whole[[*made, "academic_year"]].assign(pupils=whole["sum"])


def _with_sums(rows: pd.DataFrame) -> pd.DataFrame:
    key = ["la_code_dfe", "planning_area", "made_in", "academic_year"]
    frames = [rows]
    for phase, groups in PHASES.items():
        names = GROUPS[groups]
        needed = 2 if phase == "sixth_form" else len(names)
        of_phase = rows[rows["year_group"].isin(names)].groupby(key)["pupils"]
        sums = of_phase.agg(["sum", "count"]).reset_index()
        whole = sums[sums["count"] >= needed]
        frames.append(whole[key].assign(year_group=phase, pupils=whole["sum"]))
    return pd.concat(frames, ignore_index=True).drop_duplicates([*key, "year_group"])


def _beside(
    told: pd.DataFrame, came: Mapping[str, tuple[tuple[str, ...], Floats]], years: tuple[int, ...]
) -> pd.DataFrame:
    """Put what came beside what was published; what has not come yet is left out."""
    frames = []
    for level, (codes, pupils) in came.items():
        of_level = told[(told["level"] == level) & told["unit_code"].isin(codes)]
        of_level = of_level[of_level["year_group"].isin(PARTS)]
        year = np.array([year_of(text) for text in of_level["academic_year"]], np.int64)
        within = (year >= years[0]) & (year <= years[-1])
        of_level = of_level[within]
        place = {code: row for row, code in enumerate(codes)}
        unit = np.array([place[code] for code in of_level["unit_code"]], np.int64)
        part = np.array([PARTS.index(name) for name in of_level["year_group"]], np.int64)
        at = (unit, year[within] - years[0], part)
        frames.append(of_level.assign(pupils_came=pupils[at]))
    found = pd.concat(frames, ignore_index=True)
    found = found[found["pupils_came"].notna()]
    return found.assign(made_by=AUTHORITY, pupils_expected=found["pupils"], is_hindcast=False)[
        [*KEY, "made_by", "pupils_expected", "pupils_came", "is_hindcast"]
    ]
