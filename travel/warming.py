"""Compiling ahead of the first question."""

import numpy as np

from travel.assemble import Kinds, assemble
from travel.chains import Pieces, trace
from travel.isochrones import isochrone
from travel.network import Network
from travel.search import seconds_from
from travel.snapping import snap_origin
from travel.time_grids import time_grid
from travel.times import travel_times


def warm() -> None:
    """Compile every inner loop, so that the first question is answered as fast as the next.

    Takes about ten seconds once; afterwards the compiled loops are found in numba's cache, in the
    folder that ``NUMBA_CACHE_DIR`` names.
    """
    network = _square()
    travel_times(network, (0.0, 0.0), [(100.0, 100.0)], limit_s=600)
    isochrone(network, (0.0, 0.0), minutes=[1, 2])
    time_grid(seconds_from(network, snap_origin(network, 0.0, 0.0), limit_s=60))


def _square() -> Network:
    """Four streets round a block."""
    pieces = Pieces(
        tail=np.array([0, 1, 2, 3], np.int32),
        head=np.array([1, 2, 3, 0], np.int32),
        kind=np.zeros(4, np.int32),
        is_one_way=np.zeros(1, np.bool_),
    )
    pace = np.array([4.8])
    x = np.array([0.0, 100.0, 100.0, 0.0])
    y = np.array([0.0, 0.0, 100.0, 100.0])
    return assemble(trace(pieces, x.size), x, y, Kinds(pace, pace)).network
