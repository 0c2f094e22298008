"""The ways of travelling that a build can answer for: how far each may go, and on which streets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import sqlalchemy as sa

import travel
from api.destinations import Destinations
from api.errors import BadParameter
from api.journeys import DrawnBand, DrawnGrid, Found, NoStreets, Remembered, Start, Streets
from api.mode_names import TRANSIT, JourneyMode
from api.once import Once
from api.transit import Timetabled
from config.assumptions import assumptions
from travel.transit import When


@dataclass(frozen=True, slots=True)
class Range:
    """How far journeys by a mode may go.

    Attributes:
        minutes_max: the longest that may be asked for.
        cell_m: side of the cells that they are drawn with: the further, the coarser.
    """

    minutes_max: int
    cell_m: float


AFOOT: Final = Range(60, travel.CELL_M["walk"])
CYCLING: Final = Range(60, travel.CELL_M["cycle"])
BY_CAR: Final = Range(45, travel.CELL_M["drive"])
BY_BUS: Final = Range(60, travel.CELL_M["cycle"])

RANGES: Final[Mapping[JourneyMode, Range]] = {
    "walk": AFOOT,
    "wheels": AFOOT,
    "cycle": CYCLING,
    "cycle_quiet": CYCLING,
    "drive": BY_CAR,
    "school_run": BY_CAR,
    TRANSIT: BY_BUS,
}
"""Every mode, in reading order."""


class Journeys(Protocol):
    """Answers about the journeys around a place, by whatever mode."""

    def snapped_m(self, start: Start) -> int:
        """Return the metres from a place to its street."""

    def bands(self, start: Start, minutes: Sequence[int]) -> tuple[DrawnBand, ...]:
        """Draw the bands around a place, the widest first."""

    def grid(self, start: Start, *, minutes: int) -> DrawnGrid:
        """Lay the minutes of every place around a place on a grid."""

    def times(self, start: Start, places: travel.Snapped, *, minutes: int) -> Found:
        """Measure the ways from a place to many, or to a school from many."""


class NotOffered(BadParameter):
    """The build has no network of the mode that was asked for."""


class Modes:
    """The streets and schools of a build by mode, each opened when first needed."""

    def __init__(self, folder: Path, timetable: Path, engine: sa.Engine) -> None:
        remembered = Remembered()
        self._streets = {
            mode: Streets(
                folder / mode,
                cell_m=RANGES[mode].cell_m,
                minutes_max=RANGES[mode].minutes_max,
                remembered=remembered,
            )
            for mode in travel.MODES
            if (folder / mode).is_dir()
        }
        self._destinations = {
            mode: _schools(engine, streets) for mode, streets in self._streets.items()
        }
        self._timetabled = (
            Timetabled(
                timetable,
                self._streets["walk"],
                self._destinations["walk"],
                cell_m=BY_BUS.cell_m,
                minutes_max=BY_BUS.minutes_max,
            )
            if timetable.is_dir() and "walk" in self._streets
            else None
        )

    @property
    def offered(self) -> tuple[JourneyMode, ...]:
        """The modes there are, in reading order."""
        return (*self._streets, *((TRANSIT,) if self._timetabled else ()))

    def streets(self, mode: travel.Mode) -> Streets:
        """Return the streets of a mode.

        Raises:
            NoStreets: the build has none at all.
            NotOffered: it has those of other modes.
        """
        self._check(mode)
        return self._streets[mode]

    def timetabled(self) -> Timetabled:
        """Return public transport; raises as `streets`."""
        self._check(TRANSIT)
        if self._timetabled is None:
            raise AssertionError("the mode was checked")
        return self._timetabled

    def journeys(self, mode: JourneyMode, when: When) -> Journeys:
        """Return the journeys by a mode; raises as `streets`.

        Args:
            mode: the way of travelling.
            when: the time that journeys by public transport keep to.
        """
        return self.timetabled().at(when) if mode == TRANSIT else self.streets(mode)

    def schools(self, mode: JourneyMode) -> Destinations:
        """Return the schools as places to go to by a mode; raises as `streets`."""
        self._check(mode)
        return self._destinations["walk" if mode == TRANSIT else mode]()

    def warm_up(self) -> None:
        """Make now what the first journey by each mode would wait for."""
        for mode, streets in self._streets.items():
            self._destinations[mode]()
            streets.warm_up()
        if self._timetabled:
            self._timetabled.warm_up(usual())

    def _check(self, mode: JourneyMode) -> None:
        if mode in self.offered:
            return
        if not self._streets:
            raise NoStreets(
                "this build has no street network, so no travel time can be given",
                hint="a region file's [streets] says where to get one; build the region again.",
            )
        raise NotOffered(
            f"this atlas has no {'timetable' if mode == TRANSIT else 'streets'} for mode={mode}",
            hint=f"mode: it has {', '.join(self.offered)}.",
            suggestions=list(self.offered),
        )


def _schools(engine: sa.Engine, streets: Streets) -> Once[Destinations]:
    return Once(lambda: Destinations.load(engine, streets))


def usual() -> When:
    """Return the time kept to where none is asked for: being at school."""
    return When(round(assumptions("transit")["arrive_by"].value) * 60)


def check_minutes(mode: JourneyMode, minutes: int) -> None:
    """Refuse a journey that is longer than the mode's longest.

    Raises:
        BadParameter: it is.
    """
    longest = RANGES[mode].minutes_max
    if minutes > longest:
        raise BadParameter(
            f"minutes={minutes} is above {longest}, the most for mode={mode}",
            hint=f"minutes: from 1 to {longest}; /api/v1/release lists the most of each mode.",
        )
