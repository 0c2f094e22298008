"""What a planner sets in the region file is what a forecast is made by."""

from dataclasses import replace

import numpy as np
import pytest

from config.planning import Planning
from ingest.planning.making import forecast_again
from ingest.vintages.changing import Last, change_rows, sums_of
from planning.forecast.inputs import Inputs, Rolls, Units
from planning.forecast.methods import Method
from planning.forecast.results import METHODS, PHASE_NAMES, Level

SAID = {"set_by": "Planning team", "set_on": "2026-02-01", "why": "Known."}
URNS = (100001, 100002, 100003)
PRIMARY = PHASE_NAMES.index("primary")


@pytest.fixture(scope="module")
def inputs():
    """Three primary schools over eight years, in one planning area."""
    years = tuple(range(2018, 2026))
    pupils = np.zeros((3, len(years), 15))
    grown = np.arange(len(years))[:, np.newaxis] + np.arange(7)
    pupils[:, :, :7] = 25 + grown % 4 + np.array([0, 5, 9])[:, np.newaxis, np.newaxis]
    units = Units(
        ("E06000017",), np.zeros(3, int), {"primary": ("P1",)}, {"primary": np.zeros(3, int)}
    )
    return Inputs(Rolls(np.array(URNS), years, pupils), units)


def pin(method, unit="100001", level="school", **more):
    return {"level": level, "unit": unit, "method": method, **(SAID | more)}


def method_of(inputs, *pins):
    made = forecast_again(inputs, Planning(methods=pins)).levels[Level.SCHOOL]
    row = made.codes.index("100001")
    return METHODS[made.choice.method[row, PRIMARY]], made.choice.is_pinned[row, PRIMARY]


@pytest.mark.parametrize("later", ["2026-02-01", "2026-03-01"])
def test_a_pin_of_one_phase_goes_before_a_pin_of_the_whole_unit(inputs, later):
    one, whole = pin("same", phase="primary"), pin("drift", set_on=later)
    assert method_of(inputs, one, whole) == (Method.SAME, True)
    assert method_of(inputs, whole, one) == (Method.SAME, True)


def test_the_later_of_two_pins_counts(inputs):
    earlier, later = pin("drift"), pin("same", set_on="2026-03-01")
    assert method_of(inputs, later, earlier) == (Method.SAME, True)


def test_a_pin_of_a_school_that_is_not_there_counts_for_nothing(inputs):
    _, is_pinned = method_of(inputs, pin("same", unit="999999"))
    assert not is_pinned


def test_the_years_that_a_planner_wants_are_told_of(inputs):
    planning = Planning(years_primary=9, years_secondary=3, **SAID)
    made = forecast_again(inputs, planning)
    assert made.years == tuple(range(2026, 2035))
    schools = made.levels[Level.SCHOOL].expected
    assert np.isfinite(schools[:, 8, 0]).all()


def parts(inputs, *, before=None, after=None, more=0.0):
    """Return the parts of what has changed, by cause, over all units."""
    before, after = before or Planning(), after or Planning()
    homes = np.zeros((3, 7, 15))
    old, homes[0, 1:, 0] = replace(inputs, moved_in=homes.copy()), more
    new = replace(inputs, moved_in=homes)
    last = Last(sums_of(forecast_again(old, before)), old, "v1")
    now = sums_of(forecast_again(new, after))
    rows = change_rows(last, now, new, lambda these: forecast_again(these, after))
    step = (now - last.said).reindex(last.said.dropna().index).abs().sum()
    return rows.groupby("cause")["pupils_change"].apply(lambda each: each.abs().sum()), step


def test_what_a_planner_has_set_anew_is_a_change_of_method(inputs):
    found, step = parts(inputs, after=Planning(methods=[pin("drift")]))
    assert step > 1
    assert found["method"] == pytest.approx(step)
    assert found.drop("method").to_numpy() == pytest.approx(0)


def test_homes_that_are_planned_anew_are_a_change_of_housing(inputs):
    found, step = parts(inputs, more=8.0)
    assert step > 8
    assert found["housing"] == pytest.approx(step)
    assert found.drop("housing").to_numpy() == pytest.approx(0)
