"""Short rows, workbooks in disguise and shifted cells are read by stated rules."""

import pytest
import xlsxwriter

from ingest.errors import CheckFailed, FetchFailed, SourceChanged
from ingest.fetch.sniff import refuse_wrong_content
from ingest.issues import IssueLog
from ingest.ragged import rejoined
from ingest.tables import read_table
from ingest.workbooks import is_workbook

NAMES = {"urn": "URN", "name": "NAME", "pupils": "NOR"}


def read(path, **changes):
    issues = IssueLog()
    return read_table(path, NAMES, source="tiny", issues=issues, **changes), issues.issues


def workbook(path, *sheets):
    book = xlsxwriter.Workbook(path)
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def test_blank_cells_left_off_at_the_end_of_rows_are_filled_up_where_a_series_does_so(tmp_path):
    path = tmp_path / "ks2.csv"
    rows = [f"{100000 + row},School {row},{row}" for row in range(5)]
    path.write_text("\n".join(["URN,NAME,NOR", *rows, '100030,"Hill, Upper"']) + "\n")
    with pytest.raises(CheckFailed):
        read(path)
    found, (issue,) = read(path, pads_short_rows=True)
    last = found.iloc[-1]
    assert (last["urn"], last["name"]) == ("100030", "Hill, Upper")
    assert found["pupils"].isna().tolist() == [False] * 5 + [True]
    assert issue.says.startswith("1 rows with fewer cells than the 3 columns")


def test_a_row_with_too_many_cells_is_left_out_even_then(tmp_path):
    path = tmp_path / "ks2.csv"
    rows = [f"{100000 + row},School {row},{row}" for row in range(30)]
    path.write_text("\n".join(["URN,NAME,NOR", *rows, "100030,Hill, Upper,7"]) + "\n")
    found, (issue,) = read(path, pads_short_rows=True)
    assert len(found) == 30
    assert "4 cells for 3 columns; left out" in issue.says


def test_a_workbook_named_csv_is_read_as_what_it_is(tmp_path):
    path = workbook(
        tmp_path / "scap.csv",
        [["Notes"], ["nothing here"]],
        [
            ["School census"],
            [],
            ["URN", "NAME", "NOR"],
            [100000, "Upper Hill", 52],
            [100001, "", 7.5],
        ],
    )
    assert is_workbook(path)
    refuse_wrong_content(path, file_name=path.name, came_from="a mirror")
    found, issues = read(path)
    assert issues == []
    assert found["urn"].tolist() == ["100000", "100001"]
    assert found["pupils"].tolist() == ["52", "7.5"]
    assert found["name"].isna().tolist() == [False, True]


def test_a_workbook_without_the_columns_names_them(tmp_path):
    path = workbook(tmp_path / "scap.xlsx", [["URN", "NAME", "PUPILS"], [100000, "Upper Hill", 52]])
    with pytest.raises(SourceChanged, match=r"has no column NOR \(its other columns: PUPILS\)"):
        read(path)


def test_half_a_workbook_is_refused_with_what_to_do(tmp_path):
    whole = workbook(tmp_path / "scap.xlsx", [["URN", "NAME", "NOR"], [100000, "Upper Hill", 52]])
    half = tmp_path / "half.xlsx"
    half.write_bytes(whole.read_bytes()[:400])
    with pytest.raises((SourceChanged, FetchFailed)):
        read(half)


def test_a_name_that_a_comma_split_is_joined_again():
    shifted = ["884", "Whitecross", "High School", "SS", "837", ""]
    assert rejoined(shifted, columns=4, text=1) == ["884", "Whitecross, High School", "SS", "837"]
    assert rejoined(["884", "Whitecross", "SS", "837", ""], columns=4, text=1) is None
