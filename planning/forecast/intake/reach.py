"""Through which level the cohorts of a place reach each school."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, diags_array

from planning.arrays import Bools, Floats, Ints
from planning.forecast.intake.results import Basis


@dataclass(frozen=True, slots=True)
class Reach:
    """How those of a cohort who are counted somewhere come to the schools that take them in.

    Attributes:
        basis: the level.
        gather: adds those counted up by unit of the level, shape (units, sources); the sources
            are small areas or authorities at birth, or schools that pupils leave.
        spread: share of each unit's that enters each school, up to a factor of the school's own,
            shape (schools, units).
        usable: schools of which enough is known at this level, shape (schools,).
    """

    basis: Basis
    gather: csr_array
    spread: csr_array
    usable: Bools

    def cohort(self, counted: Floats) -> Floats:
        """Say how large the cohort is that reaches each school.

        Args:
            counted: at the sources, shape (sources, years).

        Returns:
            Shape (schools, years), up to a factor of the school's own.
        """
        return np.asarray(self.spread @ (self.gather @ counted))


def through_homes(pupils: csr_array, known: Bools, *, gather: csr_array, enough: float) -> Reach:
    """Let cohorts reach schools through the small areas that their pupils live in.

    The cohort of an area is shared among the schools as its pupils are.

    Args:
        pupils: by home and school that takes them in, shape (homes, schools).
        known: homes whose cohorts will be known, shape (homes,).
        gather: from the sources to the homes.
        enough: a school is left to the next level if a smaller share of its pupils than this
            lives in homes that are known. Those of the others are expected to change alike.
    """
    of_home = np.asarray(pupils.sum(axis=1))
    sure = known & (of_home > 0)
    one = np.divide(1.0, of_home, out=np.zeros_like(of_home), where=sure)
    share = csr_array(pupils.T @ diags_array(one))
    everybody = np.asarray(pupils.sum(axis=0))
    told = np.asarray(pupils.T @ sure.astype(np.float64))
    usable = (everybody > 0) & (told >= enough * everybody)
    return Reach(Basis.SMALL_AREA, gather, share, usable)


def within(basis: Basis, source: Ints, school: Ints, units: int) -> Reach:
    """Let cohorts of a planning area or authority reach the schools in it.

    Args:
        basis: which.
        source: unit of each source, or below zero, shape (sources,).
        school: unit of each school, or below zero, shape (schools,).
        units: how many there are.
    """
    gather = csr_array(members(source, units).T)
    return Reach(basis, gather, members(school, units), school >= 0)


def members(unit: Ints, units: int) -> csr_array:
    """Return a matrix of ones where a row is in a unit, shape (rows, units)."""
    some = np.flatnonzero(unit >= 0)
    return csr_array((np.ones(len(some)), (some, unit[some])), shape=(len(unit), units))
