"""What families weigh of a school before any of them is refused."""

from typing import Final

import numpy as np

from planning.arrays import Bools, Floats
from planning.choice.features import MINUTE, Homes, Journeys, Schools, straight_km

WALKED_MINUTES: Final = 12.0
"""A journey that nearly everybody walks: up to here every minute is one on foot."""

RIDDEN_MINUTES: Final = 20.0
"""One from which nearly everybody rides where somebody can take them: a mile at 4.8 km/h."""

RIDDEN_KM: Final = 1.28
"""As far, in a straight line: 1.6 km of street, which is a quarter longer."""

LATER: Final = "later_minute"
RIDE: Final = "ride_km"
OWN_FAITH: Final = "own_faith"


def weighed(homes: Homes, schools: Schools, ways: Journeys, own_faith: Bools) -> dict[str, Floats]:
    """Return the attributes of schools for families, by name.

    The pull of the journey bends where children begin to ride: it has one weight for the minutes
    that are walked, one for those of which some are, and one for the kilometres beyond, for how
    long a ride takes hangs on lifts and buses of which no street network tells.

    Args:
        homes: where they live.
        schools: that they choose among.
        ways: between them.
        own_faith: schools of the faith of each kind of family, shape (kinds, schools).

    Returns:
        Each of a shape that fits (homes, years, kinds, schools).
    """
    km = straight_km(homes, schools)
    far = {"km": km}
    if ways.unit == MINUTE:
        far = {
            MINUTE: np.minimum(ways.far, WALKED_MINUTES),
            LATER: np.clip(ways.far, WALKED_MINUTES, RIDDEN_MINUTES) - WALKED_MINUTES,
            RIDE: np.maximum(km - RIDDEN_KM, 0.0),
        }
    of_pairs = far | {"border": homes.authority[:, np.newaxis] != schools.authority}
    of_kinds = {OWN_FAITH: own_faith, "other_faith": schools.is_faith & ~own_faith}
    of_schools = {"single_sex": schools.is_single_sex, "selective": schools.is_selective}
    laid = {name: each[:, np.newaxis, np.newaxis] for name, each in of_pairs.items()}
    laid |= {name: each[np.newaxis, np.newaxis] for name, each in of_kinds.items()}
    laid |= {name: each[np.newaxis, np.newaxis, np.newaxis] for name, each in of_schools.items()}
    return {name: np.asarray(each, np.float64) for name, each in laid.items()}
