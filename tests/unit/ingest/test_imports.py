"""Any table with a place in every row becomes values in the common form."""

import pandas as pd
import pytest

from config.authority import Authority
from config.errors import ConfigError
from config.imports import Import
from config.region import read_region
from ingest.errors import CheckFailed, SourceChanged
from ingest.imports.gathering import imported
from ingest.imports.known import Known, known_of
from ingest.imports.table import read_import
from ingest.issues import IssueLog
from ingest.measures import measure_table
from ingest.schema.areas import MEASURE
from tests.support.own_places import EAST, LA, WARD, WEST, areas, postcodes
from tests.support.reading import broken_rules

RUTLAND = Authority(la_code_dfe="857", la_code=LA, name="Rutland", region="East Midlands")
CHANGES = pd.DataFrame(
    [
        ("E01009001", WEST, "merged", 1.0),
        ("E01009002", WEST, "merged", 1.0),
        ("E01009003", EAST, "split", 0.25),
    ],
    columns=["lsoa11", "lsoa21", "change", "share"],
)
PLACES = {"column": "places", "title": "Nursery places", "unit": "places"}


@pytest.fixture
def known() -> Known:
    return known_of(areas(), postcodes(), CHANGES, frozenset({120001, 120002}), (RUTLAND,))


@pytest.fixture
def read(tmp_path, known):
    """Read a table as a region file explains it; whatever it gives keeps its declarations."""

    def values(text, **told):
        path = tmp_path / "table.csv"
        path.write_text(text, encoding="utf-8")
        about = {"id": "nurseries", "file": str(path), "title": "Nurseries", "period": "2025"}
        explained = Import(**about | {"values": [PLACES]} | told)
        log = IssueLog()
        made = imported(read_import(path, explained), explained, known, log)
        rules = broken_rules({made.table: made.rows})
        rules += MEASURE.broken_rules(MEASURE.typed(measure_table(made.measures)))
        assert rules == []
        return made, [f"{issue.subject}: {issue.says}" for issue in log.issues]

    return values


def of_area(made):
    return {
        row.area_code: None if pd.isna(row.value) else row.value for row in made.rows.itertuples()
    }


def test_postcodes_are_added_up_by_small_area(read):
    made, told = read("where,places\nTT1 1AA,20\ntt11aa,5\nTT1 1AB,7\n")
    assert made.table.name == "area_value"
    assert of_area(made) == {WEST: 25, EAST: 7}
    assert [measure.id for measure in made.measures] == ["own_nurseries_nursery_places"]
    assert made.measures[0].level == "area"
    assert "by the small area of their postcode" in made.measures[0].method
    assert told == []


def test_rows_are_counted_where_no_figures_are_named_and_areas_without_one_have_none(read):
    made, _ = read("postcode,name\nTT1 1AA,One\nTT1 1AA,Two\n", values=[], count_unit="nurseries")
    assert of_area(made) == {WEST: 2, EAST: 0}
    assert set(made.rows["status"]) == {"measured"}
    assert made.measures[0].unit == "nurseries"


def test_an_area_without_a_row_has_no_figure_unless_told_that_it_has_none(read):
    made, _ = read("lsoa,places\n" + f"{WEST},3\n")
    assert of_area(made) == {WEST: 3, EAST: None}
    assert made.rows.set_index("area_code")["status"][EAST] == "unavailable"
    made, _ = read("lsoa,places\n" + f"{WEST},3\n", without_rows="nothing")
    assert of_area(made) == {WEST: 3, EAST: 0}


def test_small_areas_of_2011_become_those_of_2021(read):
    made, _ = read("lsoa,places\nE01009001,3\nE01009002,4\nE01009003,8\n")
    assert made.kind == "lsoa11"
    assert of_area(made) == {WEST: 7, EAST: 2}
    status = made.rows.set_index("area_code")["status"]
    assert status[WEST] == "measured"
    assert status[EAST] == "estimated"


def test_rates_of_2011_are_averaged_not_shared_out(read):
    made, _ = read(
        "lsoa,rate\nE01009001,3\nE01009002,4\nE01009003,8\n",
        values=[{"column": "rate", "title": "Rate", "unit": "%", "combine": "mean"}],
    )
    assert of_area(made) == {WEST: 3.5, EAST: 8}


def test_schools_wards_and_authorities_find_their_tables(read):
    made, _ = read("URN,places\n120001,20\n")
    assert made.table.name == "school_value"
    assert made.rows[["urn", "period", "value"]].to_numpy().tolist() == [[120001, "2025", 20]]
    made, _ = read(f"ward,places\n{WARD},20\n")
    assert (made.table.name, of_area(made)) == ("area_value", {WARD: 20})
    for code in (LA, "857"):
        made, _ = read(f"LA code,places\n{code},20\n")
        assert (made.table.name, of_area(made)) == ("authority_value", {LA: 20})


def test_a_number_that_could_be_a_schools_is_one_only_where_the_heading_says_so(read):
    with pytest.raises(SourceChanged, match="says where"):
        read("pupils,places\n120001,20\n")
    made, _ = read("pupils,places\n120001,20\n", place="pupils", kind="urn")
    assert made.table.name == "school_value"


def test_marks_of_publishers_keep_their_reason(read):
    made, _ = read(f"lsoa,places\n{WEST},c\n{EAST},z\n")
    assert dict(zip(made.rows["area_code"], made.rows["status"], strict=True)) == {
        WEST: "suppressed",
        EAST: "not_applicable",
    }


def test_a_sum_of_which_a_part_is_missing_is_missing(read):
    made, _ = read("postcode,places\nTT1 1AA,20\nTT1 1AA,c\nTT1 1AB,5\n")
    assert of_area(made) == {WEST: None, EAST: 5}


def test_small_figures_of_postcodes_are_hidden_where_told(read):
    made, _ = read("postcode,places\nTT1 1AA,2\nTT1 1AB,5\n", smallest=5)
    assert of_area(made) == {WEST: None, EAST: 5}
    assert made.rows.set_index("area_code")["status"][WEST] == "suppressed"


def test_a_table_with_a_row_for_every_category_gives_a_measure_for_each_wanted(read):
    text = f"lsoa,cars,homes\n{WEST},None,3\n{WEST},One,4\n{EAST},None,1\n{EAST},One,9\n"
    none = {"column": "homes", "title": "No car", "unit": "homes", "where": {"cars": "none"}}
    made, told = read(text, values=[none, none | {"title": "One car", "where": {"Cars": "One"}}])
    rows = made.rows.pivot_table(index="area_code", columns="measure", values="value")
    assert rows["own_nurseries_no_car"].to_dict() == {WEST: 3, EAST: 1}
    assert rows["own_nurseries_one_car"].to_dict() == {WEST: 4, EAST: 9}
    assert told == []
    with pytest.raises(CheckFailed, match="no row has 'Two' in column cars"):
        read(text, values=[none | {"where": {"cars": "Two"}}])


def test_places_elsewhere_are_left_out_and_told_once(read):
    _, told = read("postcode,places\nTT1 1AA,2\nLS1 1AA,5\nLS1 1AB,5\nLS1 1AB,6\n")
    assert told == [
        "table.csv: 3 of 4 rows are of 2 postcodes that are not in the region or its border "
        "(LS1 1AA, LS1 1AB); left out"
    ]


def test_cells_that_are_no_place_are_told_by_their_row(read):
    rows = "".join("TT1 1AA,1\n" for _ in range(30))
    _, told = read("postcode,places\n" + rows + "Oakham,2\n")
    assert told == ["table.csv, row 32: 'Oakham' is none of the postcodes; left out"]


def test_a_table_of_another_place_is_refused(read):
    with pytest.raises(CheckFailed, match="none of its postcodes is in the region"):
        read("postcode,places\nLS1 1AA,5\n")


def test_a_table_without_a_place_says_what_it_needs(read):
    with pytest.raises(SourceChanged) as error:
        read("name,places\nHill,5\n")
    assert "no column of table.csv says where (its columns: name, places)" in str(error.value)
    assert "one must hold postcodes, schools' URNs" in str(error.value)


def test_a_column_that_is_not_there_is_named(read):
    with pytest.raises(SourceChanged, match=r"no column places \(its columns: postcode, spaces\)"):
        read("postcode,spaces\nTT1 1AA,5\n")


def test_only_the_columns_that_are_named_are_read(read):
    made, told = read("postcode,places,child\nTT1 1AA,5,Alex Secret\n")
    assert "Secret" not in str((made, told))


REGION = """
id = "tiny"
title = "Tiny"
la_codes = ["E06000017"]
streets = { extracts = ["tiny"] }
"""


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('period = "2025"', "needs `values`, or `count_unit`"),
        ('period = "2025"\ncount_unit = "n"\nkind = "house"', "kind"),
        ('count_unit = "n"', "period"),
        ('period = "2025"\ncount_unit = "n"\ncolour = "red"', "colour"),
    ],
)
def test_an_explanation_that_cannot_be_used_is_refused(tmp_path, more, says):
    path = tmp_path / "tiny.toml"
    path.write_text(f'{REGION}\n[[imports]]\nid = "a"\nfile = "a.csv"\ntitle = "A"\n{more}\n')
    with pytest.raises(ConfigError, match=says):
        read_region(path)


def test_two_tables_of_one_name_are_refused(tmp_path):
    table = '[[imports]]\nid = "a"\nfile = "a"\ntitle = "A"\nperiod = "1"\ncount_unit = "n"\n'
    path = tmp_path / "tiny.toml"
    path.write_text(REGION + table * 2)
    with pytest.raises(ConfigError, match="two tables have the same id"):
        read_region(path)
