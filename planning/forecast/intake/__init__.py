"""Who will enter: each school's intakes, from the cohorts that will reach them."""

from planning.forecast.intake.region import intakes
from planning.forecast.intake.results import Basis, CrossBorder, Intakes
from planning.forecast.intake.shares import (
    recent_share,
    residents_ahead,
    shares,
    through_shares,
)

__all__ = [
    "Basis",
    "CrossBorder",
    "Intakes",
    "intakes",
    "recent_share",
    "residents_ahead",
    "shares",
    "through_shares",
]
