"""From the timetable files to one day's public transport on the walking network."""

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from config.region import Region
from ingest.errors import IngestError
from ingest.layout import TRANSIT
from ingest.pipeline.steps.streets import has_streets, network_of
from ingest.pipeline.work import Step, Work
from ingest.sources import timetables as source
from travel import Network
from travel.errors import TimetableError
from travel.transit import (
    TimetableReport,
    choose_day,
    join_timetables,
    lay_on_streets,
    read_timetable,
    warm_transit,
)
from travel.transit.stops import Near
from travel.transit.streets import OUTSIDE

CORNER_SEGMENTS: Final = 4
"""How round the outline is within which stops are kept; nobody sees it."""


class TimetableUnusable(IngestError):
    """The region needs a timetable, and the one there is cannot be used."""


def run(work: Work) -> None:
    """Write the day's timetable, or say why the build has none."""
    paths = work.files[source.ID]
    if not paths:
        return
    if not has_streets(work):
        work.issues.warn(
            "timetable can be used", work.region.title, "there are no streets to walk to a stop on"
        )
        return
    try:
        _lay(work, paths)
    except TimetableError as error:
        if not source.is_optional(work.region):
            raise TimetableUnusable(error.message, hint=error.hint) from error
        names = ", ".join(path.name for path in paths)
        told = _by_name(error.message, paths)
        work.issues.warn("timetable can be used", names, f"{told}; built without public transport")


def _lay(work: Work, paths: tuple[Path, ...]) -> None:
    network = network_of(work)
    near = _near(network, work.region)
    day = work.region.timetable.date if work.region.timetable else None
    if day is None:
        choice = choose_day(paths)
        day = choice.day
        tell = work.issues.note if choice.is_in_term else work.issues.warn
        tell("timetable day", f"{day:%A %d %B %Y}", f"chosen from the timetable: {choice.says}")
    timetables = []
    for number, path in enumerate(paths):
        work.progress(number / (len(paths) + 1), path.name)
        timetable, report = read_timetable(path, date=day, near=near)
        timetables.append(timetable)
        _log(work, path.name, report)
    work.progress(0.9, "stops to streets")
    transit, odd = lay_on_streets(join_timetables(timetables), network)
    transit.save(work.out / TRANSIT)
    for rule, subject, says in odd:
        tell = work.issues.note if rule == OUTSIDE else work.issues.warn
        tell(f"timetable: {rule}", subject, says)
    work.rows += transit.timetable.n_trips
    warm_transit()


def _near(network: Network, region: Region) -> Near:
    """Keep stops as far outside the streets as the region's border is wide: buses meet there."""
    around = shapely.buffer(network.coverage, region.border_km * 1000, quad_segs=CORNER_SEGMENTS)
    shapely.prepare(around)

    def near(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        return np.asarray(shapely.contains_xy(around, x, y))

    return near


def _log(work: Work, name: str, report: TimetableReport) -> None:
    work.issues.note(
        "timetable period",
        name,
        f"{report.first_day:%d %B %Y} to {report.last_day:%d %B %Y}; "
        f"{report.trips_kept:,} trips of the day call at {report.stops_kept:,} stops",
    )
    if report.stops_far:
        work.issues.note(
            "timetable is cut to the region",
            name,
            f"{report.stops_far:,} of {report.stops_read:,} stops lie more than "
            f"{work.region.border_km:g} km outside the streets loaded, and {report.trips_far:,} "
            "trips of the day call at fewer than two others; left out",
        )
    for rule, subject, says in report.odd:
        work.issues.warn(f"timetable: {rule}", f"{name}: {subject}", says)


def _by_name(message: str, paths: tuple[Path, ...]) -> str:
    """Name files as their publisher does, not by where a build keeps them."""
    for path in paths:
        message = message.replace(str(path), path.name)
    return message


STEP = Step(
    id="transit",
    title="Public transport from the timetable",
    run=run,
    sources=(source.ID,),
    needs=("streets",),
)
