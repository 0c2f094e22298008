"""Where journeys are asked for on the command line: a region's build, or a folder of networks."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np
import shapely

import travel
from api import lookups
from api.build import Build, current_build
from api.commands.points import FORMS, BadInput, Point, read_pair, read_points
from api.journeys import Start
from api.projection import POINT_DECIMALS, to_degrees
from api.queries.schools import school_points
from config.region import load_region
from config.settings import Settings
from ingest.layout import NETWORKS

URN_DIGITS: Final = 7


class Ground(AbstractContextManager["Ground"]):
    """Networks to travel on, and the places that are known by name there.

    Args:
        name: id of a region, or a folder that ``atlas network --out`` wrote.
        settings: where builds lie.

    Raises:
        AtlasError: there is no such region, it has no build, or the folder holds no network.
    """

    def __init__(self, name: str, settings: Settings) -> None:

        self.build: Build | None = None
        folder = Path(name)
        if _holds_networks(folder):
            self._networks = folder
            return
        if folder.is_dir():
            raise BadInput(
                f"there is no street network in {folder}",
                hint="`atlas network EXTRACT --out FOLDER` writes some.",
            )
        region = load_region(name, regions_dir=settings.regions_dir)
        self.build = Build.open(current_build(settings.home, region.id), settings.database_url)
        self._networks = self.build.folder / NETWORKS

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the build's files."""
        if self.build is not None:
            self.build.close()

    def __enter__(self) -> Self:
        return self

    def folder(self, mode: travel.Mode) -> Path:
        """Return where the network of a mode lies.

        Raises:
            BadInput: there is none of that mode.
        """
        if (self._networks / "network.json").is_file():
            held = travel.Network.load(self._networks).mode
            if held == mode:
                return self._networks
            raise BadInput(f"{self._networks} holds the network of mode {held!r}, not of {mode!r}")
        if not (self._networks / mode).is_dir():
            there = sorted(path.parent.name for path in self._networks.glob("*/network.json"))
            raise BadInput(
                f"there is no network of mode {mode!r} in {self._networks}",
                hint=f"there are {', '.join(there)}." if there else None,
            )
        return self._networks / mode

    def network(self, mode: travel.Mode) -> travel.Network:
        """Open the network of a mode; raises as `folder`."""
        return travel.Network.load(self.folder(mode))

    def place(self, text: str) -> Start:
        """Find a place by postcode, URN or coordinates.

        Raises:
            BadInput: it is none of these, or a name where only coordinates can be.
            AtlasError: the postcode or school is not in the atlas, or lies nobody knows where.
        """
        if point := read_pair(text):
            lon, lat = _lon_lat(point)
            return Start(point.x, point.y, lon, lat, text)
        if self.build is None:
            raise BadInput(
                f"{text!r} is no pair of numbers",
                hint=f"a folder of networks knows no postcodes or schools; give {FORMS}.",
            )
        if text.strip().isdecimal() and len(text.strip()) <= URN_DIGITS:
            return lookups.start_at_school(self.build, int(text))
        return lookups.start_at_postcode(self.build, text)

    def places(self, text: str) -> list[Point]:
        """Read a table of points, or find a single place; raises as `read_points` and `place`."""
        if text.lower().endswith(".csv"):
            return read_points(Path(text))
        start = self.place(text)
        return [Point(start.label, start.x, start.y)]

    def schools(self) -> Sequence[Point]:
        """List the region's schools, those in its border too.

        Raises:
            BadInput: a folder of networks has none.
        """
        if self.build is None:
            raise BadInput(
                "a folder of networks has no schools", hint="name the destinations: --to FILE.csv."
            )
        return [Point(str(row.urn), row.x, row.y) for row in school_points(self.build.engine)]


def _holds_networks(folder: Path) -> bool:
    return (folder / "network.json").is_file() or any(folder.glob("*/network.json"))


def _lon_lat(point: Point) -> tuple[float, float]:
    degrees = shapely.get_coordinates(to_degrees(shapely.Point(point.x, point.y)))[0]
    lon, lat = np.round(degrees, POINT_DECIMALS).tolist()
    return lon, lat
