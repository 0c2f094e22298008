"""Who will enter later year groups, worked by hand."""

from dataclasses import replace

import numpy as np
import pytest

from planning.forecast.inputs import NONE, Units
from planning.forecast.intake import intakes
from planning.forecast.intake.settings import Settings
from tests.support.small_inputs import at, flows_of, inputs_of, nobody, two_homes

PLAIN = replace(Settings.assumed(), lent_to_small_areas=0.0, ceiling_share=99.0)
"""Nothing leans on anything, and no school was ever full: so that it can be worked by hand."""


def test_year_7_comes_from_the_year_6_of_the_schools_that_lead_to_it() -> None:
    """Pupils of the first primary school live where the first secondary school takes pupils in.
    Its year 6 has 45 after 30, so 45 are expected there, and 30 at the other as before."""
    rolls = nobody(4)
    rolls[:2, :, at("5")] = np.array([[30.0, 45, 45], [30, 30, 30]])
    rolls[:2, :, at("6")] = np.array([[30.0, 30, 45], [30, 30, 30]])
    rolls[2:, :, at("7")] = 30.0
    flows = {
        "primary": (flows_of([0, 1], [0, 1], [75.0, 60.0]),),
        "secondary": (flows_of([0, 1], [2, 3], [30.0, 30.0]),),
    }
    inputs = inputs_of(rolls, flows=flows, homes=two_homes())
    said = intakes(inputs, origin=2022, years=2, settings=PLAIN)
    assert said.expected[2:, 0, at("7")] == pytest.approx([45.0, 30.0])
    assert said.basis["secondary"] == ("", "", "small_area", "small_area")
    # Where homes are not known, both share the 75 who leave, of whom there were 60.
    alike = intakes(replace(inputs, flows={}), origin=2022, years=1, settings=PLAIN)
    assert alike.expected[2:, 0, at("7")] == pytest.approx([37.5, 37.5])
    assert alike.basis["secondary"] == ("", "", "authority", "authority")


def test_without_homes_of_secondary_pupils_year_7_comes_from_its_planning_area() -> None:
    """Both primary schools' pupils live in the area of the first secondary school: it is where
    75 leave year 6 after 60. In the other school's area nobody does, so the authority counts."""
    rolls = nobody(4)
    rolls[:2, :, at("5")] = 30.0
    rolls[:2, :, at("6")] = np.array([[30.0, 30, 45], [30, 30, 30]])
    rolls[2:, :, at("7")] = 30.0
    flows = {"primary": (flows_of([0, 0], [0, 1], [75.0, 60.0]),)}
    homes = replace(two_homes(), area={"secondary": np.array([0, 1])})
    units = Units(
        ("E1",),
        np.zeros(4, np.int64),
        {"secondary": ("P", "Q")},
        {"secondary": np.array([NONE, NONE, 0, 1])},
    )
    inputs = replace(inputs_of(rolls, flows=flows, homes=homes), units=units)
    said = intakes(inputs, origin=2022, years=1, settings=PLAIN)
    assert said.basis["secondary"] == ("", "", "planning_area", "authority")
    assert said.expected[2:, 0, at("7")] == pytest.approx([37.5, 37.5])


@pytest.mark.parametrize(
    ("last", "first", "phase"),
    [("2", "3", "primary"), ("4", "5", "primary"), ("8", "9", "secondary")],
)
def test_juniors_middle_and_upper_schools_are_entered_by_those_who_leave_the_school_before(
    last: str, first: str, phase: str
) -> None:
    """Forty-five of fifty pupils went on from the infant to the junior school, so of sixty,
    fifty-four will; and likewise from first to middle and from middle to upper schools."""
    rolls = nobody(2)
    rolls[0, :, at(last)] = [50.0, 50.0, 60.0]
    rolls[0, :, at(last) - 1] = [50.0, 60.0, 60.0]
    rolls[1, :, at(first)] = 45.0
    rolls[1, 1:, at(first) + 1] = 45.0
    said = intakes(inputs_of(rolls), origin=2022, years=1, settings=PLAIN)
    assert said.expected[1, 0, at(first)] == pytest.approx(54.0)
    assert np.isnan(said.expected[1, 0, at(first) + 1])  # follows from the group below
    assert said.basis[phase][1] == "authority"


def test_a_college_is_entered_by_year_11_of_all_schools() -> None:
    """Half of 100 went to the college, though their school has a sixth form; half of 120 will."""
    rolls = nobody(2)
    rolls[0, :, at("11")] = [100.0, 100.0, 120.0]
    rolls[0, :, at("12")] = 30.0
    rolls[1, :, at("12")] = 50.0
    said = intakes(inputs_of(rolls), origin=2022, years=1, settings=PLAIN)
    assert said.expected[1, 0, at("12")] == pytest.approx(60.0)
    assert said.basis["sixth_form"] == ("", "authority")


def test_an_all_through_school_takes_pupils_into_year_7() -> None:
    """Ninety are in year 7 of a school that had thirty in year 6: most have joined. So year 7
    follows from all who leave year 6, its own among them, and not from its own alone."""
    rolls = nobody(2)
    rolls[0, :, at("6")] = [60.0, 60.0, 66.0]
    rolls[1, :, at("6")] = [30.0, 30.0, 33.0]
    rolls[1, :, at("7")] = 81.0
    said = intakes(inputs_of(rolls), origin=2022, years=1, settings=PLAIN)
    # 81 of 90 came; 99 will leave year 6.
    assert said.expected[1, 0, at("7")] == pytest.approx(0.9 * 99)
