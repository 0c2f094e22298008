"""A county is reorganised: its districts belong to authorities that the register has not yet."""

import pytest

from api.answers.about import release
from api.build import Build
from config.region import read_region

NEW_AUTHORITIES = """
[[new_authorities]]
la_code_dfe = "970"
la_code = "E06999001"
name = "Tiny Vale"
region = "East Midlands"

[[new_authorities]]
la_code_dfe = "971"
la_code = "E06999002"
name = "Greater Kesteven"
"""


@pytest.fixture
def reorganised(place):
    """Build the tiny place after the publishers took up the new authorities' codes."""
    districts = place.mirror / "ons" / "lookup_ltla23_utla23.csv"
    _swap(districts, "Tiny,E06000017", "Tiny,E06999001")
    _swap(districts, "E10000019", "E06999002")
    register = place.mirror / "gias" / "edubasealldata20250524.csv"
    _swap(register, '"857"', '"970"')
    _swap(register, '"925"', '"971"')
    file = place.folder / "regions" / "tiny.toml"
    _swap(file, "E06000017", "E06999001")
    file.write_text(file.read_text("utf-8") + NEW_AUTHORITIES, "utf-8")
    place.region = read_region(file)
    place.build()
    return place


def _swap(path, before, after):
    text = path.read_bytes()
    assert before.encode() in text
    path.write_bytes(text.replace(before.encode(), after.encode()))


def test_a_new_authority_is_shown_and_a_new_neighbour_named(reorganised):
    assert reorganised.query(
        "select area_code, name, is_outside from area where kind = 'authority' order by 1"
    ) == [("E06999001", "Tiny Vale", 0), ("E06999002", "Greater Kesteven", 1)]
    assert reorganised.query(
        "select distinct la_code, is_outside from school order by is_outside"
    ) == [("E06999001", 0), ("E06999002", 1)]
    assert reorganised.query("select count(*) from postcode where not is_outside") == [(64,)]


def test_the_api_names_the_new_authority_with_both_its_codes(reorganised):
    build = Build.open(reorganised.builds.folder / reorganised.builds.current())
    shown = [one.model_dump() for one in release(build).authorities]
    build.close()
    assert shown == [{"la_code": "E06999001", "la_code_dfe": "970", "name": "Tiny Vale"}]
