"""The real look-up from the small areas of 2011 to those of 2021."""

import pytest

from ingest.conversion import with_shares
from ingest.issues import IssueLog
from ingest.source import Cut
from ingest.sources import census21_ages, lsoa11_lookup

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
