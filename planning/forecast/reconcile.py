"""Forecasts of schools, planning areas and authorities made to agree."""

import numpy as np

from planning.arrays import Floats
from planning.forecast.results import Level
from planning.forecast.tree import Tree


def reconciled(said: dict[Level, Floats], variance: dict[Level, Floats], tree: Tree) -> Floats:
    """Find the forecasts of schools that fit best with what is said of all levels.

    Weighted least squares on the hierarchy, each level weighted by how far it has been off
    (Wickramasuriya, Athanasopoulos and Hyndman 2019, Optimal forecast reconciliation for
    hierarchical and grouped time series through trace minimization, Journal of the American
    Statistical Association 114; their variances alone, since so many series leave no covariances).
    On a tree this needs no matrix: estimates are combined from schools up, and what remains is
    handed down by variance.

    Args:
        said: by level, shape (units, …, groups), for themselves.
        variance: of their errors, same shapes; zero where nobody is expected.
        tree: where schools belong.

    Returns:
        Of schools, shape (schools, …, groups); never below zero. Those of areas and authorities
        are their sums.
    """
    nested = tree.nested
    school, spread = said[Level.SCHOOL], variance[Level.SCHOOL]
    inside = (nested >= 0).reshape(len(nested), *[1] * (school.ndim - 2), nested.shape[-1])
    below, below_spread = tree.to_areas(school, nested), tree.to_areas(spread, nested)
    area, area_spread = _combined(
        below, below_spread, said[Level.PLANNING_AREA], variance[Level.PLANNING_AREA]
    )
    alone, alone_spread = np.where(inside, 0.0, school), np.where(inside, 0.0, spread)
    total = _by_authority(area, alone, tree)
    total_spread = _by_authority(area_spread, alone_spread, tree)
    whole, _ = _combined(total, total_spread, said[Level.AUTHORITY], variance[Level.AUTHORITY])
    missing = _share(whole - total, total_spread)
    area_change = area - below + area_spread * missing[tree.authority_of_area]
    of_area = tree.from_areas(_share(area_change, below_spread), nested)
    change = spread * np.where(inside, of_area, missing[tree.authority])
    return np.maximum(school + change, 0.0)


def _combined(
    first: Floats, first_variance: Floats, second: Floats, second_variance: Floats
) -> tuple[Floats, Floats]:
    """Weigh two estimates of the same by their variances; the second where it is known."""
    both = first_variance + second_variance
    knows = np.isfinite(second) & np.isfinite(second_variance) & (both > 0)
    weight = np.divide(first_variance, both, out=np.zeros_like(first), where=knows)
    mean = first + weight * (np.where(knows, second, first) - first)
    return mean, np.where(knows, first_variance * (1 - weight), first_variance)


def _share(missing: Floats, variance: Floats) -> Floats:
    """Say how much of what is missing falls on each unit of variance."""
    return np.divide(missing, variance, out=np.zeros_like(missing), where=variance > 0)


def _by_authority(area: Floats, alone: Floats, tree: Tree) -> Floats:
    total = tree.up(alone, Level.AUTHORITY)
    np.add.at(total, tree.authority_of_area, area)
    return total
