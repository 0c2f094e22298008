"""Whether a walk comes to where the streets that were loaded end."""

import numpy as np
import pytest
import shapely

from tests.unit.travel.tiny_streets import X0, Y0, grid, network_of
from travel import bands, is_cut, isochrone, rim, seconds_from, snap_origin
from travel.covering import MARGIN_M
from travel.drawing.isochrones import RIM_S
from travel.snapping import drawn_max_m

GRID = grid(30, 30)


def test_the_core_lies_inside_the_coverage_by_its_margin_and_what_is_drawn_off_street() -> None:
    west = shapely.from_wkb(shapely.to_wkb(GRID.coverage)).bounds[0]
    inset = MARGIN_M + drawn_max_m()
    middle = Y0 + 1_200
    assert GRID.is_in_core(west + inset + 5, middle)
    assert not GRID.is_in_core(west + inset - 5, middle)


@pytest.mark.parametrize("minutes", [3, 6, 9, 12, 15, 18, 21, 25])
def test_a_list_is_cut_where_its_band_is(minutes: int) -> None:
    here = (X0 + 15 * 80.0, Y0 + 15 * 80.0)
    reach = seconds_from(GRID, snap_origin(GRID, *here), limit_s=minutes * 60)
    (band,) = isochrone(GRID, here, minutes=[minutes])
    assert is_cut(reach, rim(GRID)) is band.is_cut_by_coverage


def test_from_the_rim_itself_the_shortest_walk_is_cut() -> None:
    reach = seconds_from(GRID, snap_origin(GRID, X0, Y0 + 1_200), limit_s=60)
    assert is_cut(reach, rim(GRID))


def test_a_long_street_is_cut_where_it_leaves_the_core_and_not_at_its_next_bend() -> None:
    """Eleven streets each way, 80 m apart; the middle one runs on for five kilometres."""
    points = [(X0 + 80.0 * east, Y0 + 80.0 * north) for north in range(11) for east in range(11)]
    across = [[11 * north + east for east in range(11)] for north in range(11)]
    along = [[11 * north + east for north in range(11)] for east in range(11)]
    network = network_of([*points, (X0 + 5_800, Y0 + 400)], [*across, *along, [65, 121]])
    found = rim(network)
    on_the_long_one = np.isclose(found.y, Y0 + 400) & (found.x > X0 + 400)
    assert on_the_long_one.sum() == 1
    assert X0 + 600 < found.x[on_the_long_one][0] < X0 + 1_300  # the next bend is at 5,800
    assert not network.is_in_core(found.x, found.y).any()


def test_a_band_and_its_list_agree_on_the_search_they_share() -> None:
    here = (X0 + 15 * 80.0, Y0 + 15 * 80.0)
    reach = seconds_from(GRID, snap_origin(GRID, *here), limit_s=5 * 60 + RIM_S)
    assert not bands(reach, [5.0])[0].is_cut_by_coverage
    assert not is_cut(reach, rim(GRID))
