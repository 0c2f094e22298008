"""A timetable laid on streets: where its stops are, and who can walk to whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from config.assumptions import assumptions
from travel.errors import TimetableError
from travel.network import DECISECONDS, Network
from travel.paths.search import Workspace, seconds_from
from travel.paths.times import times_to
from travel.snapping import Snapped, snap
from travel.transit.clock import MINUTE_S
from travel.transit.issues import Issues
from travel.transit.rides import Rides, Walks, frozen, turned
from travel.transit.storage import load_arrays, save_arrays
from travel.transit.timetable import Timetable, digest

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

ABOUT = "transit.json"

OUTSIDE = "outside_streets"
"""The rule that names stops outside the streets that were loaded: a border, no fault."""

ARRAYS = (
    "stop_edge",
    "stop_fraction",
    "stop_distance_m",
    "foot_start",
    "foot_stop",
    "foot_s",
)


@dataclass(frozen=True, eq=False)
class Transit:
    """One day's public transport on the streets of a walking network.

    Attributes:
        timetable: what runs.
        network: the streets; where they may not be walked both ways, that is kept to.
        stops: the timetable's stops on their streets; no edge where none is near.
        foot: from every stop to those that can be walked to between two rides, itself included;
            seconds rounded up, the time kept free for a change included.
        transit_id: digest of all the above.
    """

    timetable: Timetable
    network: Network
    stops: Snapped
    foot: Walks
    transit_id: str

    @cached_property
    def onward(self) -> Direction:
        """Streets and rides as time runs."""
        walks_on = dict(zip(("foot_start", "foot_stop", "foot_s"), self.foot, strict=True))
        arrays: dict[str, Any] = {
            name: walks_on[name] if name in walks_on else getattr(self.timetable, name)
            for name in Rides._fields
        }
        return Direction(self.network, frozen(Rides(**arrays)))

    @cached_property
    def backward(self) -> Direction:
        """Streets and rides with time running backwards."""
        return Direction(self.network.reversed, turned(self.onward.rides))

    def save(self, folder: Path) -> None:
        """Write the timetable and its walks; the streets have a folder of their own."""
        self.timetable.save(folder)
        about = {
            "transit_id": self.transit_id,
            "timetable_id": self.timetable.timetable_id,
            "network_id": self.network.network_id,
        }
        save_arrays(folder, ABOUT, about, _arrays(self.stops, self.foot))

    @staticmethod
    def load(folder: Path, network: Network) -> Transit:
        """Open what was saved, for the streets it was laid on.

        Raises:
            TimetableError: there is nothing in the folder, it is damaged or of another version,
                or it was laid on other streets.
        """
        timetable = Timetable.load(folder)
        about, arrays = load_arrays(folder, ABOUT, ARRAYS)
        for what, found in (
            ("timetable", timetable.timetable_id),
            ("network", network.network_id),
        ):
            if about.get(f"{what}_id") != found:
                raise TimetableError(
                    f"{folder / ABOUT} belongs to the {what} {about.get(f'{what}_id')}, "
                    f"not to {found}",
                    hint="lay the timetable on these streets again.",
                )
        edge, fraction, distance, *foot = (arrays[name] for name in ARRAYS)
        stops = _as_compiled(Snapped(timetable.x, timetable.y, edge, fraction, distance))
        return Transit(timetable, network, stops, Walks(*foot), about.get("transit_id", ""))


@dataclass(frozen=True, slots=True)
class Direction:
    """Streets and rides, both in the same direction of time."""

    network: Network
    rides: Rides


def lay_on_streets(
    timetable: Timetable, network: Network
) -> tuple[Transit, tuple[tuple[str, str, str], ...]]:
    """Find the streets of a timetable's stops, and the walks between them.

    Stops with no street near, or outside the coverage, stay in the timetable: vehicles pass them,
    but nobody gets there on foot.

    Args:
        timetable: one day's.
        network: streets to walk on.

    Returns:
        Both together, and ``(rule, file, says)`` of stops without a street.

    Raises:
        TimetableError: no stop lies on the network.
    """
    issues = Issues()
    stops = snap(network, timetable.x.copy(), timetable.y.copy())
    if not stops.is_on_street.any():
        raise TimetableError(
            f"none of the {timetable.n_stops:,} stops lies on the streets that were loaded",
            hint="use a timetable and a street extract of the same area.",
        )
    is_covered = network.is_covered(timetable.x, timetable.y)
    far = timetable.stop_id[is_covered & ~stops.is_on_street].tolist()
    issues.add("off_network", "stops.txt", far, "no street of the network near; nobody walks there")
    beyond = timetable.stop_id[~is_covered].tolist()
    issues.add(OUTSIDE, "stops.txt", beyond, "outside the streets loaded; nobody walks there")
    limit_s = assumptions("transit")["change_walk"].value * MINUTE_S
    foot = _with_change(walks(network, stops, stops, limit_s=limit_s), change_s())
    whole = digest(_arrays(stops, foot), timetable.timetable_id, network.network_id)
    return Transit(timetable, network, stops, foot, whole), tuple(issues.entries)


def change_s() -> int:
    """Return the seconds kept free for a change, beside any walk."""
    return round(assumptions("transit")["change"].value)


def stop_walk_s() -> float:
    """Return the longest walk to the first stop and from the last, seconds."""
    return assumptions("transit")["stop_walk"].value * MINUTE_S


def walks(network: Network, places: Snapped, stops: Snapped, *, limit_s: float) -> Walks:
    """Measure the walks from each place to the stops within a limit.

    Args:
        network: the streets.
        places: on their streets.
        stops: likewise.
        limit_s: seconds of the longest walk.
    """
    found: list[tuple[Ints, Ints]] = []
    reachable = np.flatnonzero(stops.is_on_street)
    tree = cKDTree(np.column_stack((stops.x[reachable], stops.y[reachable])))
    radius_m = limit_s * _fastest_m_s(network)
    nobody = np.zeros(0, np.int32), np.zeros(0, np.int32)
    workspace = Workspace(network)
    for place in range(len(places)):
        if places.edge[place] < 0:
            found.append(nobody)
            continue
        near = tree.query_ball_point((places.x[place], places.y[place]), radius_m)
        if not near:
            found.append(nobody)
            continue
        stop = reachable[np.sort(near)]
        there = stops[stop]
        reach = seconds_from(
            network,
            places[place : place + 1],
            limit_s=limit_s,
            targets=there,
            workspace=workspace,
        )
        seconds = whole_seconds(times_to(reach, there).seconds)
        is_near = seconds >= 0
        found.append((stop[is_near].astype(np.int32), seconds[is_near]))
    size = np.array([stop.size for stop, _ in found], np.int64)
    stop, seconds = (np.concatenate([nobody[0], *(each[i] for each in found)]) for i in (0, 1))
    return fixed(np.concatenate(([0], np.cumsum(size))), stop, seconds)


def whole_seconds(seconds: Floats) -> Ints:
    """Round deciseconds up, so that no walk is shorter than it is; -1 where there is none."""
    deciseconds = np.rint(np.nan_to_num(seconds, nan=-1.0) * DECISECONDS)
    return np.ceil(deciseconds / DECISECONDS).astype(np.int32)


def _as_compiled(points: Snapped) -> Snapped:
    """Copy points that may not be written to; the loops of `travel` are compiled for others."""
    return points[np.arange(len(points))]


def _fastest_m_s(network: Network) -> float:
    """Return the greatest pace that whole deciseconds make of any edge."""
    quickest = np.maximum(np.maximum(network.forward_ds, network.backward_ds), 1)
    return max(network.off_street_m_s, float((network.length_m / quickest).max()) * DECISECONDS)


def _with_change(foot: Walks, change_s: int) -> Walks:
    """Add the time kept free to every walk, and the change without a walk at each stop."""
    n_stops = foot.start.size - 1
    walker = np.repeat(np.arange(n_stops), foot.start[1:] - foot.start[:-1])
    is_elsewhere = foot.stop != walker
    everyone = np.arange(n_stops)
    walker = np.concatenate((everyone, walker[is_elsewhere]))
    to = np.concatenate((everyone, foot.stop[is_elsewhere]))
    seconds = np.concatenate((np.zeros(n_stops, np.int32), foot.seconds[is_elsewhere])) + change_s
    order = np.argsort(walker, kind="stable")
    start = np.concatenate(([0], np.cumsum(np.bincount(walker, minlength=n_stops))))
    return fixed(start, to[order], seconds[order])


def fixed(start: npt.ArrayLike, stop: npt.ArrayLike, seconds: npt.ArrayLike) -> Walks:
    """Return walks as the search is compiled for."""
    arrays = [np.ascontiguousarray(each, np.int32) for each in (start, stop, seconds)]
    for each in arrays:
        each.flags.writeable = False
    return Walks(*arrays)


def _arrays(stops: Snapped, foot: Walks) -> dict[str, npt.NDArray[np.generic]]:
    return dict(zip(ARRAYS, (stops.edge, stops.fraction, stops.distance_m, *foot), strict=True))
