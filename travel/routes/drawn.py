"""The line of a way, from door to door."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from travel.network import Network
from travel.routes.course import Course, Leg
from travel.snapping import Snapped

Floats = npt.NDArray[np.float64]


def drawn(network: Network, origin: Snapped, to: Snapped, course: Course) -> tuple[Floats, Floats]:
    """Draw a way: straight to the street, along the shapes of its edges, straight to the door.

    Returns:
        Metres EPSG:27700, x and y, at least two points; none follows itself, but where the way
        leads nowhere.
    """
    parts = [origin_xy := _at(origin)]
    if not course.is_straight:
        parts += [_foot(network, origin), *(_shape(network, leg) for leg in course.legs)]
        parts.append(_foot(network, to))
    parts.append(_at(to))
    x, y = np.concatenate(parts, axis=1)
    is_new = np.concatenate(([True], (np.diff(x) != 0.0) | (np.diff(y) != 0.0)))
    if is_new.sum() == 1:
        return np.repeat(origin_xy[0], 2), np.repeat(origin_xy[1], 2)
    return x[is_new], y[is_new]


def _at(point: Snapped) -> Floats:
    return np.array([point.x, point.y])


def _foot(network: Network, point: Snapped) -> Floats:
    """Return where a point's street is nearest to it."""
    fraction = float(point.fraction[0])
    return _shape(network, Leg(int(point.edge[0]), fraction, fraction))[:, :1]


def _shape(network: Network, leg: Leg) -> Floats:
    """Return the points of a part of an edge, in the direction that it is travelled."""
    first, last = int(network.shape_start[leg.edge]), int(network.shape_start[leg.edge + 1])
    x, y, along = (
        array[first:last] for array in (network.shape_x, network.shape_y, network.shape_m)
    )
    if {leg.begin, leg.end} == {0.0, 1.0}:
        whole = np.array([x, y])
        return whole if leg.is_forward else whole[:, ::-1]
    ends = np.array(sorted((leg.begin, leg.end))) * network.length_m[leg.edge]
    is_between = (along > ends[0]) & (along < ends[1])
    at = np.concatenate((ends[:1], along[is_between], ends[1:]))
    points = np.array([np.interp(at, along, x), np.interp(at, along, y)])
    return points if leg.is_forward else points[:, ::-1]
