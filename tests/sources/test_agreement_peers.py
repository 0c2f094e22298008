import pytest

from bench.agreement import (
    EXPECTED,
    LEAST_ALIKE,
    LEAST_CORRELATION,
    LEAST_DRIVE_CORRELATION,
    MIRROR,
    REGIONS,
    Agreement,
    agreement,
    expected,
)

pytestmark = pytest.mark.skipif(
    not (MIRROR / "osm").is_dir(), reason="../shared/data/publishers is not here"
)


@pytest.fixture(scope="module", params=REGIONS)
def found(request: pytest.FixtureRequest) -> Agreement:
    return agreement(request.param)


def test_walks_are_as_long_as_those_of_valhalla_or_osrm(found: Agreement) -> None:
    assert found.pairs == 2000
    assert found.alike >= LEAST_ALIKE
    assert found.correlation >= LEAST_CORRELATION


def test_the_two_peers_are_less_alike_than_we_are_to_either(found: Agreement) -> None:
    assert found.alike > found.peers_alike


def test_no_walk_is_found_where_both_peers_find_none(found: Agreement) -> None:
    assert found.only_ours == 0


def test_hardly_a_walk_is_missing_that_both_peers_find(found: Agreement) -> None:
    assert found.only_theirs <= 0.005 * found.pairs


def test_times_by_car_rise_and_fall_with_those_of_valhalla(found: Agreement) -> None:
    assert found.drive_correlation >= LEAST_DRIVE_CORRELATION


@pytest.mark.parametrize("mode", ["walk", "drive"])
@pytest.mark.parametrize("region", REGIONS)
def test_expected_values_say_how_they_were_made(region: str, mode: str) -> None:
    path = EXPECTED / f"{region}_{mode}.csv"
    said = " ".join(path.read_text(encoding="utf-8").split("\n")[:3])
    for part in (REGIONS[region].extract, "pyvalhalla", "osrm-bindings", "Made on", "python -m"):
        assert part in said
    assert path.stat().st_size < 200_000
    assert len(expected(region, mode).homes) == 2000
