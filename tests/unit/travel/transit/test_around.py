"""Times around a place: a street of an hour's walk, and two buses along it."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.travel.tiny_streets import MINUTE_M, X0, Y0, network_of
from tests.unit.travel.transit.feeds import DAY, Trips, at, bus, feed_files, write_feed
from tests.unit.travel.transit.scan import XY
from tests.unit.travel.transit.test_against_scan import GRID, laid, points, timetables
from travel import field_bands, field_grid, snap
from travel.errors import OutsideCoverage
from travel.transit import (
    Transit,
    When,
    lay_on_streets,
    read_timetable,
    transit_around,
    typical_around,
)

HOUR = 3600
LONG_STREET = network_of([(X0, Y0), (X0 + 60 * MINUTE_M, Y0)], [[0, 1]])


def along(minutes: float) -> tuple[float, float]:
    """A point on the street, so many minutes' walk from its west end."""
    return X0 + minutes * MINUTE_M, Y0


STOPS = {"west": along(2), "middle": along(30), "east": along(58)}
TRIPS = {
    "a": bus(("west", "08:05"), ("middle", "08:12"), ("east", "08:19")),
    "b": bus(("west", "08:25"), ("middle", "08:32"), ("east", "08:39")),
}


@pytest.fixture(scope="module")
def transit(tmp_path_factory: pytest.TempPathFactory) -> Transit:
    return lay(tmp_path_factory.mktemp("feed"), TRIPS)


def lay(folder: Path, trips: Trips, stops: Mapping[str, XY] = STOPS) -> Transit:
    feed = write_feed(folder, feed_files(stops, trips))
    return lay_on_streets(read_timetable(feed, date=DAY)[0], LONG_STREET)[0]


def minutes_to(
    transit: Transit,
    place: float,
    doors: list[float],
    when: str,
    *,
    is_arrival: bool = False,
    is_goal: bool = False,
) -> list[float]:
    """Ask for points and for the grid, which must agree to the width of a cell."""
    around = transit_around(
        transit,
        along(place),
        snap(LONG_STREET, [along(each)[0] for each in doors], [Y0] * len(doors)),
        when=When(at(when), is_arrival=is_arrival),
        limit_s=HOUR,
        cell_m=20.0,
        is_goal=is_goal,
    )
    frame = around.field.frame
    row = round((Y0 - frame.y0) / frame.cell_m)
    for door, seconds in zip(doors, around.seconds, strict=True):
        column = round((along(door)[0] - frame.x0) / frame.cell_m)
        if np.isnan(seconds):
            assert around.field.seconds[row, column] > HOUR
        else:
            assert around.field.seconds[row, column] == pytest.approx(seconds, abs=16)
    return [round(float(each) / 60, 1) for each in around.seconds]


def test_leaving_at_a_time_one_rides_and_walks_on(transit: Transit) -> None:
    assert minutes_to(transit, 0, [10, 27, 58], "08:03") == [10, 12, 16]


def test_who_must_be_at_a_place_by_a_time_leaves_as_late_as_the_buses_let_them(
    transit: Transit,
) -> None:
    # 08:23 for the bus that is there at 08:39; a minute's walk from the goal; all the way on foot.
    found = minutes_to(transit, 58, [0, 57, 45], "08:40", is_arrival=True, is_goal=True)
    assert found == [17, 1, 13]


def test_from_a_place_to_be_anywhere_by_a_time_each_place_has_its_latest_bus(
    transit: Transit,
) -> None:
    # East is reached at 08:39: half a minute further on is in time, two minutes are not.
    found = minutes_to(transit, 0, [10, 57.5, 58.5, 60], "08:40", is_arrival=True)
    assert found == [10, 17, 17, 37]


def test_to_a_place_leaving_anywhere_at_a_time_each_place_has_its_first_bus(
    transit: Transit,
) -> None:
    found = minutes_to(transit, 58, [0, 1, 45, 0.5], "08:03", is_goal=True)
    assert found == [16, 16, 13, 16]
    assert minutes_to(transit, 58, [0], "08:04", is_goal=True) == [35]


def test_the_grid_and_the_bands_are_those_of_the_field(transit: Transit) -> None:
    around = transit_around(
        transit,
        along(0),
        snap(LONG_STREET, [], []),
        when=When(at("08:40")),
        limit_s=31 * 60,
        cell_m=20.0,
    )
    grid = field_grid(around.field, 30)
    row = round((Y0 - grid.frame.y0) / 20)
    column = round((along(58)[0] - grid.frame.x0) / 20)
    assert grid.minutes[row, column] == 17
    near, far = field_bands(LONG_STREET, around.field, (10, 20))
    x_near, x_east = along(5)[0], along(58)[0]
    assert near.geometry.bounds[0] < x_near < near.geometry.bounds[2] < x_east
    assert far.geometry.bounds[2] > x_east


def test_the_typical_time_is_that_of_half_of_the_departures(transit: Transit) -> None:
    doors = snap(LONG_STREET, [along(58)[0], along(10)[0]], [Y0, Y0])
    window = at("08:03"), at("08:23")
    found = typical_around(
        transit, along(0), doors, window_s=window, limit_s=HOUR, cell_m=20.0, every_s=300
    )
    # At 08:03, 08, 13, 18 and 23 one takes 16, 31, 26, 21 and 16 (to 08:39) minutes.
    assert (found.seconds / 60).tolist() == pytest.approx([21, 10], abs=0.1)
    with pytest.raises(ValueError, match="no departures between"):
        typical_around(transit, along(0), doors, window_s=(600, 0), limit_s=HOUR, cell_m=20.0)


def test_from_nowhere_there_is_nothing_around(transit: Transit) -> None:
    with pytest.raises(OutsideCoverage):
        transit_around(
            transit,
            (0.0, 0.0),
            snap(LONG_STREET, [], []),
            when=When(at("08:40")),
            limit_s=600,
            cell_m=20.0,
        )


@settings(max_examples=6, deadline=None)
@given(
    timetables(),
    points,
    st.lists(points, min_size=1, max_size=4),
    st.integers(20, 40),
    st.booleans(),
)
def test_the_time_kept_at_the_far_end_is_the_best_of_every_minute_searched_alone(
    timetable: tuple[dict[str, XY], Trips],
    place: XY,
    doors: list[XY],
    later: int,
    is_goal: bool,  # noqa: FBT001 - drawn
) -> None:
    """The slow way: for each minute of leaving (or of coming) one whole search, nothing pruned."""
    transit = laid(*timetable)[0]
    there = snap(GRID, *np.array(doors).T)
    at_s, limit_s = 8 * HOUR + 60 * later, 20 * 60
    kept = {"limit_s": limit_s, "cell_m": 40.0, "is_goal": is_goal}
    far_end = When(at_s, is_arrival=not is_goal)
    found = transit_around(transit, place, there, when=far_end, **kept).seconds
    best = np.full(len(doors), np.nan)
    for took in range(60, limit_s + 1, 60):
        leave = at_s + took if is_goal else at_s - took
        alone = transit_around(
            transit, place, there, when=When(leave, is_arrival=is_goal), **kept
        ).seconds
        best = np.where(np.isnan(best) & (alone <= took), took, best)
    # On foot one need not leave on a minute.
    np.testing.assert_array_equal(np.isnan(found), np.isnan(best))
    assert (np.isnan(found) | ((found <= best) & (found >= best - 60))).all()
