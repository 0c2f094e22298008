"""Vintages: kept whole or not at all, never twice, and readable by later programs."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from api.cli import app
from ingest.schema.forecasts import FORECAST
from ingest.vintages.packing import (
    INPUTS,
    KNOWN,
    MadeFrom,
    Unreadable,
    digests,
    read_made_from,
    write_made_from,
)
from ingest.vintages.vintages import FORECAST_FILE, Vintages, vintage_of
from planning.forecast.inputs import Births, Flows, Homes, Inputs, Rolls, Units
from planning.waterfall import same

INPUTS_OF_ALL_KINDS = Inputs(
    Rolls(np.array([100001]), (2023, 2024), np.full((1, 2, 15), 7.0), {"F": np.zeros((1, 2, 15))}),
    Units(("E06000001",), np.array([0]), {"primary": ("P1",)}, {"primary": np.array([0])}),
    homes=Homes(("E01000001",), np.array([0])),
    births=Births(("E01000001",), (2019, 2020), np.array([[5.0, np.nan]])),
    flows={
        "primary": (Flows(2024, np.array([0]), np.array([0]), np.array([7.0]), np.array([0.0])),)
    },
)
MADE_FROM = MadeFrom(INPUTS_OF_ALL_KINDS, {"years_primary": 5})


def rows(pupils=210.0, made_in="2024/25"):
    """Return a forecast of one sum of one school, and one by a method that was not chosen."""
    row = {
        "level": "school",
        "unit_code": "100001",
        "forecast_method": "cohort_pooled",
        "academic_year": "2025/26",
        "year_group": "primary",
        "sex": "all",
        "pupils_expected": pupils,
        "low_80": 200.0,
        "high_80": 220.0,
        "low_95": 190.0,
        "high_95": 230.0,
        "is_chosen": True,
        "made_in": made_in,
        "status": "forecast",
    }
    other = row | {"forecast_method": "same", "is_chosen": False}
    return FORECAST.typed(pd.DataFrame([row, other]))


@pytest.fixture
def keep(tmp_path):
    vintages = Vintages(tmp_path / "home", "here")
    file = tmp_path / INPUTS

    def one(forecast, made_from=MADE_FROM, *, day=1):
        write_made_from(made_from, file)
        stamp = f"2026-01-{day:02}T09:00:00+00:00"
        vintage = vintage_of(
            forecast, made_from, vintage=stamp, build_id=f"202601{day:02}T090000-x"
        )
        return vintages.keep(vintage, forecast, file)

    one.vintages = vintages
    return one


def test_inputs_of_every_kind_come_back_as_they_were(tmp_path):
    write_made_from(MADE_FROM, tmp_path / INPUTS)
    found = read_made_from(tmp_path / INPUTS)
    assert same(found.inputs, INPUTS_OF_ALL_KINDS)
    assert found.settings == {"years_primary": 5}


@pytest.mark.parametrize("content", [b"", b"not a file of arrays", b"PK\x03\x04broken"])
def test_a_damaged_file_is_no_inputs(tmp_path, content):
    (tmp_path / INPUTS).write_bytes(content)
    with pytest.raises(Unreadable, match="holds no inputs of a forecast"):
        read_made_from(tmp_path / INPUTS)


def test_inputs_of_a_kind_that_is_no_more_are_unreadable(tmp_path, monkeypatch):
    write_made_from(MADE_FROM, tmp_path / INPUTS)
    monkeypatch.delitem(KNOWN, "Births")
    with pytest.raises(Unreadable):
        read_made_from(tmp_path / INPUTS)


def test_a_digest_tells_which_part_is_another():
    other = replace(INPUTS_OF_ALL_KINDS, births=None)
    before, after = digests(MADE_FROM), digests(MadeFrom(other, MADE_FROM.settings))
    assert {name for name in before if before[name] != after[name]} == {"births"}


def test_a_vintage_keeps_what_was_chosen_and_what_it_was_made_from(keep):
    assert keep(rows())
    (vintage,) = keep.vintages.all()
    assert (vintage.made_in, vintage.vintage) == ("2024/25", "2026-01-01T09:00:00+00:00")
    assert vintage.says == "First forecast kept, from rolls up to 2024/25."
    kept = keep.vintages.forecast_of(vintage)
    assert kept["pupils_expected"].tolist() == [210]
    assert same(keep.vintages.made_from(vintage).inputs, INPUTS_OF_ALL_KINDS)


def test_the_same_forecast_is_not_kept_twice(keep):
    assert keep(rows())
    assert not keep(rows(), day=2)
    assert keep(rows(pupils=211), day=3)
    assert not keep(rows(), day=4)  # gone back to, and taken into use again
    assert len(keep.vintages.all()) == 2


def test_a_vintage_says_what_is_new_about_it(keep):
    keep(rows())
    keep(rows(made_in="2025/26"), MadeFrom(replace(INPUTS_OF_ALL_KINDS, births=None)), day=2)
    assert keep.vintages.all()[-1].says == (
        "Rolls of 2025/26 are new. Different from the one before: births, settings."
    )


def test_a_vintage_that_broke_off_leaves_nothing(keep, monkeypatch):
    keep(rows())

    def broken(*_, **__):
        raise OSError("no room")

    monkeypatch.setattr("shutil.copyfile", broken)
    with pytest.raises(OSError, match="no room"):
        keep(rows(pupils=99), day=2)
    assert len(list(keep.vintages.folder.iterdir())) == 1


def test_a_damaged_vintage_is_passed_over_and_the_others_stay(keep):
    keep(rows())
    keep(rows(pupils=99), day=2)
    first = min(keep.vintages.folder.iterdir())
    assert {path.name for path in first.iterdir()} == {FORECAST_FILE, INPUTS, "vintage.json"}
    (first / "vintage.json").write_text(json.dumps({"vintage": "?"}))
    assert len(keep.vintages.all()) == 1


def test_the_command_lists_what_was_new_about_each(keep, monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path / "home"))
    keep.vintages.folder = tmp_path / "home" / "vintages" / "rutland"
    none = CliRunner().invoke(app, ["vintages", "rutland"])
    assert none.output.startswith("No forecast of rutland has been in use yet")
    keep(rows())
    told = CliRunner().invoke(app, ["vintages", "rutland"])
    assert told.exit_code == 0
    assert told.output == (
        "2026-01-01T09:00:00+00:00  2024/25  First forecast kept, from rolls up to 2024/25.\n"
    )
