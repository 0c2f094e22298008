"""Streets as those who walk them see them: how long from one junction to another."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from ingest.sample.land.noise import Floats
from ingest.sample.land.web import Ints, Web

METRES_A_MINUTE: Final = 80.0
"""Walking pace: 4.8 km/h."""

LONGEST_MINUTES: Final = 90.0


@dataclass(frozen=True, slots=True)
class Streets:
    """The streets of one county.

    Attributes:
        x: of each junction, EPSG:27700.
        y: of each junction.
        a: first junction of each edge.
        b: last junction of each edge.
        walk_s: seconds on foot along each edge.
    """

    x: Floats
    y: Floats
    a: Ints
    b: Ints
    walk_s: npt.NDArray[np.float32]

    def minutes(self, nodes: Ints) -> npt.NDArray[np.float32]:
        """Return minutes on foot from junctions to all junctions, shape (nodes, junctions).

        Infinite beyond an hour and a half.
        """
        size = len(self.x)
        weight = self.walk_s.astype(np.float64) / 60
        graph = coo_array((weight, (self.a, self.b)), shape=(size, size)).tocsr()
        found = dijkstra(graph, directed=False, indices=np.asarray(nodes), limit=LONGEST_MINUTES)
        return np.asarray(found, dtype=np.float32)


def streets_of(web: Web, x0: float, y0: float) -> Streets:
    """Return a county's streets on the national grid."""
    seconds = web.length_m() / METRES_A_MINUTE * 60
    return Streets(web.x + x0, web.y + y0, web.a, web.b, seconds.astype(np.float32))
