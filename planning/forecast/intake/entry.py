"""One year group that schools take pupils into: who reaches them, and how many come."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from planning.arrays import Bools, Floats, Ints
from planning.forecast.intake.demand import Demand, ceilings, demand, shared_out
from planning.forecast.intake.reach import Reach
from planning.forecast.intake.results import Basis
from planning.forecast.intake.settings import Settings


@dataclass(frozen=True, slots=True)
class Level:
    """One level that cohorts may reach schools through.

    Attributes:
        reach: how.
        lent: how far its growth leans on that of the authority.
    """

    reach: Reach
    lent: float = 0.0

    def of_schools(self, rows: Bools) -> "Level":
        """Keep some schools, shape (schools,)."""
        reach = self.reach
        kept = Reach(reach.basis, reach.gather, csr_array(reach.spread[rows]), reach.usable[rows])
        return Level(kept, self.lent)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was counted in the last years.

    Attributes:
        entered: pupils who entered, shape (schools, years); ``NaN`` where not known, or where
            they moved up within the school.
        counted: the cohorts at their sources, shape (sources, years); ``NaN`` where not known.
    """

    entered: Floats
    counted: Floats


@dataclass(frozen=True, slots=True)
class Entry:
    """How the cohorts that will be counted become the intakes of a group.

    Attributes:
        takes_in: schools that take the group in, shape (schools,); everything below is told of
            them alone, in their order.
        basis: level of each.
        levels: those in use, with the schools that use each, and mean cohorts of the base years.
        wide: adds cohorts up by authority, and what they were in the base years.
        known: demand for each school.
        total: pupils who entered all schools of an authority that follow from cohorts, a year, for
            a cohort as in the base years, shape (authorities,).
        unit: authority of each school.
    """

    takes_in: Bools
    basis: tuple[str, ...]
    levels: tuple[tuple[Level, Bools, Floats], ...]
    wide: tuple[csr_array, Floats]
    known: Demand
    total: Floats
    unit: Ints

    def expected(self, counted: Floats) -> Floats:
        """Expect the intakes of years whose cohorts have been counted.

        Args:
            counted: at the sources, shape (sources, years).

        Returns:
            Shape (schools, years); ``NaN`` where a school does not take the group in, or nothing
            is known of it.
        """
        wide, growth = _growth(self.wide, counted), np.ones((len(self.unit), counted.shape[1]))
        for level, rows, base in self.levels:
            growth[rows] = _mixed(level, counted, base, wide[self.unit])[rows]
        basis = np.array(self.basis, dtype=object)
        use = (basis != Basis.RECENT) & np.isfinite(self.known.mean)
        total = self.total[:, np.newaxis] * wide
        said = np.full((len(self.takes_in), counted.shape[1]), np.nan)
        said[self.takes_in] = shared_out(self.known, growth, total, self.unit, use)
        return said


def learnt(
    seen: Seen,
    takes_in: Bools,
    levels: Sequence[Level],
    wide: csr_array,
    unit: Ints,
    settings: Settings,
) -> Entry:
    """Learn how cohorts become intakes, from the last years.

    Args:
        seen: entered and counted.
        takes_in: schools that take the group in, shape (schools,).
        levels: from the smallest to the largest; each school uses the first that is usable.
        wide: adds sources up by authority, shape (authorities, sources).
        unit: authority of each school, shape (schools,).
        settings: what is assumed.
    """
    years = seen.entered.shape[1]
    recent = slice(max(years - int(settings.recent_years), 0), years)
    base = (wide, (wide @ np.nan_to_num(seen.counted))[:, recent].mean(axis=1))
    own, entered = unit[takes_in], _since_first(seen.entered[takes_in])
    growth, basis = np.ones(entered.shape), np.full(len(own), Basis.RECENT, dtype=object)
    wider = _growth(base, seen.counted)[own]
    used = []
    for level in (each.of_schools(takes_in) for each in levels):
        mean = level.reach.cohort(np.nan_to_num(seen.counted))[:, recent].mean(axis=1)
        rows = (basis == Basis.RECENT) & level.reach.usable & (mean > 0)
        basis[rows] = level.reach.basis
        growth[rows] = _mixed(level, seen.counted, mean, wider)[rows]
        if rows.any():
            used.append((level, rows, mean))
    full = ceilings(entered, share=settings.ceiling_share, near=settings.ceiling_near)
    weights = settings.fades ** np.arange(years)[::-1]
    known = demand(entered, growth, weights, full, spread=settings.demand_spread)
    follows = np.ones(len(unit), bool)
    follows[takes_in] = basis != Basis.RECENT
    total = _total(seen.entered, follows, base, seen.counted, unit, recent)
    return Entry(takes_in, tuple(basis), tuple(used), base, known, total, own)


def _since_first(entered: Floats) -> Floats:
    """Leave out the years before a school first took pupils in; nobody in later ones counts."""
    begun = np.maximum.accumulate(np.nan_to_num(entered) > 0, axis=1)
    return np.where(begun, entered, np.nan)


def _total(
    entered: Floats,
    use: Bools,
    base: tuple[csr_array, Floats],
    counted: Floats,
    unit: Ints,
    recent: slice,
) -> Floats:
    """Return pupils who entered, for a cohort as in the base years, shape (authorities,)."""
    came = np.zeros((len(base[1]), entered.shape[1]))
    np.add.at(came, unit[use], np.nan_to_num(entered)[use])
    cohort = _growth(base, counted)
    below = cohort[:, recent].sum(axis=1)
    above = came[:, recent].sum(axis=1)
    total: Floats = np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0)
    return total


def _growth(base: tuple[csr_array, Floats], counted: Floats) -> Floats:
    """Return cohorts over those of the base years, by authority; zero where not known."""
    wide, mean = base
    cohort = wide @ np.nan_to_num(counted)
    by_mean = np.divide(1.0, mean, out=np.zeros_like(mean), where=mean > 0)
    return np.asarray(_told(wide @ np.isnan(counted), cohort) * by_mean[:, np.newaxis])


def _mixed(level: Level, counted: Floats, base: Floats, wider: Floats) -> Floats:
    """Return the growth of the cohorts that reach each school, leaning on its authority's."""
    missing = level.reach.cohort(np.isnan(counted).astype(np.float64))
    cohort = _told(missing, level.reach.cohort(np.nan_to_num(counted)))
    by_base = np.divide(1.0, base, out=np.zeros_like(base), where=base > 0)
    own = cohort * by_base[:, np.newaxis]
    return np.where(wider > 0, own ** (1 - level.lent) * wider**level.lent, own)


def _told(missing: Floats, cohort: Floats) -> Floats:
    """Return cohorts, zero where a part of them is not known."""
    return np.where(np.asarray(missing) > 0, 0.0, np.asarray(cohort))
