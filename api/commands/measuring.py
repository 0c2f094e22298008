"""Times between points, a few origins at once, as rows of a table."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

import travel
from api.commands.points import Point

ORIGINS_AT_ONCE: Final = 64


def measured(
    network: travel.Network, origins: Sequence[Point], destinations: Sequence[Point], limit_s: float
) -> Iterator[tuple[int, pd.DataFrame]]:
    """Measure some origins at a time; yield how many are done, and their rows.

    Raises:
        OutsideCoverage: the only origin lies beyond the streets.
        NotConnected: no street is near it.
    """
    if len(origins) == 1:
        travel.snap_origin(network, origins[0].x, origins[0].y)
    here, there = _snapped(network, origins), _snapped(network, destinations)
    why_here, why_there = _status(network, here), _status(network, there)
    to = np.array([point.label for point in destinations], object)
    for first in range(0, len(origins), ORIGINS_AT_ONCE):
        last = min(first + ORIGINS_AT_ONCE, len(origins))
        found = travel.times_between(network, here[first:last], there, limit_s=limit_s)
        status = np.where(np.isfinite(found.seconds), "reached", "over_limit").astype(object)
        status = np.where(why_there[None, :] != "", why_there[None, :], status)
        status = np.where(why_here[first:last, None] != "", why_here[first:last, None], status)
        labels = [point.label for point in origins[first:last]]
        yield (
            last,
            pd.DataFrame(
                {
                    "origin": np.repeat(np.array(labels, object), len(destinations)),
                    "destination": np.tile(to, last - first),
                    "seconds": found.seconds.ravel().round(1),
                    "metres": found.metres.ravel().round(1),
                    "status": status.ravel(),
                }
            ),
        )


def _snapped(network: travel.Network, points: Sequence[Point]) -> travel.Snapped:

    return travel.snap(network, [point.x for point in points], [point.y for point in points])


def _status(network: travel.Network, points: travel.Snapped) -> npt.NDArray[np.object_]:
    """Say why points have no street; blank where they have one."""
    is_covered = network.is_covered(points.x, points.y)
    why = np.where(is_covered, "no_street", "outside").astype(object)
    why[points.is_on_street] = ""
    return why
