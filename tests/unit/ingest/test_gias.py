import pandas as pd
import pytest
import shapely

from config.terms import Phase
from ingest.errors import CheckFailed, SourceChanged
from ingest.issues import IssueLog
from ingest.source import Cut
from ingest.sources import gias
from tests.support.tiny_mirror import X0, Y0, write_register

CUT = Cut(
    frozenset({"857"}),
    frozenset({"E06000017"}),
    shapely.box(X0 - 1000, Y0 - 1000, X0 + 3000, Y0 + 3000),
)


def read(path):
    issues = IssueLog()
    return gias.read(path, CUT, issues).set_index("urn"), issues


@pytest.fixture
def register(tmp_path):
    return write_register(tmp_path)


def change(path, before, after):
    text = path.read_text(encoding="cp1252")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="cp1252", newline="")
    return path


def test_own_schools_and_those_in_the_border_are_kept_and_told_apart(register):
    schools, issues = read(register)
    assert schools["is_outside"].to_dict() == {
        900001: False,
        900002: False,
        900003: False,
        900004: False,
        900005: False,
        900006: True,
    }
    assert issues.issues == []


def test_head_teachers_and_telephone_numbers_are_never_read(register):
    schools, _ = read(register)
    assert "01234567890" in register.read_text(encoding="cp1252")
    assert "Lastname" in register.read_text(encoding="cp1252")
    assert not schools.astype(str).isin(["01234567890", "Firstname", "Lastname"]).any().any()


def test_a_missing_number_has_a_status_that_says_so(register):
    schools, _ = read(register)
    assert schools.loc[900005, ["capacity_pupils_status", "pupils_status"]].tolist() == [
        "unavailable",
        "measured",
    ]
    assert pd.isna(schools.loc[900005, "capacity_pupils"])


def test_dates_become_iso_and_web_addresses_absolute(register):
    schools, _ = read(register)
    assert schools.loc[900001, ["open_date", "census_date", "website"]].tolist() == [
        "2001-09-01",
        "2025-01-16",
        "https://www.school.example",
    ]


def test_a_point_outside_great_britain_is_left_out_and_logged(register):
    change(register, f'"{X0 + 250}","{Y0 + 250}"', '"9480250","300250"')
    with pytest.raises(CheckFailed, match="point in Great Britain: 1 of 7 rows"):
        read(register)


def test_one_odd_point_among_many_schools_does_not_stop_the_load(tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.issues.IssueLog.refuse_if_many", lambda *_a, **_k: None)
    register = write_register(tmp_path)
    change(register, f'"{X0 + 250}","{Y0 + 250}"', '"9480250","300250"')
    schools, issues = read(register)
    assert pd.isna(schools.loc[900001, "x"])
    assert [(issue.rule, issue.subject) for issue in issues.issues] == [
        ("point in Great Britain", "URN 900001")
    ]


def test_a_status_the_atlas_does_not_know_stops_the_load(register):
    change(register, '"Open"', '"Ajar"')
    with pytest.raises(CheckFailed, match="status 'Ajar' is new to the atlas"):
        read(register)


def test_a_university_is_no_school_and_its_leaving_out_is_noted(register):
    change(register, '"Academy converter"', '"Higher education institutions"')
    schools, issues = read(register)
    assert 900002 not in schools.index
    assert [issue.says for issue in issues.issues] == [
        "Northgate Primary (Higher education institutions) is left out"
    ]


def test_a_missing_column_stops_the_load_and_says_which(register):
    change(register, "PhaseOfEducation (name)", "Phase")
    with pytest.raises(SourceChanged) as told:
        read(register)
    assert told.value.missing == ("PhaseOfEducation (name)",)


@pytest.mark.parametrize(
    ("type_name", "phase_gias", "ages", "phase"),
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
def test_phase_follows_from_type_register_and_ages(type_name, phase_gias, ages, phase):
    assert gias.phase(type_name, phase_gias, *ages) == phase


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "none", "n/a", "head@school.example", "http://", "data:x.y"]
)
def test_what_cannot_be_a_web_address_is_none(text):
    assert gias.web_address(text) is None
