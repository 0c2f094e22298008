"""An authority's own rolls are read in either layout, and what is wrong is named by its cell."""

import pytest
import xlsxwriter

from ingest.errors import CheckFailed, SourceChanged
from ingest.schema.pupils import ROLL
from ingest.sources import rolls
from tests.support.reading import broken_rules, reading, told

URN, OTHER, ELSEWHERE = 120001, 120002, 150000


@pytest.fixture
def read(tmp_path):
    def rows_of(text, encoding="utf-8"):
        path = tmp_path / "rolls.csv"
        path.write_bytes(text.encode(encoding))
        given = reading(URN, OTHER)
        rows = rolls.read_rows(path, given)
        assert broken_rules(rows) == []
        return rows[ROLL], given

    return rows_of


def cells(rows):
    return {
        (row.urn, row.academic_year, row.year_group, row.sex): (
            None if row.status != "measured" else row.pupils,
            row.status,
        )
        for row in rows.itertuples()
    }


def test_a_tidy_file_has_a_row_for_each_cell(read):
    rows, given = read(
        "urn,school_year,year_group,sex,pupils\n"
        f"{URN},2024/25,R,girls,29\n{URN},2024-25,Year R,M,0\n{URN},202425,1,,\n"
        f"{OTHER},2024/2025,Y11,all,c\n"
    )
    assert cells(rows) == {
        (URN, "2024/25", "R", "F"): (29, "measured"),
        (URN, "2024/25", "R", "M"): (0, "measured"),
        (URN, "2024/25", "1", "all"): (None, "unavailable"),
        (OTHER, "2024/25", "11", "all"): (None, "suppressed"),
    }
    assert told(given) == []


def test_a_wide_file_has_a_column_for_each_year_group_and_blanks_make_no_row(read):
    rows, given = read(
        "Our rolls;;;;\nURN;Academic Year;School;Reception;Year 1\n"
        f"{URN};2024/25;Hill;30;1,028\n{OTHER};2024/25;Dale;;4\n"
    )
    assert cells(rows) == {
        (URN, "2024/25", "R", "all"): (30, "measured"),
        (URN, "2024/25", "1", "all"): (1028, "measured"),
        (OTHER, "2024/25", "1", "all"): (4, "measured"),
    }
    assert told(given) == ["rolls.csv: not read, for the template has no such column: School"]


def test_a_workbook_is_read_from_the_sheet_that_has_the_header(tmp_path):
    path = tmp_path / "rolls.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("About").write_row(0, 0, ["Rolls of Vale", "urn"])
        sheet = book.add_worksheet("Data")
        sheet.write_row(2, 0, ["urn", "school_year", "R", "1"])
        sheet.write_row(4, 0, [URN, "2024/25", 30, 28.0])
    rows = rolls.read_rows(path, reading(URN))[ROLL]
    assert cells(rows) == {
        (URN, "2024/25", "R", "all"): (30, "measured"),
        (URN, "2024/25", "1", "all"): (28, "measured"),
    }


def test_cells_that_cannot_be_right_are_named_by_row_and_column(read):
    with pytest.raises(CheckFailed) as error:
        read(
            "urn,school_year,year_group,sex,pupils\n"
            f"{URN},2024,R,,30\n{URN},2024/25,Sixth,,28\nHill,2024/25,R,x,12.5\n\n"
            f"{URN},2024/25,2,,30\n{URN},2024/25,2,,31\n{URN},,2,,-1\n"
        )
    message = str(error.value)
    for line in (
        "rolls.csv cannot be used as it is: 8 cells need another look",
        "row 2, column school_year: '2024' is not a school year, such as 2024/25",
        "row 3, column year_group: 'Sixth' is not a year group: N1, N2, R, 1 to 14, or all",
        "row 4, column urn: 'Hill' is not a school's Unique Reference Number",
        "row 4, column sex: 'x' is not one of F, M, all",
        "row 4, column pupils: '12.5' is not a whole number of 0 or more",
        f"row 7, column sex: the same urn {URN}, school_year 2024/25, year_group 2 as in row 6",
        "row 8, column school_year: is blank; it should be a school year",
        "row 8, column pupils: '-1' is not a whole number of 0 or more",
        "`atlas template rolls` writes an empty file",
    ):
        assert line in message


def test_only_the_first_ten_faults_are_listed(read):
    lines = "".join(f"{URN},2024/25,{year},many\n" for year in range(1, 15))
    with pytest.raises(CheckFailed, match="and 4 more"):
        read("urn,school_year,year_group,pupils\n" + lines)


def test_a_missing_column_is_named_with_the_others(read):
    with pytest.raises(SourceChanged, match=r"no column school_year \(its other columns: when\)"):
        read(f"urn,when,year_group,pupils\n{URN},2024/25,R,30\n")


def test_a_row_of_figures_is_no_header_though_year_groups_are_headings(read):
    """A list of sites has bedrooms and homes that look like year groups; its own header is told."""
    with pytest.raises(SourceChanged, match=r"no column urn; .*other columns: site_id, bedrooms"):
        read("site_id,school_year,bedrooms,homes\nH1,2024/25,3,12\nH1,2024/25,2,11\n")


def test_a_file_without_a_header_says_what_it_begins_with(read):
    with pytest.raises(SourceChanged, match="it begins with Hill School, 30, 28"):
        read("Hill School,30,28\n")


def test_a_header_alone_is_no_file(read):
    with pytest.raises(CheckFailed, match="no rows below it"):
        read("urn,school_year,year_group,pupils\n")


def test_schools_elsewhere_are_left_out_and_told(read):
    rows, given = read(
        "urn,school_year,year_group,pupils\n"
        f"{URN},2024/25,R,30\n{ELSEWHERE},2024/25,R,30\n{ELSEWHERE},2024/25,1,30\n"
    )
    assert set(rows["urn"]) == {URN}
    assert told(given) == [
        f"URN {ELSEWHERE}: rolls.csv, row 3: no school of the region, its border or before one "
        "there; 2 of its rows left out"
    ]


def test_a_file_of_another_authority_is_refused(read):
    with pytest.raises(CheckFailed, match="none of its 1 schools is in the region"):
        read(f"urn,school_year,year_group,pupils\n{ELSEWHERE},2024/25,R,30\n")


def test_a_file_saved_by_an_old_spreadsheet_is_read(read):
    rows, _ = read(f"urn,school_year,Schüler,R\n{URN},2024/25,Höhe,30\n", encoding="cp1252")
    assert len(rows) == 1


def test_a_line_break_inside_a_cell_moves_no_row(read):
    rows, _ = read(
        f'urn,school_year,note,R\n{URN},2024/25,"two\nlines\x0bthree",30\n{OTHER},2024/25,,28\n'
    )
    assert rows["pupils"].tolist() == [30, 28]


def test_bytes_that_are_no_text_are_told(tmp_path):
    path = tmp_path / "rolls.csv"
    path.write_bytes(b"urn,school_year,R\n" + b"120001,2024/25,30\n" * 70_000 + b"\xff\xfe\n")
    with pytest.raises(SourceChanged, match="cannot be read as a CSV"):
        rolls.read_rows(path, reading(URN))
