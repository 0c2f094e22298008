"""What a forecast of a region says: numbers, their ranges, and how each method has done.

The last axis of most arrays is ``PARTS``: the year groups, then the sums. ``NaN`` stands wherever
nothing is said: a year beyond the horizon of its phase, a unit whose rolls are not known, a range
without a record. A year group that a unit does not have is zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np

from planning.arrays import Bools, Floats, Ints, Singles
from planning.forecast.inputs import GROUPS, PHASES
from planning.forecast.methods import Method

PARTS: Final = (*GROUPS, *PHASES, "all")
"""Year groups and sums, as in the tables: R to 14, primary, secondary, sixth_form and all."""

PHASE_NAMES: Final = tuple(PHASES)
"""Primary, secondary and sixth_form: the axis of everything that is chosen by phase."""

METHODS: Final = tuple(Method)
"""The axis of everything that is told of every method."""

FINAL: Final = "chosen"
"""What the forecast itself is called where it stands beside the methods it was chosen from."""

LEVELS: Final = (80, 95)
"""Outcomes in a hundred that a range is to hold."""


class Level(StrEnum):
    """What is forecast as a whole."""

    SCHOOL = "school"
    PLANNING_AREA = "planning_area"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Range:
    """The lower and upper end of what is expected, shape (units, years ahead, parts)."""

    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Choice:
    """Which method each unit uses in each phase, and how all of them have done there.

    Attributes:
        method: place in ``METHODS``, or ``NONE`` where the unit has no such phase; shape
            (units, phases).
        is_pinned: a planner said so, same shape.
        tried: forecasts compared with what came, shape (methods, units, phases); zero where the
            method could not be used, and for schools without a history.
        error_pupils: mean absolute error of the phase's sum, all years ahead, same shape.
        error_pct: the same as a share of the pupils who came, in per cent.
        signed_pct: mean error in per cent; above zero: too many expected.
        intake_basis: by phase, which level intakes come from (``small_area``, ``planning_area``,
            ``authority`` or ``recent``), one word for each unit; empty where it has none.
    """

    method: Ints
    is_pinned: Bools
    tried: Ints
    error_pupils: Floats
    error_pct: Floats
    signed_pct: Floats
    intake_basis: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How each method has done at one level, over all units and origins.

    Attributes:
        by: names of the methods, and ``FINAL`` last; the first axis.
        tried: forecasts compared with what came, shape (methods, years ahead, parts).
        error_pupils: mean absolute error, same shape.
        error_pct: mean of the absolute errors as shares of the pupils who came, in per cent.
        signed_pct: the same with its sign; above zero: too many expected.
        within_pct: by ``LEVELS``, how many outcomes in a hundred lay within the range, same
            shape; of ``FINAL`` alone, ``NaN`` elsewhere. Each origin's ranges were made from the
            errors of other origins, never from its own.
    """

    by: tuple[str, ...]
    tried: Ints
    error_pupils: Floats
    error_pct: Floats
    signed_pct: Floats
    within_pct: Mapping[int, Floats]


@dataclass(frozen=True, slots=True)
class Record:
    """What would have been said in earlier years, and what came.

    Attributes:
        origins: school years whose roll was the last one known, by the year they begin in.
        by: names of the methods, and ``FINAL`` last: chosen with what was known at the origin.
        said: shape (methods, origins, units, years ahead, parts); float32.
        came: shape (origins, units, years ahead, parts); ``NaN`` where it has not come yet.
    """

    origins: tuple[int, ...]
    by: tuple[str, ...]
    said: Singles
    came: Singles


@dataclass(frozen=True, slots=True)
class LevelForecast:
    """The forecast of all units of one level.

    Attributes:
        level: of the units.
        codes: URNs as text, codes of planning areas or GSS codes of authorities.
        expected: pupils by the methods chosen, added up so that levels agree; shape
            (units, years ahead, parts).
        ranges: by ``LEVELS``, around ``expected``.
        said: by method, what it says for itself, not yet made to agree; shape of ``expected``.
            A method that could not be used is not there.
        by_sex: ``F`` and ``M``, same shape, adding up to ``expected``; empty where rolls do not
            tell.
        choice: of the method.
        accuracy: of every method, and of the forecast.
        record: behind both.
    """

    level: Level
    codes: tuple[str, ...]
    expected: Floats
    ranges: Mapping[int, Range]
    said: Mapping[Method, Floats]
    by_sex: Mapping[str, Floats]
    choice: Choice
    accuracy: Accuracy
    record: Record


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Pupils whom no school's room could hold, where a planner has set limits.

    Attributes:
        authorities: GSS codes, the rows.
        pupils: who would be in the group, shape (authorities, years ahead, groups); ``NaN`` beyond
            the horizon. They are part of the authority's forecast and of no school's.
        displaced: pupils who would have entered a school that is full, shape (schools, years
            ahead, groups); below zero: taken in from others.
    """

    authorities: tuple[str, ...]
    pupils: Floats
    displaced: Floats


@dataclass(frozen=True, slots=True)
class Forecasts:
    """The forecast of a region.

    Attributes:
        made_in: school year of the last roll known, by the year it begins in.
        years: school years told of, the first ahead first.
        levels: schools, planning areas and authorities. Schools whose year groups are not known
            have the naive methods on ``all`` alone, and are part of no sum.
        unplaced: where limits are set; ``None`` where none are.
    """

    made_in: int
    years: tuple[int, ...]
    levels: Mapping[Level, LevelForecast]
    unplaced: Unplaced | None = None


def method_of_part(choice: Choice, pupils: Floats) -> Ints:
    """Say which method each part of a unit's forecast is by.

    Args:
        choice: of the units.
        pupils: the last roll, shape (units, parts): ``all`` is by the method of the phase with
            most pupils.

    Returns:
        Place in ``METHODS`` or ``NONE``, shape (units, parts).
    """
    return of_parts(choice.method, pupils)


def of_parts(by_phase: Ints | Bools, pupils: Floats) -> Ints:
    """Spread what is known by phase over the parts of a forecast.

    Args:
        by_phase: shape (units, phases).
        pupils: the last roll, shape (units, parts): ``all`` goes by the phase with most pupils.

    Returns:
        Shape (units, parts).
    """
    of_group = np.repeat(np.arange(len(PHASES)), [len(GROUPS[part]) for part in PHASES.values()])
    sums = slice(len(GROUPS), len(GROUPS) + len(PHASES))
    most = np.argmax(np.nan_to_num(pupils[:, sums]), axis=1)[:, np.newaxis]
    return np.hstack([by_phase[:, of_group], by_phase, np.take_along_axis(by_phase, most, axis=1)])
