"""Tables that a real council made for itself are read without a line of code."""

import csv

import pandas as pd
import pytest

from config.imports import Import
from ingest.imports.gathering import imported
from ingest.imports.known import Known
from ingest.imports.table import read_import
from ingest.issues import IssueLog

NO_CAR = "No cars or vans in household"


@pytest.fixture(scope="module")
def trafford(publishers):
    """Trafford's small areas, from the look-up of the Office for National Statistics."""
    lookup = pd.read_csv(publishers / "ons" / "lookup_lsoa21_ward24_ltla24.csv", dtype=str)
    own = lookup[lookup["ltla24_code"] == "E08000009"]
    return frozenset(own["lsoa21_code"])


def test_households_without_a_car_are_read_from_a_table_of_all_categories(publishers, trafford):
    path = publishers / "authority/trafford/2021_car_van_availability_lsoa_trafford.csv"
    value = {"column": "value", "title": "No car", "unit": "households"}
    told = Import(
        id="cars",
        file=str(path),
        title="Cars",
        period="2021",
        values=[value | {"where": {"availability_category": NO_CAR}}],
    )
    log = IssueLog()
    made = imported(read_import(path, told), told, Known(lsoa21=trafford), log)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["availability_category"] == NO_CAR]
    assert made.table.name == "area_value"
    assert len(made.rows) == len(trafford) == len(rows) == 139
    assert made.rows["value"].sum() == sum(int(row["value"]) for row in rows)
    assert log.issues == []


def test_capacities_of_schools_are_read_by_their_unique_reference_number(publishers):
    path = publishers / "authority/trafford/trafford_schools_and_colleges.csv"
    value = {"column": "capacity", "title": "Capacity", "unit": "places"}
    told = Import(id="schools", file=str(path), title="Schools", period="2024", values=[value])
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    urns = frozenset(int(row["unique_reference_number"]) for row in rows)
    made = imported(read_import(path, told), told, Known(urns=urns), IssueLog())
    assert made.table.name == "school_value"
    assert len(made.rows) == 103
    missing = made.rows[made.rows["value"].isna()]
    assert len(missing) == sum(row["capacity"] == "NA" for row in rows) == 4
    assert set(missing["status"]) == {"not_applicable"}
    assert made.rows["value"].sum() == sum(
        int(row["capacity"]) for row in rows if row["capacity"] != "NA"
    )
