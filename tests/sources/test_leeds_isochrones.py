from pathlib import Path

import pytest

from bench.ors import EQUAL_PACE, Agreement, agreements, libraries, within
from bench.places import postcodes
from travel import Network, build_network, read_extract

MIRROR = Path(__file__).parents[3] / "shared" / "data" / "publishers"
REFERENCE = MIRROR / "isochrones" / "leeds_walk_ors_libraries.geojson"

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not REFERENCE.exists(), reason="../shared/data/publishers is not here"),
]


@pytest.fixture(scope="module")
def leeds() -> Network:
    extract = read_extract(MIRROR / "osm" / "leeds_inner_2022-07.osm.pbf")
    return build_network(extract, mode="walk")[0]


@pytest.fixture(scope="module")
def at_equal_pace(leeds: Network) -> dict[int, Agreement]:
    homes = postcodes(MIRROR / "os" / "codepo_gb.zip")
    found = agreements(leeds, libraries(REFERENCE), homes, pace_ratio=EQUAL_PACE)
    return {each.minutes: each for each in found}


def test_only_libraries_whose_half_hour_walk_is_covered_are_compared(leeds: Network) -> None:
    names = {library.name for library in within(leeds, libraries(REFERENCE))}
    assert "leeds-central-library" in names
    assert 8 <= len(names) < 16


def test_postcodes_are_in_reach_as_openrouteservice_counts_them(
    at_equal_pace: dict[int, Agreement],
) -> None:
    # At its pace of 5 km/h, from street to street: it leaves out the walk between door and street.
    floors = {5: 0.80, 10: 0.85, 15: 0.85, 20: 0.90, 25: 0.91, 30: 0.92}
    reached = {minutes: each.street_jaccard for minutes, each in at_equal_pace.items()}
    assert {minutes for minutes, floor in floors.items() if reached[minutes] < floor} == set()


def test_outlined_as_openrouteservice_does_nearly_all_postcodes_are_the_same(
    at_equal_pace: dict[int, Agreement],
) -> None:
    assert min(each.drawn_jaccard for each in at_equal_pace.values()) > 0.965


def test_our_bands_from_door_to_door_are_not_far_from_theirs(
    at_equal_pace: dict[int, Agreement],
) -> None:
    # Five minutes are so few postcodes, and the walk from door to street so large a part of them,
    # that the shortest band is held to less.
    floors = {5: 0.65, 10: 0.78, 15: 0.80, 20: 0.85, 25: 0.86, 30: 0.87}
    assert {
        minutes for minutes, floor in floors.items() if at_equal_pace[minutes].jaccard < floor
    } == set()


def test_we_reach_next_to_nothing_that_openrouteservice_does_not(
    at_equal_pace: dict[int, Agreement],
) -> None:
    assert max(each.ours_only for each in at_equal_pace.values()) < 0.01
    assert max(each.street_ours_only for each in at_equal_pace.values()) < 0.01


def test_what_openrouteservice_reaches_beyond_us_has_known_reasons(
    at_equal_pace: dict[int, Agreement],
) -> None:
    for each in at_equal_pace.values():
        assert each.off_street + each.outline + each.streets == pytest.approx(each.theirs_only)
        assert each.streets < 0.025


def test_polygons_and_times_tell_the_same_story(at_equal_pace: dict[int, Agreement]) -> None:
    for each in at_equal_pace.values():
        assert each.jaccard == pytest.approx(each.jaccard_of_times, abs=0.04)
