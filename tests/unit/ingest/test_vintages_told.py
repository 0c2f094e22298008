"""Where a forecast cannot be compared with the last one, the issue log says why."""

import numpy as np
import pandas as pd
import pytest

from ingest.issues import IssueLog
from ingest.schema.forecasts import (
    FORECAST,
    FORECAST_CHANGE,
    FORECAST_RECORD,
    FORECAST_VINTAGE,
)
from ingest.vintages import telling
from ingest.vintages.keeping import vintage_in
from ingest.vintages.packing import INPUTS, MadeFrom, write_made_from
from ingest.vintages.vintages import Vintages
from planning.forecast.inputs import Inputs, Rolls, Units

UNITS = Units(("E06000001",), np.array([0]), {}, {})
STAMP = "2026-01-0{}T09:00:00+00:00"


@pytest.fixture
def place(tmp_path):
    """A step's folder, vintages, and what is told of them."""

    class Place:
        vintages = Vintages(tmp_path / "home", "here")
        issues = IssueLog()

        def forecast(self, day, pupils, years=2):
            folder = tmp_path / f"step{day}"
            folder.mkdir()
            rolls = Rolls(np.array([100001]), tuple(range(2023, 2023 + years)),
                          np.full((1, years, 15), 7.0))  # fmt: skip
            write_made_from(MadeFrom(Inputs(rolls, UNITS)), folder / INPUTS)
            row = {
                "level": "school",
                "unit_code": "100001",
                "forecast_method": "same",
                "academic_year": "2025/26",
                "year_group": "primary",
                "sex": "all",
                "pupils_expected": pupils,
                "is_chosen": True,
                "made_in": "2024/25",
                "status": "forecast",
            }
            rows = pd.DataFrame([row]).reindex(columns=FORECAST.names)
            FORECAST.typed(rows).to_parquet(folder / f"{FORECAST.name}.00000.parquet")
            return folder

        def keep(self, folder, day):
            named = {"built_at": STAMP.format(day), "build_id": f"b{day}"}
            vintage, forecast, _ = vintage_in(folder, **named)
            return self.vintages.keep(vintage, forecast, folder / INPUTS)

        def told(self, folder, day):
            return telling.rows_told(
                folder,
                self.vintages,
                built_at=STAMP.format(day),
                build_id=f"b{day}",
                successors={},
                issues=self.issues,
            )

        def says(self):
            return [f"{each.subject}: {each.says}" for each in self.issues.issues]

    return Place()


def test_two_years_of_rolls_leave_nothing_to_go_back_to(place):
    told = place.told(place.forecast(1, 49), 1)
    assert told[FORECAST_CHANGE].empty
    assert told[FORECAST_RECORD].empty
    assert told[FORECAST_VINTAGE]["vintage"].tolist() == [STAMP.format(1)]
    assert place.says() == [
        "2024/25: a year before, rolls were known of one year only: no parts are told"
    ]


def test_a_vintage_whose_inputs_were_damaged_is_named(place):
    place.keep(place.forecast(1, 49), 1)
    (place.vintages.folder / "b1" / INPUTS).write_bytes(b"?")
    told = place.told(place.forecast(2, 50), 2)
    assert told[FORECAST_CHANGE].empty
    assert told[FORECAST_VINTAGE]["vintage"].tolist() == [STAMP.format(1), STAMP.format(2)]
    (says,) = place.says()
    assert says.startswith("2024/25: b1/inputs.npz holds no inputs of a forecast: ")


def test_a_forecast_that_is_kept_already_is_listed_once(place):
    folder = place.forecast(1, 49)
    place.keep(folder, 1)
    told = place.told(folder, 2)
    assert told[FORECAST_VINTAGE]["vintage"].tolist() == [STAMP.format(1)]


def test_a_build_without_a_forecast_still_lists_the_vintages(place, tmp_path):
    place.keep(place.forecast(1, 49), 1)
    told = place.told(tmp_path / "no step", 2)
    assert list(told) == [FORECAST_VINTAGE]
    assert len(told[FORECAST_VINTAGE]) == 1
    assert place.says() == []
