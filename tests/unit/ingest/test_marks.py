"""Publishers' marks say why a number is missing; numbers in any dress are numbers."""

import pandas as pd
import pytest

from config.terms import Status
from ingest.errors import CheckFailed
from ingest.issues import IssueLog
from ingest.marks import MARKS, Mark, marked


def read_cell(cell, **changes):
    read = marked(pd.Series([cell], dtype="string"), issues=IssueLog(), of="a file", **changes)
    value = read["value"].item()
    return (None if pd.isna(value) else value), read["status"].item()


@pytest.mark.parametrize(
    ("cell", "value"),
    [("94%", 94), ("1,234", 1234), ("-0.45", -0.45), ("+1", 1), (" 7 ", 7), ("0", 0), (".5", 0.5)],
)
def test_a_number_in_any_dress_is_measured(cell, value):
    assert read_cell(cell) == (value, "measured")


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("SUPP", "suppressed"),
        ("c", "suppressed"),
        ("NE", "not_applicable"),
        ("NEW", "not_applicable"),
        ("NA", "not_applicable"),
        ("z", "not_applicable"),
        ("NP", "unavailable"),
        ("LOWCOV", "unavailable"),
        ("x", "unavailable"),
        ("u", "unavailable"),
        (":", "unavailable"),
        ("NaN", "unavailable"),
        ("  ", "unavailable"),
        (None, "unavailable"),
    ],
)
def test_a_mark_says_why_there_is_no_number(cell, status):
    assert read_cell(cell) == (None, status)


@pytest.mark.parametrize("cell", ["SP", "low", "Low", "LOW", "k"])
def test_what_rounds_to_zero_is_not_a_measured_zero(cell):
    assert read_cell(cell) == (0, "estimated")


@pytest.mark.parametrize("cell", ["1,23", "12 %x", "1.2.3", "inf", "-", "1e999"])
def test_nothing_else_passes_for_a_number(cell):
    with_much_beside = pd.Series([cell, *["1"] * 99], dtype="string")
    read = marked(with_much_beside, issues=IssueLog(), of="a file")
    assert pd.isna(read["value"][0])
    assert read["status"][0] != "measured"


def test_an_unknown_mark_is_logged_once_with_its_count():
    issues = IssueLog()
    marked(pd.Series(["QQ", "QQ", *["1"] * 98]), issues=issues, of="ks4.csv, P8MEA")
    (issue,) = issues.issues
    assert issue.subject == "ks4.csv, P8MEA"
    assert issue.says == "'QQ' in 2 cells; left empty"


def test_a_column_of_unknown_marks_is_refused():
    with pytest.raises(CheckFailed, match="'QQ' in 10 cells"):
        marked(pd.Series(["QQ"] * 10 + ["1"] * 90), issues=IssueLog(), of="a file")


def test_a_series_may_mean_something_else_by_a_mark():
    own = {**MARKS, "x": Mark(Status.SUPPRESSED)}
    assert read_cell("x", marks=own) == (None, "suppressed")


def test_numbers_are_taken_as_they_are_and_keep_their_rows():
    cells = pd.Series([1.5, None, float("inf")], index=[7, 8, 9])
    read = marked(cells, issues=IssueLog(), of="a file")
    assert read["value"].tolist()[0] == 1.5
    assert read["status"].to_dict() == {7: "measured", 8: "unavailable", 9: "unavailable"}
