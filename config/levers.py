"""What a place planner sets: methods, intakes, places and assumptions, each with its reason."""

import difflib
import re
from collections.abc import Iterable
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from config.assumptions import Assumption, assumptions
from config.setting import Setting
from config.tables import assumption_table
from config.terms import AcademicYear

TOPICS: Final = ("planning", "housing")
"""Files of ``config/assumptions`` that planning rests on."""

TABLES: Final = (
    "new_home_ages",
    "new_home_births",
    "new_home_sizes",
    "new_home_tenures",
    "site_likelihood",
)
"""Files of ``config/assumptions/tables`` that it rests on."""

NARROWER: Final = ("planning_area", "authority")
"""Levels for which an assumption may be set otherwise than for the region."""

MOST_PLACES: Final = 5_000
"""More places than this in one change are taken for a slip of the pen."""

MOST_YEARS: Final = 20
EVERYWHERE: Final = "all"

Level = Literal["school", "planning_area", "authority"]
PlannedPhase = Literal["primary", "secondary", "sixth_form"]
YearGroup = Literal["R", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14"]
Urn = Annotated[int, Field(ge=100_000, le=9_999_999)]
_CODES: Final = {
    "school": (re.compile(r"[0-9]{6,7}"), "the URN of a school, six or seven digits"),
    "planning_area": (re.compile(r"\S.*"), "the code of a planning area"),
    "authority": (re.compile(r"E(06|08|09|10)[0-9]{6}"), "the GSS code of an authority"),
}


def _school_year(text: str) -> str:
    return str(AcademicYear.parse(text))


SchoolYear = Annotated[str, AfterValidator(_school_year)]


class PinnedMethod(Setting):
    """A method that a unit is forecast by, whatever the backtest says.

    Attributes:
        level: what the unit is.
        unit: URN, code of the planning area, or GSS code.
        phase: the part of schooling meant; every one where it is left out.
        method: as docs/methods.md explains each.
    """

    level: Level
    unit: str
    phase: PlannedPhase | None = None
    method: Literal["same", "drift", "cohort_321", "cohort_pooled", "population"]

    @model_validator(mode="after")
    def _code_fits(self) -> Self:
        _refuse_odd_code(self.level, self.unit)
        return self

    @property
    def about(self) -> tuple[str, ...]:
        """The unit and its part of schooling."""
        return ("method", self.level, self.unit, self.phase or EVERYWHERE)


class Capped(Setting):
    """An intake that the school's places limit: who finds no place is sent elsewhere.

    Attributes:
        urn: the school.
        year_group: the group that is taken in.
        most: pupils at most; the admission number where it is left out.
    """

    urn: Urn
    year_group: YearGroup
    most: Annotated[int, Field(ge=0, le=MOST_PLACES)] | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The school and the year group."""
        return ("capped", str(self.urn), self.year_group)


class PlannedPlaces(Setting):
    """Places that will be added or removed.

    Attributes:
        urn: the school, or
        planning_area: the planning area, where no school is chosen yet.
        phase: whose places; those of sixth forms are not set against need.
        from_year: the first school year with the change, such as ``2027/28``.
        places: more of them, or below zero fewer, over all year groups of the phase.
    """

    urn: Urn | None = None
    planning_area: Annotated[str, Field(min_length=1)] | None = None
    phase: Literal["primary", "secondary"]
    from_year: SchoolYear
    places: Annotated[int, Field(ge=-MOST_PLACES, le=MOST_PLACES)]

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.urn is None) == (self.planning_area is None):
            raise ValueError("needs either `urn` or `planning_area`")
        if self.places == 0:
            raise ValueError("places = 0 changes nothing")
        return self

    @property
    def about(self) -> tuple[str, ...]:
        """The school or planning area, the phase and the year."""
        unit = f"school:{self.urn}" if self.urn else f"planning_area:{self.planning_area}"
        return ("places", unit, self.phase, self.from_year)


class AssumptionSet(Setting):
    """Another value than the atlas's own for one assumption.

    Attributes:
        id: ``topic.name`` of an entry of ``config/assumptions``, such as ``planning.margin_pct``;
            of one of its tables ``table.row.column``, such as ``new_home_sizes.house.3``.
        value: in the unit of the entry.
        holds_for: ``all``, or ``planning_area:CODE`` or ``authority:GSS``.
    """

    id: str
    value: Annotated[float, Field(ge=0)]
    holds_for: str = EVERYWHERE

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        entry = planning_assumptions().get(self.id)
        if entry is None:
            near = difflib.get_close_matches(self.id, known := list(planning_assumptions()), n=3)
            raise ValueError(
                f"{self.id!r} is no assumption of planning; there are {', '.join(near or known)}"
            )
        topic, _, name = self.id.partition(".")
        if topic == "planning" and (self.holds_for == EVERYWHERE or name != "margin_pct"):
            raise ValueError(f"{self.id} is set everywhere by `{name}` under [planning] itself")
        if self.value > (most := _most(entry)):
            raise ValueError(f"{self.id} = {self.value:g} is more than {most:g} {entry.unit}")
        _refuse_odd_place(self.holds_for)
        return self

    @property
    def about(self) -> tuple[str, ...]:
        """The assumption and where it holds."""
        return ("assumption", self.id, self.holds_for)


def planning_assumptions() -> dict[str, Assumption]:
    """Return every assumption of planning that a region file may set otherwise."""
    return assumptions_of(TOPICS, TABLES)


def assumptions_of(topics: Iterable[str], tables: Iterable[str]) -> dict[str, Assumption]:
    """Return the assumptions of some topics and tables.

    Returns:
        By ``topic.name``; a cell of a table by ``table.row.column``.
    """
    entries = {f"{topic}.{each.name}": each for topic in topics for each in _entries(topic)}
    return entries | {f"{name}.{each.name}": each for name in tables for each in _cells(name)}


def _entries(topic: str) -> Iterable[Assumption]:
    return assumptions(topic).values()


def _cells(name: str) -> Iterable[Assumption]:
    """Return every number of a table as an assumption of its own."""
    table = assumption_table(name)
    for row, columns in table.rows.items():
        for column, value in columns.items():
            yield Assumption(
                topic=name,
                name=f"{row}.{column}",
                says=f"{table.says} Here: {row}, {column}.".replace("_", " "),
                value=value,
                unit=table.unit,
                from_date=table.from_date,
                reference=table.reference,
            )


def _most(entry: Assumption) -> float:
    """Return the largest value that makes sense in a unit."""
    return {"%": 100.0, "share": 1.0, "years": float(MOST_YEARS), "ratio": 20.0}.get(
        entry.unit, 1e6
    )


def _refuse_odd_place(holds_for: str) -> None:
    level, _, unit = holds_for.partition(":")
    if holds_for == EVERYWHERE:
        return
    if level not in NARROWER:
        raise ValueError(
            f"holds_for = {holds_for!r} is neither {EVERYWHERE!r}, planning_area:CODE nor "
            "authority:GSS"
        )
    _refuse_odd_code(level, unit)


def _refuse_odd_code(level: str, code: str) -> None:
    pattern, words = _CODES[level]
    if not pattern.fullmatch(code):
        raise ValueError(f"{code!r} is not {words}")
