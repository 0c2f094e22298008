"""A street of a mile with a bus along it: when to leave each home to be at school by 08:40."""

import csv

import numpy as np
import pytest

from tests.unit.travel.matrix.places import points
from tests.unit.travel.tiny_streets import MINUTE_M, X0, Y0, network_of
from tests.unit.travel.transit.feeds import DAY, at, bus, feed_files, write_feed
from travel.matrix import Matrix, Way, write_csv
from travel.matrix.by_timetable import Morning, make_transit_matrix
from travel.transit import lay_on_streets, link_places, read_timetable, transit_times_by

STREET = network_of([(X0, Y0), (X0 + 60 * MINUTE_M, Y0)], [[0, 1]])
HOURS = {"West": 0, "Middle": 27, "East": 57, "Field": 15}
MORNING = Morning(at("08:40"), 60 * 60)


def along(minutes: float) -> tuple[float, float]:
    return X0 + minutes * MINUTE_M, Y0


@pytest.fixture
def transit(tmp_path):
    stops = {"west": along(2), "middle": along(30), "east": along(58)}
    trips = {"a": bus(("west", "08:05"), ("middle", "08:12"), ("east", "08:19"))}
    feed = write_feed(tmp_path, feed_files(stops, trips))
    return lay_on_streets(read_timetable(feed, date=DAY)[0], STREET)[0]


@pytest.fixture
def made(transit, tmp_path):
    homes = points([(name, *along(minutes)) for name, minutes in HOURS.items()])
    schools = points([(1, *along(58)), (2, *along(0)), (3, X0, Y0 + 90_000)])
    out = tmp_path / "transit"
    way = Way(places_per_part=2)
    return make_transit_matrix(transit, homes, schools, when=MORNING, out=out, way=way)


def minutes(matrix: Matrix, home: str, school: int) -> float | None:
    seconds = matrix.seconds(matrix.home(home), matrix.place(school))
    return None if seconds is None else seconds / 60


def test_one_leaves_in_time_for_the_bus_or_walks(made) -> None:
    assert minutes(made, "West", 1) == 2 + 35  # in time for the bus at 08:05
    assert minutes(made, "East", 1) == 1
    assert minutes(made, "Middle", 1) == 31  # on foot, at 08:09 rather than for the bus at 08:12
    assert minutes(made, "Field", 2) == 15  # no bus goes there
    assert minutes(made, "West", 3) is None


def test_every_time_is_that_of_a_search_of_its_own(made, transit) -> None:
    names = list(HOURS)
    linked = link_places(transit, *np.array([along(HOURS[name]) for name in names]).T)
    for school, there in ((1, 58), (2, 0)):
        by = transit_times_by(transit, along(there), linked, **MORNING._asdict())
        for name, seconds in zip(names, by.tolist(), strict=True):
            kept = made.seconds(made.home(name), made.place(school))
            assert kept == (None if np.isnan(seconds) else round(seconds))


def test_metres_are_not_known_on_a_bus(made, transit, tmp_path) -> None:
    assert not made.about.has_metres
    assert made.about.network_ids[1] == transit.transit_id
    assert made.from_home(0).metres is None
    assert made.to_place(0).metres is None
    write_csv(made, tmp_path / "transit.csv")
    with (tmp_path / "transit.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["home", "place", "seconds"]
