"""Places that are needed, and places to spare: never set off against each other."""

from dataclasses import dataclass

import numpy as np

from planning.arrays import Bools, Floats

AGE_IN_RECEPTION = 4
AGE_AT_SCHOOL = 5
"""Age that every child of a reception class reaches in it (Education Act 1996, section 8)."""

ROUNDED_TO = 10
"""The scorecards of school places give the need to the nearest ten."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What is short and what is over.

    Attributes:
        need: places short, shape as what was balanced.
        spare: places over.
    """

    need: Floats
    spare: Floats

    def total(self) -> tuple[float, float]:
        """Add up the places short, and the places over, each for itself."""
        return float(np.nansum(self.need)), float(np.nansum(self.spare))


def balance(pupils: Floats, places: Floats, *, margin_pct: float | Floats = 0.0) -> Balance:
    """Compare pupils with places, planning area by planning area and year group by year group.

    A place that stands empty in one planning area, or in one year group, is no help in another
    (Department for Education, school places scorecards, technical guidance).

    Args:
        pupils: expected, of any shape.
        places: of the same shape.
        margin_pct: places that an authority wants to keep free, as a share of the pupils; one for
            all, or of the same shape.

    Returns:
        ``NaN`` where either is not known.
    """
    wanted = pupils * (1 + margin_pct / 100)
    return Balance(need=np.maximum(wanted - places, 0.0), spare=np.maximum(places - wanted, 0.0))


def rounded(need: float) -> int:
    """Round places to the nearest ten, halves up, as the scorecards do.

    >>> rounded(34.9), rounded(35.0)
    (30, 40)
    """
    return int(np.floor(need / ROUNDED_TO + 0.5)) * ROUNDED_TO


def unfilled(pupils: Floats, places: Floats) -> float:
    """Count places without a pupil, school by school, and add them up.

    A school that is over full fills no place of another.
    """
    return float(np.nansum(unfilled_of_each(pupils, places)))


def unfilled_of_each(pupils: Floats, places: Floats) -> Floats:
    """Count the places of each school that have no pupil; ``NaN`` where either is not known."""
    return np.maximum(places - pupils, 0.0)


def year_groups_taught(age_low: Floats, age_high: Floats, *, groups: int) -> Bools:
    """Say which year groups schools teach, from the ages they are registered for.

    Children are four when reception begins and eleven when year 6 ends: a school for ages 4 to 11
    teaches reception to year 6, one for 9 to 13 years 5 to 8. A school from five on takes
    reception too, for its children turn five there.

    Args:
        age_low: statutory lowest age, shape (schools,).
        age_high: statutory highest age.
        groups: year groups looked at, from reception on.

    Returns:
        Shape (schools, groups); nothing is taught where an age is not known.
    """
    first = np.where(age_low <= AGE_AT_SCHOOL, 0, age_low - AGE_IN_RECEPTION)
    group = np.arange(groups)
    taught: Bools = (group >= first[:, np.newaxis]) & (
        group <= (age_high - AGE_AT_SCHOOL)[:, np.newaxis]
    )
    return taught


def spread(places: Floats, weights: Floats) -> Floats:
    """Spread the places of schools over their year groups.

    A convention: capacities are published for whole schools. With admission numbers for weights
    an all-through school that takes in more pupils at eleven has more places from year 7 on; a
    school that takes all its pupils into one group has as many places in each.

    Args:
        places: of all those year groups together, shape (schools,).
        weights: shape (schools, groups); zero where a group is not taught.

    Returns:
        Shape (schools, groups); zero where a group is not taught, ``NaN`` where places are not
        known.
    """
    whole = weights.sum(axis=1)
    each = np.divide(places, whole, out=np.full(places.shape, np.nan), where=whole > 0)
    return np.where(weights > 0, weights * each[:, np.newaxis], 0.0)


def by_admission_number(admitted: Floats, taught: Bools) -> Floats:
    """Give every year group the admission numbers of the groups in which its pupils entered.

    An admission number counts pupils who enter from elsewhere, not those who move up within the
    school, as the School Admissions Code says of sixth forms (a convention for all-through schools
    and for junior classes): from the second group of entry on they are added up.

    Args:
        admitted: admission number by group of entry, shape (schools, groups); ``NaN`` where nobody
            is admitted.
        taught: same shape.

    Returns:
        Same shape: zero where a group is not taught; ``NaN`` where no number is known for it.
    """
    found: Floats = np.where(taught, np.nan, 0.0)
    now = np.full(len(admitted), np.nan)
    moves_up = np.zeros(len(admitted), bool)
    for group in range(admitted.shape[1]):
        enters = np.isfinite(admitted[:, group])
        now = np.where(enters, admitted[:, group] + np.where(moves_up, now, 0.0), now)
        found[:, group] = np.where(taught[:, group], now, 0.0)
        moves_up = taught[:, group]
    return found
