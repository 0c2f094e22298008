import pytest

from travel.rules.cycling import cycle_direct, cycle_quiet, is_cyclable, stress

RIDE, PUSH, ROUGH = 16.0, 4.8, 10.0


def paces(tags: dict[str, str], *, quiet: bool = False) -> tuple[float, float]:
    judge = cycle_quiet if quiet else cycle_direct
    verdict = judge(tags, is_built_up=True)
    return verdict.forward_kmh, verdict.backward_kmh


@pytest.mark.parametrize(
    ("tags", "both"),
    [
        ({"highway": "residential"}, (RIDE, RIDE)),
        ({"highway": "cycleway"}, (RIDE, RIDE)),
        ({"highway": "primary"}, (RIDE, RIDE)),
        ({"highway": "footway"}, (PUSH, PUSH)),
        ({"highway": "footway", "bicycle": "yes"}, (RIDE, RIDE)),
        ({"highway": "pedestrian"}, (PUSH, PUSH)),
        ({"highway": "path", "bicycle": "no"}, (PUSH, PUSH)),
        ({"highway": "track"}, (ROUGH, ROUGH)),
        ({"highway": "track", "surface": "asphalt"}, (RIDE, RIDE)),
        ({"highway": "cycleway", "surface": "gravel"}, (ROUGH, ROUGH)),
        ({"highway": "service", "access": "private", "bicycle": "yes"}, (RIDE, RIDE)),
        ({"highway": "residential", "access": "destination"}, (RIDE, RIDE)),
    ],
)
def test_bicycles_are_ridden_or_pushed(tags: dict[str, str], both: tuple[float, float]) -> None:
    assert paces(tags) == both


@pytest.mark.parametrize(
    ("more", "both"),
    [
        ({"oneway": "yes"}, (RIDE, PUSH)),
        ({"oneway": "-1"}, (PUSH, RIDE)),
        ({"oneway": "yes", "oneway:bicycle": "no"}, (RIDE, RIDE)),
        ({"oneway": "yes", "cycleway": "opposite"}, (RIDE, RIDE)),
        ({"oneway": "yes", "cycleway": "opposite_lane"}, (RIDE, RIDE)),
        ({"oneway": "yes", "cycleway:right": "opposite_track"}, (RIDE, RIDE)),
        ({"oneway": "yes", "cycleway:left:oneway": "no"}, (RIDE, RIDE)),
        ({"oneway:bicycle": "yes"}, (RIDE, PUSH)),
        ({"junction": "roundabout"}, (RIDE, PUSH)),
        ({"oneway": "yes", "foot": "no"}, (RIDE, 0)),
    ],
)
def test_against_a_one_way_street_one_pushes_unless_cyclists_are_exempt(
    more: dict[str, str], both: tuple[float, float]
) -> None:
    assert paces({"highway": "residential", **more}) == both


@pytest.mark.parametrize(
    ("tags", "level"),
    [
        ({"highway": "cycleway"}, 1),
        ({"highway": "residential", "maxspeed": "20 mph"}, 1),
        ({"highway": "residential"}, 2),
        ({"highway": "tertiary"}, 3),
        ({"highway": "tertiary", "cycleway": "lane"}, 2),
        ({"highway": "tertiary", "cycleway:left": "track"}, 1),
        ({"highway": "tertiary", "maxspeed": "20 mph"}, 2),
        ({"highway": "secondary", "maxspeed": "40 mph"}, 4),
        ({"highway": "primary_link"}, 4),
    ],
)
def test_stress_grows_with_class_and_speed_and_falls_with_tracks_and_lanes(
    tags: dict[str, str], level: int
) -> None:
    assert stress(tags, is_built_up=True) == level
    assert cycle_direct(tags, is_built_up=True).traits == level


def test_a_quiet_route_pushes_along_busy_streets() -> None:
    assert paces({"highway": "tertiary"}, quiet=True) == (PUSH, PUSH)
    assert paces({"highway": "tertiary", "cycleway": "track"}, quiet=True) == (RIDE, RIDE)
    assert paces({"highway": "residential"}, quiet=True) == (RIDE, RIDE)


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"highway": "motorway"}, "motorway or motorroad"),
        ({"highway": "steps"}, "highway=steps"),
        ({"highway": "service", "access": "private"}, "access=private"),
        ({"highway": "construction"}, "highway=construction"),
        ({"highway": "trunk", "bicycle": "no", "foot": "no"}, "bicycle=no"),
        ({"route": "ferry"}, "ferry without a duration"),
        ({"route": "ferry", "duration": "soon"}, "ferry without a duration"),
    ],
)
def test_a_way_closed_to_bicycles_says_why(tags: dict[str, str], reason: str) -> None:
    assert cycle_direct(tags, is_built_up=True).reason == reason


def test_a_ferry_takes_as_long_as_it_says() -> None:
    assert (
        cycle_direct({"route": "ferry", "duration": "00:10"}, is_built_up=False).duration_s == 600
    )


def test_odd_values_are_named() -> None:
    tags = {
        "highway": "residential",
        "bicycle": "sometimes",
        "oneway:bicycle": "?",
        "oneway": "yes",
    }
    odd = [(key, value) for key, value, _ in cycle_direct(tags, is_built_up=True).odd]
    assert odd == [("bicycle", "sometimes"), ("oneway:bicycle", "?")]


def test_bicycles_pass_bollards_but_not_stiles() -> None:
    past = ("gate", "bollard", "cycle_barrier", "cattle_grid")
    assert all(is_cyclable({"barrier": kind}) for kind in past)
    assert not any(is_cyclable({"barrier": kind}) for kind in ("stile", "kissing_gate", "wall"))
    assert not is_cyclable({"barrier": "gate", "access": "private"})
    assert is_cyclable({"barrier": "gate", "access": "private", "bicycle": "yes"})
