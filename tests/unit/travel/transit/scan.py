"""A slow and obvious search by public transport, to hold the fast one to.

The connection scan (Dibbelt, Pajor, Strasser, Wagner: "Connection Scan Algorithm", ACM Journal of
Experimental Algorithmics 23, 2018): go through all connections in order of departure, and board
whatever can be boarded. It is run again until nothing changes, so that walks between stops need
not be closed under transitivity, and connections that take no time may stand in any order.
"""

from collections.abc import Callable, Mapping
from itertools import pairwise
from math import ceil, inf

import numpy as np

from tests.unit.travel.transit.feeds import Trips
from travel import Network, travel_times
from travel.errors import NotConnected, OutsideCoverage

CHANGE_S = 60
CHANGE_WALK_S = 300
STOP_WALK_S = 900

Seconds = dict[str, int]
XY = tuple[float, float]


def walks_from(
    network: Network, origin: XY, stops: Mapping[str, XY], limit_s: float = STOP_WALK_S
) -> Seconds:
    """Walk from a point to every stop within a limit; whole seconds, rounded up."""
    try:
        times = travel_times(network, origin, list(stops.values()), limit_s=limit_s).seconds
    except (OutsideCoverage, NotConnected):
        return {}
    return {
        stop: whole(s) for stop, s in zip(stops, times.tolist(), strict=True) if not np.isnan(s)
    }


def whole(seconds: float) -> int:
    """Tenths of a second, rounded up."""
    return ceil(round(seconds, 1))


def changes(network: Network, stops: Mapping[str, XY]) -> dict[str, Seconds]:
    """How long it takes from getting off at a stop to being ready to board at another."""
    found = {}
    for stop, xy in stops.items():
        near = walks_from(network, xy, stops, CHANGE_WALK_S)
        found[stop] = {to: s + CHANGE_S for to, s in near.items()} | {stop: CHANGE_S}
    return found


def got_off(
    trips: Trips, change: Mapping[str, Seconds], access: Seconds, depart_s: int, limit_s: int
) -> Seconds:
    """When one gets off at each stop, at the earliest."""
    connections = sorted(
        (a.departure_s, trip, i, a, b)
        for trip, calls in trips.items()
        for i, (a, b) in enumerate(pairwise(calls))
    )
    ready = {stop: depart_s + s for stop, s in access.items()}
    off: Seconds = {}
    while True:
        before = dict(off)
        on_board = set()
        for departs, trip, _, a, b in connections:
            if a.can_board and ready.get(a.stop, inf) <= departs:
                on_board.add(trip)
            if trip not in on_board or not b.can_alight or b.arrival_s > depart_s + limit_s:
                continue
            if b.arrival_s < off.get(b.stop, inf):
                off[b.stop] = b.arrival_s
                for to, s in change[b.stop].items():
                    ready[to] = min(ready.get(to, b.arrival_s + s), b.arrival_s + s)
        if off == before:
            return off


def latest(can_leave_at: Callable[[int], bool], first: int, last: int) -> int | None:
    """The latest second at which one can leave, by halving: who can leave later may also wait."""
    if not can_leave_at(first):
        return None
    while first < last:
        middle = (first + last + 1) // 2
        first, last = (middle, last) if can_leave_at(middle) else (first, middle - 1)
    return first
