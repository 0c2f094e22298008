"""What a forecast is made from, as arrays: rolls, where schools belong, births, homes, housing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from planning.arrays import Floats, Ints

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
class Homes:
    """Small areas that pupils live in, and the larger units that each is part of.

    Attributes:
        codes: of the small areas; also those of other authorities that pupils come from.
        authority: row of ``Units.authorities`` of each, or ``NONE`` where it is elsewhere: part
            of no authority that is forecast; shape (homes,).
        area: by phase, row of ``Units.areas`` of each or ``NONE``, shape (homes,); a phase whose
            areas have no boundaries is left out.
    """

    codes: tuple[str, ...]
    authority: Ints
    area: Mapping[str, Ints] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Births:
    """Who was born where.

    Attributes:
        codes: small areas or authorities.
        years: school years of birth, by the year they begin in, without a gap.
        born: shape (codes, years); ``NaN`` where not known. Calendar years are turned into school
            years by ``planning.forecast.intake.born``.
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    born: Floats


@dataclass(frozen=True, slots=True)
class Residents:
    """Who lives where in the middle of a calendar year, by year of age.

    Attributes:
        codes: small areas or authorities.
        years: calendar years, without a gap.
        people: shape (codes, years, ages), ages from 0 on; ``NaN`` where not known.
        known_in: first school year whose forecast may use a projection, by the year it begins in;
            ``None`` for estimates, which are known in the year that they tell of.
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    people: Floats
    known_in: int | None = None


@dataclass(frozen=True, slots=True)
class Flows:
    """Pupils by home and school, of one phase in one year; a row for each pair that is told.

    Attributes:
        year: school year of the count, by the year it begins in.
        home: row of ``Homes.codes``, shape (pairs,).
        school: row of ``Rolls.urns``, or ``NONE`` for a school that is not forecast: elsewhere,
            or independent; shape (pairs,).
        pupils: shape (pairs,); zero where suppressed.
        at_most: largest count of a suppressed pair, shape (pairs,); zero where it is told.
    """

    year: int
    home: Ints
    school: Ints
    pupils: Floats
    at_most: Floats


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a forecast of a region is made from.

    Attributes:
        rolls: what was counted.
        units: where each school belongs.
        homes: small areas; needed where flows are known.
        births: by small area, where known.
        births_of_authorities: by authority, where known.
        residents: by small area, ages 0 to 4 at least; stand in for births that are not known.
        projected: by authority, ages 0 to 4 at least; tell how births go on after the last known.
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
    homes: Homes | None = None
    births: Births | None = None
    births_of_authorities: Births | None = None
    residents: Residents | None = None
    projected: Residents | None = None
    flows: Mapping[str, tuple[Flows, ...]] = field(default_factory=dict)
    moved_in: Floats | None = None
    capped: Floats | None = None
    totals: Floats | None = None
