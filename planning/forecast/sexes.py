"""Girls and boys in a forecast: each cohort takes its own share with it."""

from collections.abc import Mapping

import numpy as np

from planning.arrays import Bools, Floats

_YEARS = 3
"""Years of intakes that the share of girls among those who enter rests on."""


def by_sex(expected: Floats, counted: Mapping[str, Floats], enters: Bools) -> dict[str, Floats]:
    """Split a forecast by sex, as cohorts and intakes have been.

    A cohort at school keeps its share of girls as it moves up; one that enters has the share of
    the last intakes, which is none or all at a school for one sex.

    Args:
        expected: pupils of both sexes, shape (schools, years ahead, groups).
        counted: rolls of ``F`` and ``M``, shape (schools, years, groups); ``NaN`` where not told.
        enters: groups that a school fills from elsewhere, shape (schools, groups).

    Returns:
        ``F`` and ``M``, adding up to ``expected``; ``NaN`` where the last roll does not tell the
        sexes apart. Empty where no roll does.
    """
    if not {"F", "M"} <= set(counted):
        return {}
    girls = _girls_ahead(counted["F"], counted["M"], enters, expected.shape[1])
    share = np.where(expected > 0, girls, np.where(np.isfinite(expected), 0.0, np.nan))
    return {"F": expected * share, "M": expected * (1 - share)}


def _girls_ahead(girls: Floats, boys: Floats, enters: Bools, years: int) -> Floats:
    """Return the share of girls, shape (schools, years ahead, groups)."""
    whole = _share(girls[:, -_YEARS:].sum(axis=1), boys[:, -_YEARS:].sum(axis=1))
    all_ages = _share(girls[:, -1].sum(axis=1), boys[:, -1].sum(axis=1))[:, np.newaxis]
    usual = np.where(np.isfinite(whole), whole, all_ages)
    now = _share(girls[:, -1], boys[:, -1])
    ahead = np.empty((len(girls), years, girls.shape[-1]))
    for year in range(years):
        moved = np.concatenate([usual[:, :1], now[:, :-1]], axis=1)
        now = np.where(enters | np.isnan(moved), usual, moved)
        ahead[:, year] = now
    return ahead


def _share(girls: Floats, boys: Floats) -> Floats:
    both = girls + boys
    share: Floats = np.divide(girls, both, out=np.full(both.shape, np.nan), where=both > 0)
    return share
