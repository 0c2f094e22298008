"""The school census in the layout of Explore Education Statistics, and odd rows of the other."""

import pytest

from ingest.errors import SourceChanged
from ingest.sources import school_census
from tests.support.published import of, read

HEADER = (
    "time_period,urn,headcount of pupils,headcount total female,headcount total male,"
    "number of nursery pupils (years N1 and N2),number of reception pupils (year R),"
    "number of key stage 1 pupils (years 1 and 2),number of key stage 2 pupils (years 3 to 6),"
    "number of key stage 3 pupils (years 7 to 9),number of key stage 4 pupils (years 10 and 11),"
    "number of key stage 5 pupils (years 12 to 14),"
    "number of pupils known to be eligible for free school meals,"
    "% of pupils known to be eligible for free school meals,"
    "number of pupils whose first language is known or believed to be other than English,"
    "% of pupils whose first language is known or believed to be other than English"
)
ROWS = (
    "202324,100000,252,126,126,0,28,60,164,0,0,0,38,15.1,120,47.6",
    "202324,100001,700,700,0,0,22,50,160,150,110,208,z,z,z,z",
    "202223,100000,260,130,130,0,30,60,170,0,0,0,low,low,c,c",
)
TABLES = (
    "URN,LA,ESTAB,SCHOOLTYPE,NOR,NORG,NORB,PNORG,TSENELSE,PSENELSE,TSENELK,PSENELK,"
    "NUMEAL,PNUMEAL,NUMFSM,NUMFSMEVER,PNUMFSMEVER"
)


@pytest.fixture
def underlying(tmp_path):
    def write(*rows, header=HEADER):
        path = tmp_path / "spc_school_level_underlying_data.csv"
        path.write_text("\n".join([header, *rows]) + "\n")
        return path

    return write


def test_underlying_data_tell_reception_key_stages_and_years(underlying):
    rows, issues = read(school_census, underlying(*ROWS), "2023/24")
    school = rows["school_value"]
    assert of(school, 100000, "census_ks2_pupils", "2023/24")[0] == 164
    assert of(school, 100000, "census_fsm_pct", "2023/24") == (15.1, None, None, 252, "measured")
    assert of(school, 100001, "census_fsm", "2023/24")[-1] == "not_applicable"
    assert of(school, 100000, "census_fsm", "2022/23")[::4] == (0, "estimated")
    assert of(school, 100000, "census_eal", "2022/23")[-1] == "suppressed"
    roll = rows["roll"].set_index(["urn", "academic_year", "year_group", "sex"])["pupils"]
    assert roll[100000, "2023/24", "R", "all"] == 28
    assert roll[100000, "2023/24", "all", "F"] == 126
    assert roll[100000, "2022/23", "all", "all"] == 260
    assert issues == []


def test_columns_may_begin_with_a_capital(underlying):
    header = HEADER.replace("number of", "Number of")
    rows, _ = read(school_census, underlying(*ROWS, header=header), "2023/24")
    assert of(rows["school_value"], 100000, "census_ks1_pupils", "2023/24")[0] == 60


def test_columns_may_be_spelt_with_lines_or_as_older_releases_name_them(underlying):
    header = HEADER.lower().replace(" ", "_").replace("female", "girls").replace("_male", "_boys")
    rows, _ = read(school_census, underlying(*ROWS, header=header), "2023/24")
    assert of(rows["school_value"], 100000, "census_pupils", "2023/24")[0] == 252


def test_a_renamed_column_of_the_underlying_data_is_named(underlying):
    header = HEADER.replace("headcount of pupils", "pupil headcount")
    with pytest.raises(SourceChanged, match=r"headcount of pupils.*pupil headcount"):
        read(school_census, underlying(*ROWS, header=header), "2023/24")


def test_a_total_that_schools_do_not_add_up_to_is_logged(tmp_path):
    path = tmp_path / "england_census.csv"
    rows = [
        "100000,201,3614,State-funded primary,285,141,144,49.5,5,1.8,50,17.5,141,49.5,32,38,16.2",
        "100002,202,2000,State-funded primary,0,0,0,NA,0,NA,0,NA,0,NA,0,0,NA",
        "NAT,,PRI,State-funded primary,300,150,150,50,5,1.8,50,17.5,141,49.5,32,38,16.2",
    ]
    path.write_text("\n".join([TABLES, *rows]) + "\n")
    found, (issue,) = read(school_census, path, "2021/22")
    assert issue.subject == "england_census.csv, State-funded primary"
    assert issue.says == "rows add up to 285, the file says 300"
    empty = of(found["school_value"], 100002, "census_fsm_pct", "2021/22")
    assert empty == (None, None, None, 0, "unavailable"), "no share of nobody"
