"""Who will enter, worked by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.forecast.inputs import (
    GROUPS,
    Births,
    Inputs,
    Residents,
)
from planning.forecast.intake import Cohort, intakes
from planning.forecast.intake.demand import ceilings
from planning.forecast.intake.settings import Settings
from tests.support.small_inputs import flows_of, inputs_of, nobody, two_homes

PLAIN = replace(Settings.assumed(), lent_to_small_areas=0.0, ceiling_share=99.0)
"""Nothing leans on anything, and no school was ever full: so that it can be worked by hand."""


def test_births_reach_schools_through_the_homes_of_their_pupils() -> None:
    """Births of one area rise from 100 to 120, of the other they fall to 50. The first school has
    three quarters of the first area's pupils and a quarter of the second's."""
    # First: 40 x (0.75 x 120 + 0.25 x 50) / 100; second: 40 x (0.25 x 120 + 0.75 x 50) / 100.
    said = intakes(_two_areas(), origin=2022, years=1, settings=PLAIN)
    assert said.expected[:, 0, 0] == pytest.approx([41.0, 27.0])
    assert said.basis["primary"] == ("small_area", "small_area")
    assert said.cohorts == (Cohort.BIRTHS,)


def test_where_homes_of_pupils_are_not_known_the_births_of_the_planning_area_count() -> None:
    """Each school is in an area of its own: 120 and 50 births after 100."""
    inputs = replace(_two_areas(), flows={})
    own = replace(PLAIN, lent_to_planning_areas=0.0)
    said = intakes(inputs, origin=2022, years=1, settings=own)
    assert said.expected[:, 0, 0] == pytest.approx([48.0, 20.0])
    assert said.basis["primary"] == ("planning_area", "planning_area")


def test_without_small_areas_a_school_keeps_its_share_of_the_authority() -> None:
    """The authority's births fall from 200 to 170, so each intake of 40 falls to 34."""
    inputs = replace(_two_areas(), flows={}, births=None, homes=None)
    said = intakes(inputs, origin=2022, years=1, settings=PLAIN)
    assert said.expected[:, 0, 0] == pytest.approx([34.0, 34.0])
    assert said.basis["primary"] == ("authority", "authority")


def test_without_births_the_last_intakes_go_on() -> None:
    """Nothing is known of those who will come, so as many are expected as came."""
    inputs = replace(_two_areas(), flows={}, births=None, births_of_authorities=None, homes=None)
    said = intakes(inputs, origin=2022, years=1, settings=PLAIN)
    assert said.expected[:, 0, 0] == pytest.approx([40.0, 40.0])
    assert said.basis["primary"] == ("recent", "recent")


def test_after_the_last_births_the_projection_goes_on() -> None:
    """Of four-year-olds nine tenths as many are projected a year later; the year says so. The
    authority's last 170 births are shared by the areas as those of three years are."""
    # 320 and 250 births of three years: 170 x 320 / 570 = 95.44 and 74.56.
    people = np.zeros((1, 2, 6))
    people[0, 0, 3:5], people[0, 1, 3:5] = 100.0, 90.0
    projected = Residents(("E1",), (2023, 2024), people, known_in=2022)
    inputs = replace(_two_areas(), projected=projected)
    said = intakes(inputs, origin=2022, years=2, settings=PLAIN)
    assert said.cohorts == (Cohort.BIRTHS, Cohort.PROJECTED)
    first = 40 * (0.75 * 95.44 + 0.25 * 74.56) / 100
    second = 40 * (0.25 * 95.44 + 0.75 * 74.56) / 100
    assert said.expected[:, 1, 0] == pytest.approx([0.9 * first, 0.9 * second], rel=1e-4)
    known_later = replace(inputs, projected=replace(projected, known_in=2023))
    said = intakes(known_later, origin=2022, years=2, settings=PLAIN)
    assert said.cohorts == (Cohort.BIRTHS, Cohort.LAST_BIRTHS)
    assert said.expected[:, 1, 0] == pytest.approx([first, second], rel=1e-4)


def test_a_small_school_that_nobody_entered_once_still_takes_pupils_in() -> None:
    """Four, four, four and then nobody: with few pupils that happens. Three are expected."""
    rolls = np.zeros((1, 4, len(GROUPS)))
    rolls[0, :, 0] = [4.0, 4.0, 4.0, 0.0]
    rolls[0, :, 1] = 4.0
    inputs = inputs_of(rolls, years=(2019, 2020, 2021, 2022))
    said = intakes(inputs, origin=2022, years=1, settings=replace(PLAIN, fades=1.0))
    assert said.expected[0, 0, 0] == pytest.approx(3.0)
    assert np.isnan(said.expected[0, 0, 1])


def test_a_school_in_its_first_year_takes_in_its_youngest_pupils_only() -> None:
    """It had pupils in every year group at once; later years follow from reception."""
    rolls = np.zeros((1, 3, len(GROUPS)))
    rolls[0, 2, :7] = 30.0
    said = intakes(inputs_of(rolls), origin=2022, years=1, settings=PLAIN).expected[0, 0]
    assert said[0] == pytest.approx(30.0)
    assert np.isnan(said[1:]).all()


def test_an_intake_that_comes_again_and_again_was_all_there_was_room_for() -> None:
    """Sixty came three times and was passed once: the school was full in all four years. The other
    took in whoever came."""
    found = ceilings(np.array([[60.0, 60, 60, 66], [40, 45, 52, 48]]), share=0.375, near=0.01)
    assert found.most.tolist() == [60.0, np.inf]
    assert found.reached.tolist() == [[True] * 4, [False] * 4]


def test_a_full_school_stays_full_and_the_others_have_fewer() -> None:
    """A school that was full in every year loses less of a smaller cohort than one that had room;
    both together lose what the cohort does."""
    rolls = nobody(2)
    rolls[0, :, 0], rolls[1, :, 0] = 60.0, [50.0, 44.0, 47.0]
    inputs = replace(_two_areas(), rolls=replace(_two_areas().rolls, pupils=rolls), flows={})
    said = intakes(replace(inputs, births=None, homes=None), origin=2022, years=1).expected[:, 0, 0]
    assert said.sum() == pytest.approx((60 + 47) * 170 / 200)
    assert 54 < said[0] <= 60
    assert said[1] < 47 * 170 / 200


def test_a_forecast_of_an_earlier_year_knows_nothing_later() -> None:
    """Rolls, births, flows and projections of later years change nothing."""
    known = _two_areas()
    born = np.array([[100.0, 110, 120, 90, 80, 100, 90, 110], [50.0, 40, 50, 60, 70, 40, 90, 60]])
    births = Births(("A", "B"), tuple(range(2015, 2023)), born)
    rolls, changed = known.rolls.pupils.copy(), born.copy()
    rolls[:, 2], changed[:, 6:] = 7.0, 1000.0  # the roll of 2022/23; births from 2021/22 on
    more = flows_of([0, 1], [1, 0], [9.0, 9.0], year=2022)
    known = replace(known, births=births, births_of_authorities=None)
    later = replace(
        known,
        rolls=replace(known.rolls, pupils=rolls),
        births=replace(births, born=changed),
        flows={"primary": (*known.flows["primary"], more)},
    )
    then = intakes(known, origin=2021, years=6, settings=PLAIN)
    now = intakes(later, origin=2021, years=6, settings=PLAIN)
    assert now.expected == pytest.approx(then.expected, nan_ok=True)
    assert np.isfinite(now.expected[:, :, 0]).all()
    assert now.cohorts[3:] == (Cohort.BIRTHS, Cohort.LAST_BIRTHS, Cohort.LAST_BIRTHS)


@given(
    st.lists(st.integers(20, 90), min_size=6, max_size=6),
    st.lists(st.integers(10, 200), min_size=4, max_size=4),
)
def test_nobody_vanishes_between_births_and_schools(entered: list[int], born: list[int]) -> None:
    """Whatever schools take in and wherever it is full, all intakes together change as the births
    of the authority do."""
    inputs = _two_areas()
    rolls = nobody(2)
    rolls[:, :, 0] = np.array(entered).reshape(2, 3)
    births = Births(("E1",), (2015, 2016, 2017, 2018), np.array([born], np.float64))
    inputs = replace(
        inputs, rolls=replace(inputs.rolls, pupils=rolls), births_of_authorities=births
    )
    said = intakes(inputs, origin=2022, years=1).expected[:, 0, 0]
    assert said.sum() == pytest.approx(3 * np.mean(entered) * 2 * born[3] / sum(born[:3]))


def _two_areas() -> Inputs:
    """Two small areas, each a planning area with a school of one class a year."""
    rolls = nobody(2)
    rolls[:, :, 0] = 40.0
    homes = replace(two_homes(), area={"primary": np.array([0, 1])})
    born = np.array([[100.0, 100.0, 100.0, 120.0], [100.0, 100.0, 100.0, 50.0]])
    flows = {"primary": (flows_of([0, 0, 1, 1], [0, 1, 0, 1], [30.0, 10.0, 10.0, 30.0]),)}
    known = inputs_of(rolls, flows=flows, homes=homes)
    units = replace(known.units, areas={"primary": ("P", "Q")}, area={"primary": np.array([0, 1])})
    years = (2015, 2016, 2017, 2018)
    return replace(
        known,
        units=units,
        births=Births(("A", "B"), years, born),
        births_of_authorities=Births(("E1",), years, born.sum(axis=0, keepdims=True)),
    )
