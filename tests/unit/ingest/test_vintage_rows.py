"""What tables tell of vintages: how far off they were since, and why this one differs."""

import numpy as np
import pandas as pd
import pytest

from ingest.schema.forecasts import FORECAST_CHANGE, FORECAST_RECORD, FORECAST_VINTAGE
from ingest.vintages.changing import KEY, Last, change_rows, remembering, sums_of
from ingest.vintages.rows import record_rows, vintage_rows
from ingest.vintages.vintages import Vintage
from planning.forecast.inputs import PHASES, Births, Inputs, Rolls, Units
from planning.forecast.results import PARTS, Forecasts, Level, LevelForecast

URNS = np.array([100001, 100002])


def inputs(*of_years, births=()):
    """Return two primary schools with as many pupils in reception, from 2023 on."""
    pupils = np.zeros((2, len(of_years), 15))
    pupils[:, :, 0] = np.array(of_years).T
    years = tuple(range(2023, 2023 + len(of_years)))
    units = Units(("E06000001",), np.array([0, 0]), {}, {})
    known = Births(("E06000001",), tuple(range(2019, 2019 + len(births))), np.array([births]))
    return Inputs(Rolls(URNS, years, pupils), units, births=known if births else None)


def said(rows):
    """Return what a vintage said: level, unit, year group or sum, school year, pupils."""
    names = ["level", "unit_code", "year_group", "academic_year", "pupils_expected"]
    return pd.DataFrame(rows, columns=names)


def record(vintages, now, successors=None):
    rows = FORECAST_RECORD.typed(record_rows(vintages, now, successors or {}))
    assert FORECAST_RECORD.broken_rules(rows) == []
    return rows


def test_a_vintage_is_held_against_what_came():
    rows = record(
        {
            "2023/24": said(
                [
                    ("school", "100001", "primary", "2024/25", 33),
                    ("school", "100001", "primary", "2025/26", 40),  # has not come yet
                    ("school", "100001", "R", "2024/25", 33),  # sums alone of schools
                    ("authority", "E06000001", "R", "2024/25", 45),
                ]
            )
        },
        inputs((30, 20), (30, 20)),
    )
    assert rows["pupils_came"].tolist() == [50, 30]
    assert rows["error_ratio"].tolist() == pytest.approx([-0.1, 0.1])
    assert (rows["made_by"] == "atlas").all()
    assert not rows["is_hindcast"].any()


def test_a_school_that_became_another_is_found_again():
    rows = record(
        {
            "2023/24": said(
                [
                    ("school", "100001", "primary", "2024/25", 20),
                    ("school", "99999", "primary", "2024/25", 13),
                ]
            )
        },
        inputs((30, 20), (30, 20)),
        {99999: 100001},
    )
    assert rows[["unit_code", "pupils_expected", "pupils_came"]].to_numpy().tolist() == [
        ["100001", 33, 30]
    ]


def test_a_year_in_which_nobody_came_has_no_share():
    told = {"2023/24": said([("school", "100001", "primary", "2024/25", 5)])}
    assert record(told, inputs((30, 20), (0, 20)))["error_ratio"].isna().all()


def test_without_earlier_vintages_there_is_no_record():
    assert record({}, inputs((30, 20), (30, 20))).empty


def test_vintages_are_listed():
    one = Vintage("2026-01-01T09:00:00+00:00", "2024/25", "b1", {"rolls": "a"}, "First.")
    rows = FORECAST_VINTAGE.typed(vintage_rows([one]))
    assert FORECAST_VINTAGE.broken_rules(rows) == []
    assert rows["digest"].tolist() == [one.digest]
    assert vintage_rows([]).empty


def make(these):
    """Expect the share of births that each school took last; the last roll where none are known."""
    last = these.rolls.pupils[:, -1, 0]
    expected = np.zeros((2, 2, len(PARTS)))
    for year in range(2):
        born = None
        if these.births is not None:
            place = these.rolls.years[-1] + 1 + year - 5 - these.births.years[0]
            born = these.births.born[0, place] if place < these.births.born.shape[1] else None
        expected[:, year, 0] = last if born is None else born * last / last.sum()
    expected[..., PARTS.index("primary")] = expected[..., PARTS.index("all")] = expected[..., 0]
    first = these.rolls.years[-1] + 1
    codes = tuple(map(str, these.rolls.urns))
    level = LevelForecast(Level.SCHOOL, codes, expected, {}, {}, {}, None, None, None)
    return Forecasts(first - 1, (first, first + 1), {Level.SCHOOL: level})


def changes(last, now, vintage="v1"):
    told = Last(sums_of(make(last)), last, vintage)
    rows = FORECAST_CHANGE.typed(change_rows(told, sums_of(make(now)), now, make))
    assert FORECAST_CHANGE.broken_rules(rows) == []
    return rows


def test_the_parts_of_every_figure_add_up_and_name_what_it_is_compared_with():
    # 60 births were expected in reception of 2026 and shared 30:20; now 50 are, shared 25:25.
    rows = changes(
        inputs((30, 20), (30, 20), births=(50, 50, 60, 60)),
        inputs((30, 20), (30, 20), (25, 25), births=(50, 50, 50, 50)),
    )
    assert set(rows["compared_with"]) == {"v1"}
    first = rows[(rows["unit_code"] == "100001") & (rows["phase"] == "primary")]
    assert first["academic_year"].unique().tolist() == ["2026/27"]
    assert first["pupils_before"].unique().tolist() == [36]
    assert first["pupils_after"].unique().tolist() == [25]
    assert first.set_index("cause")["pupils_change"]["births"] == pytest.approx(-11)
    whole = rows.groupby([*KEY, "pupils_before", "pupils_after"])["pupils_change"].sum()
    for key, change in whole.items():
        assert change == pytest.approx(key[-1] - key[-2])


def test_a_school_that_one_of_the_forecasts_lacks_is_not_told_of():
    last = inputs((30, 20), (30, 20))
    told = Last(sums_of(make(last)).drop("100002", level="unit_code"), last)
    rows = change_rows(told, sums_of(make(last)), last, make)
    assert set(rows["unit_code"]) == {"100001"}
    assert set(rows["compared_with"]) == {""}


def test_the_same_inputs_are_forecast_once():
    asked = []
    once = remembering(lambda these: asked.append(these) or make(these))
    now, alike = inputs((30, 20), (30, 20)), inputs((30, 20), (30, 20))
    assert once(now) is once(alike)
    assert len(asked) == 1
    assert list(sums_of(make(now)).index.get_level_values("phase").unique()) == list(PHASES)
