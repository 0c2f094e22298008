import pytest

from config.tables import assumption_table
from travel.rules.driving import drive_free, drive_school_run, is_drivable, limit_mph
from travel.rules.tags import MPH_KMH
from travel.rules.verdict import FOR_ACCESS, ROUNDABOUT


def mph(tags: dict[str, str], *, built_up: bool = False) -> tuple[float, float]:
    verdict = drive_free(tags, is_built_up=built_up)
    assert verdict.reason == ""
    return round(verdict.forward_kmh / MPH_KMH, 2), round(verdict.backward_kmh / MPH_KMH, 2)


@pytest.mark.parametrize(
    ("tags", "built_up", "limit"),
    [
        ({"highway": "primary"}, False, 60),
        ({"highway": "primary"}, True, 30),
        ({"highway": "primary", "oneway": "yes"}, False, 70),
        ({"highway": "primary", "oneway": "yes", "junction": "roundabout"}, False, 60),
        ({"highway": "unclassified", "lit": "yes"}, False, 30),
        ({"highway": "unclassified", "lit": "no"}, True, 60),
        ({"highway": "unclassified", "sidewalk": "both"}, False, 30),
        ({"highway": "residential"}, False, 30),
        ({"highway": "motorway"}, True, 70),
        ({"highway": "tertiary", "maxspeed": "40 mph"}, True, 40),
        ({"highway": "tertiary", "maxspeed": "national"}, True, 60),
        ({"highway": "tertiary", "maxspeed:type": "GB:nsl_single"}, True, 60),
        ({"highway": "tertiary", "source:maxspeed": "sign"}, True, 30),
        ({"highway": "tertiary", "maxspeed": "fast"}, False, 60),
    ],
)
def test_the_limit_is_as_tagged_or_else_as_the_law_has_it(
    tags: dict[str, str], *, built_up: bool, limit: float
) -> None:
    assert limit_mph(tags, is_built_up=built_up)[0] == limit


def test_nobody_drives_faster_than_the_limit_or_than_the_road_allows() -> None:
    rows = assumption_table("driving_speeds").rows
    assert mph({"highway": "secondary", "maxspeed": "20 mph"}) == (20, 20)
    assert (
        mph({"highway": "unclassified", "maxspeed": "60 mph"})
        == (rows["unclassified"]["rural"],) * 2
    )
    assert mph({"highway": "motorway"}) == (rows["motorway"]["rural"], 0)


def test_the_two_directions_may_have_their_own_limits() -> None:
    tags = {"highway": "primary", "maxspeed:forward": "20 mph", "maxspeed:backward": "40 mph"}
    assert mph(tags) == (20, 40)


@pytest.mark.parametrize(
    ("more", "open_"),
    [
        ({}, (True, True)),
        ({"oneway": "yes"}, (True, False)),
        ({"oneway": "-1"}, (False, True)),
        ({"junction": "roundabout"}, (True, False)),
        ({"junction": "roundabout", "oneway": "no"}, (True, True)),
        ({"oneway": "alternating"}, (True, True)),
        ({"oneway": "perhaps"}, (True, True)),
    ],
)
def test_one_way_streets_are_kept_to(more: dict[str, str], open_: tuple[bool, bool]) -> None:
    verdict = drive_free({"highway": "tertiary", **more}, is_built_up=True)
    assert (verdict.forward_kmh > 0, verdict.backward_kmh > 0) == open_


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"highway": "footway"}, "highway=footway"),
        ({"highway": "pedestrian"}, "highway=pedestrian"),
        ({"highway": "busway"}, "highway=busway"),
        ({"highway": "residential", "motor_vehicle": "no"}, "motor_vehicle=no"),
        ({"highway": "residential", "access": "no"}, "access=no"),
        ({"highway": "track", "motor_vehicle": "agricultural"}, "motor_vehicle=agricultural"),
        ({"highway": "primary", "oneway": "reversible"}, "oneway=reversible"),
        ({"highway": "construction"}, "highway=construction"),
        ({"highway": "service", "service": "emergency_access"}, "service=emergency_access"),
        ({"route": "ferry", "duration": "00:10"}, "ferry not said to take cars"),
        ({"route": "ferry", "motor_vehicle": "yes"}, "ferry without a duration"),
    ],
)
def test_a_way_closed_to_cars_says_why(tags: dict[str, str], reason: str) -> None:
    assert drive_free(tags, is_built_up=True).reason == reason


@pytest.mark.parametrize(
    ("tags", "is_for_access"),
    [
        ({"highway": "service"}, False),
        ({"highway": "service", "access": "private"}, True),
        ({"highway": "service", "access": "customers"}, True),
        ({"highway": "residential", "motor_vehicle": "destination"}, True),
        ({"highway": "service", "access": "private", "motor_vehicle": "permissive"}, False),
        ({"highway": "service", "access": "no", "motorcar": "yes"}, False),
        ({"highway": "track"}, True),
        ({"highway": "track", "motor_vehicle": "yes"}, False),
    ],
)
def test_private_roads_and_tracks_are_for_those_with_business_there(
    tags: dict[str, str], *, is_for_access: bool
) -> None:
    verdict = drive_free(tags, is_built_up=True)
    assert (verdict.reason, bool(verdict.traits & FOR_ACCESS)) == ("", is_for_access)


def test_a_roundabout_is_driven_slowly_one_way() -> None:
    tags = {"highway": "primary", "junction": "roundabout", "maxspeed": "60 mph"}
    assert mph(tags) == (22.5, 0)
    assert drive_free(tags, is_built_up=False).traits == ROUNDABOUT


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "primary", "maxspeed": "fast"},
        {"highway": "primary", "maxspeed": "30 mph;40 mph"},
        {"highway": "primary", "maxspeed": "-30"},
        {"highway": "primary", "maxspeed": "999"},
        {"highway": "primary", "maxspeed:forward": "quick"},
        {"highway": "primary", "oneway": "perhaps"},
        {"highway": "primary", "motor_vehicle": "mayby"},
    ],
)
def test_a_tag_that_cannot_be_meant_is_named_once(tags: dict[str, str]) -> None:
    verdict = drive_free(tags, is_built_up=False)
    assert verdict.reason == ""
    assert 10 < verdict.forward_kmh < 100
    key, value = list(tags.items())[1]
    assert [(k, v) for k, v, _ in verdict.odd] == [(key, value)]


@pytest.mark.parametrize("highway", list(assumption_table("driving_speeds").rows))
def test_every_class_has_a_limit_a_speed_and_a_school_run(highway: str) -> None:
    if highway == "dual":
        return
    for built_up in (False, True):
        free = drive_free({"highway": highway}, is_built_up=built_up)
        busy = drive_school_run({"highway": highway}, is_built_up=built_up)
        assert free.forward_kmh >= busy.forward_kmh > 0
        assert free.traits == busy.traits


def test_the_school_run_is_slower_by_the_table() -> None:
    tags = {"highway": "primary", "maxspeed": "30 mph"}
    free, busy = (
        judge(tags, is_built_up=False).forward_kmh for judge in (drive_free, drive_school_run)
    )
    assert free / busy == pytest.approx(assumption_table("school_run").rows["primary"]["built_up"])


def test_cars_pass_gates_but_not_bollards() -> None:
    assert all(is_drivable({"barrier": kind}) for kind in ("gate", "cattle_grid", "lift_gate"))
    assert not any(is_drivable({"barrier": kind}) for kind in ("bollard", "stile", "unheard of"))
    assert not is_drivable({"barrier": "gate", "access": "private"})
    assert not is_drivable({"barrier": "gate", "locked": "yes"})
    assert is_drivable({"barrier": "bollard", "motor_vehicle": "yes"})
