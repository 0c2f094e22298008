"""Where a region's public transport comes from: the ``[timetable]`` section of its file."""

import datetime as dt
import re
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel, ConfigDict, model_validator

FEEDS: Final = MappingProxyType(
    {
        "East Midlands": "east_midlands",
        "East of England": "east_anglia",
        "London": "london",
        "North East": "north_east",
        "North West": "north_west",
        "South East": "south_east",
        "South West": "south_west",
        "West Midlands": "west_midlands",
        "Yorkshire and The Humber": "yorkshire",
    }
)
"""The feed of the Bus Open Data Service for each English region of the register."""

NEIGHBOURS: Final = ("scotland", "wales")
"""Feeds of the neighbouring countries, for authorities whose buses cross the border."""

_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*")


class Timetable(BaseModel):
    """Which timetables are read, and for which day.

    Attributes:
        feeds: regional feeds of the Bus Open Data Service, read together.
        mirror_files: their names in a mirror folder's ``gtfs/``, where those are not the
            publisher's.
        files: GTFS zips of the authority's own, absolute or relative to where the atlas is
            started; they win over the feeds.
        date: the day whose timetable is read; where none is given, a Tuesday in term is chosen
            from the timetable itself.
        required: stop the build where the timetable cannot be had or read; otherwise it goes on
            without public transport, and the issue log says why.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    feeds: tuple[str, ...] = ()
    mirror_files: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    date: dt.date | None = None
    required: bool = False

    @model_validator(mode="after")
    def _names_one(self) -> "Timetable":
        if not (self.feeds or self.files):
            raise ValueError("needs `feeds` or `files`")
        for names in (self.feeds, self.mirror_files, self.files):
            if len(set(names)) < len(names):
                raise ValueError("names a timetable twice")
        for name in (*self.feeds, *self.mirror_files):
            if not _PLAIN_NAME.fullmatch(name):
                raise ValueError(f"{name!r} is no plain name of a timetable")
        if self.mirror_files and len(self.mirror_files) != len(self.feeds):
            raise ValueError("names as many `mirror_files` as `feeds`, or none")
        return self

    def unknown_feeds(self) -> list[str]:
        """Return the feeds that the Bus Open Data Service does not have."""
        known = {*FEEDS.values(), *NEIGHBOURS}
        return [feed for feed in self.feeds if feed not in known]


def timetable_section(region: str) -> str:
    """Write the section of a region file for an authority in an English region.

    Returns:
        Nothing where the region has no feed.
    """
    if region not in FEEDS:
        return ""
    return f"""
[timetable]
# The regional bus timetable (Bus Open Data Service). Add a neighbour's where buses cross into it.
# The day read is a Tuesday in term; to choose another: date = 2026-03-10
feeds = ["{FEEDS[region]}"]
"""
