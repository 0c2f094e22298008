"""Counts of pupils by home and school, of the schools that are forecast."""

from typing import Final

import numpy as np
import pandas as pd

from config.plurals import counted
from config.terms import AcademicYear
from ingest.issues import IssueLog
from ingest.planning.frames import Frames
from ingest.planning.schools import Schools
from ingest.schema.pupils import FLOW
from ingest.schema.schools import SCHOOL
from planning.arrays import Floats
from planning.forecast.inputs import NONE, PHASES, Flows, Homes, Rolls

OWN: Final = "own_counts"
"""The series of an authority's own counts, which wins over published ones, phase by phase."""

IS_KNOWN: Final = "home-to-school count is of a known school"
_NAMED: Final = 5


def read_flows(
    frames: Frames, rolls: Rolls, homes: Homes, schools: Schools, issues: IssueLog
) -> dict[str, tuple[Flows, ...]]:
    """Return counts by phase, one a year, oldest first.

    Those at schools that are not forecast have no row of a school: who lives there is told all the
    same.
    """
    rows = _of_known_schools(frames.of(FLOW), frames, schools, issues)
    found = {}
    for phase in PHASES:
        of_phase = rows[rows["phase"] == phase]
        own = of_phase[of_phase["source_id"] == OWN]
        used = own if len(own) else of_phase
        years = sorted(used["academic_year"].unique())
        if years:
            found[phase] = tuple(_of_year(used, year, rolls, homes) for year in years)
    return found


def _of_known_schools(
    rows: pd.DataFrame, frames: Frames, schools: Schools, issues: IssueLog
) -> pd.DataFrame:
    """Leave out counts of schools that are not in the register, by name."""
    urns = rows["urn"]
    unknown = ~urns.isin(frames.of(SCHOOL)["urn"]) & ~urns.isin(list(schools.today))
    for urn, found in list(rows[unknown].groupby("urn"))[:_NAMED]:
        says = f"{found['pupils_counted'].sum():g} pupils counted; not in the register: left out"
        issues.warn(IS_KNOWN, str(urn), says)
    if (more := rows.loc[unknown, "urn"].nunique() - _NAMED) > 0:
        issues.warn(IS_KNOWN, f"{more} more schools", "not in the register: left out")
    apart = rows[~unknown & ~urns.isin(list(schools.today))]
    if len(apart):
        where = counted(apart["urn"].nunique(), "school that is", "schools that are")
        says = (
            f"{apart['pupils_counted'].sum():,.0f} pupils counted at {where} not forecast: "
            "special, independent or of another authority"
        )
        issues.note(IS_KNOWN, "schools that stand apart", says)
    return rows[~unknown].assign(today=rows["urn"].map(schools.today))


def _of_year(rows: pd.DataFrame, year: str, rolls: Rolls, homes: Homes) -> Flows:
    used = rows[rows["academic_year"] == year]
    place = {int(urn): row for row, urn in enumerate(rolls.urns)}
    home = {code: row for row, code in enumerate(homes.codes)}
    return Flows(
        year=AcademicYear.parse(year).start,
        home=np.array([home[code] for code in used["home_code"]], np.int64),
        school=np.array([place.get(urn, NONE) for urn in used["today"]], np.int64),
        pupils=_floats(used["pupils_counted"]),
        at_most=_floats(used["at_most"]),
    )


def _floats(values: pd.Series) -> Floats:
    numbers = pd.to_numeric(values, errors="coerce").astype("Float64")
    return np.asarray(numbers.fillna(0.0), np.float64)
