"""The real performance tables read as they are; values were checked by hand against the files."""

import pytest

from ingest.sources import absence, destinations, ks2, ks4
from tests.support.published import of, read

ANSTEY, LIMINGTON = 115851, 116614
JUBILEE, TADWORTH, TRINITY, ST_CATHERINE = 139948, 134902, 140966, 125320
HAVERSTOCK, HAMPSTEAD, INGFIELD = 100049, 100052, 135814
SURREY, ENGLAND = "E10000030", "E92000001"


@pytest.fixture(scope="module")
def tables(publishers):
    return publishers / "performance_tables"


def test_a_junior_school_has_results_progress_and_its_disadvantaged_pupils(tables):
    rows, _ = read(ks2, tables / "2018-2019" / "850_ks2final.csv", "2018/19")
    school = rows["school_value"]
    assert of(school, ANSTEY, "ks2_pupils", "2018/19") == (60, None, None, None, "measured")
    assert of(school, ANSTEY, "ks2_expected_pct", "2018/19") == (63, None, None, 60, "measured")
    progress = of(school, ANSTEY, "ks2_reading_progress", "2018/19")
    assert progress == (-1.9, -3.4, -0.3, 60, "measured")
    few = of(school, ANSTEY, "ks2_expected_disadvantaged_pct", "2018/19")
    assert few == (61, None, None, 18, "measured")
    three = of(school, ANSTEY, "ks2_expected_three_years_pct", "2018/19")
    assert three == (63, None, None, 186, "measured")


@pytest.mark.parametrize(
    ("year", "expected", "pupils"),
    [("2016/17", 61, 599_728), ("2017/18", 64, 619_703), ("2018/19", 65, 644_967)],
)
def test_englands_state_funded_schools_stand_beside_for_three_years(tables, year, expected, pupils):
    folder = f"{year[:4]}-20{year[5:]}"
    rows, _ = read(ks2, tables / folder / "936_ks2final.csv", year)
    area = rows["authority_value"]
    found = of(area, ENGLAND, "ks2_expected_pct", year)
    assert found == (expected, None, None, pupils, "measured")
    assert set(area["area_code"]) == {SURREY, ENGLAND}


def test_rows_that_end_early_keep_what_they_have(tables):
    rows, issues = read(ks2, tables / "2016-2017" / "850_ks2final.csv", "2016/17")
    progress = of(rows["school_value"], LIMINGTON, "ks2_reading_progress", "2016/17")
    assert progress == (-2.8, -7.8, 2.2, 6, "measured")
    average = of(rows["school_value"], LIMINGTON, "ks2_maths_average", "2016/17")
    assert average == (None, None, None, 6, "unavailable")
    assert [issue.says[:38] for issue in issues] == ["18 rows with fewer cells than the 290 "]


def test_progress_of_all_england_is_read_where_it_alone_was_kept(tables):
    path = tables / "2018-2019" / "england_ks2final_progress_columns.csv"
    rows, issues = read(ks2, path, "2018/19")
    assert len(rows["school_value"]) == 3 * (16_355 - 508)
    bringhurst = of(rows["school_value"], 141279, "ks2_reading_progress", "2018/19")
    assert bringhurst == (2.6, None, None, None, "measured")
    assert rows["authority_value"].empty
    assert issues == []


def test_a_secondary_school_has_attainment_and_progress_with_its_margin(tables):
    rows, _ = read(ks4, tables / "2018-2019" / "936_ks4final.csv", "2018/19")
    school = rows["school_value"]
    assert of(school, JUBILEE, "ks4_attainment8", "2018/19") == (46, None, None, 129, "measured")
    assert of(school, JUBILEE, "ks4_progress8", "2018/19") == (0.22, -0.01, 0.45, 116, "measured")
    assert of(school, JUBILEE, "ks4_english_maths_5_pct", "2018/19")[0] == 34
    assert of(school, JUBILEE, "ks4_english_maths_4_pct", "2018/19")[0] == 63
    assert of(school, JUBILEE, "ks4_ebacc_points", "2018/19")[0] == 3.81
    few = of(school, JUBILEE, "ks4_attainment8_disadvantaged", "2018/19")
    assert few == (37.5, None, None, 30, "measured")
    area = rows["authority_value"]
    assert of(area, SURREY, "ks4_progress8", "2018/19") == (0.18, 0.16, 0.21, 9798, "measured")
    assert of(area, ENGLAND, "ks4_attainment8", "2018/19")[::3] == (46.7, 542_621)


def test_what_is_withheld_and_what_is_not_published_are_two_things(tables):
    rows, _ = read(ks4, tables / "2018-2019" / "936_ks4final.csv", "2018/19")
    school = rows["school_value"]
    assert of(school, TADWORTH, "ks4_attainment8", "2018/19")[-1] == "suppressed"
    assert of(school, ST_CATHERINE, "ks4_progress8", "2018/19")[-1] == "unavailable"


def test_provisional_results_have_the_main_figures(tables):
    rows, _ = read(ks4, tables / "2018-2019" / "england_ks4provisional.csv", "2018/19 provisional")
    trinity = of(rows["school_value"], TRINITY, "ks4_progress8", "2018/19")
    assert trinity == (None, None, None, 29, "unavailable"), "LOWCOV: half of the pupils or fewer"
    assert of(rows["school_value"], TRINITY, "ks4_english_maths_5_pct", "2018/19")[0] == 23.3
    assert of(rows["authority_value"], ENGLAND, "ks4_attainment8", "2018/19")[0] == 46.5
    assert "ks4_attainment8_disadvantaged" not in set(rows["school_value"]["measure"])


def test_destinations_are_of_those_who_left_two_years_before_and_of_two_years_more(tables):
    rows, _ = read(destinations, tables / "2018-2019" / "england_ks4-pupdest.csv", "2018/19")
    school = rows["school_value"]
    stayed = "after16_sustained_pct"
    assert of(school, HAVERSTOCK, stayed, "2016/17") == (90, None, None, 199, "measured")
    assert of(school, HAVERSTOCK, stayed, "2015/16") == (92, None, None, 207, "measured")
    assert of(school, HAVERSTOCK, stayed, "2014/15") == (88, None, None, 208, "measured")
    few = of(school, HAVERSTOCK, "after16_sustained_disadvantaged_pct", "2016/17")
    assert few == (89, None, None, 123, "measured")
    none = of(school, HAMPSTEAD, "after16_apprenticeship_pct", "2016/17")
    assert none == (0, None, None, 201, "estimated"), "SP: above 0, below half a per cent"
    assert of(school, INGFIELD, stayed, "2016/17") == (None, None, None, 5, "suppressed")
    assert of(rows["authority_value"], ENGLAND, stayed, "2016/17")[::3] == (94, 528_139)


def test_absence_of_schools_and_of_englands_kinds_of_schools(tables):
    rows, issues = read(absence, tables / "2018-2019" / "england_abs.csv", "2018/19")
    assert of(rows["school_value"], HAVERSTOCK, "absence_overall_pct", "2018/19")[0] == 6.9
    assert of(rows["school_value"], HAVERSTOCK, "absence_persistent_pct", "2018/19")[0] == 18.8
    area = rows["authority_value"]
    kinds = [
        of(area, ENGLAND, f"absence_overall_pct_{kind}", "2018/19")[0]
        for kind in ("primary", "secondary", "special")
    ]
    assert kinds == [4, 5.5, 10.1]
    assert (rows["school_value"]["status"] == "suppressed").sum() == 864
    assert issues == []
