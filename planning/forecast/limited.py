"""A forecast in which intakes keep to the limits that a planner has set."""

from dataclasses import dataclass

import numpy as np

from planning.arrays import Bools, Floats
from planning.forecast.inputs import GROUPS, PHASES
from planning.forecast.limits import placed
from planning.forecast.tree import Tree


@dataclass(frozen=True, slots=True)
class Limited:
    """What remains when limits hold.

    Attributes:
        schools: pupils, shape (schools, years ahead, groups).
        unplaced: who found no place and would be in the group, shape (authorities, years, groups).
        displaced: who would have entered a school that is full, shape (schools, years, groups);
            below zero: taken in from others.
    """

    schools: Floats
    unplaced: Floats
    displaced: Floats


def limited(wanted: Floats, capped: Floats, enters: Bools, tree: Tree) -> Limited:
    """Place who enters, year by year, and let their cohorts move up where they found a place.

    Args:
        wanted: pupils if nothing limited them, shape (schools, years ahead, groups).
        capped: most that each takes in, shape (schools, groups), ``NaN`` where nothing limits it.
        enters: groups that schools fill from elsewhere, shape (schools, groups): a limit of
            another group is of no effect, since nobody is turned out.
        tree: where schools belong.
    """
    schools = wanted.copy()
    unplaced = np.zeros((len(tree.authorities), *wanted.shape[1:]))
    displaced = np.zeros_like(wanted)
    area = tree.nested
    for group in range(wanted.shape[-1]):
        entering = enters[:, group]
        if not np.isfinite(capped[entering, group]).any():
            continue
        here = np.where(entering[:, np.newaxis], schools[..., group], 0.0)
        found = placed(
            here,
            np.where(entering, capped[:, group], np.nan),
            area=area[:, group],
            authority=tree.authority,
            authorities=len(tree.authorities),
        )
        displaced[..., group] = here - found.intake
        unplaced[..., group] += found.unplaced
        _follow(schools, here, found.intake, enters, group)
        _keep(unplaced, found.unplaced, group)
    return Limited(schools, unplaced, displaced)


def _follow(schools: Floats, before: Floats, after: Floats, enters: Bools, group: int) -> None:
    """Change each cohort by as much as its intake, until it enters somewhere anew."""
    factor = np.divide(after, before, out=np.ones_like(before), where=before > 0)
    years = schools.shape[1]
    goes_on = np.ones(len(schools), bool)
    for later in range(min(years, len(GROUPS) - group)):
        if later > 0:
            goes_on &= ~enters[:, group + later]
        change = np.where(goes_on[:, np.newaxis], factor[:, : years - later], 1.0)
        schools[:, later:, group + later] *= change


def _keep(unplaced: Floats, found: Floats, group: int) -> None:
    """Count who found no place in the years after too, until the phase ends."""
    ends = next(part.stop for part in PHASES.values() if group < part.stop)
    years = unplaced.shape[1]
    for later in range(1, min(years, ends - group)):
        unplaced[:, later:, group + later] += found[:, : years - later]
