"""The step that finds the times from every home to every school."""

import numpy as np
import pandas as pd
import pytest

from ingest.pipeline.steps.matrix import homes_of, limit_minutes
from travel import MODES, Network, travel_times
from travel.matrix import Matrix
from travel.transit import Transit, link_places, transit_times_by


@pytest.fixture
def matrices(built):
    folder = built.builds.folder / built.builds.current() / "matrix"
    return {mode: Matrix.load(folder / mode) for mode in MODES}


def test_a_build_has_a_matrix_for_every_mode_of_its_own_networks(built, matrices) -> None:
    folder = built.builds.folder / built.builds.current() / "networks"
    for mode, matrix in matrices.items():
        assert matrix.about.mode == mode
        assert matrix.about.network_ids == (Network.load(folder / mode).network_id,)
        assert matrix.about.limit_s == limit_minutes(mode) * 60
        assert matrix.about.pairs > 0


def test_homes_are_the_region_s_postcodes_and_small_areas(built, matrices) -> None:
    own = {code for (code,) in built.query("select postcode from postcode where not is_outside")}
    areas = {
        code
        for (code,) in built.query(
            "select area_code from area where kind = 'lsoa21' and not is_outside"
        )
    }
    for matrix in matrices.values():
        assert {code.decode() for code in matrix.home_id} == own | areas


def test_schools_across_the_border_are_places_to_go_to_and_closed_ones_are_not(
    built, matrices
) -> None:
    wanted = built.query("select urn from school where x is not null and status <> 'closed'")
    outside = built.query("select urn from school where x is not null and is_outside")
    for matrix in matrices.values():
        assert set(matrix.place_id.tolist()) == {urn for (urn,) in wanted}
        assert set(matrix.place_id.tolist()) & {urn for (urn,) in outside}


def test_a_walk_in_the_matrix_is_the_walk_that_a_search_finds(built, matrices) -> None:
    network = Network.load(built.builds.folder / built.builds.current() / "networks" / "walk")
    schools = built.query("select urn, x, y from school where x is not null and status = 'open'")
    homes = built.query("select postcode, x, y from postcode where not is_outside limit 40")
    there = np.array([(x, y) for _, x, y in schools])
    matrix = matrices["walk"]
    for postcode, x, y in homes:
        seconds = travel_times(network, (x, y), there, limit_s=3600).seconds
        for (urn, _, _), found in zip(schools, seconds, strict=True):
            kept = matrix.seconds(matrix.home(postcode), matrix.place(urn))
            assert kept == (None if np.isnan(found) else pytest.approx(found, abs=1))


def test_the_middle_of_a_small_area_is_where_its_postcodes_are() -> None:
    postcodes = pd.DataFrame(
        {
            "postcode": ["AA1 1AA", "AA1 1AB", "AA1 1AC"],
            "x": [400_000.0, 400_200.0, 500_000.0],
            "y": [300_000.0, 300_400.0, 300_000.0],
            "lsoa21": ["E01000001", "E01000001", "E01000009"],
            "is_outside": [False, False, True],
        }
    )
    areas = pd.DataFrame(
        {
            "area_code": ["E01000001", "E01000002"],
            "kind": ["lsoa21", "lsoa21"],
            "lon": [-2.0, -2.0],
            "lat": [53.0, 49.766_18],
            "is_outside": [False, False],
        }
    )
    homes = homes_of(postcodes, areas)
    assert homes.id.tolist() == ["AA1 1AA", "AA1 1AB", "E01000001", "E01000002"]
    assert (homes.x[2], homes.y[2]) == (400_100, 300_200)
    assert homes.x[3] == pytest.approx(400_000, abs=100)


def test_by_public_transport_one_is_at_school_by_twenty_to_nine(built) -> None:
    folder = built.builds.folder / built.builds.current()
    walk = Network.load(folder / "networks" / "walk")
    transit = Transit.load(folder / "transit", walk)
    matrix = Matrix.load(folder / "matrix" / "transit")
    arrive_s = (8 * 60 + 40) * 60
    assert matrix.about.network_ids == (
        walk.network_id,
        transit.transit_id,
        f"arrive by {arrive_s} s",
    )
    homes = built.query("select postcode, x, y from postcode where not is_outside limit 40")
    linked = link_places(transit, [x for _, x, _ in homes], [y for _, _, y in homes])
    limit_s = round(matrix.about.limit_s)
    for urn, x, y in built.query(
        "select urn, x, y from school where is_covered and status <> 'closed'"
    ):
        by = transit_times_by(transit, (x, y), linked, arrive_s=arrive_s, limit_s=limit_s)
        for (postcode, _, _), seconds in zip(homes, by, strict=True):
            kept = matrix.seconds(matrix.home(postcode), matrix.place(urn))
            assert kept == (None if np.isnan(seconds) else round(seconds))
    assert matrix.about.pairs > 0
