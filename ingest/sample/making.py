"""Makes one county, and leaves its part of every file in a folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from ingest.sample.files import County
from ingest.sample.files.parts import Told, write_parts
from ingest.sample.land.draw import draw
from ingest.sample.land.land import make_land
from ingest.sample.names import Names
from ingest.sample.people import make_people
from ingest.sample.tiles import Tile

IN_USE: Final = ("Open", "Open, but proposed to close")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a county, or a whole sample, holds."""

    schools: int
    postcodes: int
    areas: int
    street_nodes: int

    @classmethod
    def total(cls, parts: Sequence["Counts"]) -> "Counts":
        """Add counties up."""
        return cls(
            sum(part.schools for part in parts),
            sum(part.postcodes for part in parts),
            sum(part.areas for part in parts),
            sum(part.street_nodes for part in parts),
        )


def make_county(tile: Tile, counties: int, folder: Path, told: Told) -> Counts:
    """Make a county, and leave its part of every file in a folder.

    Args:
        tile: its square.
        counties: how many the sample has.
        folder: of the parts.
        told: hears of progress.
    """
    names = Names.of(tile, counties=counties)
    told(0.0, "laying out streets and homes")
    land = make_land(tile, names)
    told(0.4, "letting families choose schools")
    people = make_people(land, names)
    told(0.85, "drawing the map")
    drawing = draw(land, _schools_on_sites(people.schools))
    county = County(land, people, drawing, counties)
    write_parts(county, folder, lambda share, doing: told(0.9 + 0.1 * share, doing))
    return Counts(
        schools=int(people.schools["status_gias"].isin(IN_USE).sum()),
        postcodes=len(land.postcodes),
        areas=len(land.areas),
        street_nodes=len(land.streets.x),
    )


def _schools_on_sites(schools: pd.DataFrame) -> Mapping[int, Mapping[str, str]]:
    """Return name and URN of the school in use on each site, by the site's row."""
    there = schools[schools["status_gias"].isin(IN_USE) & (schools["site"] >= 0)]
    return {
        int(site): {"name": str(name), "urn": str(urn)}
        for site, name, urn in zip(there["site"], there["name"], there["urn"], strict=True)
    }
