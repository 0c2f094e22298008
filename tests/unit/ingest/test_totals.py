"""Figures that do not add up, or lie outside their own margins, are logged and kept."""

import pandas as pd
import pytest

from ingest.errors import CheckFailed
from ingest.issues import IssueLog
from ingest.totals import (
    tell_sums_that_differ,
    tell_totals_that_differ,
    tell_values_outside_their_interval,
)


def schools(*odd, of=60):
    fine = [(100_000 + row, 50, 52, 102) for row in range(of)]
    return pd.DataFrame([*odd, *fine], columns=["urn", "girls", "boys", "pupils"])


def test_a_school_whose_girls_and_boys_are_not_all_its_pupils_is_named():
    issues = IssueLog()
    rows = schools((200_000, 1_050, 52, 1_100), (200_001, None, 52, 100))
    found = tell_sums_that_differ(rows, ("girls", "boys"), "pupils", key=("urn",), issues=issues)
    (issue,) = issues.issues
    assert found == 1
    assert issue.subject == "URN 200000"
    assert issue.says == "1,050 + 52 is not 1,100; kept as published"


def test_a_table_that_mostly_does_not_add_up_is_refused():
    rows = schools(*((200_000 + row, 1, 1, 3) for row in range(10)), of=10)
    with pytest.raises(CheckFailed, match="girls and boys add up to pupils: 10 of 20 rows"):
        tell_sums_that_differ(rows, ("girls", "boys"), "pupils", key=("urn",), issues=IssueLog())


def test_a_printed_total_is_compared_with_what_the_rows_add_up_to():
    issues = IssueLog()
    tell_totals_that_differ(
        {"primary": 4_727_089, "secondary": 10},
        {"primary": 4_727_089, "secondary": 12, "special": 3},
        rule="adds up",
        of="census.csv",
        issues=issues,
    )
    (issue,) = issues.issues
    assert issue.subject == "census.csv, secondary"
    assert issue.says == "rows add up to 10, the file says 12"


def test_a_value_outside_its_interval_is_named_and_one_without_ends_is_not():
    rows = pd.DataFrame(
        [
            ("p8", 100_000, 0.5, 0.6, 0.9),
            ("p8", 100_001, None, None, None),
            ("p8", 100_002, 0.5, None, None),
            *(("p8", 100_003 + row, 0.1, -0.1, 0.3) for row in range(40)),
        ],
        columns=["measure", "urn", "value", "low", "high"],
    )
    issues = IssueLog()
    tell_values_outside_their_interval(rows, key=("measure", "urn"), issues=issues)
    (issue,) = issues.issues
    assert issue.subject == "p8 / 100000"
    assert issue.says == "0.5 is not from 0.6 to 0.9; kept as published"
