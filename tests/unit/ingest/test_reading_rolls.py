"""Rolls as an authority or the census tells them become arrays; what is odd is named."""

import numpy as np
import pytest

from ingest.planning.reading import NoForecast
from tests.support.planning_tables import YEARS, changed, pupils, read, roll, school

A, B, C = 100001, 100002, 100003
TWO = [school(A), school(B)]


def both_rolls():
    return roll(A) + roll(B)


def test_a_roll_has_every_school_year_and_group_and_nobody_where_there_is_no_such_group():
    found, told = read(schools=TWO, rolls=both_rolls())
    rolls = found.inputs.rolls
    assert list(rolls.urns) == [A, B]
    assert rolls.years == (2021, 2022, 2023, 2024)
    assert rolls.pupils.shape == (2, 4, 15)
    assert (rolls.pupils[:, :, :7] == 30).all()
    assert (rolls.pupils[:, :, 7:] == 0).all()
    assert found.left_out == {}
    assert [each for each in told if "planning area" not in each] == []


def test_girls_and_boys_add_up_and_are_kept_apart():
    found, _ = read(
        schools=[school(A)], rolls=roll(A, sex="F", pupils=14) + roll(A, sex="M", pupils=16)
    )
    rolls = found.inputs.rolls
    assert (rolls.pupils[0, :, :7] == 30).all()
    assert (rolls.by_sex["F"][0, :, :7] == 14).all()
    assert (rolls.by_sex["M"][0, :, :7] == 16).all()


def test_a_girls_school_has_no_boys_rather_than_an_unknown_number():
    found, _ = read(schools=[school(A)], rolls=roll(A, sex="F"))
    assert (found.inputs.rolls.by_sex["M"] == 0).all()
    assert (found.inputs.rolls.pupils[0, :, :7] == 30).all()


def test_an_authoritys_own_rolls_win_over_the_census():
    rolls = roll(A, pupils=30) + roll(A, pupils=99, source="school_census")
    rolls += roll(B, pupils=20, source="school_census")
    found, _ = read(schools=TWO, rolls=rolls)
    assert pupils(found, A, 2024, "R") == 30
    assert pupils(found, B, 2024, "R") == 20


def test_a_census_that_tells_reception_alone_apart_is_no_roll_by_year_group():
    census = roll(B, groups=("R",), pupils=30, source="school_census")
    census += roll(B, groups=("all",), pupils=210, source="school_census")
    found, told = read(schools=TWO, rolls=roll(A) + census)
    assert np.isnan(found.inputs.rolls.pupils[1]).all()
    assert found.inputs.totals[1].tolist() == [210.0] * 4
    assert np.isnan(found.inputs.totals[0]).all()
    assert "no roll by year group" in found.left_out[B]
    assert any("1 school has only some year groups told apart" in each for each in told)


def test_special_schools_independent_ones_and_those_of_other_authorities_stand_apart():
    others = [
        school(B, phase="special"),
        school(C, sector="independent"),
        school(100004, la_code="E06000099"),
        school(100005, phase="nursery"),
    ]
    rolls = [row for urn in (A, B, C, 100004, 100005) for row in roll(urn)]
    found, _ = read(schools=[school(A), *others], rolls=rolls)
    assert list(found.inputs.rolls.urns) == [A]


def test_nursery_classes_are_not_forecast_and_that_is_said():
    found, told = read(schools=[school(A)], rolls=roll(A) + roll(A, groups=("N1", "N2")))
    assert found.inputs.rolls.pupils[0, 0].sum() == 210
    assert any("1 school has nursery classes, which are not forecast" in each for each in told)


def test_a_predecessors_roll_is_that_of_todays_school():
    schools = [
        school(A, status="closed", close_date="2023-08-31"),
        school(B, open_date="2023-09-01"),
    ]
    found, told = read(
        schools=schools,
        rolls=roll(A, YEARS[:2], pupils=28) + roll(B, YEARS[2:]),
        school_succession=[{"urn": A, "successor_urn": B, "links": 1}],
    )
    assert list(found.inputs.rolls.urns) == [B]
    assert found.inputs.rolls.pupils[0, :, 0].tolist() == [28, 28, 30, 30]
    assert [each for each in told if "every year" in each] == []


def test_two_urns_of_one_school_in_one_year_count_once():
    schools = [school(A, status="closed", close_date="2023-08-31"), school(B)]
    found, told = read(
        schools=schools,
        rolls=roll(A, YEARS[:3]) + roll(B, YEARS[2:]),
        school_succession=[{"urn": A, "successor_urn": B, "links": 1}],
    )
    assert pupils(found, B, 2023, "R") == 30
    assert any(
        f"{A} and {B}, 2023/24" in each and f"that of {A} is not used" in each for each in told
    )


def test_schools_that_were_merged_have_different_pupils_who_are_added_up():
    closed = {"status": "closed", "close_date": "2023-08-31"}
    found, _ = read(
        schools=[school(A, **closed), school(B, **closed), school(C)],
        rolls=roll(A, YEARS[:2], ("R", "1", "2"))
        + roll(B, YEARS[:2], ("3", "4", "5", "6"), 40)
        + roll(C, YEARS[2:]),
        school_succession=[{"urn": urn, "successor_urn": C, "links": 1} for urn in (A, B)],
    )
    assert found.inputs.rolls.pupils[0, 1, :7].tolist() == [30, 30, 30, 40, 40, 40, 40]


def test_a_split_school_keeps_its_pupils_so_that_none_counts_twice():
    links = [{"urn": A, "successor_urn": urn, "links": 1} for urn in (B, C)]
    found, told = read(
        schools=[
            school(A, status="closed", close_date="2023-08-31"),
            school(B, open_date="2023-09-01"),
            school(C, open_date="2023-09-01"),
        ],
        rolls=roll(A, YEARS[:2], pupils=60) + roll(B, YEARS[2:]) + roll(C, YEARS[2:]),
        school_succession=links,
    )
    assert found.inputs.rolls.pupils[:, :, 0].sum(axis=0).tolist() == [60, 60, 60, 60]
    assert any("its rolls stay under its own URN" in each for each in told)


def test_a_row_that_is_there_twice_counts_once():
    found, told = read(schools=[school(A)], rolls=roll(A) + roll(A, YEARS[-1:], ("R",)))
    assert pupils(found, A, 2024, "R") == 30
    assert f"roll is told once | {A}, 2024/25, year group R | 2 rows; kept once" in told


def test_rows_that_contradict_each_other_are_not_known():
    found, told = read(schools=TWO, rolls=both_rolls() + roll(A, YEARS[1:2], ("R",), pupils=31))
    assert np.isnan(pupils(found, A, 2022, "R"))
    assert any("they differ: taken as not known" in each for each in told)


def test_a_year_missing_in_between_is_not_known_and_named():
    found, told = read(schools=TWO, rolls=roll(A, (*YEARS[:1], *YEARS[2:])) + roll(B))
    assert np.isnan(found.inputs.rolls.pupils[0, 1]).all()
    assert (
        f"roll has every year | School {A} ({A}) | no roll of 2022/23: taken as not known" in told
    )
    assert found.left_out == {}


def test_a_year_that_all_lack_leaves_the_years_after_it():
    years = ("2019/20", *YEARS[1:])
    found, told = read(schools=TWO, rolls=roll(A, years) + roll(B, years))
    assert found.inputs.rolls.years == (2022, 2023, 2024)
    assert (
        "year has rolls | 2020/21 | no school has a roll: the years up to it are not used" in told
    )
    assert (
        "year has rolls | 2021/22 | no school has a roll: the years up to it are not used" in told
    )


def test_one_year_alone_makes_no_forecast():
    with pytest.raises(NoForecast, match="there are rolls of 2024/25, and none of the year before"):
        read(schools=TWO, rolls=roll(A, ("2022/23", "2024/25")) + roll(B, ("2022/23", "2024/25")))


def test_a_year_that_few_schools_have_sent_in_is_waited_for():
    schools = [school(urn) for urn in range(A, A + 5)]
    rolls = [row for each in schools for row in roll(each["urn"])] + roll(A, ("2025/26",))
    found, told = read(schools=schools, rolls=rolls)
    assert found.inputs.rolls.years[-1] == 2024
    assert "year has rolls | 2025/26 | only 1 school has one: not used yet" in told


def test_a_school_without_the_last_year_is_left_out_by_name():
    found, told = read(schools=TWO, rolls=roll(A) + roll(B, YEARS[:3]))
    assert list(found.left_out) == [B]
    assert np.isnan(found.inputs.rolls.pupils[1]).all()
    assert any(f"School {B} ({B}) | no roll of 2024/25" in each for each in told)


def test_an_open_school_without_any_roll_is_named():
    found, told = read(schools=[*TWO, school(C)], rolls=both_rolls())
    assert list(found.inputs.rolls.urns) == [A, B]
    assert found.left_out == {C: "no roll: left out"}
    assert any(f"School {C} ({C}) | no roll: left out" in each for each in told)


def test_a_closed_school_has_nobody_after_it_closed_and_a_new_one_nobody_before():
    schools = [
        school(A, status="closed", close_date="2023-08-31"),
        school(B, open_date="2023-09-01"),
    ]
    found, _ = read(schools=schools, rolls=roll(A, YEARS[:2]) + roll(B, YEARS[2:], ("R",)))
    assert found.inputs.rolls.pupils[0, :, 0].tolist() == [30, 30, 0, 0]
    assert found.inputs.rolls.pupils[1, :, 0].tolist() == [0, 0, 30, 30]


def test_a_school_that_closed_at_new_year_is_in_no_roll_of_that_school_year():
    """The census is in January: nobody is missing, so that the authority's sum is known."""
    schools = [school(A, status="closed", close_date="2023-12-31"), school(B)]
    found, told = read(schools=schools, rolls=roll(A, YEARS[:2]) + roll(B))
    assert found.inputs.rolls.pupils[0, :, 0].tolist() == [30, 30, 0, 0]
    assert [each for each in told if "no roll of" in each] == []


def test_a_year_group_missing_from_a_roll_is_not_known_and_named():
    found, told = read(schools=TWO, rolls=changed(both_rolls(), A, "2022/23", "3", None))
    assert np.isnan(pupils(found, A, 2022, "3"))
    assert pupils(found, A, 2022, "4") == 30
    says = "no row for year group 3: taken as not known"
    assert f"roll has every year group | School {A} ({A}), 2022/23 | {says}" in told


def test_a_year_group_missing_from_the_last_roll_leaves_the_school_out():
    found, _ = read(schools=TWO, rolls=changed(both_rolls(), A, "2024/25", "3", None))
    assert found.left_out == {A: "year group 3 of 2024/25 is not known: left out"}
    assert np.isnan(found.inputs.rolls.pupils[0]).all()


def test_a_school_that_grows_from_two_ends_lacks_no_year_group():
    ends = ("R", "7")
    grows = roll(A, YEARS[2:3], ends) + roll(A, YEARS[3:], (*ends, "1", "8"))
    found, told = read(
        schools=[school(A, open_date="2023-09-01"), school(B)], rolls=grows + roll(B)
    )
    assert found.left_out == {}
    assert [each for each in told if "year group" in each] == []


@pytest.mark.parametrize("odd", [-1, 5000, 30.5])
def test_a_count_that_cannot_be_is_not_known_and_named(odd):
    found, told = read(schools=TWO, rolls=changed(both_rolls(), A, "2022/23", "3", odd))
    assert np.isnan(pupils(found, A, 2022, "3"))
    says = f"{odd:g} pupils, not a whole number from 0 to 1000: taken as not known"
    assert f"roll is a count of pupils | {A}, 2022/23, year group 3 | {says}" in told


def test_a_digit_too_many_is_not_known_and_named():
    found, told = read(schools=TWO, rolls=changed(both_rolls(), A, "2022/23", "3", 300))
    assert np.isnan(pupils(found, A, 2022, "3"))
    assert any(
        f"School {A} ({A}), 2022/23, year group 3 | 300 pupils beside 30" in each for each in told
    )


def test_a_handful_of_children_may_become_ten_times_as_many():
    rolls = roll(A, pupils=3)
    found, _ = read(schools=[school(A)], rolls=changed(rolls, A, "2022/23", "3", 30))
    assert pupils(found, A, 2022, "3") == 30


def test_a_new_secondary_school_that_fills_year_7_at_once_is_believed():
    rolls = roll(A, YEARS[2:3], ("7",), 180) + roll(A, YEARS[3:], ("7", "8"), 180)
    found, _ = read(
        schools=[school(A, phase="secondary", open_date="2023-09-01"), school(B)],
        rolls=rolls + roll(B),
    )
    assert pupils(found, A, 2023, "7") == 180


def test_a_school_year_that_is_none_is_named():
    _, told = read(schools=[school(A)], rolls=roll(A) + roll(A, ("2024",)))
    assert (
        "roll names its school year | 2024 | is no school year such as 2024/25: rows left out"
        in told
    )


def test_without_rolls_by_year_group_the_message_says_what_to_supply():
    with pytest.raises(NoForecast, match="no school has a roll by year group") as refused:
        read(
            schools=[school(A)], rolls=roll(A, groups=("all",), pupils=210, source="school_census")
        )
    assert "atlas template rolls" in str(refused.value)
