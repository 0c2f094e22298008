import json
import struct

import numpy as np
import pytest
import shapely

from tests.unit.travel.tiny_streets import X0, Y0, grid, network_of
from travel import (
    TimeGrid,
    isochrone,
    read_time_grid,
    seconds_from,
    snap,
    snap_origin,
    time_grid,
    times_to,
    write_time_grid,
)
from travel.drawing.time_grids import NOT_REACHED
from travel.snapping import drawn_max_m

GRID = grid(30, 30)
MIDDLE = (X0 + 15 * 80.0, Y0 + 15 * 80.0)


def around(minutes: float, **more: float) -> TimeGrid:
    reach = seconds_from(GRID, snap_origin(GRID, *MIDDLE), limit_s=minutes * 60)
    return time_grid(reach, **more)


def points(found: TimeGrid) -> tuple[np.ndarray, np.ndarray]:
    frame = found.frame
    return np.meshgrid(
        frame.x0 + frame.cell_m * np.arange(frame.columns),
        frame.y0 + frame.cell_m * np.arange(frame.rows),
    )


def test_on_a_grid_of_minutes_a_byte_is_the_blocks_walked() -> None:
    found = around(9)
    x, y = points(found)
    on_a_crossing = (np.mod(x - X0, 80) == 0) & (np.mod(y - Y0, 80) == 0)
    blocks = (np.abs(x - MIDDLE[0]) + np.abs(y - MIDDLE[1])) / 80
    within = on_a_crossing & (blocks <= 9)
    assert (found.minutes[within] == blocks[within]).all()
    assert (found.minutes[on_a_crossing & (blocks > 9)] == NOT_REACHED).all()


def test_every_byte_is_the_time_to_its_place_rounded_up() -> None:
    found = around(12)
    x, y = (each.ravel() for each in points(found))
    reach = seconds_from(GRID, snap_origin(GRID, *MIDDLE), limit_s=720)
    expected = np.ceil(np.round(times_to(reach, snap(GRID, x, y)).seconds, 1) / 60)
    found_minutes = found.minutes.ravel().astype(float)
    known = (found_minutes < NOT_REACHED) & ~np.isnan(expected)
    assert (np.abs(found_minutes - expected)[known] <= 1).all()
    # Points just as near to two streets may take the time of either.
    east, north = np.mod(x - X0, 80), np.mod(y - Y0, 80)
    is_tie = np.isclose(east, north) | np.isclose(east + north, 80)
    assert (found_minutes == expected)[known & ~is_tie].all()
    assert known.sum() > 0.95 * (~np.isnan(expected)).sum()


def test_a_grid_is_no_larger_than_what_is_in_reach() -> None:
    found = around(5)
    for edge in (found.minutes[0], found.minutes[-1], found.minutes[:, 0], found.minutes[:, -1]):
        assert (edge < NOT_REACHED).any()
    assert found.limit_minutes == 5
    assert found.minutes.max(where=found.minutes < NOT_REACHED, initial=0) == 5


def test_a_cell_is_in_the_grid_where_its_middle_is_in_the_band() -> None:
    found = around(10)
    (band,) = isochrone(GRID, MIDDLE, minutes=[10])
    drawn = shapely.contains_xy(band.geometry, *points(found))
    assert (drawn == (found.minutes <= 10)).mean() > 0.98


def test_places_too_far_from_a_street_to_be_drawn_are_left_out() -> None:
    corners = [(X0, Y0), (X0 + 2_000, Y0), (X0 + 2_000, Y0 + 700), (X0, Y0 + 700)]
    park = network_of(corners, [[0, 1, 2, 3, 0]])
    found = time_grid(seconds_from(park, snap_origin(park, X0 + 500, Y0), limit_s=600))
    x, y = points(found)
    in_the_park = (y > Y0 + drawn_max_m() + 20) & (y < Y0 + 700 - drawn_max_m() - 20)
    in_the_park &= (x > X0 + drawn_max_m() + 20) & (x < X0 + 2_000 - drawn_max_m() - 20)
    assert in_the_park.any()
    assert (found.minutes[in_the_park] == NOT_REACHED).all()


def test_a_search_that_reaches_nothing_makes_an_empty_grid() -> None:
    origin = snap(GRID, [X0], [Y0])
    found = time_grid(seconds_from(GRID, origin, limit_s=60, spent_s=61))
    assert found.minutes.shape == (0, 0)
    assert read_time_grid(write_time_grid(found))[0].minutes.shape == (0, 0)


@pytest.mark.parametrize("limit_s", [90, 255 * 60])
def test_the_limit_is_whole_minutes_that_fit_a_byte(limit_s: float) -> None:
    reach = seconds_from(GRID, snap_origin(GRID, *MIDDLE), limit_s=limit_s)
    with pytest.raises(ValueError, match="whole minutes"):
        time_grid(reach)


def test_what_was_written_is_read_again_with_what_was_said_about_it() -> None:
    written = around(7, cell_m=33.0)
    found, header = read_time_grid(write_time_grid(written, {"origin": "Zoë’s house"}))
    assert found.frame == written.frame
    assert (found.minutes == written.minutes).all()
    assert found.limit_minutes == 7
    assert (header["origin"], header["crs"]) == ("Zoë’s house", "EPSG:27700")


def test_the_file_is_as_its_page_says() -> None:
    """docs/time-grid.md, byte by byte."""
    written = around(4)
    data = write_time_grid(written)
    assert data[:4] == b"ATG1"
    (length,) = struct.unpack("<I", data[4:8])
    header = json.loads(data[8 : 8 + length].decode("utf-8"))
    assert set(header) == {
        "crs",
        "x0",
        "y0",
        "cell_m",
        "columns",
        "rows",
        "limit_minutes",
        "not_reached",
    }
    cells = data[8 + length :]
    assert len(cells) == header["columns"] * header["rows"]
    column = round((MIDDLE[0] - header["x0"]) / header["cell_m"])
    row = round((MIDDLE[1] - header["y0"]) / header["cell_m"])
    assert cells[row * header["columns"] + column] == 0


@pytest.mark.parametrize("data", [b"", b"ATG1", b"PK\x03\x04 something else"])
def test_what_is_no_time_grid_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no time grid"):
        read_time_grid(data)


def test_a_time_grid_cut_short_is_refused() -> None:
    with pytest.raises(ValueError, match="cells for"):
        read_time_grid(write_time_grid(around(4))[:-1])
