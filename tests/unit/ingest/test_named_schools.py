"""A school that a table only names is found, or told of."""

import pandas as pd
import pytest

from ingest.issues import IssueLog
from ingest.named_schools import urns_by_name

SCHOOLS = pd.DataFrame(
    [
        (1, "Hill Park School and Sixth Form", "open"),
        (2, "St. Anne's Academy", "open"),
        (3, "St Annes Academy", "closed"),
        (4, "Two Rivers School", "open"),
        (5, "Two Rivers School", "open"),
        (6, "Old Mill School", "closed"),
    ],
    columns=["urn", "name", "status"],
)


@pytest.mark.parametrize(
    ("name", "urn"),
    [
        ("HILL PARK SCHOOL", 1),
        ("St Anne's Academy", 2),
        ("Old Mill School", 6),
        ("Hill Park", 1),
    ],
)
def test_a_school_is_found_by_its_name(name, urn):
    issues = IssueLog()
    assert urns_by_name([name], SCHOOLS, of="file.csv", issues=issues) == {name: urn}
    assert issues.issues == []


@pytest.mark.parametrize(
    ("name", "says"), [("Two Rivers School", "2 schools"), ("Hillpark", "no schools")]
)
def test_a_name_that_is_nobodys_or_two_schools_is_told(name, says):
    issues = IssueLog()
    assert urns_by_name([name, name], SCHOOLS, of="file.csv", issues=issues) == {}
    [issue] = issues.issues
    assert issue.subject == f"file.csv, {name}"
    assert issue.says.startswith(says)
