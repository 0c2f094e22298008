"""Performance tables: which files are asked for, and what stopped for some years says so."""

from datetime import date

import pytest

from config.region import load_region
from ingest.errors import CheckFailed
from ingest.measures import measure_table
from ingest.performance.figures import KS2_PROGRESS, PROGRESS_8
from ingest.sources import absence, destinations, ks2, ks4, ks5, school_census
from tests.support.published import england, of, read

TODAY = date(2026, 11, 26)
EACH = (school_census, ks2, ks4, ks5, destinations, absence)
SURREY, ENGLAND = "E10000030", "E92000001"


def write(path, header, *rows):
    path.write_text("\n".join([",".join(header), *(",".join(row) for row in rows)]) + "\n")
    return path


def columns_of(module, *, without=()):
    columns = [name for figure in module.FIGURES for name in figure.columns]
    return [name for name in dict.fromkeys(columns) if name not in without]


def table(path, module, rows, *, without=()):
    """Write a table with every column that a series needs; cells not given are blank."""
    columns = ["RECTYPE", "LEA", "URN", *columns_of(module, without=without)]
    cells = [[str(row.get(name, "")) for name in columns] for row in rows]
    return write(path, columns, *cells)


PROGRESS_COLUMNS = [name for figure in ks4.FIGURES if figure.gap for name in figure.columns]


@pytest.mark.parametrize("year", ["2024/25", "2025/26"])
def test_progress_8_is_not_applicable_in_the_years_it_cannot_be_calculated_for(tmp_path, year):
    path = table(
        tmp_path / "england_ks4final.csv",
        ks4,
        [
            {"RECTYPE": 1, "LEA": 936, "URN": 139948, "TPUP": 129, "ATT8SCR": 46},
            {"RECTYPE": 7, "TPUP": 600_000, "ATT8SCR": 45.9},
        ],
        without=PROGRESS_COLUMNS,
    )
    rows, issues = read(ks4, path, year)
    assert of(rows["school_value"], 139948, "ks4_attainment8", year)[0] == 46
    progress = of(rows["school_value"], 139948, "ks4_progress8", year)
    assert progress == (None, None, None, None, "not_applicable")
    england_too = of(rows["authority_value"], ENGLAND, "ks4_progress8", year)
    assert england_too[-1] == "not_applicable"
    assert issues == []


@pytest.mark.parametrize(
    ("module", "measure", "gap", "years"),
    [
        (ks4, "ks4_progress8", PROGRESS_8, ("2024/25", "2025/26", "2020 and 2021")),
        (ks2, "ks2_maths_progress", KS2_PROGRESS, ("2023/24", "2024/25", "2020 and 2021")),
    ],
)
def test_the_measure_has_a_sentence_on_the_years_that_are_missing(module, measure, gap, years):
    told = measure_table(module.SOURCE.measures).set_index("measure")["note"]
    assert told[measure] == gap.says
    assert all(year in told[measure] for year in years)
    assert told.isna().sum() > 0
    assert gap.says in module.SOURCE.caveats


def test_key_stage_2_progress_is_calculated_again_after_two_years():
    (figure,) = (each for each in ks2.FIGURES if each.measure.id == "ks2_maths_progress")
    assert figure.gap.years == {2023, 2024}


def test_the_newest_tables_are_asked_for_first_and_final_ones_before_provisional():
    names = [each.file_name for each in ks4.SOURCE.releases(load_region("rutland"), TODAY)]
    assert names[:4] == [
        "2025-2026_england_ks4final.csv",
        "2025-2026_857_ks4final.csv",
        "2025-2026_england_ks4provisional.csv",
        "2024-2025_england_ks4final.csv",
    ]
    assert not any(name.startswith(("2019-", "2020-")) for name in names)
    assert names[-2].startswith("2016-2017")
    assert names[-1] == "ks4final_by_school.csv", "all years, where no table has a value"


def test_only_the_newest_provisional_table_is_asked_of_its_publisher():
    asked = [
        each.file_name
        for each in ks4.SOURCE.releases(load_region("rutland"), TODAY)
        if each.addresses and "provisional" in each.file_name
    ]
    assert asked == ["2025-2026_england_ks4provisional.csv"]


@pytest.mark.parametrize("module", EACH, ids=lambda module: module.ID)
def test_every_address_names_its_year(module):
    for release in module.SOURCE.releases(load_region("rutland"), TODAY):
        start = int(release.name[:4])
        for address in release.addresses:
            assert f"year={start}-{start + 1}&" in address or "/data-sets/" in address


@pytest.mark.parametrize("module", EACH, ids=lambda module: module.ID)
def test_measures_are_declared_once_in_plain_words(module):
    ids = [measure.id for measure in module.SOURCE.measures]
    assert len(set(ids)) == len(ids)
    for measure in module.SOURCE.measures:
        assert measure.says.endswith("."), measure.id
        assert measure.source_id == module.SOURCE.id


def test_sixth_forms_and_colleges_have_a_level_results(tmp_path):
    path = table(
        tmp_path / "936_ks5final.csv",
        ks5,
        [
            {
                "RECTYPE": 1,
                "LEA": 936,
                "URN": 125301,
                "TPUP1618": 240,
                "TALLPUP_ALEV_1618": 110,
                "TALLPPE_ALEV_1618": 34.72,
                "TALLPPE_ALEV_1618_DIS": "SUPP",
                "VA_INS_ALEV": 0.12,
                "LCI_INS_ALEV": -0.03,
                "UCI_INS_ALEV": 0.27,
                "PTAAB_2FAC": "14.5%",
                "TALLPPE_AGEN": "NE",
            },
            {"RECTYPE": 9, "LEA": 936, "URN": 130832, "TPUP1618": 2100},
            {"RECTYPE": 4, "LEA": 936, "TALLPUP_ALEV_1618": 5200, "TALLPPE_ALEV_1618": 35.1},
            {"RECTYPE": 4, "LEA": 850, "TALLPUP_ALEV_1618": 5900, "TALLPPE_ALEV_1618": 34.2},
            {"RECTYPE": 5, "TALLPUP_ALEV_1618": 270_000, "TALLPPE_ALEV_1618": 35.4},
            {"RECTYPE": 7, "TALLPUP_ALEV_1618": 230_000, "TALLPPE_ALEV_1618": 34.9},
        ],
    )
    rows, issues = read(ks5, path, "2024/25", cut=england("936"))
    school = rows["school_value"]
    points = of(school, 125301, "ks5_alevel_points", "2024/25")
    assert points == (34.72, None, None, 110, "measured")
    progress = of(school, 125301, "ks5_alevel_progress", "2024/25")
    assert progress == (0.12, -0.03, 0.27, 110, "measured")
    assert of(school, 125301, "ks5_aab_pct", "2024/25")[0] == 14.5
    few = of(school, 125301, "ks5_alevel_points_disadvantaged", "2024/25")
    assert few[-1] == "suppressed"
    none = of(school, 125301, "ks5_applied_general_points", "2024/25")
    assert none[-1] == "not_applicable"
    assert of(school, 130832, "ks5_students", "2024/25")[0] == 2100
    area = rows["authority_value"]
    assert set(area["area_code"]) == {SURREY, ENGLAND}
    assert of(area, ENGLAND, "ks5_alevel_points", "2024/25")[0] == 34.9
    assert issues == []


def test_a_school_without_any_result_has_no_rows(tmp_path):
    path = table(
        tmp_path / "936_ks2final.csv",
        ks2,
        [{"RECTYPE": 1, "URN": 125000}, {"RECTYPE": 1, "URN": 125001, "TELIG": 30}],
    )
    rows, _ = read(ks2, path, "2022/23")
    assert set(rows["school_value"]["urn"]) == {125001}


def test_a_school_that_comes_twice_with_other_results_is_logged(tmp_path):
    schools = [{"RECTYPE": 1, "URN": 125000 + row, "TELIG": 30} for row in range(40)]
    path = table(
        tmp_path / "936_ks2final.csv", ks2, [*schools, {"RECTYPE": 1, "URN": 125000, "TELIG": 31}]
    )
    rows, (issue,) = read(ks2, path, "2022/23")
    assert of(rows["school_value"], 125000, "ks2_pupils", "2022/23")[0] == 30
    assert issue.subject == "URN 125000"
    assert "comes again with another TELIG" in issue.says


def test_a_table_of_unknown_marks_is_refused(tmp_path):
    schools = [{"RECTYPE": 1, "URN": 125000 + row, "TELIG": "QQ"} for row in range(20)]
    path = table(tmp_path / "936_ks2final.csv", ks2, schools)
    with pytest.raises(CheckFailed, match="'QQ' in 20 cells"):
        read(ks2, path, "2022/23")


def test_absence_of_an_authority_is_not_taken_for_englands(tmp_path):
    rows = [
        ("936", "2001", "125001", "4.5", "9.1"),
        ("936", "PRI", "", "4.1", "8"),
        ("NAT", "PRI", "", "5.2", "15.2"),
    ]
    path = write(
        tmp_path / "england_abs.csv", ("LA", "ESTAB", "URN", "PERCTOT", "PPERSABS10"), *rows
    )
    found, issues = read(absence, path, "2023/24")
    assert of(found["authority_value"], ENGLAND, "absence_overall_pct_primary", "2023/24")[0] == 5.2
    assert len(found["school_value"]) == 2
    assert issues == []
