"""Children of each place as they were known in some year: born there, or counted there since."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planning.arrays import Floats, Ints
from planning.forecast.inputs import Births, Residents
from planning.forecast.intake.born import RECEPTION_AGE, of_school_year
from planning.forecast.shrinkage import leaning


@dataclass(frozen=True, slots=True)
class When:
    """From when and of when it is told.

    Attributes:
        origin: school year of the last roll known, by the year it begins in.
        years: of reception, without a gap, by the year they begin in.
    """

    origin: int
    years: tuple[int, ...]


def born_by(births: Births, codes: Sequence[str], when: When) -> Floats:
    """Take the births that were known when a roll was counted.

    A school year of birth is known when it had ended before the school year of the roll began.

    Returns:
        Shape (codes, years of reception); ``NaN`` where not known.
    """
    rows = rows_of(births.codes, codes)
    column = {year + RECEPTION_AGE: at for at, year in enumerate(births.years)}
    found = np.full((len(codes), len(when.years)), np.nan)
    for place, year in enumerate(when.years):
        if year in column and year - RECEPTION_AGE < when.origin:
            found[:, place] = np.where(rows >= 0, births.born[rows, column[year]], np.nan)
    return found


def counted_by(
    residents: Residents,
    codes: Sequence[str],
    unit: Ints,
    when: When,
    *,
    births: Births | None = None,
) -> Floats:
    """Bring the children counted among residents to the age of reception.

    The last count of a cohort before it reaches that age is taken, of those known when the roll
    was counted; what became of children from one age to the next in the unit is expected of the
    years between.

    Args:
        residents: by code, year and age.
        codes: to be told of.
        unit: authority of each, shape (codes,).
        when: of which years.
        births: what children of each age are compared with, to learn what becomes of them; without
            them, those counted a year before.

    Returns:
        Shape (codes, years of reception); ``NaN`` where not known.
    """
    rows = rows_of(residents.codes, codes)
    told = [at for at, year in enumerate(residents.years) if year <= when.origin]
    people = np.where((rows >= 0)[:, np.newaxis, np.newaxis], residents.people[rows], np.nan)
    onward = _survival(people[:, told], unit)
    if births is not None:
        years = [residents.years[at] for at in told]
        onward = _since_birth(people[:, told], years, births, codes, unit, onward)
    found = np.full((len(codes), len(when.years)), np.nan)
    for place, year in enumerate(when.years):
        for at in told:
            age = residents.years[at] - 1 - (year - RECEPTION_AGE)
            if not 0 <= age < RECEPTION_AGE:
                continue
            some = of_school_year(
                people[:, at], year=residents.years[at], begins=year - RECEPTION_AGE
            )
            grown = some * onward[unit, age]
            found[:, place] = np.where(np.isnan(grown), found[:, place], grown)
    return found


def _survival(people: Floats, unit: Ints) -> Floats:
    """Return how many of an age there are at that of reception, by unit and age from 0 to 4.

    Chained from those counted a year later; one where no two such years were counted.
    """
    after, before = people[:, 1:, 1:RECEPTION_AGE], people[:, :-1, : RECEPTION_AGE - 1]
    both = np.isfinite(after) & np.isfinite(before)
    up = by_unit(np.where(both, after, 0.0).sum(axis=1), unit)
    below = by_unit(np.where(both, before, 0.0).sum(axis=1), unit)
    ratio = np.divide(up, below, out=np.ones_like(up), where=below > 0)
    chained = np.ones((len(ratio), RECEPTION_AGE))
    chained[:, :-1] = np.cumprod(ratio[:, ::-1], axis=1)[:, ::-1]
    return chained


def _since_birth(
    people: Floats,
    years: Sequence[int],
    births: Births,
    codes: Sequence[str],
    unit: Ints,
    otherwise: Floats,
) -> Floats:
    """Return the same from how many are counted for each one born, at each age."""
    born = born_by(births, codes, When(births.years[-1] + 1, _reception_years(births)))
    found = otherwise.copy()
    kept = np.full(otherwise.shape, np.nan)
    for age in range(RECEPTION_AGE):
        there, of = np.zeros(len(codes)), np.zeros(len(codes))
        for at, year in enumerate(years):
            if (begins := year - 1 - age) in births.years:
                some = of_school_year(people[:, at], year=year, begins=begins)
                all_born = born[:, births.years.index(begins)]
                both = np.isfinite(some) & np.isfinite(all_born)
                there, of = there + np.where(both, some, 0.0), of + np.where(both, all_born, 0.0)
        up, below = by_unit(there, unit), by_unit(of, unit)
        np.divide(up, below, out=kept[:, age], where=below > 0)
    there_is = np.isfinite(kept) & np.isfinite(kept[:, -1:]) & (kept > 0)
    np.divide(kept[:, -1:], kept, out=found, where=there_is)
    return found


def _reception_years(births: Births) -> tuple[int, ...]:
    return tuple(year + RECEPTION_AGE for year in births.years)


def by_unit(people: Floats, unit: Ints) -> Floats:
    """Add places up by unit, from shape (places, …) to (units, …)."""
    total = np.zeros((int(unit.max(initial=0)) + 1, *people.shape[1:]))
    np.add.at(total, unit, people)
    return total


def kept(counted: Floats, born: Floats, unit: Ints, lent: float) -> Floats:
    """Return residents counted for each one born, by place; one where none were counted."""
    both = np.isfinite(counted) & np.isfinite(born)
    there = np.where(both, counted, 0.0).sum(axis=1)
    births = np.where(both, born, 0.0).sum(axis=1)
    total = np.zeros((2, int(unit.max(initial=0)) + 1))
    np.add.at(total[0], unit, there)
    np.add.at(total[1], unit, births)
    usual = np.divide(total[0], total[1], out=np.ones_like(total[0]), where=total[1] > 0)[unit]
    own = np.divide(there, births, out=np.full_like(there, np.nan), where=births > 0)
    one = np.newaxis
    return leaning(own[:, one], births[:, one], usual[:, one], np.array([lent]))


def rows_of(codes: Sequence[str], wanted: Sequence[str]) -> Ints:
    """Return the row of each code that is wanted, below zero where there is none."""
    row = {code: at for at, code in enumerate(codes)}
    return np.array([row.get(code, -1) for code in wanted], np.int64)
