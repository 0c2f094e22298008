from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.near_streets import share_alike
from tests.unit.travel.tiny_streets import MIRROR, X0, Y0, grid, network_of
from travel import (
    Band,
    Network,
    build_network,
    isochrone,
    read_extract,
    seconds_from,
    snap,
    snap_origin,
    time_field,
    times_to,
    travel_times,
)
from travel.drawing.claims import FAR
from travel.errors import NotConnected, OutsideCoverage
from travel.interchange import edge_lines
from travel.snapping import drawn_max_m, snap_max_m

GRID = grid(30, 30)
MIDDLE = (X0 + 15 * 80.0, Y0 + 15 * 80.0)
LEEDS = MIRROR / "osm" / "leeds_inner_2022-07.osm.pbf"
RUTLAND = MIRROR / "osm" / "rutland_2022-07-20.osm.pbf"


def test_on_a_grid_of_minutes_a_band_is_a_diamond() -> None:
    (band,) = isochrone(GRID, MIDDLE, minutes=[10])
    inside = shapely.contains_xy(band.geometry, GRID.x, GRID.y)
    blocks = (np.abs(GRID.x - MIDDLE[0]) + np.abs(GRID.y - MIDDLE[1])) / 80
    assert inside[blocks < 9.7].all()
    assert not inside[blocks > 10.3].any()
    assert band.geometry.area == pytest.approx(2 * 800**2, rel=0.06)


def test_bands_come_fewest_minutes_first_and_each_only_once() -> None:
    found = isochrone(GRID, MIDDLE, minutes=[10, 5, 10, 2.5])
    assert [band.minutes for band in found] == [2.5, 5, 10]


@settings(max_examples=40, deadline=None)
@given(
    st.floats(-90, 2_400),
    st.floats(-90, 2_400),
    st.lists(st.integers(1, 40), min_size=2, max_size=5, unique=True),
    st.sampled_from([10.0, 20.0, 33.0]),
)
def test_every_band_is_valid_and_holds_the_one_before(
    dx: float, dy: float, minutes: list[int], cell_m: float
) -> None:
    found = isochrone(GRID, (X0 + dx, Y0 + dy), minutes=minutes, cell_m=cell_m)
    for band in found:
        assert isinstance(band.geometry, shapely.MultiPolygon)
        assert band.geometry.is_valid
    for inner, outer in pairwise(found):
        assert shapely.covers(outer.geometry, inner.geometry)


def test_a_band_does_not_depend_on_the_others_asked_for() -> None:
    alone = isochrone(GRID, MIDDLE, minutes=[7])[0]
    among = isochrone(GRID, MIDDLE, minutes=[3, 7, 12])[1]
    differs = alone.geometry.symmetric_difference(among.geometry)
    assert differs.area < 1e-5 * alone.geometry.area


def test_the_origin_is_inside_even_where_it_lies_off_the_street() -> None:
    corners = [(X0, Y0), (X0 + 2_000, Y0), (X0 + 2_000, Y0 + 700), (X0, Y0 + 700)]
    park = network_of(corners, [[0, 1, 2, 3, 0]])
    here = (X0 + 1_000, Y0 + 250)
    for band in isochrone(park, here, minutes=[2, 5]):
        assert shapely.contains_xy(band.geometry, *here)


def test_a_long_street_without_junctions_is_followed_from_the_middle() -> None:
    road = network_of([(X0, Y0), (X0 + 5_000, Y0)], [[0, 1]])
    (band,) = isochrone(road, (X0 + 2_500, Y0), minutes=[5])
    west, _, east, _ = band.geometry.bounds
    assert (west, east) == (
        pytest.approx(X0 + 2_100, abs=10),
        pytest.approx(X0 + 2_900, abs=10),
    )


def test_no_time_is_lent_across_a_street_out_of_reach() -> None:
    # Two parallel streets 60 m apart that only meet 2 km away.
    points = [(X0, Y0), (X0 + 2_000, Y0), (X0 + 2_000, Y0 + 60), (X0, Y0 + 60)]
    network = network_of(points, [[0, 1, 2, 3]])
    (band,) = isochrone(network, (X0 + 300, Y0), minutes=[3])
    assert shapely.contains_xy(band.geometry, X0 + 300, Y0 + 20)
    assert not shapely.contains_xy(band.geometry, X0 + 300, Y0 + 50)


def test_the_field_is_the_walk_to_the_nearest_street_and_along_it() -> None:
    reach = seconds_from(GRID, snap_origin(GRID, *MIDDLE), limit_s=700)
    field = time_field(reach, cell_m=20)
    frame = field.frame
    rows, columns = np.nonzero(field.seconds < FAR)
    x, y = frame.x0 + 20 * columns, frame.y0 + 20 * rows
    lines = shapely.STRtree(edge_lines(GRID))
    _, away = lines.query_nearest(shapely.points(x, y), return_distance=True, all_matches=False)
    assert field.distance_m[rows, columns] == pytest.approx(away, abs=0.02)
    expected = times_to(reach, snap(GRID, x, y))
    known = ~np.isnan(expected.seconds)
    wrong = np.abs(field.seconds[rows, columns] - expected.seconds)[known] > 0.2
    # Grid points just as near to two streets may take the time of either.
    ties = np.isclose(np.mod(x - X0, 80), np.mod(y - Y0, 80)) | np.isclose(
        np.mod(x - X0, 80) + np.mod(y - Y0, 80), 80
    )
    assert not (wrong & ~ties[known]).any()


def test_small_holes_are_filled_and_large_ones_are_not() -> None:
    def holes(block_m: float) -> int:
        (band,) = isochrone(
            grid(6, 6, block_m=block_m), (X0 + 2 * block_m, Y0 + 2 * block_m), minutes=[30]
        )
        return sum(len(part.interiors) for part in band.geometry.geoms)

    assert holes(2 * drawn_max_m() + 100) == 0
    assert holes(2 * drawn_max_m() + 250) > 10


def test_a_place_far_from_streets_may_have_a_time_and_lie_outside_the_band() -> None:
    """The two limits are assumptions of their own: what is drawn, and what is given a time."""
    assert (drawn_max_m(), snap_max_m()) == (100, 400)
    corners = [(X0, Y0), (X0 + 2_000, Y0), (X0 + 2_000, Y0 + 700), (X0, Y0 + 700)]
    park = network_of(corners, [[0, 1, 2, 3, 0]])
    here, there = (X0 + 500, Y0), np.array([(X0 + 700, Y0 + 90), (X0 + 700, Y0 + 193)])
    times = travel_times(park, here, there, limit_s=600)
    assert times.seconds / 60 == pytest.approx([290 / 80, 393 / 80], abs=0.01)
    (band,) = isochrone(park, here, minutes=[10])
    assert shapely.contains_xy(band.geometry, there).tolist() == [True, False]


def test_a_band_that_meets_the_edge_of_the_streets_says_so() -> None:
    near, far = isochrone(GRID, MIDDLE, minutes=[5, 25])
    assert (near.is_cut_by_coverage, far.is_cut_by_coverage) == (False, True)


@pytest.mark.parametrize("minutes", [[], [0], [-5, 5], [float("nan")], [float("inf")]])
def test_minutes_must_be_possible(minutes: list[float]) -> None:
    with pytest.raises(ValueError, match="minutes must be above 0"):
        isochrone(GRID, MIDDLE, minutes=minutes)


def test_outside_the_streets_there_is_no_isochrone() -> None:
    with pytest.raises(OutsideCoverage):
        isochrone(GRID, (X0 - 2_000, Y0), minutes=[5])


def test_far_from_any_street_there_is_no_isochrone() -> None:
    corners = [(X0, Y0), (X0 + 2_000, Y0), (X0 + 2_000, Y0 + 2_000), (X0, Y0 + 2_000)]
    with pytest.raises(NotConnected):
        isochrone(network_of(corners, [[0, 1, 2, 3, 0]]), (X0 + 900, Y0 + 900), minutes=[5])


def _agreement(network: Network, bands: tuple[Band, ...], here: tuple[float, float]) -> float:
    """Share of places near streets that polygons and point-to-point times class alike."""
    rng = np.random.default_rng(7)
    node = rng.integers(0, network.n_nodes, 4_000)
    x = network.x[node] + rng.uniform(-40, 40, node.size)
    y = network.y[node] + rng.uniform(-40, 40, node.size)
    widest = bands[-1]
    reach = seconds_from(network, snap_origin(network, *here), limit_s=widest.minutes * 60)
    within = ~np.isnan(times_to(reach, snap(network, x, y)).seconds)
    drawn = shapely.contains_xy(widest.geometry, x, y)
    return float((within == drawn)[within | drawn].mean())


@pytest.mark.skipif(not RUTLAND.exists(), reason="../shared/data/publishers is not here")
def test_in_rutland_polygons_and_times_agree() -> None:
    network, _ = build_network(read_extract(RUTLAND), mode="walk")
    for here in ((486_000, 308_800), (486_700, 296_900), (492_700, 304_400)):
        bands = isochrone(network, here, minutes=[5, 10, 15, 20, 30])
        assert _agreement(network, bands, here) > 0.95
        assert not any(band.is_cut_by_coverage for band in bands[:3])


@pytest.mark.skipif(not LEEDS.exists(), reason="../shared/data/publishers is not here")
def test_in_leeds_bands_and_times_agree_at_99_places_of_100_near_streets() -> None:
    network, _ = build_network(read_extract(LEEDS), mode="walk")
    inner = shapely.buffer(network.coverage, -2_500)
    node = np.random.default_rng(20).permutation(network.n_nodes)
    node = node[shapely.contains_xy(inner, network.x[node], network.y[node])][:8]
    homes = [(network.x[each] + 6.0, network.y[each] + 4.0) for each in node]
    assert np.mean([share_alike(network, home, 30) for home in homes]) >= 0.99
    assert np.mean([share_alike(network, home, 15) for home in homes]) >= 0.99
