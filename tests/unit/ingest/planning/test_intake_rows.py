"""Rows of what intakes are expected from."""

from dataclasses import replace

import numpy as np
import pandas as pd

from ingest.planning.intake_rows import border_rows, cohort_rows
from ingest.schema.forecasts import FORECAST_BORDER, FORECAST_COHORT
from planning.forecast.inputs import NONE, Births, Homes
from tests.support.small_inputs import flows_of, inputs_of, nobody


def test_an_authority_and_its_schools_tell_who_crosses_the_border() -> None:
    homes = Homes(("A", "B"), np.array([0, NONE]))
    flows = {"primary": (flows_of([0, 0, 1], [0, NONE, 1], [90.0, 10.0, 25.0]),)}
    rows = border_rows(inputs_of(nobody(2), flows=flows, homes=homes))
    told = rows.set_index(["level", "unit_code"])[list(rows.columns[4:])]
    assert told.loc[("authority", "E1")].tolist() == [90.0, 10.0, 25.0]
    assert told.loc[("school", "2")].dropna().to_dict() == {"pupils_come_in": 25.0}
    assert len(rows) == 2
    assert set(rows["academic_year"]) == {"2021/22"}


def test_children_of_every_year_ahead_tell_what_they_are_known_from() -> None:
    births = Births(("E1",), (2016, 2017, 2018), np.array([[90.0, 100.0, 80.0]]))
    rows = cohort_rows(replace(inputs_of(nobody(1)), births_of_authorities=births), years=2)
    assert rows.to_dict("records") == [
        {"la_code": "E1", "academic_year": "2023/24", "children": 80.0, "basis": "births"},
        {"la_code": "E1", "academic_year": "2024/25", "children": 80.0, "basis": "last_births"},
    ]


def test_without_flows_or_births_there_are_no_rows() -> None:
    nothing = inputs_of(nobody(1))
    for rows, table in (
        (border_rows(nothing), FORECAST_BORDER),
        (cohort_rows(nothing, years=2), FORECAST_COHORT),
    ):
        assert isinstance(rows, pd.DataFrame)
        assert (len(rows), tuple(rows.columns)) == (0, tuple(table.names))
