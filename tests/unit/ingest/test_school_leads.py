"""An authority's own list of which school leads to which."""

import pandas as pd
import pytest

from ingest.errors import CheckFailed
from ingest.schema.provision import SCHOOL_LEAD
from ingest.schema.schools import SCHOOL
from ingest.sources import school_leads
from tests.support.reading import broken_rules, reading, told

INFANT, JUNIOR, PRIMARY, SECONDARY, CLOSED = 120001, 120002, 120003, 120004, 120005
AGES = {INFANT: (3, 7), JUNIOR: (7, 11), PRIMARY: (4, 11), SECONDARY: (11, 16), CLOSED: (None, 7)}


@pytest.fixture
def given():
    schools = [{"urn": urn, "age_low": low, "age_high": high} for urn, (low, high) in AGES.items()]
    return reading(*AGES, before={SCHOOL: pd.DataFrame(schools)})


@pytest.fixture
def read(tmp_path, given):
    def rows_of(*lines, header="urn,leads_to_urn,since,basis"):
        path = tmp_path / "school_leads.csv"
        path.write_text("\n".join((header, *lines)), encoding="utf-8")
        rows = school_leads.read_rows(path, given)
        assert broken_rules(rows) == []
        return rows[SCHOOL_LEAD]

    return rows_of


def test_an_infant_school_leads_to_its_junior_school_and_that_to_a_secondary(read):
    rows = read(
        f"{INFANT},{JUNIOR},,Oversubscription criterion",
        f"{JUNIOR},{SECONDARY},2023/24,pyramid",
        f"{PRIMARY},{SECONDARY},,",
        f"{INFANT},{PRIMARY},,usual",
    )
    assert rows["urn"].tolist() == [INFANT, JUNIOR, PRIMARY, INFANT]
    assert rows["leads_to_urn"].tolist() == [JUNIOR, SECONDARY, SECONDARY, PRIMARY]
    assert rows["since"].fillna("").tolist() == ["", "2023/24", "", ""]
    assert rows["basis"].fillna("").tolist() == ["admission", "agreed", "", "usual"]


def test_headings_may_be_an_authoritys_own(read):
    assert len(read(f"{INFANT},{JUNIOR}", header="Feeder URN,Linked URN")) == 1


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([f"{INFANT},{INFANT},,"], "row 2, column leads_to_urn: the school leads to itself"),
        (
            [f"{INFANT},{JUNIOR},,", f"{INFANT},{JUNIOR},2024/25,usual"],
            f"row 3, column leads_to_urn: the same urn {INFANT}, leads_to_urn {JUNIOR} as in row 2",
        ),
        (
            [f"{PRIMARY},{JUNIOR},,"],
            f"row 2, column leads_to_urn: URN {PRIMARY} ends at age 11 and URN {JUNIOR} teaches "
            "from 7 to 11: nobody goes on from one to the other",
        ),
        ([f"{INFANT},{SECONDARY},,"], f"URN {INFANT} ends at age 7 and URN {SECONDARY} teaches"),
        (
            [f"{INFANT},{CLOSED},,", f"{CLOSED},{INFANT},,"],
            f"row 3, column leads_to_urn: schools lead round in a circle: URN {INFANT}, {CLOSED}",
        ),
        (
            [f"{INFANT},junior school,,"],
            "column leads_to_urn: 'junior school' is not a school's Uni",
        ),
        ([f"{INFANT},,,"], "row 2, column leads_to_urn: is blank"),
        ([f"{INFANT},{JUNIOR},2024,"], "column since: '2024' is not a school year"),
        ([f"{INFANT},{JUNIOR},,perhaps"], "column basis: 'perhaps' is not one of admission, agree"),
    ],
)
def test_links_that_cannot_be_right_are_named(read, lines, says):
    with pytest.raises(CheckFailed) as error:
        read(*lines)
    assert says in str(error.value)


def test_schools_that_are_not_in_the_register_are_named_and_left_out(read, given):
    rows = read(f"{INFANT},{JUNIOR},,", f"999901,{JUNIOR},,", f"{PRIMARY},999902,,")
    assert rows["urn"].tolist() == [INFANT]
    says = told(given)
    assert any(
        "URN 999901: school_leads.csv, row 3: no school of the region" in each for each in says
    )
    assert any(
        "URN 999902: school_leads.csv, row 4: no school of the region" in each for each in says
    )


def test_a_list_without_rows_says_that_no_school_leads_to_another(read):
    assert read().empty


def test_a_list_of_schools_elsewhere_stops_the_build(read):
    with pytest.raises(CheckFailed, match="none of its 1 schools is in the region"):
        read("999901,999902,,")
