"""Real counts of pupils and offers, school by school."""

import pandas as pd
import pytest

from config.region import load_region
from ingest.conversion import with_shares
from ingest.issues import IssueLog
from ingest.sources import brighton_offers, gias, gias_links, london_flows, lsoa11_lookup
from ingest.succession import successions
from tests.support.authority_reading import reading_of, rows_of

FLOWS = "Catchments_LSOAtoSecSchool_2016_south_london_surrey.csv"

CLOSED_FOR_GOOD = {100640, 101813, 131280, 137966, 139722}
"""Closed schools of which the register's links name no open successor."""


@pytest.fixture(scope="module")
def register(publishers):
    """Every school of England."""
    cut = reading_of().cut
    return gias.read(publishers / "gias" / "edubasealldata20250524.csv", cut, IssueLog())


def test_brightons_schools_are_found_by_their_names(publishers, register):
    path = (
        publishers
        / "authority"
        / "brighton_and_hove"
        / "secondary_preferences_and_offers_2010_2026.csv"
    )
    reading = reading_of("846", before={"school": register})
    rows = rows_of(brighton_offers.SOURCE, path, reading)["school_value"]
    assert reading.issues.issues == []
    assert rows["urn"].nunique() == 10
    told = rows.set_index(["measure", "urn", "period"])
    hove_park = 114607
    assert told["value"]["preferences_first_named", hove_park, "2026/27"] == 103
    assert told["value"]["offers_all_named", hove_park, "2026/27"] == 136
    assert told["status"]["offers_first_named", hove_park, "2010/11"] == "unavailable"
    assert {"2010/11", "2026/27"} < set(rows["period"])


def test_other_regions_have_no_file_of_brightons():
    assert brighton_offers.releases(load_region("rutland"), None) == ()
    assert london_flows.releases(load_region("leeds"), None) == ()


@pytest.fixture(scope="module")
def flows(publishers):
    lookup = lsoa11_lookup.read(
        publishers / "ons" / "lookup_lsoa11_lsoa21_ltla22.csv", reading_of().cut, IssueLog()
    )
    changes = with_shares(lookup, pd.Series(dtype="float64"))
    raw = pd.read_csv(publishers / "flows" / FLOWS)
    urns = set(raw["Secondary_School_URN"])
    reading = reading_of("936", urns=urns, before={"small_area_change": changes})
    rows = rows_of(london_flows.SOURCE, publishers / "flows" / FLOWS, reading)["flow"]
    return raw, rows, reading


def test_no_pupil_is_lost_on_the_way_to_the_small_areas_of_2021(flows):
    raw, rows, reading = flows
    assert len(raw) == 7_986
    assert rows["pupils_counted"].sum() == pytest.approx(raw["Pupil_count"].sum())
    assert rows["home_code"].nunique() > raw["LSOA_CODE"].nunique()
    assert set(rows["status"]) == {"measured", "estimated"}
    [note] = reading.issues.issues
    totals = raw.drop_duplicates("LSOA_CODE")["Total_No_of_LSOA_Pupils"].sum()
    assert note.says.startswith(f"{totals - raw['Pupil_count'].sum():,} of {totals:,} pupils")


def test_a_school_outside_the_region_is_left_out(publishers, flows):
    raw, _, reading = flows
    one = raw["Secondary_School_URN"].iloc[0]
    changes = reading.rows_of(type("Table", (), {"name": "small_area_change"}))
    few = reading_of("936", urns=[one], before={"small_area_change": changes})
    rows = rows_of(london_flows.SOURCE, publishers / "flows" / FLOWS, few)["flow"]
    assert set(rows["urn"]) == {one}


def test_most_schools_of_2016_are_open_under_their_number_and_the_rest_have_successors(
    publishers, register, flows
):
    """Of 198 in this part of the table 80 % are open as such, 17 % are followed, five are gone."""
    raw, _, _ = flows
    links = gias_links.read(
        publishers / "gias" / "links_edubasealldata20250422.csv", reading_of().cut, IssueLog()
    )
    urns = set(raw["Secondary_School_URN"])
    in_use = set(register.loc[register["status"].isin(["open", "closing"]), "urn"])
    after = successions(links)
    through_links = set(after.loc[after["successor_urn"].isin(in_use), "urn"])
    as_such = urns & in_use
    followed = (urns - in_use) & through_links
    assert (len(urns), len(as_such), len(followed)) == (198, 159, 34)
    assert urns - as_such - followed == CLOSED_FOR_GOOD
