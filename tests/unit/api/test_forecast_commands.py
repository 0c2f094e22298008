"""``atlas forecast``, ``places`` and ``backtest`` on the tiny build, whose forecast is known."""

import csv

import pytest

from tests.support.tiny_figures import HILL
from tests.support.tiny_forecasts import AREA


def test_authorities_are_told_with_what_was_counted_and_ranges(atlas):
    code, out, _ = atlas("forecast", "tiny")
    assert code == 0
    assert "Rutland" in out
    for told in ("2,800", "2790-2810", "2,808", "2798-2818", "cohort_pooled"):
        assert told in out


def test_a_unit_is_told_by_year_group_and_found_by_code_or_name(atlas):
    for unit in (AREA, "oakham primary"):
        code, out, _ = atlas("forecast", "tiny", "--unit", unit)
        assert code == 0
        assert "Oakham Primary" in out
        assert "420" in out
        assert " R " in out


def test_a_school_is_known_by_its_urn(atlas):
    code, out, _ = atlas("forecast", "tiny", "--unit", HILL, "--phase", "primary")
    assert code == 0
    assert "218" in out


def test_limits_and_what_changed_are_told_in_words_below(atlas):
    code, out, _ = atlas("forecast", "tiny", "--unit", HILL)
    assert code == 0
    assert "In 2026/27 its limit turns about 12 pupils away from reception." in out
    assert "43 fewer than the one of 1 May 2024: 40 fewer from pupils moving in or away" in out
    _, alone, _ = atlas("forecast", "tiny", "--unit", HILL, "--phase", "secondary")
    assert "limit" not in alone


def test_rows_are_written_as_csv_with_both_ranges(atlas, tmp_path):
    path = tmp_path / "made" / "forecast.csv"
    code, out, _ = atlas("forecast", "tiny", "--level", "school", "--csv", path)
    assert code == 0
    assert "Wrote 2 rows" in out
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["academic_year"], float(row["pupils_expected"])) for row in rows] == [
        ("2025/26", 210.0),
        ("2026/27", 218.0),
    ]
    assert [float(rows[0][name]) for name in ("pupils_counted", "low_95", "high_95")] == [
        210.0,
        190.0,
        230.0,
    ]


def test_girls_alone_have_no_range(atlas, tmp_path):
    path = tmp_path / "girls.csv"
    assert atlas("forecast", "tiny", "--sex", "F", "--csv", path)[0] == 0
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["sex"], float(row["pupils_expected"]), row["low_80"]) == ("F", 1400.0, "")


def test_an_unknown_unit_names_the_nearest(atlas):
    code, _, err = atlas("forecast", "tiny", "--unit", "okham primary")
    assert code == 1
    assert "no planning area 'okham primary' is forecast" in err
    assert f"did you mean Oakham Primary ({AREA})?" in err


def test_a_phase_without_pupils_is_refused_in_words(atlas):
    code, _, err = atlas("forecast", "tiny", "--level", "school", "--phase", "secondary")
    assert code == 1
    assert "the build in use has no forecast of schools" in err


@pytest.mark.parametrize(
    "words", [("--method", "guess"), ("--level", "ward"), ("--sex", "X"), ("--phase", "nursery")]
)
def test_what_is_not_known_is_misuse(atlas, words):
    code, _, err = atlas("forecast", "tiny", *words)
    assert code == 2
    assert f"'{words[1]}' is none of" in err


def test_a_forecast_made_anew_needs_rolls_by_year_group_of_two_years(atlas):
    code, _, err = atlas("forecast", "tiny", "--method", "same")
    assert code == 1
    assert "there are rolls of 2024/25, and none of the year before" in err
    assert "atlas template rolls" in err


def test_a_region_that_was_never_built_says_how_to_build_it(atlas, monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS_HOME", str(tmp_path))
    for command in ("forecast", "backtest"):
        code, _, err = atlas(command, "tiny")
        assert code == 1
        assert "there is no build of 'tiny' yet" in err
        assert "atlas build tiny" in err


def test_errors_stand_beside_the_authoritys_own(atlas, tmp_path):
    """2,828 said where 2,800 came: 28 pupils or 1.0 % too many; the atlas 1.0 % too few."""
    path = tmp_path / "errors.csv"
    code, out, _ = atlas("backtest", "tiny", "--csv", path)
    assert code == 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["made_by"]: row for row in csv.DictReader(file)}
    assert float(rows["authority"]["signed_pct"]) == pytest.approx(1.0)
    assert float(rows["authority"]["error_pupils"]) == pytest.approx(28.0)
    assert float(rows["chosen, of the same"]["signed_pct"]) == pytest.approx(-1.0)
    assert float(rows["chosen"]["within_80_pct"]) == pytest.approx(81.0)
    code, out, _ = atlas("backtest", "tiny", "--level", "authority", "--phase", "primary")
    assert code == 0
    assert "authority" in out
    assert "81" in out


def test_need_and_spare_of_every_planning_area_are_told_with_the_same_words_as_the_api(
    atlas,
):
    """24.9 and 10.1 places are short in 2026/27, 35.0: shown as 40; 5 of another group are over."""
    code, out, _ = atlas("places", "tiny", "--year", "2026/27")
    assert code == 0
    assert AREA in out
    assert " 40 " in out
    assert "In 2026/27 about 40 primary places are short, in the one planning area" in out


def test_the_year_groups_of_one_planning_area_are_told_by_its_name(atlas):
    code, out, _ = atlas("places", "tiny", "--area", "oakham primary", "--year", "2026/27")
    assert code == 0
    assert "28-48" in out


def test_the_file_holds_every_row_not_rounded(atlas, tmp_path):
    path = tmp_path / "places.csv"
    assert atlas("places", "tiny", "--csv", path)[0] == 0
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert len(rows) == 7
    assert [row["need"] for row in rows if row["academic_year"] == "2026/27"] == [
        *("24.9", "10.1", "0.0"),
    ]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--year", "2028"), "write it as 2028/29"),
        (("--year", "2050/51"), "they are told from 2025/26 to 2027/28"),
        (("--area", "okham"), "did you mean Oakham Primary"),
        (("--phase", "infant"), "none of primary, secondary"),
    ],
)
def test_what_cannot_be_told_is_refused_with_what_can(atlas, words, says):
    code, _, err = atlas("places", "tiny", *words)
    assert code in {1, 2}
    assert says in err.replace("│ ", "")


def test_why_a_forecast_differs_from_the_last_one_is_told_cause_by_cause(atlas):
    """300 before, 257 now: 40 fewer by migration, 13 by births, 10 more by homes."""
    code, out, _ = atlas("vintages", "tiny", "--unit", HILL)
    assert code == 0
    (line,) = [each for each in out.splitlines() if "2025/26" in each and "300.0" in each]
    assert [cell.strip() for cell in line.split("│")[3:-1]] == [
        *("300.0", "0.0", "0.0", "-40.0", "0.0", "-13.0", "+10.0", "257.0"),
    ]
    assert "43 fewer" in out


def test_a_unit_of_which_no_change_is_told_is_named(atlas):
    code, _, err = atlas("vintages", "tiny", "--unit", AREA)
    assert code == 1
    assert "does not tell why the forecast of Oakham Primary has changed" in err
