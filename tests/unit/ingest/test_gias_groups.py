"""Who belongs to which trust or federation."""

import pandas as pd
import pytest

from ingest.schema.provision import GROUP_MEMBER, SCHOOL_GROUP
from ingest.schema.schools import SCHOOL
from ingest.sources import gias_groups
from tests.support.reading import broken_rules, reading, told

HEADER = (
    "Group UID,Group Name,Companies House Number,Group Type,Closed Date,Open date,"
    "Incorporated on (open date),Group Status,Head of Group Last Name\n"
)
GROUPS = HEADER + (
    "10,Vale Trust,0123,Multi-academy trust,,01/09/2015,,Open,Secret\n"
    "11,Vale Trust,,School sponsor,,,,Open,\n"
    "12,The Vale Federation,,Federation,2019-08-31,2012-01-01,,Closed,\n"
    "13,The Vale Federation,,Federation,,2019-09-01,,Open,\n"
    "14,Twins,,Single-academy trust,,,2014-02-03,Open,\n"
    "15,Twins,,Multi-academy trust,,,2016-02-03,Open,\n"
    "16,Little Ones,,Children's Centres Group,,,,Open,\n"
)


def school(urn, **more):
    blank = dict.fromkeys(("trust", "trust_uid", "trust_flag", "federation", "federation_uid"))
    return blank | {"urn": urn} | more


@pytest.fixture
def read(tmp_path):
    def rows_of(*schools):
        path = tmp_path / "allgroupsdata20250524.csv"
        path.write_text(GROUPS, encoding="cp1252")
        frame = pd.DataFrame(list(schools)).convert_dtypes()
        given = reading(before={SCHOOL: frame})
        return gias_groups.read_rows(path, given), given

    return rows_of


def members(rows):
    return {(row.urn, row.group_uid) for row in rows[GROUP_MEMBER].itertuples()}


def test_a_number_in_the_register_decides(read):
    rows, given = read(school(1, trust="Twins", trust_uid="14"), school(2, federation_uid="13"))
    assert members(rows) == {(1, "14"), (2, "13")}
    assert broken_rules(rows) == []
    assert all("trust" not in line for line in told(given))


def test_a_name_alone_finds_the_open_group_of_its_kind(read):
    rows, _ = read(school(1, trust="VALE TRUST"), school(2, federation="The Vale Federation"))
    assert members(rows) == {(1, "10"), (2, "13")}


def test_namesakes_are_told_apart_by_what_the_register_says_of_the_trust(read):
    rows, given = read(
        school(1, trust="Twins", trust_flag="Supported by a single-academy trust"),
        school(2, trust="Twins"),
    )
    assert members(rows) == {(1, "14")}
    assert any("URN 2: no one trust is called 'Twins'" in line for line in told(given))


def test_a_number_that_no_group_has_is_told(read):
    rows, given = read(school(1, trust_uid="99"))
    assert members(rows) == set()
    assert "URN 1: its trust 99 is not in the list of groups; left out" in told(given)


def test_closed_groups_stay_with_their_day_and_childrens_centres_do_not(read):
    rows, _ = read(school(1))
    groups = rows[SCHOOL_GROUP].set_index("group_uid")
    assert groups.loc["12", "close_date"] == "2019-08-31"
    assert groups.loc["10", "open_date"] == "2015-09-01"
    assert groups.loc["14", "open_date"] == "2014-02-03"
    assert "16" not in groups.index


def test_nobodys_name_is_read(read):
    rows, _ = read(school(1))
    assert not any("Secret" in str(frame.to_dict()) for frame in rows.values())


def test_a_register_that_names_no_group_is_told(read):
    _, given = read(school(1), school(2))
    assert (
        "the register of schools: names no trust or federation: which schools belong to a group "
        "is not known"
    ) in told(given)
