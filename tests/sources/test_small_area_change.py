"""The real look-up from the small areas of 2011 to those of 2021."""

import pytest

from ingest.conversion import with_shares
from ingest.derived_changes import changes_from_centres
from ingest.issues import IssueLog
from ingest.source import Cut
from ingest.sources import census21_ages, lsoa11_lookup, lsoa21, lsoa_centres

NO_CUT = Cut(frozenset(), frozenset())


def test_every_small_area_of_england_is_given_away_whole(publishers):
    issues = IssueLog()
    lookup = lsoa11_lookup.read(
        publishers / "ons" / "lookup_lsoa11_lsoa21_ltla22.csv", NO_CUT, issues
    )
    ages = census21_ages.read(
        publishers / "ons" / "census21_agegroups_lsoa21.parquet", NO_CUT, issues
    )
    children = ages[ages["measure"] == "children_0_15"].set_index("area_code")["value"]
    rows = with_shares(lookup, children)
    english = rows[rows["lsoa11"].str.startswith("E")]
    assert english["lsoa11"].nunique() == 32_844
    assert english["lsoa21"].nunique() == 33_755
    assert rows["change"].value_counts().to_dict() == {
        "unchanged": 33_647,
        "split": 1_900,
        "merged": 239,
        "irregular": 9,
    }
    assert english.groupby("lsoa11")["share"].sum().to_numpy() == pytest.approx(1)
    assert (english.loc[english["change"] == "split", "share"] < 1).all()
    assert issues.issues == []


def test_matching_by_centres_finds_nearly_all_that_the_look_up_has(publishers):
    """Measured: 1,966 of the 2,045 pairs that changed in England, and 75 that are none."""
    issues = IssueLog()
    folder = publishers / "ons"
    told = lsoa11_lookup.read(folder / "lookup_lsoa11_lsoa21_ltla22.csv", NO_CUT, issues)
    told = told[told["lsoa11"].str.startswith("E")]
    centres = lsoa_centres.read(folder / "lsoa_centres.csv", NO_CUT, issues)
    outlines = lsoa21.read(folder / "lsoa21_bgc_england.parquet", NO_CUT, issues)
    districts = told.drop_duplicates("lsoa21").set_index("lsoa21")["lad22"]
    derived = changes_from_centres(centres, outlines, districts)
    real, found = changed(told), changed(derived)
    assert (len(real), len(found), len(real & found)) == (2_045, 2_041, 1_966)
    assert set(derived["lsoa21"]) == set(told["lsoa21"])


def changed(rows):
    """Return the pairs of areas that did not stay as they were."""
    kept = rows[rows["change"] != "unchanged"]
    return set(zip(kept["lsoa11"], kept["lsoa21"], strict=True))
