"""Who will enter: from births and residents by small area, through the schools they go to."""

import numpy as np

from planning.arrays import Floats
from planning.forecast.progression import pupils_behind, survival_ratios
from planning.forecast.shrinkage import leaning

RECEPTION_AGE = 5
"""Academic years from birth to reception: born in 2019/20, in reception in 2024/25."""


def residents_ahead(
    residents: Floats, births: Floats, *, years: int, window: int, lent: float
) -> Floats:
    """Expect the pupils who will live in each area, by year group.

    Those at school now move up by the cohort survival of their area, drawn towards that of all
    areas; reception follows from births, by the ratio of the last receptions to their births.

    Args:
        residents: pupils by home, shape (areas, years, groups), groups from reception on.
        births: by area and academic year of birth, shape (areas, years of birth), the first of
            which is five years before the first of ``residents``.
        years: how many ahead.
        window: transitions that count, each alike.
        lent: pupils' worth of evidence that all areas lend each one.

    Returns:
        Shape (areas, years, groups); ``NaN`` in reception where births are not known, and in
        the groups above that follow from it.
    """
    weights = (1,) * window
    everywhere = residents.sum(axis=0)
    towards = np.broadcast_to(survival_ratios(everywhere, weights=weights), residents[:, 0].shape)
    own = survival_ratios(residents, weights=weights)
    borrowed = np.full(residents.shape[-1], lent)
    ratios = leaning(own, pupils_behind(residents, weights=weights), towards, borrowed)
    entered = _of_births(residents[..., 0], births, window=window, lent=lent)
    ahead = np.zeros((residents.shape[0], years, residents.shape[-1]))
    now = residents[:, -1]
    for year in range(years):
        moved = np.full_like(now, np.nan)
        moved[:, 1:] = now[:, :-1] * np.nan_to_num(ratios[:, 1:])
        born = residents.shape[1] + year
        moved[:, 0] = births[:, born] * entered if born < births.shape[1] else np.nan
        ahead[:, year] = now = moved
    return ahead


def _of_births(reception: Floats, births: Floats, *, window: int, lent: float) -> Floats:
    """Return how many of an area's births are found in its receptions five years later."""
    years = reception.shape[1]
    came = reception[:, -window:].sum(axis=1)
    born = births[:, years - window : years].sum(axis=1)
    return np.asarray((came + lent * came.sum() / born.sum()) / (born + lent))


def shares(flows: Floats, residents: Floats) -> Floats:
    """Say which share of an area's pupils of a year group enters each school.

    Args:
        flows: pupils by home area and school, summed over the years that count, shape
            (areas, schools).
        residents: pupils of the group by home area over the same years, shape (areas,); more
            than the flows add up to where some go to schools elsewhere.

    Returns:
        Shape (areas, schools); rows add up to at most one.
    """
    of_all = residents[:, np.newaxis]
    share: Floats = np.divide(flows, of_all, out=np.zeros_like(flows), where=of_all > 0)
    return share


def through_shares(residents: Floats, share: Floats, from_elsewhere: Floats) -> Floats:
    """Expect each school's intake.

    Args:
        residents: expected by area and year, shape (areas, years).
        share: of each area's that enters each school, shape (areas, schools).
        from_elsewhere: pupils a year who enter each school from areas not told, shape (schools,).

    Returns:
        Shape (schools, years).
    """
    return np.asarray((residents.T @ share + from_elsewhere).T)


def recent_share(entered: Floats, all_entered: Floats, *, window: int) -> Floats:
    """Say which share of its planning area's or authority's intake each school takes.

    What is done where homes are not known.

    Args:
        entered: by school and year, shape (schools, years).
        all_entered: of the group of schools that each is in, same shape.
        window: years that count, as ratio of sums.

    Returns:
        Shape (schools,); zero where the group had no intake.
    """
    mine, everybody = entered[:, -window:].sum(axis=1), all_entered[:, -window:].sum(axis=1)
    share: Floats = np.divide(mine, everybody, out=np.zeros_like(mine), where=everybody > 0)
    return share
