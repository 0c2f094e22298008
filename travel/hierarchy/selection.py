"""What is needed to come to some destinations, kept for batch after batch of origins."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from travel.hierarchy.arriving import BLOCK, fill, gather
from travel.hierarchy.climbing import Labels, labels_for
from travel.hierarchy.contraction import Topology
from travel.hierarchy.customising import NEVER, Arcs
from travel.hierarchy.doors import Ends, Starts, ends_of, starts_of
from travel.hierarchy.lanes import LANES
from travel.hierarchy.sweeping import Below, find_cells, select_below, sweep
from travel.network import DECISECONDS, Network
from travel.snapping import Snapped

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Found = TypeVar("Found")


class Within(NamedTuple):
    """The destinations that one origin reaches within a limit.

    Attributes:
        origin: which one.
        destination: ``int32``, which are reached, in no order.
        seconds: ``float64``, to each of them.
    """

    origin: int
    destination: Ints
    seconds: Floats


@dataclass(frozen=True, eq=False)
class Selection:
    """A hierarchy restricted to what some destinations need.

    Origins are answered `LANES` at a time, fastest where those that follow each other are near
    each other. One selection may be asked from several threads.

    Attributes:
        network: the streets.
        below: what is gone through from the top down.
        ends: the destinations.
    """

    network: Network
    below: Below
    ends: Ends
    _arcs: Arcs
    _place: Ints
    _parent: Ints
    _spare: SimpleQueue[Labels] = field(default_factory=SimpleQueue)
    _room: list[int] = field(default_factory=lambda: [4096])  # what lists of destinations needed

    def seconds(
        self, origins: Snapped, *, limit_s: float | None = None, threads: int | None = None
    ) -> Floats:
        """Measure the quickest way from each origin to each destination.

        Args:
            origins: on the network's streets.
            limit_s: seconds; destinations further away are not reached. None: no limit.
            threads: at work at once; as many as there are processors if left out.

        Returns:
            Shape (origins, destinations); ``NaN`` where a destination is not reached.
        """
        limit_ds = _deciseconds(limit_s)
        order = np.argsort(origins.edge, kind="stable")
        starts = self._starts(origins[order])
        found = np.empty((len(origins), self.ends.edge.size))

        def work(first: int) -> None:
            labels = self._swept(starts, first, limit_ds)
            fill(starts, first, order, self.ends, self._paces, limit_ds, labels, found)
            self._spare.put(labels)

        for _ in in_threads(work, range(0, len(origins), LANES), threads):
            pass
        return found

    def within(
        self, origins: Snapped, *, limit_s: float, threads: int | None = None
    ) -> Iterator[Within]:
        """Find the destinations within a limit of each origin, one origin after another.

        Origins are taken in the order of the streets they lie on, not in their own.

        Args:
            origins: on the network's streets.
            limit_s: seconds.
            threads: at work at once; as many as there are processors if left out.
        """
        limit_ds = _deciseconds(limit_s)
        order = np.argsort(origins.edge, kind="stable")
        starts = self._starts(origins[order])

        def work(first: int) -> list[Within]:
            labels = self._swept(starts, first, limit_ds)
            found = self._gathered(starts, first, limit_ds, labels)
            self._spare.put(labels)
            return [
                Within(int(order[first + lane]), destination, seconds)
                for lane, (destination, seconds) in enumerate(found)
            ]

        for batch in in_threads(work, range(0, len(origins), LANES), threads):
            yield from batch

    @property
    def _paces(self) -> tuple[Ints, Ints, float]:
        network = self.network
        return network.forward_ds, network.backward_ds, network.off_street_m_s

    def _starts(self, origins: Snapped) -> Starts:
        starts = starts_of(self.network, origins)
        return starts._replace(vertex=self._place[starts.vertex])

    def _swept(self, starts: Starts, first: int, limit_ds: int) -> Labels:
        try:
            labels = self._spare.get_nowait()
        except Empty:
            labels = labels_for(self.below.place.size, self.below.row.size)
        arcs = self._arcs
        sweep(starts, first, limit_ds, arcs.up_start, arcs.up, self._parent, self.below, labels)
        return labels

    def _gathered(
        self, starts: Starts, first: int, limit_ds: int, labels: Labels
    ) -> list[tuple[Ints, Floats]]:
        n = self.ends.edge.size
        count = np.zeros(LANES, np.int32)
        room = min(n, self._room[0]) + BLOCK + 1
        which, seconds = np.empty((LANES, room), np.int32), np.empty((LANES, room))
        done = 0
        while True:
            done = gather(
                *(starts, first, self.ends, self._paces, limit_ds, labels),
                *(done, count, which, seconds),
            )
            if done == n:
                break
            more = min(n, room)
            which = np.concatenate((which, np.empty((LANES, more), np.int32)), axis=1)
            seconds = np.concatenate((seconds, np.empty((LANES, more))), axis=1)
            room += more
        self._room[0] = max(self._room[0], room)
        lanes = range(min(LANES, starts.spent_ds.size - first))
        return [(which[i, : count[i]].copy(), seconds[i, : count[i]].copy()) for i in lanes]


def select(network: Network, topology: Topology, arcs: Arcs, destinations: Snapped) -> Selection:
    """Restrict a hierarchy to what some destinations need."""
    place = topology.place
    ends = ends_of(network, destinations)
    selected = select_below(place[ends.vertex], arcs.down_start, arcs.down)
    cells = find_cells(
        *selected[:2], topology.branches, topology.size, topology.up_start, topology.up
    )
    below = Below(*selected, *cells)
    ends = ends._replace(vertex=below.row[place[ends.vertex]])
    return Selection(network, below, ends, arcs, place, topology.parent)


def in_threads(
    work: Callable[[int], Found], jobs: Iterable[int], threads: int | None
) -> Iterator[Found]:
    """Do jobs in several threads; results come in the order of the jobs, few of them waiting."""
    wanted = threads or len(os.sched_getaffinity(0))
    if wanted == 1:
        yield from map(work, jobs)
        return
    with ThreadPoolExecutor(wanted) as pool:
        waiting: deque[Future[Found]] = deque()
        for job in jobs:
            waiting.append(pool.submit(work, job))
            if len(waiting) > 2 * wanted:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _deciseconds(limit_s: float | None) -> int:
    if limit_s is None:
        return NEVER - 1
    if not 0 <= limit_s < NEVER / DECISECONDS:
        raise ValueError("limit_s must be seconds, not negative")
    return round(limit_s * DECISECONDS)
