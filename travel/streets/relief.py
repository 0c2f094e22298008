"""What hills do to streets: metres climbed along each, and how much slower or faster they are.

Heights are read every few metres along a street's shape. Under bridges and above tunnels the ground
says nothing, so heights between their ends are taken as an even slope. The height of a junction is
the mean over the first metres of all its streets; between, a moving mean over at least 60 m takes
out what the survey and the hedges add, and the street's ends are held to its junctions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from travel.rules.hills import OnSlope
from travel.streets.chains import Chains

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SMOOTHED_M = 60.0
"""Heights are averaged over this much street."""

STEP_M = 20.0
"""Slopes are taken over steps of about this length."""

STEEPEST = 0.5
"""Slopes beyond are no streets; paces on them are those on this one."""

STEEP = 0.2
"""One in five: few streets are steeper, so many that are speak of wrong heights."""

SLOPES = np.linspace(-STEEPEST, STEEPEST, 1001)
"""Slopes for which paces are worked out; those between take the nearest."""


@dataclass(frozen=True, eq=False, slots=True)
class Relief:
    """Heights for the points that chains name, and what a mode makes of slopes.

    Attributes:
        height_m: one per point; ``NaN`` where not known, or on a bridge or in a tunnel.
        is_raised: whether each point lies on a bridge or in a tunnel.
        between: heights of the ground at other places.
        on_slope: pace on slopes; ``None`` for those whom hills do not slow.
    """

    height_m: Floats
    is_raised: Flags
    between: Callable[[Floats, Floats], Floats]
    on_slope: OnSlope | None


@dataclass(frozen=True, eq=False, slots=True)
class Hills:
    """What hills do to each chain.

    Attributes:
        climb_m: metres climbed from first to last point.
        descent_m: metres climbed the other way.
        forward_ratio: time in the direction of the chain, over that on the flat.
        backward_ratio: time against it.
        steep_m: metres steeper than one in five.
    """

    climb_m: Floats
    descent_m: Floats
    forward_ratio: Floats
    backward_ratio: Floats
    steep_m: float


def hills_along(
    relief: Relief,
    chains: Chains,
    x: Floats,
    y: Floats,
    along_m: Floats,
    ends: tuple[Ints, Ints],
    paces: tuple[Floats, Floats],
) -> Hills:
    """Measure what hills do to each chain.

    Args:
        relief: heights.
        chains: between junctions.
        x: metres EPSG:27700, one per point that the chains name.
        y: likewise.
        along_m: metres along its chain of each of the chains' points.
        ends: numbers of the junctions that each chain leaves and comes to.
        paces: km/h of each chain on the flat, forward and backward.
    """
    start, metres, height = _profiles(relief, chains, x, y, along_m)
    junctions = int(max(ends[0].max(), ends[1].max())) + 1
    kmh, row = np.unique(np.concatenate(paces), return_inverse=True)
    slower = np.ones((kmh.size, SLOPES.size))
    if relief.on_slope is not None:
        for i in np.flatnonzero(kmh > 0).tolist():
            slower[i] = kmh[i] / relief.on_slope(float(kmh[i]), SLOPES)
    forward, backward = row.reshape(2, -1)
    is_known, at_junction = _junctions(start, metres, height, *ends, junctions)
    at_ends = at_junction[ends[0]], at_junction[ends[1]]
    return Hills(*_hills(start, metres, height, is_known, *at_ends, forward, backward, slower))


def level(chains: Ints) -> Hills:
    """Return what the flat does to as many chains: nothing."""
    nothing, same = np.zeros(chains.size), np.ones(chains.size)
    return Hills(nothing, nothing, same, same, 0.0)


def _profiles(
    relief: Relief, chains: Chains, x: Floats, y: Floats, along_m: Floats
) -> tuple[Longs, Floats, Floats]:
    """List heights along each chain: at its points, and every few metres between."""
    point = chains.point
    gap = np.diff(along_m, append=0.0)
    gap[chains.start[1:] - 1] = 0.0
    ahead = np.append(point[1:], point[-1])
    is_open = ~(relief.is_raised[point] & relief.is_raised[ahead])
    more = np.where(is_open, np.floor(gap / STEP_M), 0).astype(np.int64)
    per_point = more + 1
    first = np.concatenate(([0], np.cumsum(per_point)))
    of = np.repeat(np.arange(point.size), per_point)
    share = (np.arange(first[-1]) - first[of]) / per_point[of]
    metres = along_m[of] + share * gap[of]
    height = np.full(of.size, np.nan)
    height[first[:-1]] = relief.height_m[point]
    inner = np.flatnonzero(share > 0)
    at, to, part = point[of[inner]], ahead[of[inner]], share[inner]
    height[inner] = relief.between(x[at] + part * (x[to] - x[at]), y[at] + part * (y[to] - y[at]))
    return first[chains.start], metres, height


@njit(cache=True)
def _fill(metres: Floats, height: Floats) -> bool:
    """Interpolate heights that are not known, in place; say whether any is known."""
    n = height.size
    last = -1
    for i in range(n):
        if np.isnan(height[i]):
            continue
        for j in range(last + 1, i):
            if last < 0:
                height[j] = height[i]
            else:
                share = (metres[j] - metres[last]) / max(metres[i] - metres[last], 1e-9)
                height[j] = height[last] + share * (height[i] - height[last])
        last = i
    for j in range(last + 1, n):
        height[j] = height[last] if last >= 0 else 0.0
    return last >= 0


@njit(cache=True)
def _mean(metres: Floats, height: Floats, low: float, high: float) -> float:
    """Average a profile between two places along it."""
    total = 0.0
    for i in range(1, metres.size):
        a = max(low, metres[i - 1])
        b = min(high, metres[i])
        if b <= a:
            continue
        step = metres[i] - metres[i - 1]
        rise = (height[i] - height[i - 1]) / step
        middle = height[i - 1] + rise * ((a + b) / 2 - metres[i - 1])
        total += middle * (b - a)
    return total / (high - low)


@njit(cache=True)
def _junctions(
    start: Longs, metres: Floats, height: Floats, tail: Ints, head: Ints, junctions: int
) -> tuple[Flags, Floats]:
    """Average heights over the first metres of all streets at each junction.

    Returns:
        Whether any height is known along each chain, and the height of each junction.
    """
    chains = start.size - 1
    total = np.zeros(junctions)
    weight = np.full(junctions, 1e-9)
    is_known = np.zeros(chains, np.bool_)
    for c in range(chains):
        m = metres[start[c] : start[c + 1]]
        z = height[start[c] : start[c + 1]]
        is_known[c] = _fill(m, z) and m[-1] > 0.0
        if is_known[c]:
            reach = min(SMOOTHED_M / 2, m[-1])
            total[tail[c]] += reach * _mean(m, z, 0.0, reach)
            weight[tail[c]] += reach
            total[head[c]] += reach * _mean(m, z, m[-1] - reach, m[-1])
            weight[head[c]] += reach
    return is_known, total / weight


@njit(cache=True)
def _hills(  # noqa: PLR0913, PLR0917 - the arrays of the class above, one by one
    start: Longs,
    metres: Floats,
    height: Floats,
    is_known: Flags,
    at_tail: Floats,
    at_head: Floats,
    forward: Longs,
    backward: Longs,
    slower: Floats,
) -> tuple[Floats, Floats, Floats, Floats, float]:
    """Add up rises and delays over the steps of each chain."""
    climb, descent = np.zeros(start.size - 1), np.zeros(start.size - 1)
    ahead, back = np.ones(start.size - 1), np.ones(start.size - 1)
    steep = 0.0
    middle = (slower.shape[1] - 1) // 2
    for c in np.flatnonzero(is_known):
        m = metres[start[c] : start[c + 1]]
        heights = _smooth(m, height[start[c] : start[c + 1]], at_tail[c], at_head[c])
        steps = heights.size - 1
        ahead[c] = 0.0
        back[c] = 0.0
        for rise in np.diff(heights):
            climb[c] += max(rise, 0.0)
            descent[c] += max(-rise, 0.0)
            slope = min(STEEPEST, max(-STEEPEST, rise * steps / m[-1]))
            k = int(np.rint(slope / STEEPEST * middle))
            ahead[c] += slower[forward[c], middle + k] / steps
            back[c] += slower[backward[c], middle - k] / steps
            if abs(slope) > STEEP:
                steep += m[-1] / steps
    return climb, descent, ahead, back, steep


@njit(cache=True)
def _smooth(metres: Floats, height: Floats, at_tail: float, at_head: float) -> Floats:
    """Take heights every few metres, averaged along the chain and held to its junctions."""
    half = SMOOTHED_M / 2
    length = metres[-1]
    steps = max(1, int(np.rint(length / STEP_M)))
    smooth = np.empty(steps + 1)
    for i in range(steps + 1):
        at = i * length / steps
        smooth[i] = _mean(metres, height, max(at - half, 0.0), min(at + half, length))
    lift_tail = at_tail - smooth[0]
    lift_head = at_head - smooth[steps]
    for i in range(steps + 1):
        smooth[i] += lift_tail + (lift_head - lift_tail) * i / steps
    return smooth
