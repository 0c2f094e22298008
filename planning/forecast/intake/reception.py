"""How many children reach the age of reception in each place and year, from what was known."""

from dataclasses import dataclass

import numpy as np

from planning.arrays import Floats, Ints
from planning.forecast.inputs import Inputs
from planning.forecast.intake.born import RECEPTION_AGE, of_school_year
from planning.forecast.intake.counted import When, born_by, by_unit, counted_by, kept, rows_of
from planning.forecast.intake.results import Cohort
from planning.forecast.intake.settings import Settings


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Children who reach reception.

    Attributes:
        children: shape (places, years); ``NaN`` where not known.
        known_from: what most places' children of each year are known from.
    """

    children: Floats
    known_from: tuple[Cohort, ...]


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
        children = np.where(counted, children, born * kept(children, born, unit, lent))
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


def carried_on(known: Cohorts, inputs: Inputs, authority: Ints, when: When) -> Cohorts:
    """Go on after the last children known: as the authority's projection does, or as they were.

    Each place keeps its share of its authority's children of the last three years known: those of
    one year vary by chance in a small area.

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
    unit = np.where(authority < 0, len(inputs.units.authorities), authority)
    lasting = _shared(known.children[:, max(last - 2, 0) : last + 1], unit)
    children, basis = known.children.copy(), list(known.known_from)
    for place in range(last + 1, len(when.years)):
        ratio = np.where(authority >= 0, growth[authority, place], np.nan)
        children[:, place] = lasting * np.where(np.isnan(ratio), 1.0, ratio)
        is_projected = np.isfinite(growth[:, place]).any()
        basis[place] = Cohort.PROJECTED if is_projected else Cohort.LAST_BIRTHS
    return Cohorts(children, tuple(basis))


def _shared(children: Floats, unit: Ints) -> Floats:
    """Share the last year's children of a unit as those of all years are, shape (places,)."""
    some = np.isfinite(children).all(axis=1)
    mean = np.where(some, children.mean(axis=1), 0.0)
    last, usual = by_unit(np.where(some, children[:, -1], 0.0), unit), by_unit(mean, unit)
    scale = np.divide(last, usual, out=np.ones_like(last), where=usual > 0)
    return np.where(some, mean * scale[unit], children[:, -1])


def _growth(inputs: Inputs, when: When, last: int) -> Floats:
    """Return projected children of an authority over those of the last year known."""
    codes, projected = inputs.units.authorities, inputs.projected
    ahead = np.full((len(codes), len(when.years)), np.nan)
    if projected is None or (projected.known_in or 0) > when.origin:
        return ahead
    rows = rows_of(projected.codes, codes)
    for place, year in enumerate(when.years):
        if year in projected.years:
            people = projected.people[:, projected.years.index(year)]
            some = of_school_year(people, year=year, begins=year - RECEPTION_AGE)
            ahead[:, place] = np.where(rows >= 0, some[rows], np.nan)
    return np.asarray(ahead / ahead[:, [last]])
