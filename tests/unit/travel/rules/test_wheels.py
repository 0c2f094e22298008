import pytest

from travel.rules.wheels import is_wheelable, wheel_on


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"highway": "steps"}, "steps"),
        ({"highway": "steps", "ramp:wheelchair": "no"}, "steps"),
        ({"highway": "path", "wheelchair": "no"}, "wheelchair=no"),
        ({"highway": "track", "smoothness": "horrible"}, "smoothness=horrible"),
        ({"highway": "footway", "width": "0.6"}, "narrower than 0.9 m"),
        ({"highway": "motorway"}, "motorway or motorroad"),
        ({"highway": "service", "access": "private", "foot": "no"}, "foot=no"),
    ],
)
def test_wheels_do_not_go_up_steps_or_where_it_is_too_rough_or_narrow(
    tags: dict[str, str], reason: str
) -> None:
    assert wheel_on(tags).reason == reason


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "residential"},
        {"highway": "footway", "width": "1.2 m"},
        {"highway": "footway", "width": "wide"},
        {"highway": "steps", "ramp:wheelchair": "yes"},
        {"highway": "path", "smoothness": "horrible", "wheelchair": "yes"},
    ],
)
def test_wheels_go_at_walking_pace_elsewhere(tags: dict[str, str]) -> None:
    wheels = wheel_on(tags)
    assert (wheels.forward_kmh, wheels.backward_kmh, wheels.reason) == (4.8, 4.8, "")


@pytest.mark.parametrize(
    "tags",
    [
        {"barrier": "stile"},
        {"barrier": "kissing_gate"},
        {"barrier": "kissing_gate", "foot": "yes"},
        {"barrier": "cycle_barrier"},
        {"barrier": "kerb", "kerb": "raised"},
        {"barrier": "gate", "wheelchair": "no"},
        {"barrier": "gate", "access": "private", "wheelchair": "yes"},
        {"barrier": "gate", "locked": "yes"},
    ],
)
def test_stiles_kissing_gates_and_raised_kerbs_stop_wheels(tags: dict[str, str]) -> None:
    assert not is_wheelable(tags)


@pytest.mark.parametrize(
    "tags",
    [
        {"barrier": "gate"},
        {"barrier": "bollard"},
        {"barrier": "kissing_gate", "wheelchair": "yes"},
        {"barrier": "kerb", "kerb": "lowered"},
        {"barrier": "kerb"},
        {"barrier": "something new"},
    ],
)
def test_gates_bollards_and_lowered_kerbs_let_wheels_past(tags: dict[str, str]) -> None:
    assert is_wheelable(tags)
