import numpy as np
import pytest
import shapely

from tests.unit.travel.tiny_streets import MIRROR, X0, Y0, grid, network_of
from travel import build_network, read_extract
from travel.covering import coverage
from travel.network import Frame

RUTLAND = MIRROR / "osm" / "rutland_2022-07-20.osm.pbf"
LEEDS = MIRROR / "osm" / "leeds_inner_2022-07.osm.pbf"
needs_data = pytest.mark.skipif(
    not (RUTLAND.exists() and LEEDS.exists()), reason="../shared/data/publishers is not here"
)


def test_a_little_more_than_the_streets_is_covered() -> None:
    network = grid(20, 20)
    corner = X0 - 40, Y0 - 40
    assert network.is_covered([corner[0] - 50, corner[0] - 400], [Y0 + 800, Y0 + 800]).tolist() == [
        True,
        False,
    ]


def test_a_lone_street_that_runs_on_beyond_the_rest_is_cut_off() -> None:
    block = grid(20, 20)
    points = [(float(x), float(y)) for x, y in zip(block.x, block.y, strict=True)]
    streets = [[int(a), int(b)] for a, b in zip(block.tail, block.head, strict=True)]
    end = int(np.argmax(block.x))
    far = (points[end][0] + 3_000, points[end][1])
    network = network_of([*points, far], [*streets, [end, len(points)]])
    places = [points[end][0] + metres for metres in (100, 1_500, 3_000)]
    assert network.is_covered(places, [far[1]] * 3).tolist() == [True, False, False]


@pytest.mark.parametrize("block_m", [7.0, 80.0, 99.0, 250.0])
def test_every_corner_of_a_block_of_streets_is_covered(block_m: float) -> None:
    for size in (2, 3, 12):
        network = grid(size, size + 1, block_m=block_m)
        assert network.is_covered(network.x, network.y).all()


def test_fields_between_streets_are_covered() -> None:
    network = grid(4, 4, block_m=600)
    assert network.is_covered(X0 + 300, Y0 + 300)


def test_a_lake_between_streets_is_covered_but_a_wide_gap_is_not() -> None:
    side = 2_500.0
    ring = network_of(
        [(X0, Y0), (X0 + side, Y0), (X0 + side, Y0 + side), (X0, Y0 + side)], [[0, 1, 2, 3, 0]]
    )
    assert ring.is_covered(X0 + side / 2, Y0 + side / 2)
    arms = network_of(
        [(X0, Y0 + side), (X0, Y0), (X0 + 4_000, Y0), (X0 + 4_000, Y0 + side)], [[0, 1, 2, 3]]
    )
    assert not arms.is_covered(X0 + 2_000, Y0 + 2_000)


def test_a_hole_as_wide_as_a_county_stays() -> None:
    has_street = np.ones((90, 90), bool)
    has_street[15:75, 15:75] = False
    outline = coverage(Frame(0.0, 0.0, 100.0, 90, 90), has_street)
    assert not shapely.contains_xy(outline, 4_500, 4_500)


def test_the_outline_is_valid_whatever_the_streets() -> None:
    rng = np.random.default_rng(1)
    for share in (0.001, 0.01, 0.2):
        outline = coverage(Frame(0.0, 0.0, 100.0, 120, 80), rng.random((80, 120)) < share)
        assert isinstance(outline, shapely.MultiPolygon)
        assert outline.is_valid


@needs_data
def test_rutland_ends_at_the_county_line() -> None:
    network, _ = build_network(read_extract(RUTLAND), mode="walk")
    oakham, on_rutland_water, melton_mowbray = (
        (486_000, 308_800),
        (491_500, 306_500),
        (475_300, 319_000),
    )
    x, y = np.array([oakham, on_rutland_water, melton_mowbray]).T
    assert network.is_covered(x, y).tolist() == [True, True, False]
    assert 380e6 < network.coverage.area < 480e6


@needs_data
def test_the_leeds_extract_is_a_disc() -> None:
    network, _ = build_network(read_extract(LEEDS), mode="walk")
    centre = network.coverage.centroid
    angle = np.linspace(0, 2 * np.pi, 24)
    within = network.is_covered(centre.x + 5_800 * np.cos(angle), centre.y + 5_800 * np.sin(angle))
    beyond = network.is_covered(centre.x + 8_600 * np.cos(angle), centre.y + 8_600 * np.sin(angle))
    assert within.all()
    assert not beyond.any()
