"""Journeys from a place: bands around it and the schools within reach, on one build's streets."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

import travel
from api.once import Memo, Once
from api.projection import geojson, to_degrees
from config.assumptions import assumptions
from config.errors import AtlasError

BANDS_KEPT: Final = 256
"""Sets of bands remembered per build; one takes some 100 kB."""


def walk_method() -> str:
    """Say how walking times are come by."""
    pace = assumptions("walking")["pace"]
    return (
        "Walking time on the street network: from the place straight to the nearest street, then "
        f"the quickest way along streets and paths open to the public, at {pace.value:g} "
        f"{pace.unit}. Hills, crossings and lighting are not counted."
    )


class NoStreets(AtlasError):
    """The build has no street network, so that no time can be given."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a journey starts.

    Attributes:
        x: metres EPSG:27700.
        y: likewise.
        lon: degrees.
        lat: degrees.
        label: what the place is called.
    """

    x: float
    y: float
    lon: float
    lat: float
    label: str


@dataclass(frozen=True, slots=True)
class DrawnBand:
    """A band as GeoJSON."""

    minutes: int
    geometry: dict[str, Any]
    is_cut_by_coverage: bool


@dataclass(frozen=True, slots=True)
class DrawnGrid:
    """A time grid, and whether more might be in reach than it shows."""

    grid: travel.TimeGrid
    is_cut_by_coverage: bool


class Streets:
    """The walking network of a build, opened when first needed, and the bands drawn on it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._network = Once(self._open)
        self._rim = Once(lambda: travel.rim(self._network()))
        self._bands: Memo[tuple[Any, ...], tuple[DrawnBand, ...]] = Memo(BANDS_KEPT)

    @property
    def exist(self) -> bool:
        """Say whether the build has streets."""
        return self._folder.is_dir()

    def snapped_m(self, start: Start) -> int:
        """Return the metres from a place to the street it starts on.

        Raises:
            NoStreets: the build has none.
            travel.OutsideCoverage: the place lies beyond them.
            travel.NotConnected: no street is near it.
        """
        return round(float(self._snapped(start).distance_m[0]))

    def bands(self, start: Start, minutes: Sequence[int]) -> tuple[DrawnBand, ...]:
        """Draw the bands around a place, the widest first.

        Raises:
            NoStreets: the build has none.
            travel.OutsideCoverage: the place lies beyond them.
            travel.NotConnected: no street is near it.
        """
        self._snapped(start)
        network = self._network()
        key = (network.network_id, round(start.x), round(start.y), network.mode, *minutes)
        return self._bands.get(key, lambda: self._draw(start, minutes))

    def grid(self, start: Start, *, minutes: int) -> DrawnGrid:
        """Lay the minutes to every place around a place on a grid.

        Raises:
            NoStreets: the build has none.
            travel.OutsideCoverage: the place lies beyond them.
            travel.NotConnected: no street is near it.
        """
        reach = self.search(start, minutes=minutes)
        return DrawnGrid(travel.time_grid(reach), self.is_cut(reach))

    def snap(self, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> travel.Snapped:
        """Find the street of each point, to be used for many journeys."""
        return travel.snap(self._network(), x, y)

    def search(self, start: Start, *, minutes: int) -> travel.Reach:
        """Search the streets around a place; `travel.times_to` reads the ways off it.

        Raises:
            NoStreets: the build has none.
            travel.OutsideCoverage: the place lies beyond them.
            travel.NotConnected: no street is near it.
        """
        return travel.seconds_from(self._network(), self._snapped(start), limit_s=minutes * 60.0)

    def is_cut(self, reach: travel.Reach) -> bool:
        """Say whether a search comes to where the streets end, as a band does that is cut."""
        return travel.is_cut(reach, self._rim())

    def warm_up(self) -> None:
        """Open the network and run every kernel once."""
        network = self._network()
        self._rim()
        travel.prepare_isochrones(network)
        covered = np.flatnonzero(network.is_covered(network.x, network.y))
        if covered.size:
            x, y = float(network.x[covered[0]]), float(network.y[covered[0]])
            start = Start(x, y, 0.0, 0.0, "a junction")
            self._draw(start, (1,))
            self.grid(start, minutes=1)

    def _draw(self, start: Start, minutes: Sequence[int]) -> tuple[DrawnBand, ...]:
        drawn = travel.isochrone(self._network(), (start.x, start.y), minutes=minutes)
        return tuple(
            DrawnBand(
                minutes=round(band.minutes),
                geometry=geojson(to_degrees(band.geometry)),
                is_cut_by_coverage=band.is_cut_by_coverage,
            )
            for band in reversed(drawn)
        )

    def _snapped(self, start: Start) -> travel.Snapped:
        network = self._network()
        if not bool(network.is_covered(start.x, start.y)):
            raise travel.OutsideCoverage(
                f"{start.label} lies beyond the streets this atlas has loaded, so no travel time "
                "can be given from there",
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

    def _open(self) -> travel.Network:
        if not self.exist:
            raise NoStreets(
                "this build has no street network, so no travel time can be given",
                hint="a region file's [streets] says where to get one; build the region again.",
            )
        return travel.Network.load(self._folder)
