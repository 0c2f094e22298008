"""What the readers of look-ups, links and values do with rows that come twice."""

import json

import geopandas as gpd
import pandas as pd
import pytest

from ingest.errors import CheckFailed
from ingest.issues import IssueLog
from ingest.source import Cut
from ingest.sources import (
    census21_ages,
    district_lookup,
    gias_links,
    imd2025,
    lsoa21,
    lsoa21_lookup,
)
from tests.support.tiny_mirror import write_mirror, write_register

CUT = Cut(frozenset(), frozenset())


def read(source, path):
    issues = IssueLog()
    rows = source.read(path, CUT, issues)
    return rows, [(i.severity, i.subject, i.says) for i in issues.issues]


def links(folder, *more):
    write_register(folder)
    path = folder / "links_edubasealldata20250422.csv"
    many = [f'{urn},{urn + 1},"Old","Predecessor",""' for urn in range(1, 60)]
    path.write_text("\r\n".join([path.read_text().strip(), *many, *more]) + "\r\n")
    return path


def test_a_link_told_twice_is_kept_once_and_noted(tmp_path):
    again = '900002,900004,"Old Primary","Predecessor","01-09-2020"'
    rows, told = read(gias_links, links(tmp_path, again))
    assert len(rows) == 61
    assert told == [("note", "1 row", "the same as an earlier one; left out")]


def test_a_link_told_twice_with_two_dates_is_kept_once_and_logged(tmp_path):
    again = '900002,900004,"Old Primary","Predecessor","01-09-2021"'
    rows, told = read(gias_links, links(tmp_path, again))
    assert rows.loc[0, "link_date"] == "2020-09-01"
    assert told == [
        (
            "warning",
            "URN 900002 / 900004 / Predecessor",
            "comes again with another link_date; the first row is kept",
        )
    ]


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ('900002,"","Old","Predecessor",""', "has no linked_urn (900002, Old, Predecessor)"),
        ('900002,900004,"Old","",""', "has no link_type (900002, 900004, Old)"),
    ],
)
def test_a_link_without_its_ends_or_kind_is_left_out_and_logged(tmp_path, link, says):
    rows, told = read(gias_links, links(tmp_path, link))
    assert len(rows) == 61
    assert told == [("warning", "links_edubasealldata20250422.csv, row 62", f"{says}; left out")]


def test_a_link_with_half_a_number_is_left_out_and_logged(tmp_path):
    rows, told = read(gias_links, links(tmp_path, '900002,900004.5,"Old","Successor",""'))
    assert len(rows) == 61
    assert [severity for severity, _, _ in told] == ["warning", "warning"]
    assert "'900004.5' is not a whole number" in told[0][2]


@pytest.mark.parametrize(
    ("source", "header", "row", "again"),
    [
        (lsoa21_lookup, "lsoa21_code,ltla24_code", "E0100000{:02},E06000017", "E06000018"),
        (district_lookup, "ltla23_code,utla23_code", "E070000{:02},E10000001", "E10000002"),
    ],
)
def test_a_look_up_that_says_two_things_keeps_the_first_and_logs_it(
    tmp_path, source, header, row, again
):
    lines = [row.format(number) for number in range(30)]
    first, second = lines[0].split(",")
    path = tmp_path / "lookup.csv"
    path.write_text("\n".join([header, *lines, f"{first},{again}"]) + "\n")
    rows, told = read(source, path)
    assert (rows.iloc[0, 1], len(rows)) == (second, 30)
    assert [(severity, subject) for severity, subject, _ in told] == [("warning", first)]


def test_a_small_area_twice_in_the_indices_is_kept_once_and_noted(tmp_path):
    path = write_mirror(tmp_path) / "mhclg" / "imd2025_lsoa21.parquet"
    frame = pd.read_parquet(path)
    pd.concat([frame, frame.iloc[:1]]).to_parquet(path, index=False)
    rows, told = read(imd2025, path)
    assert not rows.duplicated(["measure", "area_code"]).any()
    assert told == [("note", "1 row", "the same as an earlier one; left out")]


@pytest.mark.parametrize("changed", [False, True])
def test_an_outline_that_comes_twice_is_kept_once(tmp_path, changed):
    path = write_mirror(tmp_path) / "ons" / "lsoa21_bgc_tiny.parquet"
    frame = gpd.read_parquet(path)
    again = frame.iloc[:1].assign(geometry=frame.geometry.iloc[1 if changed else 0])
    many = [frame.iloc[:1].assign(LSOA21CD=f"E010980{number:02}") for number in range(30)]
    pd.concat([frame, again, *many], ignore_index=True).to_parquet(path)
    rows, told = read(lsoa21, path)
    assert rows.crs.to_epsg() == 4326
    assert (rows["area_code"].is_unique, len(rows)) == (True, 34)
    assert rows.geometry.iloc[0].equals(frame.geometry.iloc[0])
    (only,) = told
    assert only[0] == ("warning" if changed else "note")
    assert "another geometry" in only[2] or not changed


def observations(path, *rows):
    listed = [
        {"dimensions": [{"option_id": code}, {"option": age}], "observation": people}
        for code, age, people in rows
    ]
    path.write_text(json.dumps({"observations": listed}))
    return path


def test_census_observations_that_come_twice_are_never_averaged(tmp_path):
    areas = [f"E010000{number:02}" for number in range(10)]
    rows = [(area, age, 10) for area in areas for age in census21_ages.AGES.values()]
    again = (areas[0], census21_ages.AGES["aged_0_15"], 20)
    values, told = read(census21_ages, observations(tmp_path / "ages.json", *rows, again))
    children = values[(values["measure"] == "children_0_15") & (values["area_code"] == areas[0])]
    assert children["value"].tolist() == [10]
    assert [severity for severity, _, _ in told] == ["warning"]


def test_a_census_answer_without_observations_is_refused(tmp_path):
    with pytest.raises(CheckFailed, match="has no rows"):
        read(census21_ages, observations(tmp_path / "ages.json"))
