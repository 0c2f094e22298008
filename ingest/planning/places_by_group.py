"""How many places each school has in each year group, and where that is taken from."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from config.terms import IN_USE, SchoolStatus, Status
from ingest.sources import planning_area_schools
from planning.arrays import Bools, Floats
from planning.forecast.inputs import GROUPS, PRIMARY, SECONDARY
from planning.places import by_admission_number, spread, year_groups_taught

PLANNED: Final = GROUPS[: SECONDARY.stop]
"""Year groups whose places are planned: reception to year 11. Sixth forms stand apart."""

PHASE_GROUPS: Final = {"primary": PRIMARY, "secondary": SECONDARY}
PROPOSED: Final = str(SchoolStatus.PROPOSED)
_ALL_GROUPS: Final = len(GROUPS) - 1
"""A third year of a sixth form has no places of its own."""


@dataclass(frozen=True, slots=True)
class PlacesNow:
    """Places of the schools that children go to today, or are to go to.

    Attributes:
        urns: shape (schools,).
        places: shape (schools, groups of ``PLANNED``): zero where a group is not taught, ``NaN``
            where nothing is known.
        basis: capacity (of the survey, or of the authority's own list), admission_number,
            register, proposed (none yet) or unknown, shape (schools,).
        closes: date on which each closes, ``""`` for those that do not.
    """

    urns: tuple[int, ...]
    places: Floats
    basis: tuple[str, ...]
    closes: tuple[str, ...]


def places_now(
    schools: pd.DataFrame, surveyed: pd.DataFrame, admitted: pd.DataFrame, after: pd.DataFrame
) -> PlacesNow:
    """Say how many places each school has in each year group.

    The capacity of the newest survey, less the sixth form's, is spread over the year groups taught:
    in proportion to the admission numbers of the groups that pupils enter in, evenly where those
    are not known (a convention: the survey tells no year groups apart). Where there is no capacity,
    each year group has its admission number, and where there is none either, the register's
    capacity is spread.

    A school that is only proposed has no places until a planner says from when and how many.

    Args:
        schools: rows of ``school``.
        surveyed: rows of ``school_places``.
        admitted: rows of ``admission_number``.
        after: rows of ``school_succession``: a school that the survey does not have yet has the
            places of those that it followed.
    """
    kept = schools[schools["status"].isin([*map(str, IN_USE), PROPOSED])]
    kept = kept.sort_values("urn").reset_index(drop=True)
    ages = [_floats(kept[name]) for name in ("age_low", "age_high")]
    taught = year_groups_taught(*ages, groups=_ALL_GROUPS)
    told = _by_phase(kept["urn"], surveyed, after)
    numbers = by_admission_number(_admitted(kept["urn"], admitted), taught)
    weights = _weights(numbers, taught)
    choices = (
        ("capacity", _of_survey(told, weights)),
        ("admission_number", numbers),
        ("register", spread(_registered(kept), weights)),
    )
    places = np.full((len(kept), len(PLANNED)), np.nan)
    basis = np.full(len(kept), "unknown", object)
    for name, found in choices:
        planned = found[:, : len(PLANNED)]
        is_new = (basis == "unknown") & np.isfinite(planned).all(axis=1)
        places[is_new], basis[is_new] = planned[is_new], name
    is_proposed = (kept["status"] == PROPOSED).to_numpy(bool)
    places[is_proposed], basis[is_proposed] = 0.0, PROPOSED
    closes = kept["close_date"].where(kept["status"] == "closing").fillna("")
    return PlacesNow(
        tuple(kept["urn"].astype(int)), places, tuple(basis), tuple(closes.astype(str))
    )


def _by_phase(urns: pd.Series, surveyed: pd.DataFrame, after: pd.DataFrame) -> dict[str, Floats]:
    """Return the places that were told of each phase, newest year and own list first."""
    told = surveyed[surveyed["places"].notna()]
    told = told.assign(is_own=told["source_id"] == planning_area_schools.ID)
    told = told.sort_values(["academic_year", "is_own"], ascending=False)
    first = told.drop_duplicates(["urn", "phase"])[["urn", "phase", "places"]]
    whole = pd.concat([first, _of_successors(first, after)], ignore_index=True)
    return {
        phase: _floats(urns.map(whole[whole["phase"] == phase].set_index("urn")["places"]))
        for phase in ("primary", "secondary", "all", "sixth_form")
    }


def _of_successors(first: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Give schools that nothing is told of the places of those that they alone followed."""
    alone = after[~after["urn"].duplicated(keep=False)]
    before = first.merge(alone[["urn", "successor_urn"]], on="urn")
    new = before[~before["successor_urn"].isin(first["urn"])]
    summed = new.groupby(["successor_urn", "phase"])["places"].sum().reset_index()
    return summed.rename(columns={"successor_urn": "urn"})


def _weights(numbers: Floats, taught: Bools) -> Floats:
    """Weigh year groups by admission number; alike where that of one is not known.

    A sixth form counts as the year group below it: its own number, if any, is of those who come
    from elsewhere.
    """
    is_known = np.isfinite(numbers).all(axis=1) & (numbers.sum(axis=1) > 0)
    weights: Floats = np.where(is_known[:, np.newaxis], numbers, taught.astype(np.float64))
    return weights


def _of_survey(told: dict[str, Floats], weights: Floats) -> Floats:
    """Spread what was told of each phase over its year groups.

    A school with one row has all its year groups in it, whatever it is called: a middle school
    deemed secondary has years 5 to 8. The places of a sixth form are in those of the school.
    """
    is_both = np.isfinite(told["primary"]) & np.isfinite(told["secondary"])
    whole = np.where(np.isfinite(told["all"]), told["all"], told["secondary"])
    whole = np.where(np.isfinite(whole), whole, told["primary"])
    rest = _spread_without_sixth_form(whole, told["sixth_form"], weights)
    young, old = weights.copy(), weights.copy()
    young[:, PRIMARY.stop :], old[:, : PRIMARY.stop] = 0.0, 0.0
    split = spread(told["primary"], young) + _spread_without_sixth_form(
        told["secondary"], told["sixth_form"], old
    )
    return np.where(is_both[:, np.newaxis], split, rest)


def _spread_without_sixth_form(places: Floats, sixth_form: Floats, weights: Floats) -> Floats:
    """Spread places over year groups; those of the sixth form only where they are told apart."""
    left = places - np.nan_to_num(sixth_form)
    is_apart = np.isfinite(sixth_form) & (left > 0)
    without = weights.copy()
    without[:, SECONDARY.stop :] = 0.0
    return np.where(is_apart[:, np.newaxis], spread(left, without), spread(places, weights))


def _admitted(urns: pd.Series, admitted: pd.DataFrame) -> Floats:
    """Return the newest admission number of each school by group of entry."""
    told = admitted[admitted["places"].notna()].sort_values("academic_year", ascending=False)
    newest = told.drop_duplicates(["urn", "year_group"])
    found = np.full((len(urns), _ALL_GROUPS), np.nan)
    for group, rows in newest.groupby("year_group"):
        if group in PLANNED:
            found[:, GROUPS.index(str(group))] = _floats(urns.map(rows.set_index("urn")["places"]))
    return found


def _registered(schools: pd.DataFrame) -> Floats:
    is_told = schools["capacity_pupils_status"] == str(Status.MEASURED)
    return _floats(schools["capacity_pupils"].where(is_told))


def _floats(values: pd.Series) -> Floats:
    return np.asarray(values.astype("Float64").to_numpy(np.float64, na_value=np.nan), np.float64)
