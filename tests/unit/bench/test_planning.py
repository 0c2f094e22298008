"""What forecasts and choices are measured on, and beside."""

import json

import numpy as np
import pytest

from bench.made_choices import counted, market
from bench.made_choices import made_up as made_up_choices
from bench.made_rolls import made_up as made_up_rolls
from bench.planning_accuracy import truth
from bench.with_pandas import all_at_once, long_table, school_by_school
from planning.choice.model import shares
from planning.forecast.inputs import GROUPS
from planning.forecast.methods import Known, Method, forecast


@pytest.mark.parametrize("script", [school_by_school, all_at_once])
def test_a_script_with_pandas_says_the_same_as_three_two_one(script) -> None:
    rolls = made_up_rolls(10).rolls
    said = script(long_table(rolls), years=3).to_numpy().reshape(10, 3, len(GROUPS))
    known = Known(rolls.pupils, np.zeros(10, np.int64))
    assert said == pytest.approx(forecast(known, Method.COHORT_321, years=3))


def test_made_up_pupils_live_somewhere_and_add_up() -> None:
    inputs = made_up_rolls(30)
    (flows,) = inputs.flows["secondary"]
    rolls = inputs.rolls.pupils[:, -1]
    assert np.isin(flows.school, np.flatnonzero(rolls[:, 7] > 0)).all()
    assert flows.pupils.sum() == pytest.approx(rolls[flows.school.min() :, 7:].sum(), rel=0.05)
    by_sex = inputs.rolls.by_sex
    assert np.array_equal(by_sex["F"] + by_sex["M"], inputs.rolls.pupils)


def test_small_counts_are_hidden_and_all_others_are_told() -> None:
    place = made_up_choices(20, 6, 1_000)
    counts = counted(place)
    assert set(np.unique(counts.pupils)) & {1.0, 2.0} == set()
    assert np.array_equal(counts.is_suppressed, counts.pupils == 0)
    assert np.allclose(shares(place.options, place.weights).sum(axis=1), 1)
    assert market(place).schools.places.sum() >= place.children.sum()


def test_what_came_is_added_up_by_phase(tmp_path) -> None:
    came = {"900001": {"2025": {"R": 30, "6": 28}}, "900002": {"2029": {"7": 150, "12": 90}}}
    told = {"counties": [{"next_five": came}]}
    (tmp_path / "truth.json").write_text(json.dumps(told), encoding="utf-8")
    assert truth(tmp_path).to_numpy().tolist() == [
        ["900001", "2025/26", "primary", 58],
        ["900001", "2025/26", "secondary", 0],
        ["900002", "2029/30", "primary", 0],
        ["900002", "2029/30", "secondary", 150],
    ]
