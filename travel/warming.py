"""Compiling ahead of the first question."""

import numpy as np

from travel.drawing.isochrones import isochrone
from travel.drawing.time_grids import time_grid
from travel.network import Network
from travel.paths.search import seconds_from
from travel.paths.times import travel_times
from travel.routes.route import route
from travel.snapping import snap_origin
from travel.streets.assemble import Kinds, assemble
from travel.streets.chains import Pieces, trace
from travel.streets.restricting import Bans
from travel.streets.states import Delays, list_turns, states_of
from travel.streets.turning import numbered, with_turns


def warm() -> None:
    """Compile every inner loop, so that the first question is answered as fast as the next.

    Takes about ten seconds once; afterwards the compiled loops are found in numba's cache, in the
    folder that ``NUMBA_CACHE_DIR`` names.
    """
    network = _square()
    travel_times(network, (0.0, 0.0), [(100.0, 100.0)], limit_s=600)
    isochrone(network, (0.0, 0.0), minutes=[1, 2])
    time_grid(seconds_from(network, snap_origin(network, 0.0, 0.0), limit_s=60))
    route(network, (0.0, 10.0), (100.0, 60.0))
    driven = _with_turns(network)
    route(driven, (0.0, 10.0), (100.0, 60.0))
    seconds_from(driven, snap_origin(driven, 0.0, 0.0), limit_s=60).seconds()


def _with_turns(network: Network) -> Network:
    """Let cars drive round the block, where nothing is forbidden or signalled."""
    states = states_of(network)
    nothing = np.zeros(network.n_nodes, np.int32)
    free = Bans(np.zeros(0, np.int64), np.zeros(states.edge.size, np.bool_), frozenset(), ())
    turns = list_turns(network, states, free, nothing, nothing > 0, Delays(0, 0, 0, 0, 0, 0))
    return with_turns(network, numbered(network, states, *turns))


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
