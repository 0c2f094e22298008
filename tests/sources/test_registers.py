"""The register's other layout and its groups, read from the real files."""

import pytest
import shapely

from config.assumptions import assumptions
from ingest.inspections import of_register
from ingest.issues import IssueLog
from ingest.schema.provision import GROUP_MEMBER, INSPECTION, SCHOOL_GROUP
from ingest.schema.schools import SCHOOL
from ingest.source import Cut
from ingest.sources import gias, gias_groups
from tests.support.reading import broken_rules, reading, told


def read(path, la_code_dfe):
    issues = IssueLog()
    cut = Cut(frozenset({la_code_dfe}), frozenset(), shapely.box(0, 0, 1, 1))
    return gias.read(path, cut, issues), issues


@pytest.fixture(scope="module")
def surrey(publishers):
    return read(publishers / "gias" / "results_surrey_202105.csv", "936")[0]


def test_the_ragged_download_of_the_search_page_keeps_every_row(publishers):
    schools, issues = read(publishers / "gias" / "results_hampshire_surrey_20220420.csv", "850")
    assert len(schools) == 300
    assert (schools["status"] == "open").sum() == 246
    (note,) = issues.issues
    assert note.says.startswith("3 rows with more cells than the 111 columns")
    weyford = schools.set_index("urn").loc[116018]
    assert (weyford["name"], weyford["capacity_pupils"]) == (
        "Weyford Nursery and Primary School",
        630,
    )


def test_both_layouts_of_the_register_give_the_same_columns(publishers, surrey):
    register, _ = read(publishers / "gias" / "edubasealldata20250524.csv", "936")
    assert set(surrey.columns) == set(register.columns)
    assert surrey["x"].notna().sum() > 500


def test_every_group_but_childrens_centres_is_kept_and_closed_ones_are_marked(publishers, surrey):
    given = reading(before={SCHOOL: surrey})
    rows = gias_groups.read_rows(publishers / "gias" / "allgroupsdata202203.csv", given)
    groups = rows[SCHOOL_GROUP]
    assert len(groups) == 6883 - 579 - 74
    closed = groups[groups["status"] == "Closed"]
    assert closed["close_date"].notna().mean() > 0.99
    assert broken_rules(rows) == []


def test_schools_of_surrey_find_their_trusts_by_name(publishers, surrey):
    given = reading(before={SCHOOL: surrey})
    rows = gias_groups.read_rows(publishers / "gias" / "allgroupsdata202203.csv", given)
    members = rows[GROUP_MEMBER].merge(rows[SCHOOL_GROUP], on="group_uid")
    glf = members[members["name"].str.casefold() == "glf schools"]
    assert len(glf) == 24
    assert (glf["group_type"] == "Multi-academy trust").all()
    not_found = [line for line in told(given) if "no one trust" in line]
    assert len(members) + len(not_found) >= surrey["trust"].notna().sum()


def test_grades_in_the_register_are_dated_and_superseded(surrey):
    rows = of_register(surrey)
    assert len(rows) == 342
    assert rows["is_superseded"].all()
    assert rows["area"].unique().tolist() == ["Overall effectiveness"]
    since = assumptions("inspections")["graded_2019"].from_date.isoformat()
    new = rows[rows["framework"] == "graded_2019"]
    assert (new["inspected_on"] >= since).all()
    assert broken_rules({INSPECTION: rows}) == []
