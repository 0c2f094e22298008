"""Public transport in whole builds of the tiny place: one bus line, two buses."""

import shutil
from datetime import date

import httpx
import pytest

from api.app import create_app
from config.region import read_region
from config.settings import Settings
from config.timetable import Timetable
from ingest.errors import CheckFailed, IngestError
from tests.support import tiny_mirror
from tests.support.tiny_mirror import STOPS, TIMETABLE, TRIPS, X0, Y0
from tests.unit.travel.transit.feeds import at, feed_files
from travel import Network
from travel.transit import Transit, link_places, transit_times

ISSUES = (
    "select severity, rule, subject, says from issue "
    "where step = 'transit' or (step = 'files' and subject = 'timetables')"
)


def opened(place):
    folder = place.builds.folder / place.builds.current()
    return Transit.load(folder / "transit", Network.load(folder / "networks" / "walk"))


def told(place):
    return {
        rule: (severity, subject, says) for severity, rule, subject, says in place.query(ISSUES)
    }


def set_timetable(place, **changed):
    timetable = Timetable(**{"feeds": ("east_midlands",), **changed})
    place.region = place.region.model_copy(update={"timetable": timetable})


def test_a_build_answers_by_bus(built):
    transit = opened(built)
    places = link_places(transit, [X0 + 1875, X0 + 1000], [Y0 + 250, Y0 + 250])
    seconds = transit_times(
        transit, (X0 + 125, Y0 + 250), places, depart_s=at("07:58"), limit_s=3600
    )
    assert (seconds / 60).tolist() == [8, 5]


@pytest.mark.anyio
async def test_the_build_is_served_and_answers_for_a_postcode(built, tmp_path):
    """By hand: 365 m to the stop, so that one leaves at 07:55 for the bus at 08:00.

    It is in the middle at 08:03; from there the school is 750 m away, which takes until 08:12. The
    next bus would be too late for 08:15, and all the way on foot is 1,990 m, 24.9 minutes.
    """
    app = create_app(Settings(home=built.home, frontend_dir=tmp_path), region_id="tiny")
    asked = {"mode": "transit", "arrive_by": "08:15", "minutes": 30}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://atlas/api/v1"
    ) as client:
        found = (await client.get("/postcodes/TT11AA/reachable-schools", params=asked)).json()
        walked = await client.get("/postcodes/TT11AA/reachable-schools", params={"minutes": 30})
    minutes = {item["urn"]: item["minutes"] for item in found["items"]}
    on_foot = {item["urn"]: item["minutes"] for item in walked.json()["items"]}
    assert (minutes[900005], on_foot[900005]) == (20, 24.9)
    assert "by the timetable of Tuesday 13 January 2026" in found["method"]
    assert found["sources"] == ["gias", "streets", "timetables", "code_point_open"]


def test_the_first_tuesday_in_term_is_read_and_the_log_says_why(built):
    assert opened(built).timetable.date == date(2026, 1, 13)
    severity, subject, says = told(built)["timetable day"]
    assert (severity, subject) == ("note", "Tuesday 13 January 2026")
    assert "outside school holidays" in says


def test_far_stops_and_trips_that_only_they_have_are_cut_and_counted(built):
    assert opened(built).timetable.stop_id.tolist() == ["west", "middle", "east"]
    severity, subject, says = told(built)["timetable is cut to the region"]
    assert (severity, subject) == ("note", TIMETABLE)
    assert says == (
        "1 of 4 stops lie more than 1 km outside the streets loaded, and 1 trips of the day call "
        "at fewer than two others; left out"
    )


def test_what_is_odd_in_the_timetable_arrives_in_the_builds_log(built):
    assert told(built)["timetable: time_order"] == (
        "warning",
        f"{TIMETABLE}: stop_times.txt",
        "backwards: times run backwards along the trip; trips left out",
    )


def test_the_day_may_be_named(place):
    set_timetable(place, date=date(2026, 1, 30))
    place.build()
    assert opened(place).timetable.date == date(2026, 1, 30)
    assert "timetable day" not in told(place)


@pytest.mark.parametrize(
    ("breakage", "says"),
    [
        ("a file is missing", "itm_east_midlands_gtfs.zip has no stop_times.txt"),
        ("another day", "covers 01 January 2026 to 31 January 2026, not 03 March 2026"),
        ("another place", "none of the 3 trips"),
    ],
)
def test_a_timetable_that_cannot_be_used_costs_public_transport_not_the_build(
    place, breakage, says
):
    path = place.mirror / "gtfs" / TIMETABLE
    stops = {name: (X0 + 90_000 + x, Y0 + y) for name, (x, y) in STOPS.items()}
    whole = feed_files(stops, TRIPS)
    if breakage == "a file is missing":
        tiny_mirror.write_timetable(path, {k: v for k, v in whole.items() if k != "stop_times.txt"})
    elif breakage == "another place":
        tiny_mirror.write_timetable(path, whole)
    else:
        set_timetable(place, date=date(2026, 3, 3))
    with pytest.raises(CheckFailed, match="transit_trips: 0 instead of 2"):
        place.build()
    place.build(may_shrink=True)
    severity, subject, found = told(place)["timetable can be used"]
    assert (severity, subject) == ("warning", TIMETABLE)
    assert says in found
    assert found.endswith("; built without public transport")
    assert str(place.folder) not in found
    assert not (place.builds.folder / place.builds.current() / "transit").exists()
    assert place.query("select count(*) from school") == [(6,)]


def test_a_timetable_that_a_region_requires_stops_the_build(place):
    set_timetable(place, required=True, date=date(2026, 3, 3))
    with pytest.raises(IngestError, match="not 03 March 2026"):
        place.build()


@pytest.mark.parametrize("breakage", ["no file", "half a zip"])
def test_without_a_whole_file_in_the_mirror_the_build_goes_on_and_says_so(place, breakage):
    path = place.mirror / "gtfs" / TIMETABLE
    if breakage == "no file":
        shutil.rmtree(path.parent)
    else:
        path.write_bytes(path.read_bytes()[:-100])
    place.build(may_shrink=True)
    severity, subject, says = told(place)["optional series"]
    assert (severity, subject) == ("warning", "timetables")
    assert "gtfs" in says
    assert not (place.builds.folder / place.builds.current() / "transit").exists()


def test_a_region_without_a_timetable_has_no_public_transport_and_nothing_to_say(place):
    path = place.folder / "regions" / "tiny.toml"
    path.write_text(path.read_text().partition("[timetable]")[0])
    place.region = read_region(path)
    place.build(may_shrink=True)
    assert told(place) == {}
    assert not (place.builds.folder / place.builds.current() / "transit").exists()
