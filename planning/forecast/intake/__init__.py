"""Who will enter: each school's intakes, from the cohorts that will reach them."""

from planning.forecast.intake.region import intakes
from planning.forecast.intake.results import Basis, Cohort, CrossBorder, Intakes

__all__ = ["Basis", "Cohort", "CrossBorder", "Intakes", "intakes"]
