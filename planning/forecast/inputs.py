"""What a forecast is made from, as arrays: rolls, where schools belong, births, homes, housing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from planning.arrays import Bools, Floats, Ints

GROUPS: Final = ("R", *(str(year) for year in range(1, 15)))
"""Year groups in the order in which pupils pass them; the last axis of every roll."""

PRIMARY: Final = slice(0, 7)
SECONDARY: Final = slice(7, 12)
SIXTH_FORM: Final = slice(12, 15)
PHASES: Final[Mapping[str, slice]] = {
    "primary": PRIMARY,
    "secondary": SECONDARY,
    "sixth_form": SIXTH_FORM,
}
"""Year groups that are added up: reception to 6, 7 to 11 and 12 to 14, whatever the school."""

NONE: Final = -1
"""In place of a row: the school is in no such unit."""


@dataclass(frozen=True, slots=True)
class Rolls:
    """Pupils counted, school by school, each under its newest URN.

    Attributes:
        urns: shape (schools,).
        years: school years without a gap, oldest first, by the year they begin in: 2019 is
            2019/20.
        pupils: headcounts, shape (schools, years, groups); ``NaN`` where not known, zero where
            nobody was in the group.
        by_sex: the same of girls (``F``) and boys (``M``), where they are told apart.
    """

    urns: Ints
    years: tuple[int, ...]
    pupils: Floats
    by_sex: Mapping[str, Floats] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Units:
    """Which larger units each school is part of.

    Attributes:
        authorities: GSS codes.
        authority: row of ``authorities`` of each school, shape (schools,).
        areas: by phase, codes of the planning areas.
        area: by phase, row of ``areas`` of each school or ``NONE``, shape (schools,).
    """

    authorities: tuple[str, ...]
    authority: Ints
    areas: Mapping[str, tuple[str, ...]]
    area: Mapping[str, Ints]


@dataclass(frozen=True, slots=True)
class Births:
    """Who was born where.

    Attributes:
        codes: small areas or authorities.
        years: school years of birth, by the year they begin in, without a gap.
        born: shape (codes, years); ``NaN`` where not known.
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    born: Floats


@dataclass(frozen=True, slots=True)
class Flows:
    """Pupils by home and school, of one phase.

    Attributes:
        codes: small areas that the pupils live in; also of other authorities.
        year: school year of the count, by the year it begins in.
        pupils: shape (codes, schools as in ``Rolls``); zero where nobody or suppressed.
        at_most: largest count of a suppressed cell, shape as ``pupils``; zero where it is told.
        is_elsewhere: homes outside the authorities forecast, shape (codes,).
    """

    codes: tuple[str, ...]
    year: int
    pupils: Floats
    at_most: Floats
    is_elsewhere: Bools


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a forecast of a region is made from.

    Attributes:
        rolls: what was counted.
        units: where each school belongs.
        births: by small area, where known.
        births_of_authorities: by authority, where known.
        flows: by phase, one a year, oldest first; empty where homes are not known.
        moved_in: pupils expected from planned homes, shape (schools, years ahead, groups), beyond
            what moving in has brought so far; ``None`` where no site is known.
        capped: most that a school admits, shape (schools, groups), where a planner says that it
            constrains; ``NaN`` elsewhere.
        totals: pupils of all year groups, shape (schools, years), of schools whose ``pupils`` are
            all ``NaN`` since only their total is known; ``None`` where there are none such.
    """

    rolls: Rolls
    units: Units
    births: Births | None = None
    births_of_authorities: Births | None = None
    flows: Mapping[str, tuple[Flows, ...]] = field(default_factory=dict)
    moved_in: Floats | None = None
    capped: Floats | None = None
    totals: Floats | None = None
