"""The real school census of January 2019 adds up to the totals that were published."""

import csv
from dataclasses import replace

import pytest

from ingest.sources import school_census
from tests.support.published import england, of, read

SIR_JOHN_CASS, CITY_GIRLS, THOMAS_CORAM = 100000, 100001, 100005
ENGLAND = "E92000001"


@pytest.fixture(scope="module")
def path(publishers):
    return publishers / "performance_tables" / "2018-2019" / "england_census.csv"


@pytest.fixture(scope="module")
def census(path):
    return read(school_census, path, "2018/19")


def test_pupils_of_state_funded_primary_schools_are_4_727_089(census, path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        kind = {row["URN"]: row["SCHOOLTYPE"] for row in csv.DictReader(file)}
    rows, _ = census
    roll = rows["roll"]
    all_pupils = roll[(roll["year_group"] == "all") & (roll["sex"] == "all")]
    kinds = all_pupils["urn"].astype(str).map(kind)
    assert all_pupils.loc[kinds == "State-funded primary", "pupils"].sum() == 4_727_089
    assert all_pupils.loc[kinds == "State-funded secondary", "pupils"].sum() == 3_327_970
    printed = of(rows["authority_value"], ENGLAND, "census_pupils_primary", "2018/19")
    assert printed[0] == 4_727_089


def test_a_school_has_counts_shares_and_reasons(census):
    rows, _ = census
    school = rows["school_value"]
    found = {
        measure: of(school, SIR_JOHN_CASS, f"census_{measure}", "2018/19")[0]
        for measure in (
            "pupils", "ehcp", "ehcp_pct", "sen_support", "sen_support_pct", "eal", "eal_pct",
            "fsm", "fsm6", "fsm6_pct",
        )
    }  # fmt: skip
    assert list(found.values()) == [285, 5, 1.8, 50, 17.5, 141, 49.5, 32, 38, 16.2]
    share = of(school, SIR_JOHN_CASS, "census_fsm_pct", "2018/19")[0]
    assert share == pytest.approx(100 * 32 / 285, abs=1e-6)
    assert of(school, CITY_GIRLS, "census_eal", "2018/19")[-1] == "not_applicable"
    assert of(school, CITY_GIRLS, "census_fsm_pct", "2018/19")[-1] == "not_applicable"
    assert of(school, THOMAS_CORAM, "census_fsm6", "2018/19")[-1] == "not_applicable"


def test_girls_and_boys_are_told_apart_and_one_school_does_not_add_up(census):
    rows, issues = census
    roll = rows["roll"].set_index(["urn", "sex"])["pupils"]
    assert [roll[SIR_JOHN_CASS, sex] for sex in ("all", "F", "M")] == [285, 141, 144]
    assert [issue.rule for issue in issues] == ["girls and boys add up to pupils"]
    assert issues[0].says == "124 + 129 is not 254; kept as published"


def test_the_region_alone_is_kept(path):
    rows, _ = read(
        school_census, path, "2018/19", cut=replace(england("201"), urns=frozenset({100000}))
    )
    assert set(rows["school_value"]["urn"]) == {100000}
    assert len(rows["roll"]) == 3
