"""School results of Explore Education Statistics come under the measures of the tables."""

import pytest

from ingest.errors import SourceChanged
from ingest.fetch.ees.address import DataSetQuery, is_data_set_query
from ingest.sources import ks2, ks4
from tests.support.published import of, read

KS4 = (
    "time_period,time_identifier,geographic_level,school_urn,school_name,sex,first_language,"
    "mobility,disadvantage_status,prior_attainment,pupil_count,attainment8_average,"
    "progress8_average,progress8_lower_95_ci,progress8_upper_95_ci,progress8_pupil_count,"
    "engmath_95_percent,engmath_94_percent,ebacc_entering_percent,ebacc_aps_average"
)
SCHOOL = "Academic year,School,139948,Jubilee High School"
KS4_ROWS = (
    f"202324,{SCHOOL},Total,Total,Total,Total,Total,130,47.5,0.21,-0.02,0.44,118,40.1,63.2,22,3.9",
    f"202324,{SCHOOL},Total,Total,Total,Disadvantaged,Total,31,38,-0.1,-0.6,0.4,28,21,40,9,2.9",
    f"202324,{SCHOOL},Total,Total,Total,Total,High prior attainment,40,62,0,0,0,40,90,99,50,6",
    f"202324,{SCHOOL},Girls,Total,Total,Total,Total,60,50,0.3,0,0.6,55,45,66,25,4.1",
    f"202425,{SCHOOL},Total,Total,Total,Total,Total,128,46,z,z,z,z,c,61,21,3.8",
    f"202324,Academic year,Local authority,,Surrey{5 * ',Total'}{10 * ',1'}",
)
KS2 = (
    "time_period,geographic_level,school_urn,breakdown,subject,expected_standard_pupil_percent,"
    "higher_standard_pupil_percent,average_scaled_score,progress_measure_score,"
    "progress_measure_lower_conf_interval,progress_measure_upper_conf_interval"
)
KS2_ROWS = (
    '202223,School,115851,Total,"Reading, writing and maths",63,8,z,z,z,z',
    '202223,School,115851,3 year average,"Reading, writing and maths",61,7,z,z,z,z',
    "202223,School,115851,Total,Reading,70,20,104,-1.9,-3.4,-0.3",
    "202223,School,115851,Total,Maths,72,21,103,0.4,-1,1.8",
    "202223,School,115851,Total,Writing,75,9,z,0.1,-1.2,1.4",
    "202324,School,115851,Total,Reading,71,20,105,z,z,z",
    '202324,School,115851,Boys,"Reading, writing and maths",50,5,z,z,z,z',
)


@pytest.fixture
def file(tmp_path):
    def write(header, rows):
        path = tmp_path / "by_school.csv"
        path.write_text("\n".join([header, *rows]) + "\n")
        return path

    return write


def test_key_stage_4_of_all_and_of_disadvantaged_pupils(file):
    rows, issues = read(ks4, file(KS4, KS4_ROWS), "x")
    school = rows["school_value"]
    year = "2023/24"
    assert of(school, 139948, "ks4_attainment8", year) == (47.5, None, None, 130, "measured")
    assert of(school, 139948, "ks4_progress8", year) == (0.21, -0.02, 0.44, 118, "measured")
    few = of(school, 139948, "ks4_attainment8_disadvantaged", year)
    assert few == (38, None, None, 31, "measured")
    assert of(school, 139948, "ks4_english_maths_5_disadvantaged_pct", year)[0] == 21
    assert set(school["urn"]) == {139948}
    assert issues == []


def test_progress_8_of_2025_is_not_applicable_here_too(file):
    rows, _ = read(ks4, file(KS4, KS4_ROWS), "x")
    progress = of(rows["school_value"], 139948, "ks4_progress8", "2024/25")
    assert progress == (None, None, None, None, "not_applicable")
    withheld = of(rows["school_value"], 139948, "ks4_english_maths_5_pct", "2024/25")
    assert withheld[-1] == "suppressed"


def test_key_stage_2_by_subject_and_over_three_years(file):
    rows, issues = read(ks2, file(KS2, KS2_ROWS), "x")
    school = rows["school_value"]
    assert of(school, 115851, "ks2_expected_pct", "2022/23")[0] == 63
    assert of(school, 115851, "ks2_expected_three_years_pct", "2022/23")[0] == 61
    assert of(school, 115851, "ks2_reading_average", "2022/23")[0] == 104
    progress = of(school, 115851, "ks2_reading_progress", "2022/23")
    assert progress == (-1.9, -3.4, -0.3, None, "measured")
    assert of(school, 115851, "ks2_writing_pct", "2022/23")[0] == 75
    assert of(school, 115851, "ks2_reading_progress", "2023/24")[-1] == "not_applicable"
    assert of(school, 115851, "ks2_reading_average", "2023/24")[0] == 105
    assert issues == []


def test_the_newest_year_dates_the_file(file):
    assert ks4.SOURCE.vintage(file(KS4, KS4_ROWS)) == "2024/25"
    assert ks4.SOURCE.vintage(file("URN,ATT8SCR", ["139948,46"])) is None


@pytest.mark.parametrize("module", [ks2, ks4])
def test_the_address_asks_for_the_wanted_rows_of_schools(module):
    assert is_data_set_query(module.DATA_SET.address)
    query = DataSetQuery.of(module.DATA_SET.address)
    assert query.data_set_id == module.DATA_SET.id
    level, *conditions = query.criteria["and"]
    assert level == {"geographicLevels": {"eq": "SCH"}}
    assert len(conditions) == len(module.DATA_SET.filters)
    columns = {name for figure in module.DATA_SET.figures for name in figure.columns}
    assert set(query.indicators) == columns


def test_a_renamed_column_is_named_with_its_new_name(file):
    header = KS4.replace("attainment8_average", "attainment8_mean")
    with pytest.raises(SourceChanged, match=r"attainment8_average.*attainment8_mean"):
        read(ks4, file(header, KS4_ROWS), "x")
