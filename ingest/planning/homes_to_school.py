"""Counts of pupils by home and school, of the schools that are forecast."""

from typing import Final

import numpy as np
import pandas as pd

from config.terms import AcademicYear, AreaKind
from ingest.issues import IssueLog
from ingest.planning.frames import Frames
from ingest.planning.schools import Schools
from ingest.schema.areas import AREA
from ingest.schema.pupils import FLOW
from ingest.schema.schools import SCHOOL
from planning.forecast.inputs import PHASES, Flows, Rolls

OWN: Final = "own_counts"
"""The series of an authority's own counts, which wins over published ones, phase by phase."""

IS_KNOWN: Final = "home-to-school count is of a known school"
_NAMED: Final = 5


def read_flows(
    frames: Frames, rolls: Rolls, schools: Schools, issues: IssueLog
) -> dict[str, tuple[Flows, ...]]:
    """Return counts by phase, one a year, oldest first."""
    rows = frames.of(FLOW)
    rows = _of_known_schools(rows, frames, schools, issues)
    found = {}
    for phase in PHASES:
        of_phase = rows[rows["phase"] == phase]
        own = of_phase[of_phase["source_id"] == OWN]
        used = own if len(own) else of_phase
        years = sorted(used["academic_year"].unique())
        made = tuple(_of_year(used, year, frames, rolls) for year in years)
        if made:
            found[phase] = made
    return found


def _of_known_schools(
    rows: pd.DataFrame, frames: Frames, schools: Schools, issues: IssueLog
) -> pd.DataFrame:
    """Leave out counts of schools that are not forecast; those not in the register are named."""
    urns = rows["urn"]
    unknown = ~urns.isin(frames.of(SCHOOL)["urn"]) & ~urns.isin(list(schools.today))
    for urn, found in list(rows[unknown].groupby("urn"))[:_NAMED]:
        says = f"{found['pupils_counted'].sum():g} pupils counted; not in the register: left out"
        issues.warn(IS_KNOWN, str(urn), says)
    if (more := rows.loc[unknown, "urn"].nunique() - _NAMED) > 0:
        issues.warn(IS_KNOWN, f"{more} more schools", "not in the register: left out")
    apart = rows[~unknown & ~urns.isin(list(schools.today))]
    if len(apart):
        says = (
            f"{apart['pupils_counted'].sum():,.0f} pupils counted at {apart['urn'].nunique()} "
            "schools that are not forecast: special, independent or of other authorities"
        )
        issues.note(IS_KNOWN, "schools that stand apart", says)
    kept = rows[urns.isin(list(schools.today))]
    return kept.assign(today=kept["urn"].map(schools.today))


def _of_year(rows: pd.DataFrame, year: str, frames: Frames, rolls: Rolls) -> Flows:
    used = rows[(rows["academic_year"] == year) & rows["today"].isin(rolls.urns)]
    codes = np.unique(used["home_code"].to_numpy(str))
    at = (
        np.searchsorted(codes, used["home_code"].to_numpy(str)),
        np.searchsorted(rolls.urns, used["today"].to_numpy(np.int64)),
    )
    shape = (len(codes), len(rolls.urns))
    pupils, at_most = np.zeros(shape), np.zeros(shape)
    np.add.at(pupils, at, _floats(used["pupils_counted"]))
    np.add.at(at_most, at, _floats(used["at_most"]))
    areas = frames.of(AREA)
    own = areas.loc[
        (areas["kind"] == str(AreaKind.LSOA21))
        & areas["parent_code"].isin(list(frames.authorities["la_code"])),
        "area_code",
    ]
    start = AcademicYear.parse(year).start
    return Flows(tuple(codes), start, pupils, at_most, ~np.isin(codes, list(own)))


def _floats(values: pd.Series) -> "pd.Series[float]":
    return pd.to_numeric(values, errors="coerce").astype("Float64").astype("float64").fillna(0.0)
