"""The field's own words, as types: phases, sectors, statuses, why a number is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType, Self

URN = NewType("URN", int)
"""Unique Reference Number of an establishment in the register; six digits, never reused."""

BRITISH_GRID: Final = 27700
"""EPSG code of ``x``/``y``: British National Grid, metres."""

WGS84: Final = 4326
"""EPSG code of ``lon``/``lat``: degrees."""


class Phase(StrEnum):
    """Which part of schooling a school serves; drawn from type, phase and ages in the register."""

    NURSERY = "nursery"
    PRIMARY = "primary"
    MIDDLE = "middle"
    SECONDARY = "secondary"
    ALL_THROUGH = "all_through"
    SIXTEEN_PLUS = "sixteen_plus"
    SPECIAL = "special"
    ALTERNATIVE = "alternative"
    NOT_STATED = "not_stated"


MAINSTREAM: Final = frozenset({Phase.PRIMARY, Phase.MIDDLE, Phase.SECONDARY, Phase.ALL_THROUGH})
"""Phases of mainstream schooling, reception to year 11; sixth-form colleges stand apart."""


class Sector(StrEnum):
    """Who pays: the state, or the families."""

    STATE = "state"
    INDEPENDENT = "independent"


class SchoolStatus(StrEnum):
    """Where in its life a school is."""

    OPEN = "open"
    CLOSING = "closing"
    PROPOSED = "proposed"
    CLOSED = "closed"


IN_USE: Final = frozenset({SchoolStatus.OPEN, SchoolStatus.CLOSING})
"""Statuses of schools that children go to today; one proposed to close is still one of them."""


class AreaKind(StrEnum):
    """Kinds of area, from wide to narrow; the name carries the vintage where there is one."""

    AUTHORITY = "authority"
    WARD25 = "ward25"
    LSOA21 = "lsoa21"


class Status(StrEnum):
    """Whether a value is there, and if not, why: four things, never one."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    FORECAST = "forecast"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"
    UNAVAILABLE = "unavailable"


class ChangeKind(StrEnum):
    """Kinds of change from one build to another that readers notice, in reading order."""

    SCHOOL_OPENED = "school_opened"
    SCHOOL_CLOSED = "school_closed"
    SCHOOL_GONE = "school_gone"
    SCHOOL_PROPOSED = "school_proposed"
    SCHOOL_RENAMED = "school_renamed"
    SCHOOL_PHASE = "school_phase"
    VALUES = "values"
    MEASURE_NEW = "measure_new"
    MEASURE_GONE = "measure_gone"
    SOURCE_RELEASE = "source_release"
    SOURCE_NEW = "source_new"
    SOURCE_GONE = "source_gone"
    COVERAGE = "coverage"


_POSTCODE = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})$")


def postcode(text: str) -> str | None:
    """Spell a postcode as Royal Mail does, or return ``None`` if it cannot be one.

    >>> postcode("le156hp")
    'LE15 6HP'
    >>> postcode(" e1 6 an")
    'E1 6AN'
    >>> postcode("Oakham") is None
    True
    """
    match = _POSTCODE.match(re.sub(r"[^A-Z0-9]", "", text.upper()))
    return f"{match[1]} {match[2]}" if match else None


@dataclass(frozen=True, order=True, slots=True)
class AcademicYear:
    """A school year, named by the calendar year in which it starts.

    >>> AcademicYear.parse("202425")
    AcademicYear(start=2024)
    >>> str(AcademicYear(2024))
    '2024/25'
    """

    start: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read DfE's six digits (``202425``) or the printed form (``2024/25``).

        Raises:
            ValueError: the two halves are not consecutive years.
        """
        match = re.fullmatch(r"(\d{4})/?(\d{2})", text.strip())
        if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
            raise ValueError(f"not an academic year: {text!r}")
        return cls(int(match[1]))

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02d}"
