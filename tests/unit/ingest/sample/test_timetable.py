"""The made-up county's buses: where they run, when, and that they can be read and ridden."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from pyproj import Transformer

from ingest.sample.files.lines import BETWEEN_STOPS_M, lines_of, roads_of
from ingest.sample.land.canvas import Drawing
from ingest.sample.write import write_sample
from tests.support.sample_county import write_mirror
from travel import build_network, read_extract
from travel.errors import TimetableError
from travel.transit import lay_on_streets, link_places, read_timetable, transit_times_by

X0, Y0 = 430_000.0, 430_000.0
SCHOOL_DAY, HOLIDAY, SUNDAY = date(2025, 5, 20), date(2025, 5, 27), date(2025, 5, 18)
SETTLEMENTS = pd.DataFrame(
    [
        ("City", "city", 9000, X0, Y0),
        ("East", "suburb", 900, X0 + 2000, Y0),
        ("West", "suburb", 900, X0 - 2000, Y0),
        ("Town", "town", 4000, X0, Y0 + 4000),
        ("Moor", "village", 200, X0 + 9000, Y0 + 9000),
        ("Hut", "hamlet", 9, X0, Y0 + 2000),
    ],
    columns=["name", "kind", "people", "x", "y"],
)


def crossroads(highway="primary"):
    """Draw a street from west to east and a road north from its middle, a node every 100 m."""
    across = [(X0 + 100.0 * i, Y0) for i in range(-20, 21)]
    north = [(X0, Y0 + 100.0 * i) for i in range(1, 41)]
    lon, lat = Transformer.from_crs(27700, 4326, always_xy=True).transform(
        *np.array([*across, *north]).T
    )
    node = 1000 + np.arange(81)
    return Drawing(
        node_id=node,
        lon=lon,
        lat=lat,
        node_tags=(),
        way_id=np.array([1, 2]),
        way_start=np.array([0, 41, 82]),
        way_ref=np.concatenate((node[:41], node[[20]], node[41:])),
        way_tags=np.array([0, 1], np.int32),
        tag_sets=({"highway": highway, "name": "High Street"}, {"highway": highway}),
        relations=(),
    )


def test_a_line_crosses_the_city_and_another_leads_to_the_town():
    roads = roads_of(crossroads())
    through, out = lines_of(roads, SETTLEMENTS)
    assert (through.kind, set(through.ends)) == ("suburb", {1, 2})
    assert (out.kind, out.ends) == ("town", (0, 3))
    assert roads.x[list(through.stops)][[0, -1]] == pytest.approx(
        [X0 + 2000, X0 - 2000], abs=1
    ) or roads.x[list(through.stops)][[0, -1]] == pytest.approx([X0 - 2000, X0 + 2000], abs=1)
    assert {roads.street[stop] for stop in through.stops} >= {"High Street"}


def test_stops_are_at_the_first_node_far_enough_from_the_last():
    through, out = lines_of(roads_of(crossroads()), SETTLEMENTS)
    assert np.diff(out.metres) == pytest.approx(400, abs=0.1)
    assert np.diff(through.metres) == pytest.approx(400, abs=0.1)
    assert BETWEEN_STOPS_M < 400


def test_the_way_back_calls_at_the_same_stops():
    line = lines_of(roads_of(crossroads()), SETTLEMENTS)[1]
    back = line.back()
    assert back.stops == line.stops[::-1]
    assert back.back().metres == pytest.approx(line.metres)
    assert back.metres[0] == 0


def test_a_road_that_ends_in_the_next_county_serves_as_far_as_the_border():
    drawing = crossroads()
    node_of_the_next_county = 5000
    beyond = replace(drawing, way_ref=np.append(drawing.way_ref[:-1], node_of_the_next_county))
    roads = roads_of(beyond)
    assert roads.node.size == drawing.node_id.size - 1
    assert {line.ends for line in lines_of(roads, SETTLEMENTS)} >= {(0, 3)}


def test_no_bus_takes_a_footpath():
    assert lines_of(roads_of(crossroads("footway")), SETTLEMENTS) == []


def test_a_county_without_a_line_has_an_empty_timetable(tmp_path):
    with pytest.raises(TimetableError, match="0 trips are listed"):
        read_timetable(write_mirror(tmp_path, 1) / "gtfs" / "itm_sample_gtfs.zip", date=SCHOOL_DAY)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    out = tmp_path_factory.mktemp("sample") / "out"
    write_sample(out, scale=0.1)
    return out


@pytest.fixture(scope="module")
def transit(sample):
    timetable, report = read_timetable(sample / "gtfs" / "itm_sample_gtfs.zip", date=SCHOOL_DAY)
    assert report.odd == ()
    network = build_network(read_extract(sample / "osm" / "sample-latest.osm.pbf"), mode="walk")[0]
    return lay_on_streets(timetable, network)


def test_every_stop_lies_on_a_street(transit):
    laid, odd = transit
    assert odd == ()
    assert laid.stops.distance_m.max() < 1


def test_buses_for_schools_run_on_school_days_only(sample):
    path = sample / "gtfs" / "itm_sample_gtfs.zip"
    on, off = (read_timetable(path, date=day)[1] for day in (SCHOOL_DAY, HOLIDAY))
    assert 0 < off.trips_kept < on.trips_kept
    with pytest.raises(TimetableError, match="no service runs on Sunday"):
        read_timetable(path, date=SUNDAY)


def test_some_homes_are_nearer_to_the_middle_by_bus_than_on_foot(transit):
    laid, _ = transit
    network, timetable = laid.network, laid.timetable
    calls = np.diff(timetable.call_start)
    middle = int(calls.argmax())
    nodes = np.arange(0, network.n_nodes, 7)
    places = link_places(laid, network.x[nodes], network.y[nodes])
    goal = float(timetable.x[middle]), float(timetable.y[middle])
    limit_s = 5400
    seconds = transit_times_by(laid, goal, places, arrive_s=31_200, limit_s=limit_s)
    straight = np.hypot(network.x[nodes] - goal[0], network.y[nodes] - goal[1]) / (4.8 / 3.6)
    assert (seconds < straight).sum() > 20
