import pytest

from travel.rules.conditions import at_hour, clauses_of, holds
from travel.rules.driving import drive_free, drive_school_run
from travel.rules.tags import MPH_KMH


@pytest.mark.parametrize(
    ("condition", "early", "noon"),
    [
        ("Mo-Fr 07:00-19:00", True, True),
        ("(Mo-Fr 08:15-09:15)", True, False),
        ("Mo-Fr 8:30-9:30,15:00-16:00", True, False),
        ("Mo-Fr 08:15-08:30", False, False),
        ("Sa,Su", False, False),
        ("Sa-Th 08:00-18:00", True, True),
        ("Fr-Tu 08:00-18:00", False, False),
        ("Mo,We,Fr 08:00-09:00", True, False),
        ("18:00 - 10:00", True, False),
        ("05:00-22:00", True, True),
        ("00:00-00:00", True, True),
        ("Mo-Fr 08:00-09:00; SH off", True, False),
        ("Mo-Su 08:00-09:00; PH off", True, False),
        ("PH,SH", False, False),
        ("24/7", True, True),
        ("sunset-sunrise", False, False),
        ("weight>7.5", False, False),
        ("10:00-18:00 AND occupants>8", False, False),
        ("snow", None, None),
        ("Mar-Oct 10:00-16:00", None, None),
        ("2020 Mar 02-2020 May 10", None, None),
        ("", None, None),
    ],
)
def test_a_condition_holds_or_not_at_an_hour_of_a_school_day(
    condition: str, *, early: bool | None, noon: bool | None
) -> None:
    assert (holds(condition, 8.5), holds(condition, 12.0)) == (early, noon)


def test_clauses_are_split_at_semicolons_outside_brackets() -> None:
    found = clauses_of("delivery @ (Mo-Su 06:00-10:00; PH off); no @ 10:00-18:00")
    assert found is not None
    assert [(each.value, each.condition) for each in found] == [
        ("delivery", "Mo-Su 06:00-10:00; PH off"),
        ("no", "10:00-18:00"),
    ]
    assert clauses_of("no") is None
    assert clauses_of("(8:30-9:30)") is None
    assert clauses_of("no @ (a; b") is None


def test_a_condition_without_a_value_has_the_one_before_it() -> None:
    tags = {"access:conditional": "permit @ (8:30-9:30); (15:00-16:00)"}
    assert [at_hour(tags, hour)[0] for hour in (8.5, 12.0, 15.5)] == [
        {"access": "permit"},
        {},
        {"access": "permit"},
    ]


def test_the_last_clause_that_holds_counts() -> None:
    tags = {"access:conditional": "no @ (08:00-18:00); destination @ (08:15-09:15)"}
    assert at_hour(tags, 8.5) == ({"access": "destination"}, ())
    assert at_hour(tags, 12.0) == ({"access": "no"}, ())
    assert at_hour(tags, 20.0) == ({}, ())


def test_a_condition_that_cannot_be_judged_is_named_and_does_not_hold() -> None:
    tags = {"highway": "service", "motor_vehicle:conditional": "no @ (flood)"}
    verdict = drive_free(tags, is_built_up=True)
    assert verdict.reason == ""
    assert verdict.odd == (
        (
            "motor_vehicle:conditional",
            "no @ (flood)",
            "this condition cannot be judged; taken not to hold",
        ),
    )


def test_twenty_is_plenty_while_children_walk_to_school() -> None:
    tags = {
        "highway": "primary",
        "maxspeed": "30 mph",
        "maxspeed:conditional": "20 mph @ (Mo-Fr 08:00-09:00)",
    }
    plain = {"highway": "primary", "maxspeed": "20 mph"}
    assert drive_free(tags, is_built_up=True).forward_kmh == pytest.approx(29 * MPH_KMH)
    assert drive_school_run(tags, is_built_up=True) == drive_school_run(plain, is_built_up=True)


@pytest.mark.parametrize(
    ("tags", "open_"),
    [
        ({"motor_vehicle:backward": "no"}, (True, False)),
        ({"motor_vehicle:forward": "no"}, (False, True)),
        ({"motor_vehicle:backward:conditional": "no @ (05:00-22:00)"}, (True, False)),
        ({"motor_vehicle:forward:conditional": "no @ (16:00-19:00)"}, (True, True)),
    ],
)
def test_a_direction_may_be_closed_to_cars(tags: dict[str, str], open_: tuple[bool, bool]) -> None:
    verdict = drive_free({"highway": "tertiary", **tags}, is_built_up=True)
    assert (verdict.forward_kmh > 0, verdict.backward_kmh > 0) == open_


def test_a_one_way_street_closed_along_its_direction_is_left_out() -> None:
    tags = {"highway": "tertiary", "oneway": "yes", "motor_vehicle:forward": "no"}
    assert drive_free(tags, is_built_up=True).reason == "motor_vehicle=no in the only direction"
