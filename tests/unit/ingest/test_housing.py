"""Planned homes: a blank is no zero, and sites are placed in any of three ways."""

import pandas as pd
import pytest

from ingest.errors import CheckFailed
from ingest.points import TO_DEGREES
from ingest.schema.people import HOUSING_HOMES, HOUSING_SITE
from ingest.sources import housing
from tests.support.own_places import EAST, WEST, X0, Y0, before
from tests.support.reading import broken_rules, reading, told

LON, LAT = TO_DEGREES.transform(X0 + 1500, Y0 + 250)


@pytest.fixture
def read(tmp_path):
    def rows_of(text):
        path = tmp_path / "housing.csv"
        path.write_text(text, encoding="utf-8")
        given = reading(before=before())
        rows = housing.read_rows(path, given)
        assert broken_rules(rows) == []
        return rows[HOUSING_SITE].set_index("site_id"), rows[HOUSING_HOMES], given

    return rows_of


def test_a_blank_means_the_default_and_zero_means_none(read):
    _, homes, _ = read(
        "site_id,name,x,y,school_year,type,tenure,beds,homes\n"
        f"H1,Mill Lane,{X0 + 500},{Y0 + 500},2027/28,Houses,private,3,24\n"
        "H1,Mill Lane,,,2027/28,Flat,social,5,0\n"
        "H1,Mill Lane,,,2028/29,,,,\n"
    )
    rows = [
        (*row[1:6], None if pd.isna(row.homes) else row.homes, row.status)
        for row in homes.itertuples()
    ]
    assert rows == [
        ("H1", "2027/28", "house", "market", "3", 24, "forecast"),
        ("H1", "2027/28", "flat", "social", "4+", 0, "forecast"),
        ("H1", "2028/29", "not_stated", "not_stated", "not_stated", None, "unavailable"),
    ]


def test_sites_are_placed_by_metres_degrees_or_postcode(read):
    sites, homes, given = read(
        "site_id,name,easting,northing,longitude,latitude,postcode\n"
        f"metres,One,{X0 + 500},{Y0 + 500},,,TT1 1AB\n"
        f"degrees,Two,,,{LON},{LAT},\n"
        "postcode,Three,,,,,tt11aa\n"
    )
    assert sites["lsoa21"].to_dict() == {"metres": WEST, "degrees": EAST, "postcode": WEST}
    assert sites["x"].round().to_dict() == {
        "metres": X0 + 500,
        "degrees": X0 + 1500,
        "postcode": X0 + 500,
    }
    assert homes.empty
    assert told(given) == []


def test_a_site_beyond_the_border_or_nowhere_is_left_out_with_its_homes_and_told(read):
    sites, homes, given = read(
        "site_id,name,x,y,postcode,school_year,homes\n"
        f"in,One,{X0 + 500},{Y0 + 500},,2027/28,5\n"
        "far,Two,5,5000000,,2027/28,5\n"
        "unknown,Three,,,ZZ1 1ZZ,2027/28,5\n"
    )
    assert list(sites.index) == ["in"]
    assert list(homes["site_id"]) == ["in"]
    assert told(given) == [
        "housing.csv, row 3: it lies outside the region and its border; left out",
        "housing.csv, row 4: postcode ZZ1 1ZZ is not in the region and its border; left out",
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("H1,One,,,,2027/28,5", "row 2, column x: has no place: give x and y, or lon and lat"),
        (
            f"H1,One,{X0},{Y0},,,5",
            "school_year: is blank, and homes is not: say when the 5 homes of H1 are",
        ),
        (f"H1,One,{X0},{Y0},,2027/28,-5", "row 2, column homes: -5 is less than none"),
        (f"H1,One,{X0},{Y0},,2027,5", "row 2, column school_year: '2027' is not a school year"),
        (f"H1,,{X0},{Y0},,2027/28,5", "row 2, column name: is blank"),
        (f"H1,One,{X0},{Y0},Oakham,2027/28,5", "column postcode: 'Oakham' is not a postcode"),
    ],
)
def test_what_cannot_be_right_is_named(read, row, says):
    with pytest.raises(CheckFailed) as error:
        read(f"site_id,name,x,y,postcode,school_year,homes\n{row}\n")
    assert says in str(error.value)


def test_each_site_whose_homes_have_no_year_is_named_and_none_is_kept(read):
    sites = [(f"H{number}", year) for number, year in enumerate(("2027/28", "", "", ""), start=1)]
    rows = "".join(f"{site},Site {site},{X0},{Y0},,{year},5\n" for site, year in sites)
    with pytest.raises(CheckFailed) as error:
        read(f"site_id,name,x,y,postcode,school_year,homes\n{rows}")
    named = [site for site, _ in sites if f"homes of {site} " in str(error.value)]
    assert named == ["H2", "H3", "H4"]


def test_the_same_homes_twice_are_refused(read):
    with pytest.raises(CheckFailed, match="row 3, column bedrooms: the same"):
        read(
            "site_id,name,x,y,school_year,bedrooms,homes\n"
            f"H1,One,{X0},{Y0},2027/28,,5\nH1,One,{X0},{Y0},2027/28,not stated,6\n"
        )
