import pytest

from config.terms import Phase, Sector
from ingest import establishments
from ingest.establishments import NO_SCHOOLS, is_known, phase, sector, web_address


@pytest.mark.parametrize(
    ("type_name", "phase_gias", "ages", "expected"),
    [
        ("Community school", "Primary", (4, 11), Phase.PRIMARY),
        ("Community school", "Middle deemed secondary", (9, 13), Phase.MIDDLE),
        ("Academy special converter", "Not applicable", (2, 19), Phase.SPECIAL),
        ("Other independent special school", "Not applicable", (5, 16), Phase.SPECIAL),
        ("Special post 16 institution", "16 plus", (16, 25), Phase.SIXTEEN_PLUS),
        ("Free schools 16 to 19", "16 plus", (16, 19), Phase.SIXTEEN_PLUS),
        ("Pupil referral unit", "Not applicable", (5, 16), Phase.ALTERNATIVE),
        ("Local authority nursery school", "Nursery", (2, 5), Phase.NURSERY),
        ("Other independent school", "Not applicable", (3, 11), Phase.PRIMARY),
        ("Other independent school", "Not applicable", (11, 18), Phase.SECONDARY),
        ("Other independent school", "Not applicable", (3, 18), Phase.ALL_THROUGH),
        ("Other independent school", "Not applicable", (None, None), Phase.NOT_STATED),
    ],
)
def test_phase_follows_from_type_register_and_ages(type_name, phase_gias, ages, expected):
    assert phase(type_name, phase_gias, *ages) == expected


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "none", "n/a", "head@school.example", "http://", "data:x.y"]
)
def test_what_cannot_be_a_web_address_is_none(text):
    assert web_address(text) is None


@pytest.mark.parametrize(
    ("type_name", "type_group", "expected"),
    [
        ("Community school", "Local authority maintained schools", Sector.STATE),
        ("City technology college", "Independent schools", Sector.STATE),
        ("Non-maintained special school", "Special schools", Sector.STATE),
        ("Special post 16 institution", "Other types", Sector.STATE),
        ("Other independent special school", "Special schools", Sector.INDEPENDENT),
        ("Other Independent School", "Independent schools", Sector.INDEPENDENT),
        ("Academy of a new kind", "Academies", Sector.STATE),
        ("Something new", "Independent schools", Sector.INDEPENDENT),
        ("Something new", "Other types", Sector.INDEPENDENT),
        ("", "", Sector.INDEPENDENT),
    ],
)
def test_sector_is_declared_by_type_else_by_group_else_independent(type_name, type_group, expected):
    assert sector(type_name, type_group) == expected


def test_a_type_is_declared_once():
    kinds = [*establishments.STATE_TYPES, *establishments.INDEPENDENT_TYPES, *NO_SCHOOLS]
    assert len(kinds) == len({kind.casefold() for kind in kinds})
    assert all(map(is_known, kinds))
    assert not is_known("Castle in the air")
    assert not is_known("")
