"""Intakes that a planner limits: who finds no place goes to another school, or is told of."""

from dataclasses import dataclass

import numpy as np

from planning.arrays import Floats, Ints

_HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Placed:
    """Who enters where, when limits hold.

    Attributes:
        intake: of each school, shape (schools, …).
        unplaced: pupils whom no school of their authority has room for, shape (authorities, …).
    """

    intake: Floats
    unplaced: Floats


def placed(
    wanted: Floats, most: Floats, *, area: Ints, authority: Ints, authorities: int
) -> Placed:
    """Send those whom a full school cannot take to schools with room.

    Schools of the same planning area come first, then those of the same authority; within each in
    proportion to how many want them, as far as they have room. A school without a limit has room
    for everybody. Nobody is lost: intakes and unplaced add up to what was wanted.

    Args:
        wanted: pupils who would enter each school, shape (schools, …).
        most: that each takes in, shape (schools,); ``NaN`` where nothing limits it.
        area: row of each school's planning area or ``NONE``, shape (schools,).
        authority: row of each school's authority, shape (schools,).
        authorities: how many there are.

    Raises:
        ValueError: a limit below zero.
    """
    if np.any(most < 0):
        raise ValueError(f"no school can take in {np.nanmin(most):g} pupils")
    axes = tuple(range(1, wanted.ndim))
    takes = (wanted > 0).any(axis=axes) if axes else wanted > 0
    limit = np.where(takes, np.where(np.isnan(most), np.inf, most), 0.0)
    limit = limit.reshape(-1, *[1] * len(axes))
    intake = np.minimum(wanted, limit)
    intake, left = _taken(intake, wanted - intake, limit, area)
    intake, left = _taken(intake, left, limit, authority)
    return Placed(intake, _added(left, authority, authorities))


def _taken(intake: Floats, over: Floats, limit: Floats, unit: Ints) -> tuple[Floats, Floats]:
    """Let schools of the same unit take in who is over.

    Returns:
        Intakes, and those still left by the school that they come from, both (schools, …).
    """
    within = unit >= 0
    if not within.any():
        return intake, over
    units = int(unit.max()) + 1
    row = np.maximum(unit, 0)
    inside = within.reshape(-1, *[1] * (intake.ndim - 1))
    seeking = _added(over, unit, units)
    room = np.where(inside, limit - intake, 0.0)
    given = _filled(seeking, room, np.where(room > 0, intake, 0.0), unit, units)
    left = seeking - _added(given, unit, units)
    still = np.divide(left, seeking, out=np.zeros_like(seeking), where=seeking > 0)
    return intake + given, np.where(inside, over * np.clip(still, 0.0, 1.0)[row], over)


def _filled(seeking: Floats, room: Floats, weight: Floats, unit: Ints, units: int) -> Floats:
    """Hand out who seeks a place in proportion to weight, up to the room of each."""
    row = np.maximum(unit, 0)
    finite = np.where(np.isinf(room), seeking[row], room)
    found = np.minimum(_added(finite, unit, units), seeking)
    low, high = np.zeros_like(seeking), 1 + 1e6 * seeking
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        given = np.minimum(weight * middle[row], finite)
        too_few = _added(given, unit, units) < found
        low, high = np.where(too_few, middle, low), np.where(too_few, high, middle)
    given = np.minimum(weight * low[row], finite)
    short = found - _added(given, unit, units)
    spare = finite - given
    total = _added(spare, unit, units)
    part = np.divide(short, total, out=np.zeros_like(short), where=total > 0)
    return np.asarray(given + spare * np.clip(part, 0.0, 1.0)[row])


def _added(values: Floats, unit: Ints, units: int) -> Floats:
    total = np.zeros((units, *values.shape[1:]))
    within = unit >= 0
    np.add.at(total, unit[within], values[within])
    return total
