"""The forecast of a region: every level, every method, and how far each has been off."""

from collections.abc import Mapping

from planning.forecast.inputs import Inputs
from planning.forecast.methods import Lever, Method
from planning.forecast.results import Forecasts, Level

Pins = Mapping[tuple[Level, str, str], Method]
"""Methods that a planner has set, by level, code of the unit and phase."""


def forecast_region(
    inputs: Inputs,
    *,
    years: int | None = None,
    pins: Pins | None = None,
    lever: Lever | None = None,
) -> Forecasts:
    """Expect the pupils of every school, planning area and authority.

    Args:
        inputs: what is known.
        years: how many ahead; without it five for primary and seven for secondary schools, as the
            school capacity survey asks.
        pins: methods that a planner wants, whatever their record.
        lever: as a planner set it.

    Raises:
        ValueError: fewer than two years of rolls, a pin of an unknown unit or of a method that
            its data do not allow, arrays that do not fit together; the message says which.
    """
    raise NotImplementedError
