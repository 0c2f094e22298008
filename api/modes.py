"""The ways of travelling that a build can answer for: how far each may go, and on which streets."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlalchemy as sa

import travel
from api.destinations import Destinations
from api.errors import BadParameter
from api.journeys import NoStreets, Remembered, Streets
from api.once import Once


@dataclass(frozen=True, slots=True)
class Range:
    """How far journeys by a mode may go.

    Attributes:
        minutes_max: the longest that may be asked for.
        cell_m: side of the cells that they are drawn with: the further, the coarser.
    """

    minutes_max: int
    cell_m: float


AFOOT: Final = Range(60, 20.0)
CYCLING: Final = Range(60, 20.0)
BY_CAR: Final = Range(45, 40.0)

RANGES: Final[Mapping[travel.Mode, Range]] = {
    "walk": AFOOT,
    "wheels": AFOOT,
    "cycle": CYCLING,
    "cycle_quiet": CYCLING,
    "drive": BY_CAR,
    "school_run": BY_CAR,
}
"""Every mode, in reading order."""


class NotOffered(BadParameter):
    """The build has no network of the mode that was asked for."""


class Modes:
    """The streets and schools of a build by mode, each opened when first needed."""

    def __init__(self, folder: Path, engine: sa.Engine) -> None:
        remembered = Remembered()
        self._streets = {
            mode: Streets(folder / mode, cell_m=reach.cell_m, remembered=remembered)
            for mode, reach in RANGES.items()
            if (folder / mode).is_dir()
        }
        self._destinations = {
            mode: _schools(engine, streets) for mode, streets in self._streets.items()
        }

    @property
    def offered(self) -> tuple[travel.Mode, ...]:
        """The modes there are, in reading order."""
        return tuple(self._streets)

    def streets(self, mode: travel.Mode) -> Streets:
        """Return the streets of a mode.

        Raises:
            NoStreets: the build has none at all.
            NotOffered: it has those of other modes.
        """
        self._check(mode)
        return self._streets[mode]

    def schools(self, mode: travel.Mode) -> Destinations:
        """Return the schools as places to go to by a mode; raises as `streets`."""
        self._check(mode)
        return self._destinations[mode]()

    def warm_up(self) -> None:
        """Make now what the first journey by each mode would wait for."""
        for mode, streets in self._streets.items():
            self._destinations[mode]()
            streets.warm_up()

    def _check(self, mode: travel.Mode) -> None:
        if mode in self._streets:
            return
        if not self._streets:
            raise NoStreets(
                "this build has no street network, so no travel time can be given",
                hint="a region file's [streets] says where to get one; build the region again.",
            )
        raise NotOffered(
            f"this atlas has no streets for mode={mode}",
            hint=f"mode: it has {', '.join(self._streets)}.",
            suggestions=list(self._streets),
        )


def _schools(engine: sa.Engine, streets: Streets) -> Once[Destinations]:
    return Once(lambda: Destinations.load(engine, streets))


def check_minutes(mode: travel.Mode, minutes: int) -> None:
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
