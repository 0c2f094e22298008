"""The bounded search: everything within a limit of one or several starting points.

It serves networks of every mode. Where turning costs nothing, nodes are labelled; where turns count
(`travel.turns`), the edges entered, by direction. `Network.streets` chooses which.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travel.network import DECISECONDS, Network
from travel.paths.arrivals import Doors, first_at_junctions
from travel.paths.bucket_queue import BUCKET_BITS, FULL, Memory, Places, clear, memory, spread
from travel.snapping import Snapped
from travel.turns import turns_in

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

NOWHERE = Places(np.empty(0, np.int32), np.empty(0), np.empty(0))
"""No target: the search goes on to its limit."""

LONGEST_DS = 2**31 - 2
"""The most deciseconds that a label can count."""


IDLE_KEPT = 4
"""Workspaces of a network kept for the next search: about as many as there are cores to search."""


@dataclass(frozen=True, eq=False, slots=True)
class Question:
    """What a search is asked: from where, to where and how far.

    Attributes:
        origin: the starting points, on their edges.
        spent_ds: deciseconds already spent when leaving each starting point's edge.
        targets: the search ends with the last of them; none: at the limit.
        limit_ds: deciseconds.
    """

    origin: Snapped
    spent_ds: Ints
    targets: Places
    limit_ds: int


class Workspace:
    """Memory that one search after another may use, of one network and in one thread.

    A search with a workspace clears what the one before wrote, which costs less than fresh memory
    where networks are large and searches short. It makes the search before unreadable.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        n_labels = network.streets.arc_start.size - 1
        self._memory = memory(n_labels, queue_length=2 * n_labels + 16, limit_ds=0)
        self._n_reached = 0
        self.searches = 0

    def search(self, asked: Question, *, keeps_only_final: bool = True) -> tuple[Memory, int]:
        """Search, and return the memory written to and how much was reached.

        Where labels that are not final are kept too, only the times to the targets may be read.
        """
        origin, limit_ds = asked.origin, asked.limit_ds
        clear(self._memory, self._n_reached)
        self._n_reached = 0
        self.searches += 1
        if self._memory.bucket.size <= limit_ds >> BUCKET_BITS:
            self._lengthen(limit_ds, self._memory.queue.size)
        start = Places(origin.edge, origin.fraction, origin.distance_m)
        streets = self.network.streets
        found = FULL
        while found == FULL:
            found = spread(
                streets,
                start,
                asked.spent_ds,
                asked.targets,
                limit_ds,
                self._memory,
                keeps_only_final,
            )
            if found == FULL:
                self._lengthen(limit_ds, 2 * self._memory.queue.size)
        self._n_reached = found
        return self._memory, found

    def rest(self) -> None:
        """Give back what only searching takes, to keep what was found for long."""
        self._memory = self._memory._replace(queue=np.empty(1, np.uint64))

    def _lengthen(self, limit_ds: int, queue_length: int) -> None:
        longer = memory(0, queue_length=queue_length, limit_ds=limit_ds)
        self._memory = self._memory._replace(queue=longer.queue, bucket=longer.bucket)


class Workspaces:
    """Workspaces of one network that wait to be used again; safe to share between threads."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._idle: deque[Workspace] = deque(maxlen=IDLE_KEPT)

    @contextmanager
    def lent(self) -> Iterator[Workspace]:
        """Lend a workspace; what is found with it must be read before it is given back."""
        try:
            workspace = self._idle.pop()
        except IndexError:
            workspace = Workspace(self._network)
        yield workspace
        self._idle.append(workspace)


@dataclass(frozen=True, eq=False, slots=True)
class Reach:
    """Everything within a limit of the starting points.

    Attributes:
        network: the streets searched.
        origin: the starting points, on their edges.
        spent_ds: ``int32`` deciseconds already spent when leaving each starting point's edge: the
            walk to the street, and whatever the caller added.
        limit_ds: deciseconds.
        found: ``int32``, the nodes reached, in no order; where the network has turns, the states
            entered. The stretch that a journey starts on is not entered.
        workspace: whose memory holds the labels.
        search: which of the workspace's searches this is.
    """

    network: Network
    origin: Snapped
    spent_ds: Ints
    limit_ds: int
    found: Ints
    workspace: Workspace
    search: int

    @property
    def labels(self) -> Memory:
        """What the search wrote, one entry per node, or per state where turns count.

        Raises:
            RuntimeError: the workspace has been used for another search since.
        """
        if self.search != self.workspace.searches:
            raise RuntimeError("this search's workspace has been used for another one since")
        return self.workspace._memory  # noqa: SLF001 - the two belong together

    @property
    def left_ds(self) -> Ints:
        """Deciseconds left of the limit, plus one; 0 where it is not reached.

        One per node, on coming to it; one per state where turns count, on entering its edge.
        """
        return self.labels.left.view(np.int32)

    @property
    def metres(self) -> npt.NDArray[np.float32]:
        """Length of the quickest way to each node or state, from the starting point itself.

        Meaningless where it is not reached.
        """
        return self.labels.metres

    @property
    def nodes(self) -> Ints:
        """``int32``, the nodes reached, in no order."""
        if self.network.turns is None:
            return self.found
        return np.flatnonzero(self._left_at_nodes() > 0).astype(np.int32)

    @property
    def states(self) -> Ints:
        """``int32``, the states entered, in no order.

        Raises:
            ValueError: the network's mode turns freely.
        """
        turns_in(self.network)
        return self.found

    def seconds(self) -> Floats:
        """Return the seconds to every node; ``NaN`` where it is not reached.

        Where turns count, a node's is the time on coming to it, before any turn there.
        """
        left = self._left_at_nodes()
        return np.where(left > 0, (self.limit_ds + 1 - left) / DECISECONDS, np.nan)

    def _left_at_nodes(self) -> Ints:
        network = self.network
        if network.turns is None:
            return self.left_ds
        return first_at_junctions(
            network.streets,
            doors(self.origin),
            self.spent_ds,
            self.found,
            self.labels.left,
            self.limit_ds,
            network.n_nodes,
        )


def doors(points: Snapped) -> Doors:
    """Hand snapped points to a loop."""
    return Doors(points.x, points.y, points.edge, points.fraction, points.distance_m)


def seconds_from(
    network: Network,
    origin: Snapped,
    *,
    limit_s: float,
    spent_s: npt.ArrayLike = 0.0,
    targets: Snapped | None = None,
    workspace: Workspace | None = None,
) -> Reach:
    """Search from one or several points at once; each place keeps the quickest.

    Args:
        network: the streets, of any mode; where they have turns, those count, and a journey may
            set out in either direction that is open.
        origin: starting points; those without an edge are passed over.
        limit_s: seconds; how far the search goes.
        spent_s: seconds already spent at each starting point, one number or one per point.
        targets: end as soon as the times to all of these are known; what is further away than the
            last of them counts as not reached then. One that cannot be reached keeps the search
            going to its limit; those without an edge are passed over.
        workspace: memory to use again, where many searches follow each other; a search made with
            it before is not readable any more.

    Raises:
        ValueError: the limit or the time spent is negative, not finite or beyond all counting;
            or the workspace is of another network.
    """
    if workspace is None:
        workspace = Workspace(network)
    elif workspace.network is not network:
        raise ValueError("the workspace is of another network")
    asked = question(network, origin, limit_s=limit_s, spent_s=spent_s, targets=targets)
    labels, found = workspace.search(asked)
    reached = labels.reached[:found].copy()
    return Reach(
        network, origin, asked.spent_ds, asked.limit_ds, reached, workspace, workspace.searches
    )


def question(
    network: Network,
    origin: Snapped,
    *,
    limit_s: float,
    spent_s: npt.ArrayLike = 0.0,
    targets: Snapped | None = None,
) -> Question:
    """Put what `seconds_from` is asked into the units that the search counts in.

    Raises:
        ValueError: the limit or the time spent is negative, not finite or beyond all counting.
    """
    spent = np.asarray(spent_s, np.float64)
    if not (0 <= limit_s < LONGEST_DS / DECISECONDS and _is_possible(spent)):
        raise ValueError("limit_s and spent_s must be seconds, not negative")
    walk_s = np.where(origin.edge >= 0, origin.distance_m, 0.0) / network.off_street_m_s
    spent_ds = np.minimum(np.rint((spent + walk_s) * DECISECONDS), LONGEST_DS).astype(np.int32)
    ends = NOWHERE
    if targets is not None and len(targets):
        ends = Places(targets.edge, targets.fraction, targets.distance_m)
    return Question(origin, spent_ds, ends, round(limit_s * DECISECONDS))


def _is_possible(spent_s: Floats) -> bool:
    return spent_s.size == 0 or bool(spent_s.min() >= 0 and spent_s.max() < np.inf)
