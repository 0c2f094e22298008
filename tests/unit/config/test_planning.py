"""What a place planner sets in a region file."""

import datetime as dt

import pytest

from config.errors import ConfigError
from config.planning import Planning, in_use
from config.region import read_region

GOOD = """\
id = "here"
title = "Here"
la_codes = ["E06000017"]

[streets]
extracts = ["rutland"]

[planning]
years_primary = 10
margin_pct = 5
set_by = "School organisation team"
set_on = 2026-01-12
why = "The growth plan reaches to 2036."

[[planning.methods]]
level = "school"
unit = "123456"
phase = "primary"
method = "same"
set_by = "School organisation team"
set_on = 2026-02-01
why = "The infant class is full every year."

[[planning.capped]]
urn = 123456
year_group = "R"
set_by = "School organisation team"
set_on = 2026-02-01
why = "The site has no room."

[[planning.places]]
urn = 123456
phase = "primary"
from_year = "2027/28"
places = -30
set_by = "School organisation team"
set_on = 2026-02-01
why = "Admission number falls to 30."

[[planning.assumptions]]
id = "housing.local_movers_pct"
value = 35
holds_for = "authority:E06000017"
set_by = "Housing strategy"
set_on = 2025-11-03
why = "Survey of the new estate, autumn 2025."
"""


@pytest.fixture
def read(tmp_path):
    def of(text):
        path = tmp_path / "here.toml"
        path.write_text(text, encoding="utf-8")
        return read_region(path).planning

    return of


def test_a_region_file_without_settings_has_the_defaults(read):
    planning = read(GOOD.split("[planning]", maxsplit=1)[0])
    assert (planning.years_primary, planning.years_secondary) == (5, 7)
    assert planning == Planning()
    assert planning.own_keys() == []


def test_settings_are_read_with_who_when_and_why(read):
    planning = read(GOOD)
    assert (planning.years_primary, planning.margin_pct) == (10, 5)
    assert planning.own_keys() == ["years_primary", "margin_pct"]
    (pin,), (cap,), (places,), (other,) = planning.settings()
    assert (pin.level, pin.unit, pin.method) == ("school", "123456", "same")
    assert (cap.urn, cap.year_group, cap.most) == (123456, "R", None)
    assert (places.from_year, places.places) == ("2027/28", -30)
    assert (other.set_by, other.set_on) == ("Housing strategy", dt.date(2025, 11, 3))


def test_settings_come_back_as_they_were_from_what_they_are_kept_as(read):
    for planning in (Planning(), read(GOOD)):
        assert Planning(**planning.model_dump(mode="json")) == planning


def test_the_narrowest_unit_with_a_value_counts(read):
    planning = read(GOOD)
    assert planning.value("housing.local_movers_pct", "authority:E06000017") == 35
    assert planning.value("housing.local_movers_pct", "authority:E06000018") == 0
    assert planning.value("planning.margin_pct") == 5


def test_a_later_setting_takes_the_place_of_an_earlier_one_and_both_stay(read):
    later = GOOD[GOOD.index("[[planning.assumptions]]") :].replace("35", "20")
    planning = read(GOOD + later.replace("2025-11-03", "2026-01-05"))
    assert [each.value for each in planning.assumptions] == [35, 20]
    assert [each.value for each in in_use(planning.assumptions)] == [20]
    assert planning.value("housing.local_movers_pct", "authority:E06000017") == 20


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("years_primary = 10", "years_primry = 10", r"years_primry is no setting here; .*years_p"),
        ("years_primary = 10", "years_primary = 0", "planning.years_primary: .*greater than"),
        ("years_primary = 10", "years_primary = 99", "planning.years_primary: .*less than"),
        ("margin_pct = 5", "margin_pct = -5", "planning.margin_pct: "),
        ("margin_pct = 5", "margin_pct = nan", "planning.margin_pct: "),
        ("margin_pct = 5", "margin_pct = 5\ndamping = 1.5", "planning.damping: "),
        ("margin_pct = 5", "margin_pct = 5\nwindow = 0", "planning.window: "),
        ("set_on = 2026-01-12\n", "", "years_primary is set: `set_by`.* say who set it"),
        ('unit = "123456"', 'unit = "12345"', "'12345' is not the URN of a school"),
        ('level = "school"', 'level = "authority"', "'123456' is not the GSS code"),
        ('level = "school"', 'level = "ward"', "planning.methods.0.level"),
        ('method = "same"', 'method = "guess"', "planning.methods.0.method: .*'cohort_321'"),
        ('method = "same"', 'method = "same"\nmodel = 1', "methods.0: .*model is no setting here"),
        ('why = "The infant class is full every year."', "", "planning.methods.0.why: Field req"),
        ('why = "The infant class is full every year."', 'why = " "', "planning.methods.0.why: "),
        ("set_on = 2026-02-01", "set_on = 1926-02-01", "methods.0.set_on: .*before 2000-01-01"),
        ("urn = 123456\nyear", "urn = 12\nyear", "planning.capped.0.urn"),
        ('year_group = "R"', 'year_group = "R"\nmost = -1', "planning.capped.0.most"),
        ('year_group = "R"', 'year_group = "15"', "planning.capped.0.year_group"),
        ('"2027/28"', '"2027/29"', "not an academic year: '2027/29'"),
        ("places = -30", "places = 0", "places = 0 changes nothing"),
        ("places = -30", "places = 99999", "planning.places.0.places"),
        ("urn = 123456\nphase", "phase", "either `urn` or `planning_area`"),
        (
            "local_movers_pct",
            "local_mover",
            "'housing.local_mover' is no assumption .*local_movers",
        ),
        ("housing.local_movers_pct", "x", "'x' is no assumption .*new_home_sizes.house.3"),
        ("value = 35", "value = -35", "planning.assumptions.0.value"),
        ("value = 35", "value = 135", "housing.local_movers_pct = 135 is more than 100 %"),
        ('"authority:E06000017"', '"E06000017"', "neither 'all', planning_area:CODE nor auth"),
        ('"authority:E06000017"', '"authority:Rutland"', "'Rutland' is not the GSS code"),
        ("housing.local_movers_pct", "planning.years_primary", "`years_primary` under .planning"),
    ],
)
def test_a_fault_in_a_setting_is_named(read, before, after, says):
    assert before in GOOD
    with pytest.raises(ConfigError, match=says):
        read(GOOD.replace(before, after, 1))


@pytest.mark.parametrize("name", ["methods", "capped", "places", "assumptions"])
def test_two_settings_of_one_thing_on_one_day_are_refused(read, name):
    one = GOOD[GOOD.index(f"[[planning.{name}]]") :].split("\n\n", maxsplit=1)[0]
    with pytest.raises(ConfigError, match="is set twice on 202"):
        read(f"{GOOD}\n{one}\n")
