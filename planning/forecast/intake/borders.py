"""Who lives in one authority and goes to school in another."""

import numpy as np

from planning.arrays import Floats
from planning.forecast.inputs import NONE, PHASES, Homes, Inputs
from planning.forecast.intake.homes import filled
from planning.forecast.intake.results import CrossBorder


def borders(inputs: Inputs, *, origin: int) -> dict[str, CrossBorder]:
    """Count who crosses the border, in the last year of flows known.

    Args:
        inputs: what is known.
        origin: school year of the last roll, by the year it begins in; later flows are left out.

    Returns:
        By phase; a phase without flows is left out.
    """
    found = {}
    for phase, years in inputs.flows.items():
        known = [flows for flows in years if flows.year <= origin]
        if inputs.homes is None or not known:
            continue
        last = known[-1]
        pupils = filled(last, phase_roll(inputs, phase, last.year))
        found[phase] = cross_border(
            pupils, last.home, last.school, inputs.homes, inputs, year=last.year
        )
    return found


def cross_border(
    pupils: Floats,
    home: np.ndarray,
    school: np.ndarray,
    homes: Homes,
    inputs: Inputs,
    *,
    year: int,
) -> CrossBorder:
    """Add pairs of home and school up: at home, leaving, coming in.

    Args:
        pupils: of each pair, shape (pairs,).
        home: row of ``homes``, same shape.
        school: row of the rolls, or ``NONE`` elsewhere, same shape.
        homes: and the authority of each.
        inputs: with the authority of each school.
        year: of the count.
    """
    units = len(inputs.units.authorities)
    lives = homes.authority[home]
    goes = np.where(school == NONE, NONE, inputs.units.authority[school])
    at_home = (lives != NONE) & (lives == goes)
    leaves, comes = (lives != NONE) & (lives != goes), (goes != NONE) & (lives != goes)
    return CrossBorder(
        authorities=inputs.units.authorities,
        year=year,
        at_home=_summed(lives[at_home], pupils[at_home], units),
        leave=_summed(lives[leaves], pupils[leaves], units),
        come_in=_summed(goes[comes], pupils[comes], units),
        come_in_school=_summed(school[comes], pupils[comes], len(inputs.rolls.urns)),
    )


def phase_roll(inputs: Inputs, phase: str, year: int) -> Floats:
    """Return every school's pupils of a phase in a year; ``NaN`` where it has no roll."""
    if year not in inputs.rolls.years:
        return np.full(len(inputs.rolls.urns), np.nan)
    at = inputs.rolls.years.index(year)
    return np.asarray(inputs.rolls.pupils[:, at, PHASES[phase]].sum(axis=-1))


def _summed(row: np.ndarray, pupils: Floats, rows: int) -> Floats:
    return np.bincount(row, pupils, rows).astype(np.float64)
