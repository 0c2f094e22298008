from datetime import date

import pytest

from config.authority import authorities, find_authority
from config.errors import ConfigError
from config.region import load_region, read_region, region_file, region_ids
from config.timetable import FEEDS

GOOD = """\
id = "here"
title = "Here"
la_codes = ["E06000017"]
[streets]
extracts = ["rutland"]
"""

NEW = """\
id = "here"
title = "Here"
la_codes = ["E06999001", "E06000017"]
[streets]
extracts = ["rutland"]
[[new_authorities]]
la_code_dfe = "970"
la_code = "E06999001"
name = "North Vale"
region = "East Midlands"
[[new_authorities]]
la_code_dfe = "971"
la_code = "E06999002"
name = "South Vale"
"""


def write(tmp_path, text, name="here"):
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_region_file_that_ships_can_be_used():
    for region_id in region_ids():
        assert load_region(region_id).id == region_id


def test_an_unknown_region_names_those_there_are_and_the_nearest():
    with pytest.raises(ConfigError) as told:
        load_region("rutlnd")
    assert "leeds" in told.value.message
    assert told.value.hint == "did you mean rutland?"


def test_an_authoritys_own_folder_wins(tmp_path):
    write(tmp_path, GOOD.replace('"here"', '"rutland"'), "rutland")
    assert load_region("rutland", regions_dir=tmp_path).title == "Here"
    assert load_region("rutland").title == "Rutland"


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('title = "Here"\n', "", "title: Field required"),
        ('title = "Here"', 'title = "Here"\ntitel = "x"', "titel: Extra inputs"),
        ("E06000017", "E0600001", r"la_codes\.0"),
        ("E06000017", "E06999999", "E06999999, which is no authority in the register"),
        ('extracts = ["rutland"]', "", "needs `extracts`, `files` or `osmnx = true`"),
        ("[streets]", "[streets]\nosmnx = true", "and `osmnx = true` that wants none"),
        ('["rutland"]', '["rutland"]\nmirror_files = ["a", "b"]', "as many `mirror_files`"),
        ("E06000017", 'E06000017", "E06000017', "names an authority twice"),
        ('["rutland"]', '["rutland", "rutland"]', "names a street file twice"),
        ('["rutland"]', '["../../rutland"]', "no plain name of a street file"),
        ('["rutland"]', '["rutland"]\nmirror_files = ["/etc/passwd"]', "no plain name"),
        ("[streets]", "[timetable]\n[streets]", "needs `feeds` or `files`"),
        (
            "[streets]",
            '[timetable]\nfeeds = ["rutland"]\n[streets]',
            "rutland is no feed of the Bus",
        ),
        ("[streets]", '[timetable]\nfiles = ["a", "a"]\n[streets]', "names a timetable twice"),
        ("[streets]", '[timetable]\nfeeds = ["../wales"]\n[streets]', "no plain name of a time"),
        (
            "[streets]",
            '[timetable]\nfeeds = ["wales"]\nmirror_files = ["a", "b"]\n[streets]',
            "as many `mirror_files` as `feeds`",
        ),
        (
            "[streets]",
            '[timetable]\nfeeds = ["wales"]\ndate = "Tuesday"\n[streets]',
            "timetable.date",
        ),
        ("[streets]", "[elevation]\n[streets]", "elevation: .*needs `rasters` or `node_file`"),
        ("[streets]", "border_km = -1\n[streets]", "border_km"),
        ("[streets]", "[streets", "not a TOML file"),
        ('id = "here"', 'id = "there"', "says id = 'there'"),
    ],
)
def test_a_fault_in_a_region_file_is_named(tmp_path, before, after, says):
    assert before in GOOD
    with pytest.raises(ConfigError, match=says):
        read_region(write(tmp_path, GOOD.replace(before, after)))


def test_the_newer_code_of_an_authority_means_the_same(tmp_path):
    region = read_region(write(tmp_path, GOOD.replace("E06000017", "E08000039")))
    assert [authority.name for authority in region.authorities()] == ["Sheffield"]


def test_a_region_may_name_authorities_that_the_register_has_not_yet(tmp_path):
    region = read_region(write(tmp_path, NEW))
    assert [authority.name for authority in region.authorities()] == ["North Vale", "Rutland"]
    assert [authority.name for authority in region.register()[-2:]] == ["North Vale", "South Vale"]
    assert region.register()[:-2] == authorities()


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("E06999002", "E06999001", "new_authorities: .*'E06999001' of South Vale is North Vale's"),
        ('"971"', '"970"', "'970' of South Vale is North Vale's"),
        ('"South Vale"', '"North Vale"', "'north vale' of North Vale is North Vale's"),
        ('"971"', '"383"', "'383' of South Vale is Leeds's"),
        ("E06999002", "E08000035", "'E08000035' of South Vale is Leeds's"),
        ("E06999002", "E08000039", "'E08000019' of South Vale is Sheffield's"),
        ('"South Vale"', '" LEEDS"', "'leeds' of LEEDS is Leeds's"),
        ('"971"', '"97"', r"new_authorities\.1\.la_code_dfe"),
        ('"971"', '"٩٧١"', r"new_authorities\.1\.la_code_dfe"),
        ("E06999002", "E07000141", r"new_authorities\.1\.la_code: "),
        ('"South Vale"', '" "', r"new_authorities\.1\.name"),
        ('name = "South Vale"', "", r"new_authorities\.1\.name: Field required"),
        ('region = "East', 'county = "East', r"new_authorities\.0\.county: Extra inputs"),
        ('la_codes = ["E06999001"', 'la_codes = ["E06999003"', "E06999003, which is no authority"),
    ],
)
def test_a_fault_in_a_new_authority_is_named(tmp_path, before, after, says):
    assert before in NEW
    with pytest.raises(ConfigError, match=says):
        read_region(write(tmp_path, NEW.replace(before, after)))


@pytest.mark.parametrize("name", ["Isle of Wight", "Stockton-on-Tees", "Bristol", "Herefordshire"])
def test_the_file_written_for_an_authority_can_be_read_back(tmp_path, name):
    authority = find_authority(name)
    region_id, text = region_file(authority)
    region = read_region(write(tmp_path, text, region_id))
    assert region.la_codes == (authority.la_code,)
    assert region.streets.extracts == authority.street_extracts
    assert region.timetable is not None
    assert region.timetable.feeds == (FEEDS[authority.region],)


def test_a_region_may_do_without_a_timetable_or_name_its_day(tmp_path):
    assert read_region(write(tmp_path, GOOD)).timetable is None
    text = f'{GOOD}[timetable]\nfeeds = ["wales", "west_midlands"]\ndate = 2026-03-10\n'
    timetable = read_region(write(tmp_path, text)).timetable
    assert (timetable.date, timetable.required) == (date(2026, 3, 10), False)


def test_a_region_may_name_heights(tmp_path):
    assert read_region(write(tmp_path, GOOD)).elevation is None
    lines = '\n[elevation]\nrasters = ["terr50.zip"]\nnode_file = "own.csv"\nnode_column = "osm"\n'
    elevation = read_region(write(tmp_path, GOOD + lines)).elevation
    assert [str(path) for path in elevation.files] == ["terr50.zip", "own.csv"]
    assert (elevation.node_column, elevation.height_column) == ("osm", "height_m")


def test_every_authority_of_the_register_has_a_regional_timetable():
    assert {authority.region for authority in authorities()} == set(FEEDS)


def test_a_file_saved_by_an_editor_that_marks_its_encoding_is_read(tmp_path):
    path = tmp_path / "here.toml"
    path.write_text(GOOD, encoding="utf-8-sig")
    assert read_region(path).title == "Here"


def test_england_names_every_authority_and_every_street_extract_of_the_register():
    england = load_region("england")
    register = authorities()
    assert sorted(england.la_codes) == sorted(one.la_code for one in register)
    assert set(england.streets.extracts) == {
        extract for one in register for extract in one.street_extracts
    }
