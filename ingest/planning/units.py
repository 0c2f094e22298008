"""Which authority and which planning areas each school is part of."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from ingest.issues import IssueLog
from ingest.planning.frames import Frames
from ingest.planning.schools import Schools
from ingest.schema.choices import PLANNING_AREA_SCHOOL
from ingest.schema.provision import SCHOOL_PLACES
from planning.arrays import Ints
from planning.forecast.inputs import NONE, PHASES, Rolls, Units

IN_ONE: Final = "school is in one planning area of its phase"
OWN: Final = "planning_area_schools"
"""The series of an authority's own list, which wins over the capacity survey's."""

STATED: Final = "stated"
AREA_PHASES: Final[Mapping[str, str]] = {
    "primary": "primary",
    "secondary": "secondary",
    "sixth_form": "secondary",
}
"""Sixth forms are planned with the secondary schools they are part of."""


def read_units(frames: Frames, rolls: Rolls, schools: Schools, issues: IssueLog) -> Units:
    """Say where each school belongs; those in no planning area, or in two, are named."""
    codes = tuple(frames.authorities["la_code"])
    places = {code: place for place, code in enumerate(codes)}
    authority = schools.rows["la_code"].reindex(rolls.urns).map(places)
    members = _members(frames, schools)
    areas: dict[str, tuple[str, ...]] = {}
    area: dict[str, Ints] = {}
    for phase, of_phase in AREA_PHASES.items():
        found = _one_each(members[members["phase"] == of_phase], schools, issues, phase)
        known = found[found.index.isin(rolls.urns)]
        areas[phase] = tuple(sorted(set(known)))
        rows = {code: place for place, code in enumerate(areas[phase])}
        place = known.map(rows.__getitem__).to_dict()
        area[phase] = np.array([place.get(int(urn), NONE) for urn in rolls.urns], np.int64)
        if areas[phase]:
            _tell_unplaced(rolls, area[phase], phase, schools, issues)
    if not any(areas.values()):
        says = "no school is in a planning area: none is forecast as a whole"
        issues.note(IN_ONE, "all schools", says)
    return Units(codes, np.asarray(authority, np.int64), areas, area)


def stated_schools(frames: Frames, schools: Schools) -> dict[str, frozenset[int]]:
    """Return, by phase, the schools that their authority itself puts in a planning area."""
    members = _members(frames, schools)
    stated = members[members["basis"] == STATED]
    return {
        phase: frozenset(map(int, stated.loc[stated["phase"] == of_phase, "urn"]))
        for phase, of_phase in AREA_PHASES.items()
    }


def _members(frames: Frames, schools: Schools) -> pd.DataFrame:
    """Return ``urn`` (today's), ``phase`` and ``planning_area``, the more trusted first."""
    stated = frames.of(PLANNING_AREA_SCHOOL)
    if stated.empty:
        rows = frames.of(SCHOOL_PLACES)
        rows = rows[rows["planning_area"].notna() & rows["urn"].isin(list(schools.today))]
        own = rows["source_id"] == OWN
        rows = rows.assign(urn=rows["urn"].map(schools.today))
        rows = rows[own | ~rows["urn"].isin(rows.loc[own, "urn"])]
        newest = rows.groupby(["urn", "phase"])["academic_year"].transform("max")
        stated = rows[rows["academic_year"] == newest].assign(basis=STATED)
    else:
        stated = stated[stated["urn"].isin(list(schools.today))]
        stated = stated.assign(urn=stated["urn"].map(schools.today))
    by_trust = stated.assign(is_guess=stated["basis"] != STATED)
    return by_trust.sort_values(["is_guess", "planning_area"]).drop_duplicates(
        ["urn", "phase", "planning_area"]
    )


def _one_each(
    members: pd.DataFrame, schools: Schools, issues: IssueLog, phase: str
) -> "pd.Series[str]":
    """Return one planning area for each URN; schools in two are named."""
    twice = members[members.duplicated("urn", keep=False)]
    if phase in set(AREA_PHASES.values()):
        for urn, found in twice.groupby("urn"):
            codes = list(found["planning_area"])
            says = f"in {' and '.join(codes)} for {phase} places: counted in {codes[0]}"
            issues.warn(IN_ONE, schools.named(int(str(urn))), says)
    return members.drop_duplicates("urn").set_index("urn")["planning_area"]


def _tell_unplaced(
    rolls: Rolls, area: Ints, phase: str, schools: Schools, issues: IssueLog
) -> None:
    has_pupils = np.nansum(rolls.pupils[:, -1, PHASES[phase]], axis=1) > 0
    for urn in rolls.urns[has_pupils & (area == NONE)]:
        says = (
            f"in no planning area for its {phase.replace('_', ' ')} pupils: part of no area's sum"
        )
        issues.note(IN_ONE, schools.named(int(urn)), says)
