"""Journeys by one mode: bands and grids around a place, and the times between it and others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

import travel
from api.once import Memo, Once
from api.projection import geojson, to_degrees
from config.errors import AtlasError

KEPT: Final = 512
"""Answers of each kind remembered per build, whatever they weigh."""

KEPT_BYTES: Final = 64_000_000
"""What the answers of each kind remembered per build may weigh together."""

ROUNDS_S: Final = 0.5
"""Times are told in whole seconds: a way of 300.4 s is within five minutes."""

POSITION_BYTES: Final = 150
"""Memory that a position of a GeoJSON geometry takes."""


class NoStreets(AtlasError):
    """The build has no street network, so that no time can be given."""


@dataclass(frozen=True, slots=True)
class Start:
    """The place that is asked about.

    Attributes:
        x: metres EPSG:27700.
        y: likewise.
        lon: degrees.
        lat: degrees.
        label: what the place is called.
        urn: of the school it is, if it is one: then journeys go there, not away from it.
        postcode: the unit postcode whose own point it is, if it is one.
    """

    x: float
    y: float
    lon: float
    lat: float
    label: str
    urn: int | None = None
    postcode: str | None = None


@dataclass(frozen=True, slots=True)
class DrawnBand:
    """A band as GeoJSON."""

    minutes: int
    geometry: dict[str, Any]
    is_cut_by_coverage: bool
    positions: int


@dataclass(frozen=True, slots=True)
class DrawnGrid:
    """A time grid, and the seconds to where the streets end, if it comes to there."""

    grid: travel.TimeGrid
    rim_s: float | None


@dataclass(frozen=True, slots=True)
class Found:
    """The times to or from many places, and the seconds to where the streets end, if in reach."""

    times: travel.Times
    rim_s: float | None


@dataclass(frozen=True, slots=True)
class Remembered:
    """The latest answers of a build, of all its modes together."""

    bands: Memo[tuple[Any, ...], tuple[DrawnBand, ...]] = field(
        default_factory=lambda: Memo(KEPT, most_bytes=KEPT_BYTES, weigh=_weight_of_bands)
    )
    grids: Memo[tuple[Any, ...], DrawnGrid] = field(
        default_factory=lambda: Memo(
            KEPT, most_bytes=KEPT_BYTES, weigh=lambda drawn: drawn.grid.minutes.nbytes
        )
    )
    times: Memo[tuple[Any, ...], Found] = field(
        default_factory=lambda: Memo(
            KEPT,
            most_bytes=KEPT_BYTES,
            weigh=lambda found: found.times.seconds.nbytes + found.times.metres.nbytes,
        )
    )


class Streets:
    """The network of one mode, opened when first needed, and the answers found on it.

    Args:
        folder: where the network lies.
        cell_m: side of the cells that bands and grids are drawn with.
        minutes_max: the longest journey there is.
        remembered: where answers are kept.
    """

    def __init__(
        self, folder: Path, *, cell_m: float, minutes_max: int, remembered: Remembered
    ) -> None:
        self._folder = folder
        self._cell_m = cell_m
        self._remembered = remembered
        self.network = Once(lambda: travel.Network.load(folder))
        self.rim = Once(lambda: travel.rim(self.network()))
        self._to_rim = Once(
            lambda: travel.search_to_rim(
                self.network(), self.rim(), limit_s=minutes_max * 60 + ROUNDS_S
            )
        )

    def snapped_m(self, start: Start) -> int:
        """Return the metres from a place to its street.

        Raises:
            travel.OutsideCoverage: the place lies beyond the streets.
            travel.NotConnected: no street is near it.
        """
        return round(float(self.snapped(start).distance_m[0]))

    def snap(self, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> travel.Snapped:
        """Find the street of each point, to be used for many journeys."""
        return travel.snap(self.network(), x, y)

    def bands(self, start: Start, minutes: Sequence[int]) -> tuple[DrawnBand, ...]:
        """Draw the bands around a place, the widest first; raises as `snapped_m`."""
        origin = self.snapped(start)
        key = (*self.key(start, origin), *minutes)
        return self._remembered.bands.get(key, lambda: self._draw(start, origin, minutes))

    def grid(self, start: Start, *, minutes: int) -> DrawnGrid:
        """Lay the minutes of every place around a place on a grid; raises as `snapped_m`."""
        origin = self.snapped(start)
        key = (*self.key(start, origin), minutes)
        return self._remembered.grids.get(key, lambda: self._lay(start, origin, minutes))

    def times(self, start: Start, places: travel.Snapped, *, minutes: int) -> Found:
        """Measure the ways from a place to many, or to a school from many.

        Args:
            start: the place.
            places: always the same for one build: only the start is looked at to remember.
            minutes: the longest way.

        Raises:
            travel.OutsideCoverage: the place lies beyond the streets.
            travel.NotConnected: no street is near it.
        """
        origin = self.snapped(start)
        key = (*self.key(start, origin), minutes)
        return self._remembered.times.get(
            key, lambda: self._measure(start, origin, places, minutes)
        )

    def rim_s(self, start: Start, *, minutes: int) -> float | None:
        """Return the seconds from a place to where the streets end, if that is in reach.

        What `times` says beside the times, read off one search for all places. Raises as
        `snapped_m`.
        """
        origin = self.snapped(start)
        if not self.network().is_in_core(origin.x, origin.y).all():
            return 0.0
        seconds = float(travel.times_to(self._to_rim(), origin).seconds[0])
        return seconds if seconds <= minutes * 60 + ROUNDS_S else None

    def route(self, start: Start, goal: Start) -> travel.Route:
        """Find the quickest way from one place to another.

        Raises:
            travel.OutsideCoverage: one of the two lies beyond the streets.
            travel.NotConnected: no street is near one of them.
            travel.NoWay: no way leads from one to the other.
        """
        for place in (start, goal):
            self.snapped(place)
        try:
            return travel.route(self.network(), (start.x, start.y), (goal.x, goal.y))
        except travel.NoWay as error:
            raise travel.NoWay(
                f"no way leads from {start.label} to {goal.label} by this mode", hint=error.hint
            ) from None

    def warm_up(self) -> None:
        """Open the network and make ahead what all answers have in common."""
        network = self.network()
        self.rim()
        travel.prepare_isochrones(network, cell_m=self._cell_m)
        covered = np.flatnonzero(network.is_covered(network.x, network.y))
        if covered.size:
            x, y = float(network.x[covered[0]]), float(network.y[covered[0]])
            start = Start(x, y, 0.0, 0.0, "a junction")
            origin = self.snapped(start)
            self._draw(start, origin, (1,))
            self._lay(start, origin, 1)

    def _draw(
        self, start: Start, origin: travel.Snapped, minutes: Sequence[int]
    ) -> tuple[DrawnBand, ...]:
        found = travel.seconds_from(
            self._way(start), origin, limit_s=minutes[-1] * 60 + travel.RIM_S
        )
        return drawn_bands(travel.bands(found, minutes, cell_m=self._cell_m))

    def _lay(self, start: Start, origin: travel.Snapped, minutes: int) -> DrawnGrid:
        found = travel.seconds_from(self._way(start), origin, limit_s=minutes * 60.0)
        grid = travel.time_grid(found, cell_m=self._cell_m)
        return DrawnGrid(grid, self._rim_s(found))

    def _measure(
        self, start: Start, origin: travel.Snapped, places: travel.Snapped, minutes: int
    ) -> Found:
        limit_s = minutes * 60 + ROUNDS_S
        found = travel.seconds_from(self._way(start), origin, limit_s=limit_s)
        return Found(travel.times_to(found, places), self._rim_s(found))

    def _rim_s(self, found: travel.Reach) -> float | None:
        """Return the seconds to where the streets end: by the rule of `travel.is_cut`."""
        origin = found.origin
        if not found.network.is_in_core(origin.x, origin.y).all():
            return 0.0
        seconds = travel.times_to(found, self.rim()).seconds
        return float(np.nanmin(seconds)) if np.isfinite(seconds).any() else None

    def _way(self, start: Start) -> travel.Network:
        """Return the streets as they are travelled: away from a home, towards a school."""
        return self.network() if start.urn is None else self.network().reversed

    def key(self, start: Start, origin: travel.Snapped) -> tuple[Any, ...]:
        """Name the place by its street, to the metre: clicks side by side are one question."""
        network = self._way(start)
        edge = int(origin.edge[0])
        along_m = round(float(origin.fraction[0] * network.length_m[edge]))
        off_m = round(float(origin.distance_m[0]))
        return (network.network_id, network.mode, edge, along_m, off_m)

    def snapped(self, start: Start) -> travel.Snapped:
        """Return a place on its street; raises as `snapped_m`."""
        network = self.network()
        if not bool(network.is_covered(start.x, start.y)):
            raise travel.OutsideCoverage(
                f"{start.label} lies beyond the streets this atlas has loaded, so no travel time "
                "can be given",
                hint="choose a place inside the covered area, which /api/v1/coverage outlines.",
            )
        snapped = travel.snap(network, start.x, start.y)
        if not snapped.is_on_street[0]:
            raise travel.NotConnected(
                f"no street or path open to the public is within {travel.snap_max_m():.0f} m of "
                f"{start.label}",
                hint="choose a place nearer to a street.",
            )
        return snapped


def drawn_bands(bands: Sequence[travel.Band]) -> tuple[DrawnBand, ...]:
    """Turn bands into GeoJSON, the widest first."""
    return tuple(
        DrawnBand(
            minutes=round(band.minutes),
            geometry=geojson(to_degrees(band.geometry)),
            is_cut_by_coverage=band.is_cut_by_coverage,
            positions=int(shapely.get_num_coordinates(band.geometry)),
        )
        for band in reversed(bands)
    )


def _weight_of_bands(bands: tuple[DrawnBand, ...]) -> int:
    return sum(band.positions for band in bands) * POSITION_BYTES
