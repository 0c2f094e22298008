"""The real publishers' files read as they are, and known totals come out."""

import shapely

from ingest.issues import IssueLog
from ingest.source import Cut
from ingest.sources import census21_ages, code_point_open, gias, gias_links, imd2025, lsoa21

RUTLAND = Cut(
    frozenset({"857"}), frozenset({"E06000017"}), shapely.box(470_000, 290_000, 510_000, 325_000)
)


def read(module, path):
    issues = IssueLog()
    return module.read(path, RUTLAND, issues), issues


def test_rutland_has_twenty_open_mainstream_state_schools(publishers):
    schools, issues = read(gias, publishers / "gias" / "edubasealldata20250524.csv")
    own = schools[~schools["is_outside"] & (schools["status"] == "open")]
    mainstream = own["phase"].isin(["primary", "middle", "secondary", "all_through"])
    assert ((own["sector"] == "state") & mainstream).sum() == 20
    assert issues.issues == []


def test_every_link_of_the_register_is_read(publishers):
    links, _ = read(gias_links, publishers / "gias" / "links_edubasealldata20250422.csv")
    assert len(links) == 33_801
    assert set(links["direction"]) == {"predecessor", "successor", "other"}


def test_rutland_has_1279_postcodes_of_all_1745849(publishers):
    rows, issues = read(code_point_open, publishers / "os" / "codepo_gb.zip")
    assert (~rows["is_outside"]).sum() == 1279
    [told] = [issue.says for issue in issues.issues if issue.rule == "postcode has a position"]
    assert told == "836 of 1,745,849 postcodes have no position; left out"
    assert code_point_open.vintage(publishers / "os" / "codepo_gb.zip") == "2025-10"


def test_england_has_33755_small_areas_and_each_has_its_values(publishers):
    outlines, _ = read(lsoa21, publishers / "ons" / "lsoa21_bgc_england.parquet")
    ages, _ = read(census21_ages, publishers / "ons" / "census21_agegroups_lsoa21.parquet")
    deprivation, _ = read(imd2025, publishers / "mhclg" / "imd2025_lsoa21.parquet")
    assert len(outlines) == 33_755
    assert deprivation.groupby("measure").size().unique().tolist() == [33_755]
    assert (deprivation["status"] == "measured").all()
    assert deprivation["value"].between(1, 10).all()
    residents = ages.loc[ages["measure"] == "residents", "value"].sum()
    assert abs(residents - 56_490_000) < 100_000, "England's census population was 56.49 million"
