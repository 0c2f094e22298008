"""Files of the made-up county have the columns of the publishers' own."""

import csv

import pytest

from ingest.sample.files import (
    absence,
    areas11,
    census_by_school,
    destinations,
    flows,
    groups,
    offers,
    projections,
)
from ingest.sample.files.result_columns import KS2, KS4
from ingest.sample.files.scorecard_columns import SCORECARD

TABLES = "performance_tables/2018-2019"
HEADERS = {
    f"{TABLES}/england_census.csv": census_by_school.HEADER,
    f"{TABLES}/850_ks2final.csv": KS2,
    f"{TABLES}/936_ks4final.csv": KS4,
    f"{TABLES}/england_ks4-pupdest.csv": destinations.header_of(2018),
    f"{TABLES}/england_abs.csv": absence.HEADER,
    "gias/allgroupsdata202203.csv": groups.HEADER,
    "offers/AppsandOffers_2021.csv": offers.HEADER,
    "scorecards/scorecard_data_2025_2023.csv": SCORECARD,
    "flows/Catchments_LSOAtoSecSchool_2016_south_london_surrey.csv": flows.HEADER,
    "ons/lookup_lsoa11_lsoa21_ltla22.csv": areas11.HEADER,
}


@pytest.mark.parametrize("file", HEADERS)
def test_the_columns_are_the_publishers_in_their_order(publishers, file):
    with (publishers / file).open(encoding="utf-8-sig", newline="") as real:
        header = next(csv.reader(real))
    assert list(HEADERS[file]) == [name.strip() for name in header]


def test_projections_begin_with_the_publishers_columns(publishers):
    path = publishers / "pupil_projections" / "pupilprojprincipal_2022.csv"
    with path.open(encoding="utf-8-sig", newline="") as real:
        rows = list(csv.DictReader(real))
    assert {row["projection_type"] for row in rows} == {"Principal"}
    assert set(projections.AGES) | {projections.ALL} <= {row["pupil_age"] for row in rows}
