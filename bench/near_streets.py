"""How well a band agrees with the times that were measured along the streets themselves."""

import numpy as np
import shapely

from travel import Network, isochrone, seconds_from, snap, snap_origin, times_to

NEAR_M = 50.0
"""Places no further from a street than this are compared; homes and schools stand there."""

AROUND_M = 300.0
"""Places are strewn so far beyond the band."""

PLACES = 6000


def share_alike(network: Network, here: tuple[float, float], minutes: float) -> float:
    """Return the share of places near streets that band and time class alike.

    Args:
        network: the streets.
        here: metres EPSG:27700.
        minutes: the limit of both.
    """
    rng = np.random.default_rng(3)
    (band,) = isochrone(network, here, minutes=[minutes])
    west, south, east, north = band.geometry.buffer(AROUND_M).bounds
    x, y = rng.uniform(west, east, PLACES), rng.uniform(south, north, PLACES)
    places = snap(network, x, y, max_m=NEAR_M)
    reach = seconds_from(network, snap_origin(network, *here), limit_s=minutes * 60)
    within = np.isfinite(times_to(reach, places).seconds)
    drawn = shapely.contains_xy(band.geometry, x, y)
    return float((within == drawn)[places.is_on_street].mean())
