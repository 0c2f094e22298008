"""Timetables and their walks, saved and opened again."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.unit.travel.tiny_streets import X0, Y0, grid
from tests.unit.travel.transit.feeds import DAY, at, bus, feed_files, write_feed
from travel.errors import TimetableError
from travel.transit import (
    Timetable,
    Transit,
    When,
    lay_on_streets,
    link_places,
    read_timetable,
    transit_route,
    transit_times,
    transit_times_by,
    warm_transit,
)
from travel.transit.raptor import search_once, search_window
from travel.transit.timetable import ARRAYS

GRID = grid(12, 3, block_m=160.0)
STOPS = {"a": (X0, Y0), "b": (X0 + 800, Y0), "c": (X0 + 1600, Y0)}


@pytest.fixture
def transit(tmp_path: Path) -> Transit:
    trips = {"t1": bus(("a", "08:00"), ("b", "08:02")), "t2": bus(("b", "08:05"), ("c", "08:06"))}
    feed = write_feed(tmp_path / "feed", feed_files(STOPS, trips))
    return lay_on_streets(read_timetable(feed, date=DAY)[0], GRID)[0]


def test_what_is_saved_comes_back_mapped_and_answers_alike(
    transit: Transit, tmp_path: Path
) -> None:
    transit.save(tmp_path / "saved")
    opened = Transit.load(tmp_path / "saved", GRID)
    assert opened.transit_id == transit.transit_id
    assert opened.timetable.timetable_id == transit.timetable.timetable_id
    for name in ARRAYS:
        mapped = getattr(opened.timetable, name)
        np.testing.assert_array_equal(mapped, getattr(transit.timetable, name))
        assert isinstance(mapped.base, np.memmap)
        assert not mapped.flags.writeable
    origin, door = (X0, Y0), (X0 + 1600, Y0)
    warm_transit()
    for each in (transit, opened):
        places = link_places(each, *door)
        kept = {"limit_s": 3600}
        assert transit_times(each, origin, places, depart_s=at("08:00"), **kept)[0] == 360
        back = link_places(each, *origin)
        assert transit_times_by(each, door, back, arrive_s=at("08:06"), **kept)[0] == 360
        for when in (When(at("08:06")), When(at("08:00"), is_arrival=False)):
            assert transit_route(each, origin, door, when=when, limit_s=3600).seconds == 360
    # Warm, in memory, mapped and turned round: all are searched by one compiled loop.
    assert len(search_window.signatures) == len(search_once.signatures) == 1


def test_a_timetable_of_another_day_has_another_id(tmp_path: Path) -> None:
    trips = {"t1": bus(("a", "08:00"), ("b", "08:02"))}
    feed = write_feed(tmp_path, feed_files(STOPS, trips))
    ids = {read_timetable(feed, date=day)[0].timetable_id for day in (DAY, DAY)}
    ids.add(read_timetable(feed, date=DAY.replace(day=13))[0].timetable_id)
    trips = {"t1": bus(("a", "08:00"), ("b", "08:03"))}
    ids.add(
        read_timetable(write_feed(tmp_path, feed_files(STOPS, trips)), date=DAY)[0].timetable_id
    )
    assert len(ids) == 3


def test_walks_saved_for_other_streets_are_refused(transit: Transit, tmp_path: Path) -> None:
    transit.save(tmp_path / "saved")
    with pytest.raises(TimetableError, match=r"transit.json belongs to the network"):
        Transit.load(tmp_path / "saved", grid(12, 4, block_m=160.0))


def test_a_folder_without_a_timetable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TimetableError, match=r"there is no timetable.json in"):
        Timetable.load(tmp_path)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda folder: (folder / "arrival_s.npy").unlink(), "damaged"),
        (lambda folder: (folder / "arrival_s.npy").write_bytes(b"no array"), "damaged"),
        (lambda folder: np.save(folder / "x.npy", np.zeros(2)), "not as long as it says"),
        (lambda folder: (folder / "timetable.json").write_text("{"), "damaged"),
        (lambda folder: (folder / "timetable.json").write_text("[]"), "of version"),
        (lambda folder: _rewrite(folder, version=99), "of version 99; this atlas reads 1"),
        (lambda folder: _rewrite(folder, date="soon"), "damaged"),
    ],
)
def test_a_damaged_timetable_is_refused(transit: Transit, tmp_path: Path, change, says) -> None:
    transit.timetable.save(tmp_path / "saved")
    change(tmp_path / "saved")
    with pytest.raises(TimetableError, match=says):
        Timetable.load(tmp_path / "saved")


def _rewrite(folder: Path, **changed: object) -> None:
    path = folder / "timetable.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))
