"""Results come from deprivation and the school's effect, by the weights that the truth tells."""

import numpy as np
import pytest

from ingest.sample.people.outcomes import MEASURED, USUALLY_DEPRIVED


def fitted(rows, values, weights):
    """Fit a level, deprivation and the school's effect; return each with its standard error."""
    deprived = rows["deprived"].to_numpy() - USUALLY_DEPRIVED
    columns = np.column_stack([np.ones(len(rows)), deprived, rows["effect"]])
    root = np.sqrt(weights)
    left, right = columns * root[:, None], np.asarray(values) * root
    found, residual, _, _ = np.linalg.lstsq(left, right, rcond=None)
    spread = residual[0] / (len(rows) - 3)
    errors = np.sqrt(spread * np.diag(np.linalg.inv(left.T @ left)))
    return found, errors


@pytest.mark.parametrize("subject", ["reading_progress", "maths_progress", "writing_progress"])
def test_progress_of_primary_schools_gives_its_weights_back(county, subject):
    rows = county.outcomes.ks2
    rows = rows[~rows["kind"].isin(["special", "independent_prep"])]
    found, errors = fitted(rows, rows[subject], rows["pupils"].to_numpy())
    measured = MEASURED[f"ks2_{subject}"]
    wanted = [measured.usual, measured.deprivation, measured.effect]
    assert np.all(np.abs(found - wanted) < 4 * errors)


def test_intervals_hold_the_expected_value_as_often_as_they_say(county):
    rows = county.outcomes.ks2
    expected = MEASURED["ks2_reading_progress"].expected(rows)
    inside = np.abs(rows["reading_progress"] - expected) <= rows["reading_progress_half"]
    assert inside.mean() == pytest.approx(0.95, abs=0.05)


def test_pupils_who_are_disadvantaged_are_part_of_all_and_do_less_well(people):
    for table, name in ((people.outcomes.ks2, "expected"), (people.outcomes.ks4, "basics_4")):
        poor, everybody = table["disadvantaged"].sum(), table["pupils"].sum()
        assert 0 < poor < everybody
        of_poor = table[f"{name}_disadvantaged"].sum()
        assert (table[f"{name}_disadvantaged"] <= table[name]).all()
        assert of_poor / poor < (table[name].sum() - of_poor) / (everybody - poor)


def test_everybody_who_left_year_11_went_somewhere_or_is_not_known(people):
    leavers = people.outcomes.leavers
    columns = [name for name in leavers if str(name).startswith(("d_", "o_"))]
    assert (leavers[columns].sum(axis=1) == leavers["pupils"]).all()


def test_the_cohorts_are_those_of_the_rolls(people):
    rolls = people.rolls
    for table, group in ((people.outcomes.ks2, 6), (people.outcomes.ks4, 11)):
        for year in (2022, 2023, 2024):
            there = (rolls.year_group == group) & (rolls.academic_year == year)
            own = table[table["academic_year"] == year]
            assert own["pupils"].sum() == rolls.pupils[there].sum()


def test_traits_count_the_pupils_of_every_census(people):
    traits = people.traits.groupby("academic_year")["pupils"].sum()
    for year in (2015, 2020, 2024):
        assert traits[year] == people.rolls.total(year)
    parts = people.traits[["meals", "support", "plans", "other_language"]]
    assert (parts.le(people.traits["pupils"], axis=0)).all(axis=None)
