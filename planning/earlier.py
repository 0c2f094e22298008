"""What was known in an earlier year."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from planning.arrays import Floats
from planning.forecast.inputs import Births, Flows, Inputs, Residents, Rolls

FEWEST_TO_GO_BACK: Final = 3
"""School years of rolls: two for a ratio, and one to go back."""


def as_known_before(inputs: Inputs, *, moved_in: Floats | None = None) -> Inputs:
    """Return what a forecast would have been made from a year before.

    Args:
        inputs: of today.
        moved_in: pupils of planned homes from that year on.

    Raises:
        ValueError: rolls are known of three years at least, or there is nothing to go back to.
    """
    rolls = inputs.rolls
    if len(rolls.years) < FEWEST_TO_GO_BACK:
        raise ValueError("a year before, rolls were known of one year only")
    last = rolls.years[-1] - 1
    return replace(
        inputs,
        rolls=until(rolls, last),
        totals=None if inputs.totals is None else inputs.totals[:, :-1],
        flows=known_in(inputs.flows, last),
        births=_births_before(inputs.births),
        births_of_authorities=_births_before(inputs.births_of_authorities),
        residents=_residents_before(inputs.residents),
        moved_in=moved_in,
    )


def until(rolls: Rolls, last: int) -> Rolls:
    """Leave out the rolls of later years."""
    kept = sum(year <= last for year in rolls.years)
    return replace(
        rolls,
        years=rolls.years[:kept],
        pupils=rolls.pupils[:, :kept],
        by_sex={sex: pupils[:, :kept] for sex, pupils in rolls.by_sex.items()},
    )


def known_in(flows: Mapping[str, tuple[Flows, ...]], last: int) -> dict[str, tuple[Flows, ...]]:
    """Leave out counts of later years."""
    kept = {phase: tuple(one for one in each if one.year <= last) for phase, each in flows.items()}
    return {phase: each for phase, each in kept.items() if each}


def _births_before(births: Births | None) -> Births | None:
    if births is None or len(births.years) < 2:  # noqa: PLR2004 - one year is left
        return None
    return replace(births, years=births.years[:-1], born=births.born[:, :-1])


def _residents_before(residents: Residents | None) -> Residents | None:
    if residents is None or len(residents.years) < 2:  # noqa: PLR2004 - one year is left
        return None
    return replace(residents, years=residents.years[:-1], people=residents.people[:, :-1])
