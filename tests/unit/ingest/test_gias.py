import pandas as pd
import pytest
import shapely

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


@pytest.fixture
def england(register):
    """The register with forty schools far away, so that one odd row is not many."""
    lines = register.read_text(encoding="cp1252").splitlines()
    far = next(line for line in lines if "900007" in line)
    lines += [far.replace("900007", str(910_000 + extra)) for extra in range(40)]
    register.write_text("\r\n".join(lines) + "\r\n", encoding="cp1252", newline="")
    return register


def twice(path, urn, before="", after=""):
    """Repeat the row of a school, with something changed in the second."""
    lines = path.read_text(encoding="cp1252").splitlines()
    row = next(line for line in lines if f'"{urn}"' in line)
    assert before in row
    lines.append(row.replace(before, after, 1) if before else row)
    path.write_text("\r\n".join(lines) + "\r\n", encoding="cp1252", newline="")
    return path


def told(issues):
    return [(issue.severity, issue.subject, issue.says) for issue in issues.issues]


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
        "Northgate Primary (Higher education institutions) is left out: a university"
    ]


def test_a_missing_column_stops_the_load_and_says_which(register):
    change(register, "PhaseOfEducation (name)", "Phase")
    with pytest.raises(SourceChanged) as told:
        read(register)
    assert told.value.missing == ("PhaseOfEducation (name)",)


@pytest.mark.parametrize(
    ("before", "after", "column", "says"),
    [
        ('"12.5"', '"101"', "fsm_pct", "fsm_pct '101' is not a number from 0 to 100; left empty"),
        ('"12.5"', '"inf"', "fsm_pct", "fsm_pct 'inf' is not a number from 0 to 100; left empty"),
        (
            '"210"',
            '"-1"',
            "capacity_pupils",
            "capacity_pupils '-1' is not a whole number of at least 0; left empty",
        ),
        (
            '"180"',
            '"188.5"',
            "pupils",
            "pupils '188.5' is not a whole number of at least 0; left empty",
        ),
        (
            '"180"',
            '"many"',
            "pupils",
            "pupils 'many' is not a whole number of at least 0; left empty",
        ),
    ],
)
def test_a_number_that_cannot_be_is_left_empty_and_logged(england, before, after, column, says):
    schools, issues = read(change(england, before, after))
    assert pd.isna(schools.loc[900001, column])
    assert schools.loc[900001, f"{column}_status"] == "unavailable"
    assert told(issues) == [("warning", "URN 900001", says)]


def test_an_age_with_a_fraction_is_left_empty_and_logged(england):
    schools, issues = read(change(england, '"11"', '"11.5"'))
    assert pd.isna(schools.loc[900001, "age_high"])
    assert [issue.subject for issue in issues.issues] == ["URN 900001"]


def test_a_number_that_cannot_be_in_many_rows_stops_the_load(register):
    change(register, '"12.5"', '"101"')
    with pytest.raises(CheckFailed, match=r"fsm_pct .*1 of 7 rows.*URN 900001: fsm_pct '101'"):
        read(register)


@pytest.mark.parametrize("blank", ["", " "])
def test_a_school_without_a_name_is_left_out_and_logged(england, blank):
    schools, issues = read(change(england, '"Northgate Primary"', f'"{blank}"'))
    assert 900002 not in schools.index
    assert told(issues) == [("warning", "URN 900002", "has no name; left out")]


def test_a_school_without_a_number_is_left_out_and_logged(england):
    schools, issues = read(change(england, '"900002"', '""'))
    assert 900002 not in schools.index
    assert told(issues) == [
        ("warning", "edubasealldata20250524.csv, row 2", "has no urn (Northgate Primary); left out")
    ]


def test_a_school_twice_over_is_kept_once_and_noted(england):
    schools, issues = read(twice(england, 900002))
    assert schools.index.is_unique
    assert told(issues) == [("note", "1 row", "the same as an earlier one; left out")]


def test_of_two_rows_for_a_school_the_first_is_kept_and_what_differs_is_told(england):
    schools, issues = read(twice(england, 900002, '"430"', '"433"'))
    assert schools.loc[900002, "pupils"] == 430
    assert told(issues) == [
        ("warning", "URN 900002", "comes again with another pupils; the first row is kept")
    ]


def test_many_schools_with_two_different_rows_stop_the_load(register):
    twice(register, 900002, '"430"', '"433"')
    with pytest.raises(CheckFailed, match=r"one row per urn: 1 of 8 rows.*URN 900002"):
        read(register)


@pytest.mark.parametrize(
    "kind", ["Miscellaneous", "Online provider", "British schools overseas", "Offshore schools"]
)
def test_what_is_no_school_to_walk_to_is_left_out_and_noted(england, kind):
    schools, issues = read(change(england, '"Academy converter"', f'"{kind}"'))
    assert 900002 not in schools.index
    assert [(issue.severity, issue.subject) for issue in issues.issues] == [("note", "URN 900002")]


def test_a_type_the_atlas_does_not_know_is_never_silently_a_state_school(england):
    schools, issues = read(change(england, '"Academy converter","', '"Castle in the air","'))
    assert schools.loc[900002, "sector"] == "independent"
    assert told(issues) == [
        (
            "warning",
            "URN 900002",
            "type 'Castle in the air' (group '') is new to the atlas; shown as independent",
        )
    ]


def test_a_register_without_rows_stops_the_load(register):
    header = register.read_text(encoding="cp1252").splitlines()[0]
    register.write_text(header + "\r\n", encoding="cp1252")
    with pytest.raises(CheckFailed, match=r"edubasealldata20250524\.csv has no rows"):
        read(register)
