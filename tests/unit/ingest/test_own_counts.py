"""An authority's file of pupils becomes counts, and no message tells what stands in a row."""

import io

import pandas as pd
import pytest
import xlsxwriter

from config.region import Region, Streets
from ingest.errors import CheckFailed, SourceChanged
from ingest.issues import IssueLog
from ingest.schema.pupils import FLOW
from ingest.source import Shielding
from ingest.sources import own_counts
from tests.support.authority_reading import reading_of, rows_of

HOMES = pd.Series({"TT1 1AA": "E01099001", "TT1 1BA": "E01099002"})
ELSEWHERE = "ZZ9 9QQ"


def region(**more):
    return Region(
        id="tiny",
        title="Tiny",
        la_codes=("E06000017",),
        streets=Streets(extracts=("tiny",)),
        **more,
    )


def pupils(*groups):
    """Write one row a pupil: (how many, year group, postcode, URN)."""
    rows = [f"2024/25,{urn},{year},{home}" for many, year, home, urn in groups for _ in range(many)]
    return "\n".join(["academic_year,urn,year_group,postcode", *rows])


def shield(path, **more):
    told = Shielding(region(**more), IssueLog(), lambda: HOMES)
    content = own_counts.shielded(path, told)
    says = [f"{issue.subject}: {issue.says}" for issue in told.issues.issues]
    return pd.read_csv(io.BytesIO(content)), says


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "pupils.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


WIDE = pupils(
    (7, "3", "TT1 1AA", 900001),
    (8, "R", "tt11ba", 900001),
    (9, "Year 9", "TT1 1AA", 900003),
    (6, "11", "TT1 1BA", 900003),
    (5, "13", "TT1 1BA", 900003),
)


def test_pupils_are_counted_by_year_phase_home_and_school(file):
    counted, says = shield(file(WIDE))
    told = counted.set_index(["phase", "home_code", "urn"])["pupils"].to_dict()
    assert told == {
        ("primary", "E01099001", 900001): 7,
        ("primary", "E01099002", 900001): 8,
        ("secondary", "E01099001", 900003): 9,
        ("secondary", "E01099002", 900003): 6,
        ("sixth_form", "E01099002", 900003): 5,
    }
    assert set(counted["status"]) == {"measured"}
    assert says == []


def test_small_counts_and_what_would_give_them_away_are_hidden(file):
    rows = pupils(
        *((4, "3", "TT1 1AA", 900001), (9, "3", "TT1 1BA", 900001)),
        *((9, "3", "TT1 1AA", 900002), (8, "3", "TT1 1BA", 900002)),
    )
    counted, _ = shield(file(rows))
    assert counted["pupils"].isna().all()
    assert set(counted["status"]) == {"suppressed"}
    assert counted["at_most"].dropna().tolist() == [4]


def test_the_region_says_how_small_is_small(file):
    rows = pupils((4, "3", "TT1 1AA", 900001), (9, "3", "TT1 1BA", 900001))
    counted, _ = shield(file(rows), smallest_count=3)
    assert counted["pupils"].tolist() == [4, 9]
    with pytest.raises(ValueError, match="at least 3"):
        region(smallest_count=2)


def test_a_row_may_stand_for_several_pupils_and_name_its_small_area(file):
    text = "URN,Year_Group,academic_year,lsoa21,pupils,surname\n900001,4,202425,E01099001,12,X\n"
    counted, _ = shield(file(text + "900001,5,202425,E01099002,11,Y\n"))
    assert counted["pupils"].tolist() == [12, 11]
    assert "surname" not in counted.columns


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_headings_may_be_spelt_otherwise_and_stand_below_titles(file, delimiter):
    text = WIDE.replace("academic_year,urn,year_group", "Academic Year,URN,Year-Group")
    counted, _ = shield(file("Pupils of the autumn census\n\n" + text.replace(",", delimiter)))
    assert counted["pupils"].sum() == 35


def test_a_workbook_does_as_well(tmp_path):
    path = tmp_path / "pupils.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for number, line in enumerate(WIDE.split("\n")):
        sheet.write_row(number, 0, line.split(","))
    book.close()
    counted, _ = shield(path)
    assert counted["pupils"].sum() == 35


def test_homes_elsewhere_and_nursery_years_are_left_out(file):
    more = pupils((6, "4", ELSEWHERE, 900001), (7, "N2", "TT1 1AA", 900001)).split("\n")[1:]
    counted, says = shield(file("\n".join([WIDE, *more])))
    assert counted["pupils"].sum() == 35
    assert says == [
        "pupils.csv: 6 pupils have no home in the region or its border; left out",
    ]


def test_few_homes_elsewhere_are_not_even_counted(file):
    more = pupils((1, "4", ELSEWHERE, 900001)).split("\n")[1:]
    _, says = shield(file("\n".join([WIDE, *more])))
    assert says[0].startswith("pupils.csv: fewer than 5 pupils have no home")


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        (WIDE.replace("year_group", "nc_year"), SourceChanged, "no column year_group"),
        (WIDE.replace("postcode", "home"), SourceChanged, "no column postcode or lsoa21"),
        (WIDE.split("\n", 1)[1].replace("TT1 1AA", ELSEWHERE), SourceChanged, "no column"),
        (WIDE.split("\n", 1)[0], CheckFailed, "no rows"),
        (WIDE.replace(",3,", ",third,"), CheckFailed, "7 of 35 rows are without a year group"),
        (WIDE.replace("2024/25", "autumn"), CheckFailed, "without a school year"),
        (pupils((9, "3", ELSEWHERE, 900001)), CheckFailed, "no pupil lives in the region"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_without_telling_a_row(file, text, error, says):
    with pytest.raises(error, match=says) as raised:
        shield(file(text))
    message = f"{raised.value.message} {raised.value.hint}"
    for secret in (ELSEWHERE, "third", "autumn", "TT1", "900001"):
        assert secret not in message


def test_an_odd_row_is_counted_and_not_told(file):
    _, says = shield(file(f"{WIDE}\n2024/25,{ELSEWHERE},3,TT1 1AA\n"))
    assert says == ["pupils.csv: 1 rows without the URN of a school; left out"]


def test_counts_become_flows_of_the_regions_schools(file, tmp_path):
    told = Shielding(region(), IssueLog(), lambda: HOMES)
    counted = tmp_path / "pupils.counted.csv"
    counted.write_bytes(own_counts.shielded(file(WIDE), told))
    flows = rows_of(own_counts.SOURCE, counted, reading_of("857", urns=[900003]))[FLOW.name]
    assert flows["pupils_counted"].tolist() == [9, 6, 5]
    assert set(flows["source_id"]) == {"own_counts"}


def test_schools_that_the_register_does_not_have_are_named_and_no_row_is(file, tmp_path):
    told = Shielding(region(), IssueLog(), lambda: HOMES)
    counted = tmp_path / "pupils.counted.csv"
    counted.write_bytes(own_counts.shielded(file(WIDE), told))
    reading = reading_of("857", urns=[900001])
    rows_of(own_counts.SOURCE, counted, reading)
    assert [issue.says for issue in reading.issues.issues] == [
        "3 counts are of schools that are neither in the region nor in its border: URN 900003; "
        "left out",
    ]
