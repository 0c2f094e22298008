"""Methods that a planner has set, whatever their record."""

from collections.abc import Mapping

import numpy as np

from planning.arrays import Bools, Floats, Ints, Singles
from planning.forecast.methods import Method
from planning.forecast.results import METHODS, PHASE_NAMES, Choice, Level, Range, of_parts
from planning.forecast.spreads import spreads_of

Pins = Mapping[tuple[Level, str, str], Method]
"""Methods that a planner has set, by level, code of the unit and phase."""


def pinned(
    choice: Ints, pins: Pins, level: Level, codes: tuple[str, ...], said: Floats
) -> tuple[Ints, Bools]:
    """Put pinned methods in place of those chosen.

    Args:
        choice: place of the method, shape (units, phases).
        pins: of all levels.
        level: of the units.
        codes: of the units.
        said: what methods say, shape (methods, units, years ahead, groups).

    Returns:
        The choice, and which of it is pinned.

    Raises:
        ValueError: a method that says nothing of the unit.
    """
    found, is_pinned = choice.copy(), np.zeros(choice.shape, bool)
    place = {code: row for row, code in enumerate(codes)}
    for (of_level, code, phase), method in pins.items():
        if of_level is not level or code not in place:
            continue
        unit, column = place[code], PHASE_NAMES.index(phase)
        row = METHODS.index(method)
        if not np.isfinite(said[row, unit]).any():
            raise ValueError(f"{method} cannot be used for {level} {code}: too little is known")
        found[unit, column], is_pinned[unit, column] = row, True
    return found, is_pinned


def refuse_unknown(pins: Pins, codes: Mapping[Level, tuple[str, ...]]) -> None:
    """Refuse pins of units and phases that are not there.

    Raises:
        ValueError: the message names the unit.
    """
    known = {level: frozenset(each) for level, each in codes.items()}
    for level, code, phase in pins:
        if phase not in PHASE_NAMES:
            raise ValueError(f"{phase!r} is no phase; there are {', '.join(PHASE_NAMES)}")
        if code not in known[level]:
            raise ValueError(f"a method is pinned for {level} {code}, which is not forecast")


def ranges_of_pinned(
    ranges: Mapping[int, Range], choice: Choice, expected: Floats, said: Singles, came: Singles
) -> dict[int, Range]:
    """Give a pinned forecast the ranges that its own method has earned.

    Args:
        ranges: of the forecasts chosen, by level.
        choice: of the units.
        expected: shape (units, years ahead, parts).
        said: what each method would have said, shape (methods, origins, units, years ahead,
            parts).
        came: shape (origins, units, years ahead, parts).
    """
    method = of_parts(choice.method, expected[:, 0])
    is_pinned = of_parts(choice.is_pinned, expected[:, 0])
    found = dict(ranges)
    for row in np.unique(method[is_pinned]):
        earned = spreads_of(said[row], came).ranges(expected)
        mine = (is_pinned & (method == row))[:, np.newaxis, :]
        for level, span in found.items():
            own = earned[level]
            found[level] = Range(
                np.where(mine, own.low, span.low), np.where(mine, own.high, span.high)
            )
    return found
