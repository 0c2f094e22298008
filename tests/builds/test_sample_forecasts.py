"""The made-up county is forecast at every level, and its numbers agree with each other."""

import pytest

from api.commands.backtest import errors
from api.commands.forecasting import made_anew

LAST = "2024/25"


def test_the_forecast_is_made_with_ranges_for_every_level(sample):
    told = sample.query(
        "select level, count(*), min(high_80 - low_80), sum(is_chosen = 0) from forecast "
        "where sex = 'all' and is_chosen = 1 group by level order by level"
    )
    assert [level for level, *_ in told] == ["authority", "planning_area", "school"]
    for _, rows, narrowest, _ in told:
        assert rows > 0
        assert narrowest >= 0


def test_schools_and_planning_areas_add_up_to_their_authorities(sample):
    """The sum that is forecast of every school is that of its authority, year by year."""
    schools, authorities = (
        dict(
            sample.query(
                "select academic_year, sum(pupils_expected) from forecast where level = :level "
                "and year_group = 'primary' and sex = 'all' and is_chosen = 1 "
                "group by academic_year",
                level=level,
            )
        )
        for level in ("school", "authority")
    )
    assert len(authorities) == 5
    assert schools == pytest.approx(authorities)


def test_girls_and_boys_add_up_to_the_forecast(sample):
    """Of every authority, primary and secondary, in every year."""
    text = (
        "select unit_code, year_group, academic_year, sum(pupils_expected) from forecast "
        "where level = 'authority' and is_chosen = 1 and sex {} "
        "group by unit_code, year_group, academic_year order by 1, 2, 3"
    )
    apart, together = sample.query(text.format("<> 'all'")), sample.query(text.format("= 'all'"))
    assert [row[:3] for row in apart] == [row[:3] for row in together]
    assert [row[3] for row in apart] == pytest.approx([row[3] for row in together])


def test_the_rolls_that_forecasts_start_from_are_those_of_the_authoritys_file(sample):
    ((told,),) = sample.query(
        "select sum(pupils_counted) from forecast_roll where level = 'authority' "
        "and academic_year = :year and year_group = 'all' and sex = 'all'",
        year=LAST,
    )
    ((own,),) = sample.query(
        "select sum(roll.pupils) from roll join school on school.urn = roll.urn "
        "where source_id = 'rolls' and academic_year = :year and not is_outside "
        "and year_group not in ('N1', 'N2') "
        "and school.phase in ('primary', 'middle', 'secondary', 'all_through')",
        year=LAST,
    )
    assert told == own


def test_what_came_stands_beside_what_was_said_by_us_and_by_the_authority(sample):
    makers = {maker for (maker,) in sample.query("select distinct made_by from forecast_record")}
    assert makers >= {"authority", "chosen", "same", "drift", "cohort_321"}
    ((worst,),) = sample.query(
        "select max(abs(error_ratio)) from forecast_record where made_by = 'authority' "
        "and level = 'authority' and year_group in ('primary', 'secondary')"
    )
    assert worst < 0.15


def test_ranges_hold_what_came_about_as_often_as_they_say(sample):
    """Year groups of the few schools of the smallest county, one to five years ahead.

    Their errors go together, so that the bounds are wide; `bench` measures whole counties.
    """
    told = sample.query(
        "select unit_code, academic_year, year_group, low_80, high_80, low_95, high_95 "
        "from forecast where level = 'school' and sex = 'all' and is_chosen = 1 "
        "and low_80 is not null and pupils_expected > 0"
    )
    held = []
    for unit, year, group, *ends in told:
        came = sample.truth["next_five"].get(unit, {}).get(year[:4], {}).get(group)
        if came is not None:
            low_80, high_80, low_95, high_95 = ends
            held.append((low_80 <= came <= high_80, low_95 <= came <= high_95))
    assert len(held) > 200
    of_80, of_95 = (100 * sum(each) / len(held) for each in zip(*held, strict=True))
    assert 70 < of_80 < 90
    assert 88 < of_95 < 99.5


def test_the_coverage_shown_is_that_of_years_left_out(sample):
    """It is near what a range says of itself, and not what it would be of its own errors."""
    shown = sample.query(
        "select sum(tried * within_80_pct) / sum(tried), sum(tried * within_95_pct) / sum(tried) "
        "from forecast_accuracy where level = 'school' "
        "and within_80_pct is not null and year_group not in "
        "('primary', 'secondary', 'sixth_form', 'all')"
    )
    ((of_80, of_95),) = shown
    assert 72 < of_80 < 88
    assert 90 < of_95 < 98


def test_another_method_and_horizon_are_worked_out_anew_from_the_build(sample):
    rows, rolls = made_anew(sample.engine, sample.region, method="same", years=3)
    chosen = rows[rows["is_chosen"] & (rows["sex"] == "all") & (rows["level"] == "authority")]
    assert sorted(chosen["academic_year"].unique()) == ["2025/26", "2026/27", "2027/28"]
    assert set(chosen["forecast_method"]) == {"same"}
    assert chosen["low_80"].isna().all()
    last = rolls[(rolls["level"] == "authority") & (rolls["academic_year"] == LAST)]
    assert len(last) > 0


def test_the_errors_of_every_maker_are_told_by_level_phase_and_years_ahead(sample):
    rows = errors(sample.engine)
    told = {(row["level"], row["made_by"]) for row in rows}
    for level in ("authority", "planning_area", "school"):
        assert (level, "chosen") in told
        assert (level, "cohort_321") in told
    own = [row for row in rows if row["made_by"] == "authority" and row["year_group"] == "primary"]
    beside = [row for row in rows if row["made_by"] == "chosen, of the same"]
    assert own
    assert beside


def test_a_place_without_rolls_by_year_group_is_built_and_told_what_to_supply(built):
    ((told,),) = built.query(
        "select says from issue where step = 'forecast' and rule = 'region is forecast'"
    )
    assert "no school has a roll by year group: there is no forecast" in told
    assert "atlas template rolls" in told
    assert built.query("select count(*) from forecast") == [(0,)]
