"""Authorities that lie in two counties have one row, and the country is all of them together."""

import csv

import pandas as pd
import pytest

from ingest.sample import codes
from tests.support.sample_county import write_mirror
from tests.support.sample_people import PUPILS_A_CELL

COUNTIES = 3
SHARED = codes.la_code_dfe(3)
"""The shire of the second county, whose land is also in the west of the first."""

YEAR_GROUP = 2 * PUPILS_A_CELL


@pytest.fixture(scope="module")
def mirror(tmp_path_factory):
    return write_mirror(tmp_path_factory.mktemp("sample"), COUNTIES)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_of_results_has_one_row_an_authority_and_the_sum_of_them_for_england(mirror):
    rows = rows_of(mirror / "performance_tables" / "2024-2025" / "england_ks2final.csv")
    of_schools = [row for row in rows if row["RECTYPE"] == "1"]
    of_authorities = {row["LEA"]: row for row in rows if row["RECTYPE"] == "3"}
    assert len(of_schools) == 4 * COUNTIES
    assert len(of_authorities) == sum(row["RECTYPE"] == "3" for row in rows)
    assert {row["LEA"] for row in of_schools} == set(of_authorities)
    own = [row for row in of_schools if row["LEA"] == SHARED]
    assert of_authorities[SHARED]["TELIG"] == str(YEAR_GROUP * len(own))
    assert len(own) == 3
    (england,) = (row for row in rows if row["RECTYPE"] == "5")
    assert england["TELIG"] == str(YEAR_GROUP * len(of_schools))


def test_offers_of_a_shared_authority_are_those_of_both_counties(mirror):
    rows = rows_of(mirror / "offers" / "AppsandOffers_2024.csv")
    own = [
        row
        for row in rows
        if (row["old_la_code"], row["time_period"], row["school_phase"])
        == (SHARED, "202425", "Primary")
    ]
    (row,) = own
    assert (row["applications_received"], row["first_preference_offers"]) == ("18", "16")
    assert row["third_preference_offers"] == "0"
    assert row["second_preference_offers"] == "c"


def test_the_authority_beyond_the_edge_has_no_rolls_of_its_own(mirror):
    rows = rows_of(mirror / "own" / "rolls.csv")
    register = (mirror / "gias" / "edubasealldata20250524.csv").read_text("cp1252").splitlines()
    authority = {row["URN"]: row["LA (code)"] for row in csv.DictReader(register)}
    told = {authority[row["urn"]] for row in rows}
    shown = {codes.la_code_dfe(number) for number in range(2 * COUNTIES)}
    assert told == shown


def test_estimates_of_small_areas_that_are_one_today_add_up_to_it(mirror):
    look_up = pd.read_csv(mirror / "ons" / "lookup_lsoa11_lsoa21_ltla22.csv")
    merged = look_up[look_up["change_code"] == "M"]
    assert merged.groupby("lsoa21_code").size().tolist() == [2] * COUNTIES
    ages = pd.read_parquet(mirror / "ons" / "population_syoa_lsoa11_2017_2019_2020.parquet")
    halves = ages[ages["lsoa11_code"].isin(merged["lsoa11_code"])]
    assert halves["year"].unique().tolist() == [2020]
    assert len(halves) == 2 * COUNTIES
