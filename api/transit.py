"""Journeys by public transport: the timetable of a build, and the answers found with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

import travel
from api.destinations import Destinations
from api.journeys import DrawnBand, DrawnGrid, Found, Start, Streets, drawn_bands
from api.once import Memo, Once
from travel.transit import Around, Transit, TransitRoute, When, transit_around, transit_route

KEPT: Final = 64
"""Places remembered per build with all that is around them."""

KEPT_BYTES: Final = 128_000_000
"""What they may weigh together."""


class Timetabled:
    """The timetable of a build on its walking network, opened when first needed.

    Args:
        folder: where it lies.
        walk: the streets to walk on.
        schools: those that times are measured to, as places to walk to.
        cell_m: side of the cells that bands and grids are drawn with.
        minutes_max: the longest journey there is.
    """

    def __init__(
        self,
        folder: Path,
        walk: Streets,
        schools: Once[Destinations],
        *,
        cell_m: float,
        minutes_max: int,
    ) -> None:
        self.minutes_max = minutes_max
        self.walk = walk
        self.schools = schools
        self.cell_m = cell_m
        self.transit = Once(lambda: Transit.load(folder, walk.network()))
        self.remembered: Memo[tuple[Any, ...], Around] = Memo(
            KEPT, most_bytes=KEPT_BYTES, weigh=_weight
        )

    @property
    def date(self) -> date:
        """The day whose timetable is read."""
        return self.transit().timetable.date

    def at(self, when: When) -> "AtTime":
        """Return the journeys that keep to a time."""
        return AtTime(self, when)

    def warm_up(self, when: When) -> None:
        """Open the timetable and search once in each direction of time."""
        stops = self.transit().stops
        for stop in np.flatnonzero(stops.is_on_street)[:1]:
            for urn in (None, 0):
                start = Start(float(stops.x[stop]), float(stops.y[stop]), 0, 0, "a stop", urn=urn)
                self.at(when).grid(start, minutes=1)


@dataclass(frozen=True, slots=True)
class AtTime:
    """Journeys by public transport that keep to one time; asked like `api.journeys.Streets`."""

    timetable: Timetabled
    when: When

    def snapped_m(self, start: Start) -> int:
        """Return the metres from a place to its street; raises as `Streets.snapped_m`."""
        return self.timetable.walk.snapped_m(start)

    def bands(self, start: Start, minutes: Sequence[int]) -> tuple[DrawnBand, ...]:
        """Draw the bands around a place, the widest first; raises as `snapped_m`."""
        field = self._around(start, minutes[-1]).field
        return drawn_bands(travel.field_bands(self.timetable.walk.network(), field, minutes))

    def grid(self, start: Start, *, minutes: int) -> DrawnGrid:
        """Lay the minutes of every place around a place on a grid; raises as `snapped_m`."""
        around = self._around(start, minutes)
        return DrawnGrid(travel.field_grid(around.field, minutes), self._rim_s(around, minutes))

    def times(self, start: Start, places: travel.Snapped, *, minutes: int) -> Found:
        """Measure the ways from a place to the schools, or to a school from them.

        Args:
            start: the place.
            places: the schools of the build, as `Timetabled` knows them.
            minutes: the longest way.

        Returns:
            Seconds; the metres of a journey by vehicle are not known.

        Raises:
            travel.OutsideCoverage: the place lies beyond the streets.
            travel.NotConnected: no street is near it.
        """
        around = self._around(start, minutes)
        seconds = around.seconds[: len(places)]
        kept = np.where(seconds <= minutes * 60, seconds, np.nan)
        times = travel.Times(kept, np.full(kept.size, np.nan))
        return Found(times, self._rim_s(around, minutes))

    def route(self, start: Start, goal: Start) -> TransitRoute:
        """Find the quickest way from one place to another, leg by leg.

        Raises:
            travel.OutsideCoverage: one of the two lies beyond the streets.
            travel.NotConnected: no street is near one of them.
            travel.NoWay: none takes less than the longest time that is answered for.
        """
        try:
            return transit_route(
                self.timetable.transit(),
                (start.x, start.y),
                (goal.x, goal.y),
                when=self.when,
                limit_s=self.timetable.minutes_max * 60,
            )
        except travel.NoWay as error:
            raise travel.NoWay(
                f"no way by public transport or on foot leads from {start.label} to {goal.label} "
                f"in {self.timetable.minutes_max} minutes",
                hint="choose another time or mode.",
            ) from error

    def _around(self, start: Start, minutes: int) -> Around:
        walk = self.timetable.walk
        key = (*walk.key(start, walk.snapped(start)), start.urn is None, self.when, minutes)
        return self.timetable.remembered.get(key, lambda: self._search(start, minutes))

    def _search(self, start: Start, minutes: int) -> Around:
        schools = self.timetable.schools().snapped
        return transit_around(
            self.timetable.transit(),
            (start.x, start.y),
            schools.joined(self.timetable.walk.rim()),
            when=self.when,
            limit_s=minutes * 60 + round(travel.RIM_S),
            cell_m=self.timetable.cell_m,
            is_goal=start.urn is not None,
        )

    def _rim_s(self, around: Around, minutes: int) -> float | None:
        """Return the seconds to where the streets end, if that is in reach."""
        at_rim = around.seconds[len(self.timetable.schools().snapped) :]
        within = at_rim[at_rim <= minutes * 60]
        return float(within.min()) if within.size else None


def _weight(around: Around) -> int:
    return around.field.seconds.nbytes + around.field.distance_m.nbytes + around.seconds.nbytes
