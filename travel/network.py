"""A street network as flat arrays: what every search, snap and isochrone reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from travel.paths.entries import Streets
from travel.turns import Turns

if TYPE_CHECKING:
    import networkx as nx  # costs a tenth of a second that most commands need not spend

    from travel.drawing.ground import Grounds
    from travel.paths.search import Workspaces
    from travel.routes.steps import Steps

Mode = Literal["walk", "wheels", "cycle", "cycle_quiet", "drive", "school_run"]
"""Ways of travelling: on foot, with a pram or in a wheelchair, by bicycle (direct or quiet), by
car (with the road to oneself, or between 8 and 9 on a school morning)."""

DECISECONDS = 10
"""Parts of a second that travel times are counted in."""

M_PER_S = 1000 / 3600
"""Metres a second in one kilometre an hour."""


class Frame(NamedTuple):
    """A grid of square cells laid over the ground.

    Attributes:
        x0: west edge, EPSG:27700 metres.
        y0: south edge.
        cell_m: side of a cell.
        columns: cells from west to east.
        rows: cells from south to north.
    """

    x0: float
    y0: float
    cell_m: float
    columns: int
    rows: int


@dataclass(frozen=True, eq=False)
class Network:
    """Streets and paths open to one way of travelling, all connected with each other.

    Nodes are junctions and dead ends, numbered along a Hilbert curve. Edges run between them and
    keep their shape; each has one pace, so that a fraction of its length is the same fraction of
    its time. Arcs are the directions in which edges may be travelled, by the node they leave.

    Attributes:
        mode: the way of travelling.
        off_street_kmh: pace between a place and the street it is snapped to.
        date: when the streets were current, if the extract said.
        x: metres EPSG:27700, ``float64``, one per node.
        y: likewise.
        tail: ``int32``, the node where each edge's shape starts.
        head: ``int32``, the node where it ends.
        length_m: ``float64``, one per edge.
        forward_ds: ``int32`` deciseconds from tail to head; -1 where that is not allowed.
        backward_ds: ``int32`` deciseconds from head to tail; -1 where that is not allowed.
        traits: ``uint8``, what the mode should know of each edge; see `travel.rules.verdict`.
        climb_m: ``float32`` metres climbed along each edge from tail to head; zeros where no
            heights are known.
        descent_m: likewise from head to tail.
        shape_start: ``int64``, edges + 1; the shape of edge *i* is the points
            ``shape_start[i]`` up to ``shape_start[i + 1]``, both ends included.
        shape_x: metres EPSG:27700, ``float64``, one per shape point.
        shape_y: likewise.
        shape_m: ``float64`` metres along the edge, from its tail.
        shape_edge: ``int32``, the edge of each shape point.
        arc_start: ``uint32``, nodes + 1; arcs that leave node *i*.
        arcs: ``uint64``: the node an arc leads to, and its deciseconds in the upper half.
        arc_edge: ``int32``, the edge of each arc.
        frame: the grid that finds segments by place.
        cell_start: ``int32``, cells + 1, row by row from the south west.
        cell_segment: ``int32``, segments that touch each cell; a segment is named by the
            position of its second shape point.
        coverage: where travel times can be given, EPSG:27700.
        network_id: digest of all; two networks with one id are the same.
        turns: what turning at junctions costs, and where it is forbidden; ``None`` for modes that
            turn freely.
        has_heights: whether heights were known when the network was built.
    """

    mode: Mode
    off_street_kmh: float
    date: datetime | None
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    tail: npt.NDArray[np.int32]
    head: npt.NDArray[np.int32]
    length_m: npt.NDArray[np.float64]
    forward_ds: npt.NDArray[np.int32]
    backward_ds: npt.NDArray[np.int32]
    traits: npt.NDArray[np.uint8]
    climb_m: npt.NDArray[np.float32]
    descent_m: npt.NDArray[np.float32]
    shape_start: npt.NDArray[np.int64]
    shape_x: npt.NDArray[np.float64]
    shape_y: npt.NDArray[np.float64]
    shape_m: npt.NDArray[np.float64]
    shape_edge: npt.NDArray[np.int32]
    arc_start: npt.NDArray[np.uint32]
    arcs: npt.NDArray[np.uint64]
    arc_edge: npt.NDArray[np.int32]
    frame: Frame
    cell_start: npt.NDArray[np.int32]
    cell_segment: npt.NDArray[np.int32]
    coverage: shapely.MultiPolygon
    network_id: str
    turns: Turns | None = None
    has_heights: bool = False

    def save(self, folder: Path) -> None:
        """Write the network into a folder; see `travel.storage`."""
        from travel.storage import save_network  # noqa: PLC0415 - it needs this module

        save_network(self, folder)

    @staticmethod
    def load(folder: Path) -> Network:
        """Open a saved network in milliseconds: its arrays are mapped, not read.

        Raises:
            NetworkError: there is none in the folder, or it is damaged or of another version.
        """
        from travel.storage import load_network  # noqa: PLC0415 - it needs this module

        return load_network(folder)

    @staticmethod
    def from_osmnx(graph: nx.MultiDiGraph, *, mode: Mode = "walk") -> Network:
        """Make a network of an OSMnx graph; see `travel.interchange`."""
        from travel.interchange import from_osmnx  # noqa: PLC0415 - it needs this module

        return from_osmnx(graph, mode=mode)

    def to_networkx(self) -> nx.MultiDiGraph:
        """Make a graph that networkx and OSMnx understand; see `travel.interchange`."""
        from travel.interchange import to_networkx  # noqa: PLC0415 - it needs this module

        return to_networkx(self)

    @property
    def n_nodes(self) -> int:
        """Junctions and dead ends."""
        return self.x.size

    @property
    def n_edges(self) -> int:
        """Stretches of street between them."""
        return self.tail.size

    @property
    def off_street_m_s(self) -> float:
        """Pace between a place and its street, metres a second."""
        return self.off_street_kmh * M_PER_S

    @cached_property
    def streets(self) -> Streets:
        """What the loops of a search read: arcs between nodes, or turns between states."""
        from travel.paths.streets import streets_of  # noqa: PLC0415 - it needs this module

        return streets_of(self)

    @cached_property
    def workspaces(self) -> Workspaces:
        """Memory that searches use again; see `travel.paths.search`."""
        from travel.paths.search import Workspaces  # noqa: PLC0415 - it needs this module

        return Workspaces(self)

    @cached_property
    def grounds(self) -> Grounds:
        """The street that each point of a grid belongs to; see `travel.drawing.ground`."""
        from travel.drawing.ground import Grounds  # noqa: PLC0415 - it needs this module

        return Grounds(self)

    @cached_property
    def reversed(self) -> Network:
        """The same streets travelled the other way round: searches *from* a place are *to* it.

        A network on which every way takes as long in both directions is its own reverse.
        """
        from travel.directions import reversed_network  # noqa: PLC0415 - it needs this module

        return reversed_network(self)

    @cached_property
    def steps(self) -> Steps:
        """What leads into each junction, or each state; see `travel.routes.steps`."""
        from travel.routes.steps import steps_of  # noqa: PLC0415 - it needs this module

        return steps_of(self)

    @cached_property
    def is_covered(self) -> Covered:
        """Tests of points against the coverage, prepared once."""
        return Covered(self.coverage)

    @cached_property
    def is_in_core(self) -> Covered:
        """Tests of points against the coverage without its rim; see `travel.drawing.rim`."""
        from travel.drawing.rim import core  # noqa: PLC0415 - it needs this module

        return Covered(core(self.coverage))


class Covered:
    """Answers whether points lie where travel times can be given."""

    def __init__(self, coverage: shapely.MultiPolygon) -> None:
        self.coverage = coverage
        shapely.prepare(coverage)

    def __call__(self, x: npt.ArrayLike, y: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Return whether each point (EPSG:27700 metres) lies inside the coverage."""
        return np.asarray(shapely.intersects_xy(self.coverage, np.asarray(x), np.asarray(y)))
