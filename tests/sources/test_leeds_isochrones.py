from pathlib import Path

import pytest

from bench.ors import EQUAL_PACE, Agreement, agreements, libraries, within
from bench.places import postcodes
from travel import Network, build_network, read_extract

MIRROR = Path(__file__).parents[3] / "shared" / "data" / "publishers"
REFERENCE = MIRROR / "isochrones" / "leeds_walk_ors_libraries.geojson"

pytestmark = pytest.mark.skipif(
    not REFERENCE.exists(), reason="../shared/data/publishers is not here"
)


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


def test_bands_class_postcodes_as_openrouteservice_does(
    at_equal_pace: dict[int, Agreement],
) -> None:
    # At equal pace: openrouteservice walks at 5 km/h. Five minutes are so few postcodes, and the
    # walk from door to street (which openrouteservice leaves out) so large a part of them, that
    # the shortest band is held to less.
    floors = {5: 0.65, 10: 0.78, 15: 0.80, 20: 0.85, 25: 0.86, 30: 0.87}
    assert {
        minutes for minutes, floor in floors.items() if at_equal_pace[minutes].jaccard < floor
    } == set()


def test_we_reach_next_to_nothing_that_openrouteservice_does_not(
    at_equal_pace: dict[int, Agreement],
) -> None:
    assert max(each.ours_only for each in at_equal_pace.values()) < 0.01


def test_what_openrouteservice_reaches_beyond_us_has_known_reasons(
    at_equal_pace: dict[int, Agreement],
) -> None:
    for each in at_equal_pace.values():
        assert each.off_street + each.smoothing + each.streets == pytest.approx(each.theirs_only)
        assert each.streets < 0.09


def test_polygons_and_times_tell_the_same_story(at_equal_pace: dict[int, Agreement]) -> None:
    for each in at_equal_pace.values():
        assert each.jaccard == pytest.approx(each.jaccard_of_times, abs=0.04)
