import pytest

from travel.rules.walking import is_passable, pace_kmh, walk_on

WALKED = [
    {"highway": "residential"},
    {"highway": "footway"},
    {"highway": "path"},
    {"highway": "track"},
    {"highway": "bridleway"},
    {"highway": "cycleway"},
    {"highway": "pedestrian", "area": "yes"},
    {"highway": "trunk"},
    {"highway": "service", "access": "permissive"},
    {"highway": "service", "access": "customers"},
    {"highway": "residential", "access": "destination"},
    {"highway": "track", "access": "private", "foot": "yes"},
    {"highway": "track", "access": "no", "foot": "designated"},
    {"highway": "footway", "foot": "permissive"},
    {"highway": "track", "foot": "unknown"},
    {"highway": "bus_guideway", "foot": "yes"},
    {"highway": "residential", "oneway": "yes"},
]

LEFT_OUT = [
    ({"highway": "motorway"}, "motorway or motorroad"),
    ({"highway": "motorway", "foot": "yes"}, "motorway or motorroad"),
    ({"highway": "trunk", "motorroad": "yes"}, "motorway or motorroad"),
    ({"highway": "construction"}, "highway=construction"),
    ({"highway": "proposed", "foot": "yes"}, "highway=proposed"),
    ({"highway": "raceway"}, "highway=raceway"),
    ({"highway": "bus_guideway", "access": "yes"}, "highway=bus_guideway"),
    ({"highway": "service", "access": "private"}, "access=private"),
    ({"highway": "service", "access": "no"}, "access=no"),
    ({"highway": "service", "access": "permit"}, "access=permit"),
    ({"highway": "track", "access": "agricultural"}, "access=agricultural"),
    ({"highway": "primary", "foot": "no"}, "foot=no"),
    ({"highway": "primary", "foot": "use_sidepath"}, "foot=use_sidepath"),
    ({"highway": "footway", "foot": "private", "access": "yes"}, "foot=private"),
    ({"route": "ferry", "foot": "yes"}, "no street"),
]


@pytest.mark.parametrize("tags", WALKED, ids=str)
def test_people_walk_at_the_guidance_pace_both_ways(tags: dict[str, str]) -> None:
    walk = walk_on(tags)
    assert (walk.forward_kmh, walk.backward_kmh, walk.reason) == (4.8, 4.8, "")


@pytest.mark.parametrize(("tags", "reason"), LEFT_OUT, ids=str)
def test_a_way_left_out_says_why(tags: dict[str, str], reason: str) -> None:
    walk = walk_on(tags)
    assert (walk.forward_kmh, walk.backward_kmh, walk.reason) == (0, 0, reason)


def test_steps_are_slower_than_streets() -> None:
    assert walk_on({"highway": "steps"}).forward_kmh == pace_kmh("steps") < pace_kmh("footway")


def test_only_oneway_foot_binds_people_on_foot() -> None:
    along = walk_on({"highway": "footway", "oneway:foot": "yes"})
    against = walk_on({"highway": "footway", "oneway:foot": "-1"})
    assert (along.forward_kmh, along.backward_kmh) == (4.8, 0)
    assert (against.forward_kmh, against.backward_kmh) == (0, 4.8)


def test_a_value_without_meaning_is_disregarded_and_reported() -> None:
    walk = walk_on({"highway": "footway", "foot": "permissve", "access": "mayby"})
    assert walk.reason == ""
    assert walk.odd == (("foot", "permissve"), ("access", "mayby"))


PASSED = [
    {"barrier": "gate"},
    {"barrier": "stile"},
    {"barrier": "kissing_gate"},
    {"barrier": "bollard"},
    {"barrier": "cattle_grid"},
    {"barrier": "gate", "access": "private", "foot": "yes"},
    {"barrier": "gate", "locked": "yes", "foot": "designated"},
    {"barrier": "fence", "foot": "yes"},
    {"barrier": "gate", "access": "customers"},
]

SHUT = [
    {"barrier": "gate", "access": "private"},
    {"barrier": "gate", "foot": "no"},
    {"barrier": "gate", "access": "yes", "foot": "private"},
    {"barrier": "gate", "locked": "yes"},
    {"barrier": "wall"},
    {"barrier": "fence"},
]


@pytest.mark.parametrize("tags", PASSED, ids=str)
def test_people_pass_gates_stiles_and_bollards(tags: dict[str, str]) -> None:
    assert is_passable(tags)


@pytest.mark.parametrize("tags", SHUT, ids=str)
def test_private_and_locked_gates_walls_and_fences_stop_people(tags: dict[str, str]) -> None:
    assert not is_passable(tags)
