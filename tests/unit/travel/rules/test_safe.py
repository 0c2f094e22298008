"""What counts as safe to walk along, and how much of that is known rather than assumed."""

from pathlib import Path

import pytest

from config.tables import assumption_table
from tests.unit.travel.tiny_streets import X0, Y0, Point, write_extract
from travel import build_network, build_safe_walk, read_extract, snap, times_from
from travel.rules.safe import walk_safely


@pytest.mark.parametrize(
    ("tags", "built_up", "is_safe"),
    [
        ({"highway": "footway"}, False, True),
        ({"highway": "track"}, False, True),
        ({"highway": "residential"}, True, True),
        ({"highway": "unclassified"}, True, True),
        ({"highway": "unclassified"}, False, False),
        ({"highway": "unclassified", "sidewalk": "left"}, False, True),
        ({"highway": "unclassified", "sidewalk": "no"}, True, False),
        ({"highway": "primary", "maxspeed": "30 mph"}, False, True),
        ({"highway": "primary", "maxspeed": "40 mph"}, True, False),
        ({"highway": "primary", "maxspeed": "40 mph", "sidewalk:right": "yes"}, True, True),
        ({"highway": "trunk", "maxspeed": "30 mph"}, True, False),
        ({"highway": "secondary_link", "sidewalk:both": "separate"}, False, True),
        ({"highway": "service", "access": "private"}, True, False),
        ({"highway": "motorway", "sidewalk": "both"}, False, False),
        ({"route": "ferry", "duration": "00:10"}, False, True),
    ],
)
def test_paths_pavements_and_quiet_streets_count_as_safe(
    tags: dict[str, str], *, built_up: bool, is_safe: bool
) -> None:
    assert bool(walk_safely(tags, is_built_up=built_up).forward_kmh) == is_safe


POINTS: dict[int, Point] = {
    1: (X0, Y0),
    2: (X0 + 400, Y0),
    3: (X0, Y0 + 300),
    4: (X0 + 400, Y0 + 300),
}
WAYS = {
    10: ([1, 2], {"highway": "primary", "maxspeed": "50 mph"}),
    11: ([1, 3], {"highway": "footway"}),
    12: ([3, 4], {"highway": "tertiary", "maxspeed": "30 mph", "sidewalk": "both", "lit": "yes"}),
    13: ([4, 2], {"highway": "residential", "sidewalk": "no"}),
}


def test_the_safe_way_goes_round_by_the_pavement(tmp_path: Path) -> None:
    extract = read_extract(write_extract(tmp_path / "a.osm.pbf", POINTS, WAYS))
    any_way, report = build_network(extract, mode="walk")
    safe, of_safe = build_safe_walk(extract)
    metres = [
        float(times_from(net, snap(net, *POINTS[1]), snap(net, *POINTS[2]), limit_s=7200).metres[0])
        for net in (any_way, safe)
    ]
    assert metres == pytest.approx([400, 1000], abs=1)
    assert (safe.mode, safe.network_id == any_way.network_id) == ("walk", False)
    assert of_safe.left_out["road without a mapped pavement"].ways == 1
    assert report.walk == of_safe.walk


def test_how_much_is_mapped_is_stated_in_metres_of_road(tmp_path: Path) -> None:
    extract = read_extract(write_extract(tmp_path / "a.osm.pbf", POINTS, WAYS))
    _, report = build_network(extract, mode="walk")
    walk = report.walk
    assert walk is not None
    assert walk.metres == pytest.approx(1400, abs=1)
    assert walk.road_m == pytest.approx(1100, abs=1)
    assert walk.pavement_mapped_share == pytest.approx(700 / 1100, abs=0.001)
    assert walk.lit_mapped_share == pytest.approx(400 / 1100, abs=0.001)
    assert walk.safe_share == pytest.approx(1000 / 1400, abs=0.001)
    _, by_car = build_network(extract, mode="drive")
    assert by_car.walk is None


def test_the_distances_of_the_law_are_miles() -> None:
    mile_m = 1609.344
    rows = assumption_table("free_travel").rows
    found = {name: (row["over"] / mile_m, row["up_to"] / mile_m) for name, row in rows.items()}
    assert found == {
        "under_8": pytest.approx((2, 0)),
        "from_8": pytest.approx((3, 0)),
        "low_income_8_to_11": pytest.approx((2, 0)),
        "low_income_one_of_three_nearest": pytest.approx((2, 6)),
        "low_income_religion_or_belief": pytest.approx((2, 15)),
    }


def test_children_walk_more_slowly_the_younger_they_are() -> None:
    rows = list(assumption_table("walking_paces").rows.values())
    paces = [row["kmh"] for row in rows]
    assert paces == sorted(paces)
    for row in rows:
        assert row["share"] == pytest.approx(row["kmh"] / 4.8, abs=0.01)
