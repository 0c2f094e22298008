"""How many children reach the age of reception in each place and year, from what was known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planning.arrays import Floats, Ints
from planning.forecast.inputs import Births, Inputs, Residents
from planning.forecast.intake.born import RECEPTION_AGE, of_school_year
from planning.forecast.intake.results import Cohort
from planning.forecast.intake.settings import Settings
from planning.forecast.shrinkage import leaning


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Children who reach reception.

    Attributes:
        children: shape (places, years); ``NaN`` where not known.
        known_from: what most places' children of each year are known from.
    """

    children: Floats
    known_from: tuple[Cohort, ...]


@dataclass(frozen=True, slots=True)
class When:
    """From when and of when it is told.

    Attributes:
        origin: school year of the last roll known, by the year it begins in.
        years: of reception, without a gap, by the year they begin in.
    """

    origin: int
    years: tuple[int, ...]


def ahead(inputs: Inputs, *, origin: int, years: int) -> Cohorts | None:
    """Count the children of each authority who will reach reception in the years ahead.

    Args:
        inputs: what is known.
        origin: school year of the last roll, by the year it begins in.
        years: how many ahead.

    Returns:
        By ``Units.authorities``; ``None`` where neither births nor residents are known.
    """
    assumed = Settings.assumed()
    told = int(assumed.remembered_years)
    when = When(origin, tuple(range(origin - told + 1, origin + years + 1)))
    found = of_authorities(inputs, when, of_homes(inputs, when, lent=assumed.lent_births))
    if found is None:
        return None
    return Cohorts(found.children[:, told:], found.known_from[told:])


def of_homes(inputs: Inputs, when: When, *, lent: float) -> Cohorts | None:
    """Count the children of each small area.

    Residents counted since birth are preferred to births, which know nothing of who has moved
    since; births stand for the children who are too young to have been counted, and for those of
    years without a count.

    Args:
        inputs: what is known.
        when: of which years.
        lent: births' worth of evidence that the authority lends each small area on how many of
            those born there are counted later.

    Returns:
        By ``Inputs.homes``; ``None`` where neither births nor residents are known.
    """
    if inputs.homes is None or (inputs.births is None and inputs.residents is None):
        return None
    codes, authority = inputs.homes.codes, inputs.homes.authority
    unit = np.where(authority < 0, len(inputs.units.authorities), authority)
    children = np.full((len(codes), len(when.years)), np.nan)
    if inputs.residents is not None:
        children = counted_by(inputs.residents, codes, unit, when, births=inputs.births)
    counted = np.isfinite(children)
    if inputs.births is not None:
        born = born_by(inputs.births, codes, when)
        children = np.where(counted, children, born * _kept(children, born, unit, lent))
    some = [Cohort.RESIDENTS if told else Cohort.BIRTHS for told in counted.any(axis=0)]
    return carried_on(Cohorts(children, tuple(some)), inputs, authority, when)


def of_authorities(inputs: Inputs, when: When, homes: Cohorts | None) -> Cohorts | None:
    """Count the children of each authority.

    Those of its small areas, where residents were counted there; else those born in the
    authority; else those born in its small areas. Small areas whose children are not known in
    some year are left out in all of them.

    Returns:
        By ``Units.authorities``; ``None`` where neither is known.
    """
    codes = inputs.units.authorities
    is_counted = homes is not None and Cohort.RESIDENTS in homes.known_from
    if inputs.births_of_authorities is not None and not is_counted:
        born = born_by(inputs.births_of_authorities, codes, when)
        known = Cohorts(born, (Cohort.BIRTHS,) * len(when.years))
        return carried_on(known, inputs, np.arange(len(codes)), when)
    if homes is None or inputs.homes is None:
        return None
    told = np.isfinite(homes.children)
    within = (inputs.homes.authority >= 0) & told[:, told.any(axis=0)].all(axis=1)
    total = np.zeros((len(codes), len(when.years)))
    np.add.at(total, inputs.homes.authority[within], homes.children[within])
    total[:, ~told.any(axis=0)] = np.nan
    return Cohorts(total, homes.known_from)


def born_by(births: Births, codes: Sequence[str], when: When) -> Floats:
    """Take the births that were known when a roll was counted.

    A school year of birth is known when it had ended before the school year of the roll began.

    Returns:
        Shape (codes, years of reception); ``NaN`` where not known.
    """
    rows = _rows(births.codes, codes)
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
    rows = _rows(residents.codes, codes)
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


def carried_on(known: Cohorts, inputs: Inputs, authority: Ints, when: When) -> Cohorts:
    """Go on after the last children known: as the authority's projection does, or as they were.

    Args:
        known: with ``NaN`` after the last year known.
        inputs: with the projection.
        authority: of each place, or below zero, shape (places,).
        when: of which years.
    """
    told = np.flatnonzero(np.isfinite(known.children).any(axis=0))
    if not len(told):
        return known
    last = int(told[-1])
    growth = _growth(inputs, when, last)
    children, basis = known.children.copy(), list(known.known_from)
    for place in range(last + 1, len(when.years)):
        ratio = np.where(authority >= 0, growth[authority, place], np.nan)
        children[:, place] = children[:, last] * np.where(np.isnan(ratio), 1.0, ratio)
        is_projected = np.isfinite(growth[:, place]).any()
        basis[place] = Cohort.PROJECTED if is_projected else Cohort.LAST_BIRTHS
    return Cohorts(children, tuple(basis))


def _growth(inputs: Inputs, when: When, last: int) -> Floats:
    """Return projected children of an authority over those of the last year known."""
    codes, projected = inputs.units.authorities, inputs.projected
    ahead = np.full((len(codes), len(when.years)), np.nan)
    if projected is None or (projected.known_in or 0) > when.origin:
        return ahead
    rows = _rows(projected.codes, codes)
    for place, year in enumerate(when.years):
        if year in projected.years:
            people = projected.people[:, projected.years.index(year)]
            some = of_school_year(people, year=year, begins=year - RECEPTION_AGE)
            ahead[:, place] = np.where(rows >= 0, some[rows], np.nan)
    return np.asarray(ahead / ahead[:, [last]])


def _survival(people: Floats, unit: Ints) -> Floats:
    """Return how many of an age there are at that of reception, by unit and age from 0 to 4.

    Chained from those counted a year later; one where no two such years were counted.
    """
    after, before = people[:, 1:, 1:RECEPTION_AGE], people[:, :-1, : RECEPTION_AGE - 1]
    both = np.isfinite(after) & np.isfinite(before)
    up = _by_unit(np.where(both, after, 0.0).sum(axis=1), unit)
    below = _by_unit(np.where(both, before, 0.0).sum(axis=1), unit)
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
        up, below = _by_unit(there, unit), _by_unit(of, unit)
        np.divide(up, below, out=kept[:, age], where=below > 0)
    there_is = np.isfinite(kept) & np.isfinite(kept[:, -1:]) & (kept > 0)
    np.divide(kept[:, -1:], kept, out=found, where=there_is)
    return found


def _reception_years(births: Births) -> tuple[int, ...]:
    return tuple(year + RECEPTION_AGE for year in births.years)


def _by_unit(people: Floats, unit: Ints) -> Floats:
    total = np.zeros((int(unit.max(initial=0)) + 1, *people.shape[1:]))
    np.add.at(total, unit, people)
    return total


def _kept(counted: Floats, born: Floats, unit: Ints, lent: float) -> Floats:
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


def _rows(codes: Sequence[str], wanted: Sequence[str]) -> Ints:
    row = {code: at for at, code in enumerate(codes)}
    return np.array([row.get(code, -1) for code in wanted], np.int64)
