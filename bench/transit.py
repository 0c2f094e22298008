"""How fast journeys by bus are found, by size: Newport, the made-up county, a made-up city region.

No peer is measured beside it: nothing fast and maintained reads GTFS and answers from Python.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj
from scipy.spatial import cKDTree

from bench.rows import row
from ingest.sample.write import write_sample
from travel import Network, Snapped, build_network, read_extract
from travel.transit import (
    Timetable,
    Transit,
    When,
    choose_day,
    lay_on_streets,
    link_places,
    read_timetable,
    transit_around,
    transit_profile,
    transit_seconds,
    transit_times,
    transit_times_by,
    typical_around,
)

MIRROR = Path(__file__).parents[2] / "shared" / "data" / "publishers"
NEWPORT = "newport-20230613_gtfs.zip", "newport_2023-06-13.osm.pbf", date(2023, 6, 13)
LEEDS = "leeds_inner_2022-07.osm.pbf"
MADE_UP_DAY = date(2026, 1, 12)

EIGHT, TWENTY_TO_NINE = 8 * 3600, 8 * 3600 + 40 * 60
MORNING = 7 * 3600 + 30 * 60, 9 * 3600
HOUR_S, HALF_HOUR_S = 3600, 1800
CELL_M = 40.0
PROFILE = "every minute 07:30 to 09:00, 1,000 places"
PROFILE_MS = 100.0
"""What was asked for at the size of a city region."""
NOWHERE = Snapped(*(np.zeros(0, kind) for kind in (float, float, np.int32, float, float)))
ORIGINS = 15
PLACES = 1000

STOPS = 6000
ROUTES = 900
"""Both directions of 450 lines."""
CALLS = 31
TRIPS = 97
"""Every ten minutes from 06:00 to 22:00."""

Row = dict[str, Any]
Floats = npt.NDArray[np.float64]


def run() -> list[Row]:
    """Measure, as one row a figure; of the publishers' files only where they are there."""
    with tempfile.TemporaryDirectory() as folder:
        write_sample(Path(folder) / "sample", workers=1)
        files = Path(folder) / "sample"
        county = build_network(read_extract(files / "osm" / "sample-latest.osm.pbf"), mode="walk")
        feed = files / "gtfs" / "itm_sample_gtfs.zip"
        rows = _measure("made-up county", feed, choose_day([feed]).day, county[0])
    if not (MIRROR / "gtfs").is_dir():
        return rows
    name, extract, day = NEWPORT
    newport = build_network(read_extract(MIRROR / "osm" / extract), mode="walk")[0]
    rows += _measure("newport", MIRROR / "gtfs" / name, day, newport)
    leeds = build_network(read_extract(MIRROR / "osm" / LEEDS), mode="walk")[0]
    with tempfile.TemporaryDirectory() as folder:
        write_city(Path(folder), leeds)
        rows += _measure("made-up city region on Leeds", Path(folder), MADE_UP_DAY, leeds)
    return rows


def _measure(name: str, feed: Path, day: date, network: Network) -> list[Row]:
    start = time.perf_counter()
    timetable = read_timetable(feed, date=day)[0]
    read_s = time.perf_counter() - start
    start = time.perf_counter()
    transit = lay_on_streets(timetable, network)[0]
    laid_s = time.perf_counter() - start
    size = f"{timetable.n_stops:,} stops, {timetable.arrival_s.size:,} stop times"
    about = f"{timetable.n_patterns:,} patterns, {transit.foot.stop.size:,} walks between stops"
    first = [
        {"name": f"{name}: GTFS to timetable", "value": read_s, "unit": "s", "note": size},
        {"name": f"{name}: stops to streets", "value": laid_s, "unit": "s", "note": about},
        _opening(name, timetable, network),
    ]
    return first + list(_searches(name, transit))


def _opening(name: str, timetable: Timetable, network: Network) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        lay_on_streets(timetable, network)[0].save(Path(folder))
        start = time.perf_counter()
        Transit.load(Path(folder), network)
        value = (time.perf_counter() - start) * 1000
    return {"name": f"{name}: saved timetable opened", "value": value, "unit": "ms", "note": ""}


def _searches(name: str, transit: Transit) -> Iterator[Row]:
    network, rng = transit.network, np.random.default_rng(1)
    nodes = rng.integers(0, network.n_nodes, PLACES)
    places = link_places(transit, network.x[nodes], network.y[nodes])
    on_street = np.flatnonzero(transit.stops.is_on_street)
    chosen = on_street[rng.integers(0, on_street.size, ORIGINS)]
    origins = list(zip(transit.stops.x[chosen], transit.stops.y[chosen], strict=True))
    asked: dict[str, Callable[[tuple[float, float]], object]] = {
        "one departure, all stops within 60 min": lambda xy: transit_seconds(
            transit, xy, depart_s=EIGHT, limit_s=HOUR_S
        ),
        "one departure, 1,000 places": lambda xy: transit_times(
            transit, xy, places, depart_s=EIGHT, limit_s=HOUR_S
        ),
        "arrive by 08:40 from 1,000 places": lambda xy: transit_times_by(
            transit, xy, places, arrive_s=TWENTY_TO_NINE, limit_s=HOUR_S
        ),
        PROFILE: lambda xy: transit_profile(transit, xy, places, window_s=MORNING, limit_s=HOUR_S),
        "to a school by 08:40, grid of 30 min": lambda xy: _around(transit, xy, is_goal=True),
        "from a home, anywhere by 08:40, grid of 30 min": lambda xy: _around(
            transit, xy, is_goal=False
        ),
        "typical grid of 30 min, 07:30 to 09:00 every 5 min": lambda xy: typical_around(
            transit, xy, NOWHERE, window_s=MORNING, limit_s=HALF_HOUR_S, cell_m=CELL_M
        ),
    }
    for what, answer in asked.items():
        answer(origins[0])
        ms = [_milliseconds(answer, xy) for xy in origins]
        note = f"median of {len(ms)}; 95th percentile {np.percentile(ms, 95):.3g}"
        at_most = PROFILE_MS if what == PROFILE else None
        yield row(f"{name}: {what}", statistics.median(ms), "ms", note, at_most=at_most)


def _around(transit: Transit, xy: tuple[float, float], *, is_goal: bool) -> object:
    return transit_around(
        transit,
        xy,
        NOWHERE,
        when=When(TWENTY_TO_NINE),
        limit_s=HALF_HOUR_S,
        cell_m=CELL_M,
        is_goal=is_goal,
    )


def _milliseconds(
    answer: Callable[[tuple[float, float]], object], xy: tuple[float, float]
) -> float:
    start = time.perf_counter()
    answer(xy)
    return (time.perf_counter() - start) * 1000


def write_city(folder: Path, network: Network) -> None:
    """Write a timetable whose lines run from stop to stop in a straight enough line."""
    rng = np.random.default_rng(0)
    nodes = rng.choice(network.n_nodes, STOPS, replace=False)
    xy = np.column_stack((network.x[nodes], network.y[nodes]))
    lines = [_line(cKDTree(xy), xy, rng) for _ in range(ROUTES // 2)]
    lines += [line[::-1] for line in lines]
    _write_stops(folder, xy)
    trips = [f"{line}.{trip}" for line in range(ROUTES) for trip in range(TRIPS)]
    _write(folder / "routes.txt", "route_id", (str(line) for line in range(ROUTES)))
    header = "trip_id,route_id,service_id"
    _write(folder / "trips.txt", header, (f"{t},{t.partition('.')[0]},daily" for t in trips))
    _write(folder / "calendar_dates.txt", "service_id,date,exception_type", ["daily,20260112,1"])
    header = "trip_id,stop_id,arrival_time,departure_time,stop_sequence"
    _write(folder / "stop_times.txt", header, _stop_times(lines))


def _line(tree: cKDTree, xy: Floats, rng: np.random.Generator) -> list[int]:
    """Go on to one of the nearest stops, whichever lies best ahead."""
    heading = rng.uniform(0, 2 * np.pi)
    ahead = np.array([np.cos(heading), np.sin(heading)])
    line = [int(rng.integers(0, len(xy)))]
    while len(line) < CALLS:
        near = [each for each in tree.query(xy[line[-1]], 12)[1].tolist() if each not in line]
        if not near:
            break
        line.append(max(near, key=lambda stop: float((xy[stop] - xy[line[-1]]) @ ahead)))
        ahead += 0.2 * rng.normal(size=2)
    return line


def _write_stops(folder: Path, xy: Floats) -> None:
    lon, lat = pyproj.Transformer.from_crs(27700, 4326, always_xy=True).transform(*xy.T)
    rows = (f"{i},{lon[i]:.7f},{lat[i]:.7f}" for i in range(len(xy)))
    _write(folder / "stops.txt", "stop_id,stop_lon,stop_lat", rows)


def _stop_times(lines: list[list[int]]) -> Iterator[str]:
    for number, line in enumerate(lines):
        for trip in range(TRIPS):
            start = 6 * HOUR_S + 600 * trip + 7 * number % 600
            for i, stop in enumerate(line):
                at = start + 75 * i
                clock = f"{at // 3600:02d}:{at // 60 % 60:02d}:{at % 60:02d}"
                yield f"{number}.{trip},{stop},{clock},{clock},{i}"


def _write(path: Path, header: str, rows: Iterator[str] | list[str]) -> None:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
