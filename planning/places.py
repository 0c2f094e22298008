"""Places that are needed, and places to spare: never set off against each other."""

from dataclasses import dataclass

import numpy as np

from planning.arrays import Floats

ROUNDED_TO = 10
"""The scorecards of school places give the need to the nearest ten."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What is short and what is over.

    Attributes:
        need: places short, shape as what was balanced.
        spare: places over.
    """

    need: Floats
    spare: Floats

    def total(self) -> tuple[float, float]:
        """Add up the places short, and the places over, each for itself."""
        return float(np.nansum(self.need)), float(np.nansum(self.spare))


def balance(pupils: Floats, places: Floats, *, margin_pct: float = 0.0) -> Balance:
    """Compare pupils with places, planning area by planning area and year group by year group.

    A place that stands empty in one planning area, or in one year group, is no help in another
    (Department for Education, school places scorecards, technical guidance).

    Args:
        pupils: expected, of any shape.
        places: of the same shape.
        margin_pct: places that an authority wants to keep free, as a share of the pupils.

    Returns:
        ``NaN`` where either is not known.
    """
    wanted = pupils * (1 + margin_pct / 100)
    return Balance(need=np.maximum(wanted - places, 0.0), spare=np.maximum(places - wanted, 0.0))


def rounded(need: float) -> int:
    """Round places to the nearest ten, halves up, as the scorecards do.

    >>> rounded(34.9), rounded(35.0)
    (30, 40)
    """
    return int(np.floor(need / ROUNDED_TO + 0.5)) * ROUNDED_TO


def unfilled(pupils: Floats, places: Floats) -> float:
    """Count places without a pupil, school by school, and add them up.

    A school that is over full fills no place of another.
    """
    return float(np.nansum(np.maximum(places - pupils, 0.0)))
