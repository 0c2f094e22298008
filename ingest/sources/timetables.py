"""Bus Open Data Service: timetables by English region, or files of the authority's own."""

from datetime import date
from typing import Final

from config.region import Region
from ingest.rhythm import DAILY
from ingest.source import Release, Source

ID: Final = "timetables"
FEEDS: Final = "https://data.bus-data.dft.gov.uk/timetable/download/gtfs-file/"


def releases(region: Region, today: date) -> tuple[Release, ...]:
    """Name the regional feeds; they are made anew every day."""
    timetable = region.timetable
    if timetable is None:
        return ()
    copies = timetable.mirror_files or ("",) * len(timetable.feeds)
    return tuple(
        Release(
            name=f"{today:%Y-%m-%d}",
            file_name=f"itm_{feed}_gtfs.zip",
            addresses=(f"{FEEDS}{feed}/",),
            mirror_file=copy,
        )
        for feed, copy in zip(timetable.feeds, copies, strict=True)
    )


def own_files(region: Region) -> tuple[str, ...]:
    """Name the authority's own timetables."""
    return region.timetable.files if region.timetable else ()


def is_optional(region: Region) -> bool:
    """Say whether the build may go on without a timetable."""
    return region.timetable is None or not region.timetable.required


SOURCE: Final = Source(
    id=ID,
    title="Bus timetables (GTFS)",
    publisher="Department for Transport, Bus Open Data Service",
    landing_page="https://data.bus-data.dft.gov.uk/",
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    releases=releases,
    every=DAILY,
    mirror_folder="gtfs",
    mirror_files=(),
    read=None,
    stores="stops and journeys of one day",
    own_files=own_files,
    is_optional=is_optional,
    caveats=(
        "What operators planned, not how late buses were.",
        "Local buses and coaches, trams and ferries where their operators publish them; no "
        "trains, and no school buses that are closed to the public.",
        "One day is read; school holidays and weekends run to other times.",
    ),
)
