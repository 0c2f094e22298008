"""A bus timetable in the publisher's form: GTFS, as the Bus Open Data Service gives it out."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from ingest.sample.files.lines import Line, Roads, lines_of, roads_of
from ingest.sample.files.pieces import append, write_rows
from ingest.sample.files.series import Country, County, Series

HEADERS: Final = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon",
    "routes.txt": "route_id,agency_id,route_short_name,route_long_name,route_type",
    "trips.txt": "route_id,service_id,trip_id,trip_headsign,direction_id",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence",
}
WEEKDAYS, SCHOOL_DAYS = "weekdays", "school_days"
FIRST, LAST = date(2024, 9, 2), date(2025, 7, 22)
HOLIDAYS: Final = (
    (date(2024, 10, 28), date(2024, 11, 1)),
    (date(2024, 12, 23), date(2025, 1, 3)),
    (date(2025, 2, 17), date(2025, 2, 21)),
    (date(2025, 4, 7), date(2025, 4, 21)),
    (date(2025, 5, 26), date(2025, 5, 30)),
)
"""Days without school, first and last of each."""

CALENDAR: Final = (
    "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date"
)
PUBLISHER: Final = (
    "feed_publisher_name,feed_publisher_url,feed_lang\n"
    "atlas sample (made-up data),https://example.org,en\n"
)
BUS: Final = 3
HOUR_S, MINUTE_S = 3600, 60
DATE: Final = (2025, 5, 24, 0, 0, 0)
_PERMISSIONS: Final = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Service:
    """How often a kind of line runs.

    Attributes:
        kmh: pace between the ends, stops included.
        every_minutes: between two buses, the day long.
        first_minute: of the day, when the first leaves either end.
        last_minute: of the day, when no more leave.
    """

    kmh: float
    every_minutes: int
    first_minute: int
    last_minute: int


SERVICES: Final = {
    "suburb": Service(19.0, 12, 375, 1170),
    "town": Service(28.0, 30, 390, 1140),
    "village": Service(30.0, 120, 555, 1080),
}
ARRIVES_MINUTE: Final = 515
"""When buses that run on school days reach the middle: 08:35."""

LEAVES_MINUTE: Final = 925
"""When they leave it: 15:25."""


def _part(county: County, folder: Path) -> None:
    roads = roads_of(county.drawing)
    lines = lines_of(roads, county.land.settlements)
    names = county.land.settlements["name"].tolist()
    agency = f"MU{county.tile.index:03d}"
    company = f"{county.names_of(county.tile.city).name} Omnibus"
    rows: dict[str, list[Sequence[object]]] = {name: [] for name in HEADERS}
    rows["agency.txt"] = [(agency, company, "https://example.org", "Europe/London")]
    rows["stops.txt"] = list(_stops(county, roads, lines))
    for number, line in enumerate(lines, start=1):
        route = f"{agency}:{number}"
        ends = tuple(names[row] for row in line.ends)
        rows["routes.txt"].append((route, agency, number, " - ".join(ends), BUS))
        for direction, way in enumerate((line, line.back())):
            trips = list(_trips(way, is_inward=direction == 1))
            for service, start in trips:
                trip = f"{route}:{direction}:{start // MINUTE_S:04d}"
                rows["trips.txt"].append((route, service, trip, ends[1 - direction], direction))
                rows["stop_times.txt"] += _calls(county, roads, way, trip, start)
    for name, each in rows.items():
        write_rows(folder / name, each)


def _stops(county: County, roads: Roads, lines: Sequence[Line]) -> Iterator[tuple[object, ...]]:
    drawing, settlements = county.drawing, county.land.settlements
    for node in sorted({node for line in lines for node in line.stops}):
        away = np.hypot(settlements["x"] - roads.x[node], settlements["y"] - roads.y[node])
        place = settlements["name"].iloc[int(away.to_numpy().argmin())]
        name = f"{place}, {roads.street[node]}" if roads.street[node] else place
        at = roads.node[node]
        yield (
            _stop_id(county, roads, node),
            name,
            f"{drawing.lat[at]:.6f}",
            f"{drawing.lon[at]:.6f}",
        )


def _stop_id(county: County, roads: Roads, node: int) -> str:
    return f"9990{county.drawing.node_id[roads.node[node]]}"


def _trips(line: Line, *, is_inward: bool) -> Iterator[tuple[str, int]]:
    """Say by which service and when (seconds after midnight) buses leave the line's first stop."""
    service = SERVICES[line.kind]
    minutes = range(service.first_minute, service.last_minute, service.every_minutes)
    starts = dict.fromkeys(minutes, WEEKDAYS)
    if line.kind == "village":
        ride = round(line.metres[-1] / (service.kmh * 1000 / 60))
        starts.setdefault(ARRIVES_MINUTE - ride if is_inward else LEAVES_MINUTE, SCHOOL_DAYS)
    for minute, days in sorted(starts.items()):
        yield days, minute * MINUTE_S


def _calls(
    county: County, roads: Roads, line: Line, trip: str, start: int
) -> Iterator[tuple[object, ...]]:
    pace = SERVICES[line.kind].kmh * 1000 / HOUR_S
    for i, (node, metres) in enumerate(zip(line.stops, line.metres, strict=True)):
        at = start + round(metres / pace)
        clock = f"{at // HOUR_S:02d}:{at // MINUTE_S % 60:02d}:{at % 60:02d}"
        yield trip, clock, clock, _stop_id(county, roads, node), i


def _join(parts: Sequence[Path], out: Path, _: Country) -> None:
    """Zip the files, every one with the same date, so that equal contents are equal bytes."""
    with zipfile.ZipFile(out, "w") as archive:
        for name, header in HEADERS.items():
            with archive.open(_entry(name), "w", force_zip64=True) as file:
                file.write(f"{header}\n".encode())
                append(file, (part / name for part in parts))  # type: ignore[arg-type]
        period = f"{FIRST:%Y%m%d},{LAST:%Y%m%d}"
        days = "".join(f"{each},1,1,1,1,1,0,0,{period}\n" for each in (WEEKDAYS, SCHOOL_DAYS))
        archive.writestr(_entry("calendar.txt"), f"{CALENDAR}\n{days}")
        off = "".join(f"{SCHOOL_DAYS},{day:%Y%m%d},2\n" for day in _holidays())
        archive.writestr(_entry("calendar_dates.txt"), f"service_id,date,exception_type\n{off}")
        archive.writestr(_entry("feed_info.txt"), PUBLISHER)


def _holidays() -> Iterator[date]:
    for first, last in HOLIDAYS:
        for days in range((last - first).days + 1):
            yield first + timedelta(days=days)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _PERMISSIONS
    return entry


SERIES: Final = Series(source="timetables", file="gtfs/itm_sample_gtfs.zip", part=_part, join=_join)
