"""Which planning area each school is in, as its authority says."""

from typing import Final

import numpy as np
import pandas as pd
import shapely

from config.assumptions import assumptions
from config.plurals import counted
from config.terms import IN_USE, Phase, SchoolStatus, Sector
from ingest.issues import IssueLog
from ingest.sources import planning_area_schools

PHASES: Final = ("primary", "secondary")
"""Phases that places are planned by."""

DEEMED_PRIMARY: Final = "Middle deemed primary"
"""How the register writes a middle school that counts as a primary school."""

_STATUSES: Final = (*map(str, sorted(IN_USE)), str(SchoolStatus.PROPOSED))
_WHOLE: Final = {"primary": Phase.PRIMARY, "secondary": Phase.SECONDARY}


def schools_of_phase(schools: pd.DataFrame, phase: str) -> pd.DataFrame:
    """Return the state schools of the region that have places of a phase, by URN.

    Those proposed are among them. An all-through school is of both phases; a middle school is of
    the one that the register deems it to be of.
    """
    kinds = schools["phase"].astype(str)
    is_middle = kinds == str(Phase.MIDDLE)
    is_deemed = (schools["phase_gias"].fillna("") == DEEMED_PRIMARY) == (phase == "primary")
    is_of = kinds.isin([str(_WHOLE[phase]), str(Phase.ALL_THROUGH)]) | (is_middle & is_deemed)
    kept = schools[
        is_of
        & (schools["sector"] == str(Sector.STATE))
        & schools["status"].isin(list(_STATUSES))
        & ~schools["is_outside"].astype(bool)
    ]
    return kept.sort_values("urn").reset_index(drop=True)


def schools_across(schools: pd.DataFrame, phase: str) -> pd.DataFrame:
    """Return the middle schools that are not of a phase but have some of its year groups, by URN.

    A middle school deemed secondary has years 5 and 6 in it, one deemed primary years 7 and 8:
    their pupils are counted in an area of that phase too, so that areas add up to the authority.
    """
    other = PHASES[1 - PHASES.index(phase)]
    middle = schools[schools["phase"].astype(str) == str(Phase.MIDDLE)]
    return schools_of_phase(middle, other)


def stated(
    places: pd.DataFrame, succession: pd.DataFrame, schools: pd.DataFrame, issues: IssueLog
) -> pd.DataFrame:
    """Return the planning areas that authorities state for their schools.

    An authority's own list is taken where there is one, else the school capacity survey; of
    either the newest school year. What is said of a closed school holds for the one that followed.

    Args:
        places: rows of ``school_places``.
        succession: rows of ``school_succession``.
        schools: rows of ``school``.
        issues: where a school said to be in two areas of one phase is named.

    Returns:
        ``urn``, ``phase`` and ``planning_area``, one row per school and phase.
    """
    told = places[
        places["phase"].isin(PHASES) & (places["planning_area"].fillna("").astype(str) != "")
    ]
    told = _under_todays_urn(told, succession)
    told = told.merge(schools[["urn", "la_code_dfe"]], on="urn")
    told = told.assign(is_own=told["source_id"] == planning_area_schools.ID)
    for column in ("is_own", "academic_year"):
        best = told.groupby("la_code_dfe")[column].transform("max")
        told = told[told[column] == best]
    _tell_of_survey(told, issues)
    told = told[["urn", "phase", "planning_area"]].drop_duplicates()
    told = told.sort_values(["urn", "phase", "planning_area"]).reset_index(drop=True)
    return _one_each(told, issues)


def _tell_of_survey(told: pd.DataFrame, issues: IssueLog) -> None:
    """Write down which survey the planning areas of an authority are from: it may be old."""
    surveyed = told[~told["is_own"]]
    for la_code_dfe, rows in surveyed.groupby("la_code_dfe"):
        year = rows["academic_year"].iloc[0]
        of_schools = counted(len(rows), "school has its own", "schools have theirs")
        issues.note(
            "planning areas are stated",
            f"authority {la_code_dfe}",
            f"{of_schools} from the school capacity survey of {year}; a list "
            "of the authority's own would take its place",
        )


def within(
    schools: pd.DataFrame, phase: str, drawn: pd.DataFrame, issues: IssueLog
) -> pd.DataFrame:
    """Return the planning areas whose published outlines schools lie in.

    Args:
        schools: rows of ``school``.
        phase: primary or secondary.
        drawn: rows of ``planning_area`` of the phase that have an outline.
        issues: where a school that lies in two is named.

    Returns:
        As ``stated``; without the schools that lie in none.
    """
    placed = schools[schools["lon"].notna()]
    points = [shapely.Point(lon, lat) for lon, lat in placed[["lon", "lat"]].to_numpy(float)]
    outlines = shapely.from_wkb(drawn["geometry"].to_numpy())
    area, point = shapely.STRtree(points).query(outlines, predicate="intersects")
    found = pd.DataFrame(
        {
            "urn": placed["urn"].to_numpy(np.int64)[point],
            "phase": phase,
            "planning_area": drawn["planning_area"].to_numpy(str)[area],
        }
    )
    return _one_each(found.sort_values(["urn", "planning_area"]).reset_index(drop=True), issues)


def _one_each(told: pd.DataFrame, issues: IssueLog) -> pd.DataFrame:
    """Keep one area of each school and phase; name the schools that are in more."""
    is_again = told.duplicated(["urn", "phase"])
    twice = told.loc[is_again, ["urn", "phase"]].drop_duplicates()
    for urn, phase in twice.itertuples(index=False):
        codes = told.loc[(told["urn"] == urn) & (told["phase"] == phase), "planning_area"]
        issues.warn(
            "school is in one planning area of a phase",
            f"URN {urn}",
            f"is in {' and '.join(codes)} ({phase}); counted in {codes.iloc[0]}",
        )
    return told[~is_again]


def is_stated(codes: pd.Series, is_in_use: "pd.Series[bool]") -> bool:
    """Say whether enough of an authority's schools of a phase have a stated area to go by it.

    Args:
        codes: stated area of each school, null where none is stated.
        is_in_use: whether the school is one that children go to today.
    """
    if not is_in_use.any():
        return False
    least = assumptions("places")["least_stated"].value
    return bool(100 * codes[is_in_use].notna().mean() >= least)


def _under_todays_urn(rows: pd.DataFrame, succession: pd.DataFrame) -> pd.DataFrame:
    """Say of the schools of today what was said of those before them."""
    after = succession[["urn", "successor_urn"]]
    joined = rows.merge(after, on="urn", how="left")
    return joined.assign(urn=joined["successor_urn"].fillna(joined["urn"]).astype("int64"))
