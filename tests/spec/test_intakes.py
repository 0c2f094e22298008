"""Who will enter, worked by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.arrays import Floats
from planning.forecast.inputs import (
    GROUPS,
    NONE,
    Births,
    Flows,
    Homes,
    Inputs,
    Residents,
    Rolls,
    Units,
)
from planning.forecast.intake import Cohort, intakes
from planning.forecast.intake.borders import borders
from planning.forecast.intake.born import (
    of_school_year,
    school_years_of_calendar,
    school_years_of_june,
)
from planning.forecast.intake.homes import filled
from planning.forecast.intake.settings import Settings

PLAIN = replace(Settings.assumed(), lent_to_small_areas=0.0, ceiling_times=99.0)
"""Nothing leans on anything, and no school was ever full: so that it can be worked by hand."""


def test_births_of_calendar_years_become_those_of_a_school_year() -> None:
    """Children of 2018/19 are born from September 2018: four months of 2018, eight of 2019."""
    # 4/12 x 120 + 8/12 x 90
    years, born = school_years_of_calendar([2018, 2019], np.array([[120.0, 90.0]]))
    assert years == (2018,)
    assert born.tolist() == [[pytest.approx(100.0)]]


def test_births_of_twelve_months_to_june_become_those_of_a_school_year() -> None:
    """Ten months of 2018/19 lie in the twelve months to June 2019, two in the next twelve."""
    # 10/12 x 120 + 2/12 x 90
    years, born = school_years_of_june([2019, 2020], np.array([[120.0, 90.0]]))
    assert years == (2018,)
    assert born.tolist() == [[pytest.approx(115.0)]]


def test_residents_of_two_ages_are_of_one_school_year() -> None:
    """In the middle of 2022 most children born in 2017/18 are four; those of July and August are
    still three."""
    # Of 120 aged four 10/12, of 60 aged three 2/12.
    people = np.array([0.0, 0.0, 0.0, 60.0, 120.0])
    assert of_school_year(people, year=2022, begins=2017) == pytest.approx(110.0)


def test_a_hidden_count_is_what_the_roll_leaves_for_it() -> None:
    """Twenty pupils on the roll, fifteen told of: five are shared by two hidden counts. A hidden
    count is never above its limit, even where the roll leaves more."""
    one = _flows([0, 1, 2], [0, 0, 0], [15.0, 0.0, 0.0], at_most=[0.0, 4.0, 4.0])
    assert filled(one, np.array([20.0])).tolist() == [15.0, 2.5, 2.5]
    assert filled(one, np.array([40.0])).tolist() == [15.0, 4.0, 4.0]


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
    """Of four-year-olds nine tenths as many are projected a year later; the year says so."""
    people = np.zeros((1, 2, 6))
    people[0, 0, 3:5], people[0, 1, 3:5] = 100.0, 90.0
    projected = Residents(("E1",), (2023, 2024), people, known_in=2022)
    inputs = replace(_two_areas(), projected=projected)
    said = intakes(inputs, origin=2022, years=2, settings=PLAIN)
    assert said.cohorts == (Cohort.BIRTHS, Cohort.PROJECTED)
    assert said.expected[:, 1, 0] == pytest.approx([0.9 * 41.0, 0.9 * 27.0])
    known_later = replace(inputs, projected=replace(projected, known_in=2023))
    said = intakes(known_later, origin=2022, years=2, settings=PLAIN)
    assert said.cohorts == (Cohort.BIRTHS, Cohort.LAST_BIRTHS)
    assert said.expected[:, 1, 0] == pytest.approx([41.0, 27.0])


def test_year_7_comes_from_the_year_6_of_the_schools_that_lead_to_it() -> None:
    """Pupils of the first primary school live where the first secondary school takes pupils in.
    Its year 6 has 45 after 30, so 45 are expected there, and 30 at the other as before."""
    rolls = _rolls(4)
    rolls[:2, :, _at("5")] = np.array([[30.0, 45, 45], [30, 30, 30]])
    rolls[:2, :, _at("6")] = np.array([[30.0, 30, 45], [30, 30, 30]])
    rolls[2:, :, _at("7")] = 30.0
    flows = {
        "primary": (_flows([0, 1], [0, 1], [75.0, 60.0]),),
        "secondary": (_flows([0, 1], [2, 3], [30.0, 30.0]),),
    }
    inputs = _inputs(rolls, flows=flows, homes=_homes())
    said = intakes(inputs, origin=2022, years=2, settings=PLAIN)
    assert said.expected[2:, 0, _at("7")] == pytest.approx([45.0, 30.0])
    assert said.basis["secondary"] == ("", "", "small_area", "small_area")
    # Where homes are not known, both share the 75 who leave, of whom there were 60.
    alike = intakes(replace(inputs, flows={}), origin=2022, years=1, settings=PLAIN)
    assert alike.expected[2:, 0, _at("7")] == pytest.approx([37.5, 37.5])
    assert alike.basis["secondary"] == ("", "", "authority", "authority")


@pytest.mark.parametrize(
    ("last", "first", "phase"),
    [("2", "3", "primary"), ("4", "5", "primary"), ("8", "9", "secondary")],
)
def test_juniors_middle_and_upper_schools_are_entered_by_those_who_leave_the_school_before(
    last: str, first: str, phase: str
) -> None:
    """Forty-five of fifty pupils went on from the infant to the junior school, so of sixty,
    fifty-four will; and likewise from first to middle and from middle to upper schools."""
    rolls = _rolls(2)
    rolls[0, :, _at(last)] = [50.0, 50.0, 60.0]
    rolls[0, :, _at(last) - 1] = [50.0, 60.0, 60.0]
    rolls[1, :, _at(first)] = 45.0
    rolls[1, 1:, _at(first) + 1] = 45.0
    said = intakes(_inputs(rolls), origin=2022, years=1, settings=PLAIN)
    assert said.expected[1, 0, _at(first)] == pytest.approx(54.0)
    assert np.isnan(said.expected[1, 0, _at(first) + 1])  # follows from the group below
    assert said.basis[phase][1] == "authority"


def test_a_college_is_entered_by_year_11_of_all_schools() -> None:
    """Half of 100 went to the college, though their school has a sixth form; half of 120 will."""
    rolls = _rolls(2)
    rolls[0, :, _at("11")] = [100.0, 100.0, 120.0]
    rolls[0, :, _at("12")] = 30.0
    rolls[1, :, _at("12")] = 50.0
    said = intakes(_inputs(rolls), origin=2022, years=1, settings=PLAIN)
    assert said.expected[1, 0, _at("12")] == pytest.approx(60.0)
    assert said.basis["sixth_form"] == ("", "authority")


def test_an_all_through_school_takes_pupils_into_year_7() -> None:
    """Ninety are in year 7 of a school that had thirty in year 6: most have joined. So year 7
    follows from all who leave year 6, its own among them, and not from its own alone."""
    rolls = _rolls(2)
    rolls[0, :, _at("6")] = [60.0, 60.0, 66.0]
    rolls[1, :, _at("6")] = [30.0, 30.0, 33.0]
    rolls[1, :, _at("7")] = 81.0
    said = intakes(_inputs(rolls), origin=2022, years=1, settings=PLAIN)
    # 81 of 90 came; 99 will leave year 6.
    assert said.expected[1, 0, _at("7")] == pytest.approx(0.9 * 99)


def test_a_small_school_that_nobody_entered_once_still_takes_pupils_in() -> None:
    """Four, four, four and then nobody: with few pupils that happens. Three are expected."""
    rolls = np.zeros((1, 4, len(GROUPS)))
    rolls[0, :, 0] = [4.0, 4.0, 4.0, 0.0]
    rolls[0, :, 1] = 4.0
    inputs = _inputs(rolls, years=(2019, 2020, 2021, 2022))
    said = intakes(inputs, origin=2022, years=1, settings=replace(PLAIN, fades=1.0))
    assert said.expected[0, 0, 0] == pytest.approx(3.0)
    assert np.isnan(said.expected[0, 0, 1])


def test_a_school_in_its_first_year_takes_in_its_youngest_pupils_only() -> None:
    """It had pupils in every year group at once; later years follow from reception."""
    rolls = np.zeros((1, 3, len(GROUPS)))
    rolls[0, 2, :7] = 30.0
    said = intakes(_inputs(rolls), origin=2022, years=1, settings=PLAIN).expected[0, 0]
    assert said[0] == pytest.approx(30.0)
    assert np.isnan(said[1:]).all()


def test_who_crosses_the_border_is_told() -> None:
    """Of 100 residents, 90 are at school at home and 10 elsewhere; 25 pupils come in."""
    homes = Homes(("A", "B"), np.array([0, NONE]))
    flows = {"primary": (_flows([0, 0, 1], [0, NONE, 0], [90.0, 10.0, 25.0]),)}
    found = borders(_inputs(_rolls(1), flows=flows, homes=homes), origin=2022)["primary"]
    assert found.residents.tolist() == [100.0]
    assert (found.at_home.tolist(), found.leave.tolist()) == ([90.0], [10.0])
    assert (found.come_in.tolist(), found.come_in_school.tolist()) == ([25.0], [25.0])


def test_a_full_school_stays_full_and_the_others_have_fewer() -> None:
    """A school that was full in every year loses less of a smaller cohort than one that had room;
    both together lose what the cohort does."""
    rolls = _rolls(2)
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
    more = _flows([0, 1], [1, 0], [9.0, 9.0], year=2022)
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
    rolls = _rolls(2)
    rolls[:, :, 0] = np.array(entered).reshape(2, 3)
    births = Births(("E1",), (2015, 2016, 2017, 2018), np.array([born], np.float64))
    inputs = replace(
        inputs, rolls=replace(inputs.rolls, pupils=rolls), births_of_authorities=births
    )
    said = intakes(inputs, origin=2022, years=1).expected[:, 0, 0]
    assert said.sum() == pytest.approx(3 * np.mean(entered) * 2 * born[3] / sum(born[:3]))


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(-1, 2), st.integers(0, 500)),
        min_size=1,
        max_size=20,
    )
)
def test_every_resident_is_at_school_at_home_or_elsewhere(
    pairs: list[tuple[int, int, int]],
) -> None:
    """Those at home and those who leave are all who live there; those at home and those who come
    in are all who go to school there."""
    home, school, pupils = (np.array(each) for each in zip(*pairs, strict=True))
    homes = Homes(("A", "B", "C", "D"), np.array([0, 0, 1, NONE]))
    units = Units(("E1", "E2"), np.array([0, 1, 1]), {}, {})
    flows = {"primary": (_flows(*zip(*pairs, strict=True)),)}
    inputs = replace(_inputs(_rolls(3), flows=flows, homes=homes), units=units)
    found = borders(inputs, origin=2022)["primary"]
    for unit in (0, 1):
        lives = homes.authority[home] == unit
        goes = (school != NONE) & (units.authority[school] == unit)
        assert found.residents[unit] == pytest.approx(pupils[lives].sum())
        assert found.at_home[unit] + found.come_in[unit] == pytest.approx(pupils[goes].sum())


def _two_areas() -> Inputs:
    """Two small areas, each a planning area with a school of one class a year."""
    rolls = _rolls(2)
    rolls[:, :, 0] = 40.0
    homes = replace(_homes(), area={"primary": np.array([0, 1])})
    born = np.array([[100.0, 100.0, 100.0, 120.0], [100.0, 100.0, 100.0, 50.0]])
    flows = {"primary": (_flows([0, 0, 1, 1], [0, 1, 0, 1], [30.0, 10.0, 10.0, 30.0]),)}
    known = _inputs(rolls, flows=flows, homes=homes)
    units = replace(known.units, areas={"primary": ("P", "Q")}, area={"primary": np.array([0, 1])})
    years = (2015, 2016, 2017, 2018)
    return replace(
        known,
        units=units,
        births=Births(("A", "B"), years, born),
        births_of_authorities=Births(("E1",), years, born.sum(axis=0, keepdims=True)),
    )


def _inputs(
    rolls: Floats,
    *,
    flows: Mapping[str, tuple[Flows, ...]] | None = None,
    homes: Homes | None = None,
    years: tuple[int, ...] = (2020, 2021, 2022),
) -> Inputs:
    """One authority, whose rolls of 2020 to 2022 are known."""
    schools = len(rolls)
    return Inputs(
        rolls=Rolls(np.arange(schools) + 1, years, rolls),
        units=Units(("E1",), np.zeros(schools, np.int64), {}, {}),
        homes=homes,
        flows=flows or {},
    )


def _homes() -> Homes:
    return Homes(("A", "B"), np.array([0, 0]))


def _rolls(schools: int) -> Floats:
    return np.zeros((schools, 3, len(GROUPS)))


def _at(group: str) -> int:
    return GROUPS.index(group)


def _flows(
    home: Sequence[int],
    school: Sequence[int],
    pupils: Sequence[float],
    *,
    at_most: Sequence[float] | None = None,
    year: int = 2021,
) -> Flows:
    return Flows(
        year,
        np.array(home),
        np.array(school),
        np.array(pupils, np.float64),
        np.array(at_most or [0.0] * len(pupils)),
    )
