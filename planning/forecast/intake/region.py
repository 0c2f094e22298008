"""The intakes of all schools of a region, as they would have been expected in some year."""

from planning.forecast.inputs import Inputs
from planning.forecast.intake.results import Intakes


def intakes(inputs: Inputs, *, origin: int, years: int) -> Intakes:
    """Expect who will enter each school, from the cohorts that will reach it.

    Only what was known when the roll of ``origin`` was counted is used: rolls, flows and
    estimates of that year or before, births up to the summer before, projections made by then.

    Args:
        inputs: what is known.
        origin: school year of the last roll to be used, by the year it begins in.
        years: how many ahead.

    Raises:
        ValueError: ``origin`` is none of the years of the rolls.
    """
    raise NotImplementedError
