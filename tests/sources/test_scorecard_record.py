"""Errors of authorities' forecasts and of the simplest methods, recomputed from the real files."""

import csv
from collections import defaultdict
from math import isnan

import pytest

from ingest.planning.scorecard_page import PAGE, TOO_FEW_SCHOOLS, page, rows_in

PHASES = {"primary": ("Pri", "P"), "secondary": ("Sec", "S")}
"""By phase, the beginnings and ends of the publisher's names of columns."""


@pytest.fixture(scope="module")
def rows(publishers):
    return rows_in(publishers)


@pytest.fixture(scope="module")
def printed(publishers):
    """By phase, the pupils and errors that the files print, read without the atlas's readers."""
    pupils, errors = defaultdict(dict), defaultdict(dict)
    files = {
        "scorecards_data_2022.csv": "2021/22",
        "scorecards_data_2023.csv": "2022/23",
        "scorecards_data_2024.csv": "2023/24",
        "scorecard_data_2025_2023.csv": "",
    }
    for name, edition in files.items():
        with (publishers / "scorecards" / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                year = int((row.get("Year") or edition)[:4]) + 1
                for phase, (long, short) in PHASES.items():
                    if (row.get(f"{long}NOR") or "z").isdigit():
                        pupils[phase][row["LANumber"], year] = int(row[f"{long}NOR"])
                    for ahead in (1, 2, 3):
                        told = row.get(f"For_{ahead}_{short}", "z")
                        if told[-1:].isdigit():
                            errors[phase][row["LANumber"], year, ahead] = float(told)
    return pupils, errors


def by_key(rows, publishers):
    codes = {}
    path = publishers / "scorecards" / "scorecard_data_2025_2023.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            codes[row["new_la_code"]] = row["LANumber"]
    aliases = {"E08000019": codes.get("E08000039"), "E08000016": codes.get("E08000038")}
    codes |= {code: number for code, number in aliases.items() if code not in codes and number}
    found = {}
    for row in rows.itertuples():
        key = (row.phase, row.made_by, codes[row.la_code], int(row.academic_year[:4]))
        found[*key, row.years_ahead] = row.error_ratio
    return found


def test_every_authoritys_own_error_is_the_one_that_is_printed(rows, printed, publishers):
    found = by_key(rows, publishers)
    _, errors = printed
    of_today = {key[2] for key in found}
    assert len(of_today) == 153
    for phase, told in errors.items():
        for (number, year, ahead), error in told.items():
            if number in of_today:
                assert found[phase, "authority", number, year, ahead] == pytest.approx(error)


def test_every_naive_error_follows_from_the_pupils_that_are_printed(rows, printed, publishers):
    found = by_key(rows, publishers)
    pupils, _ = printed
    compared = defaultdict(int)
    for phase, told in pupils.items():
        for (number, year), came in told.items():
            last, before = told.get((number, year - 1)), told.get((number, year - 2))
            if number == "0" or last is None or came == 0:
                continue
            same = (last - came) / came
            assert found[phase, "same", number, year, 1] == pytest.approx(same)
            compared["same"] += 1
            if before is not None:
                drift = (last + (last - before) - came) / came
                assert found[phase, "drift", number, year, 1] == pytest.approx(drift)
                compared["drift"] += 1
    assert compared["same"] >= 2 * 2 * 152
    assert compared["drift"] >= 2 * 152


@pytest.mark.parametrize(
    ("phase", "maker", "mean"),
    [
        ("primary", "authority", 1.42),
        ("primary", "same", 2.27),
        ("primary", "drift", 0.80),
        ("secondary", "authority", 1.39),
        ("secondary", "same", 0.86),
        ("secondary", "drift", 0.76),
    ],
)
def test_a_year_ahead_the_edition_of_2024_25_has_these_mean_errors(rows, phase, maker, mean):
    kept = rows[
        (rows["phase"] == phase)
        & (rows["made_by"] == maker)
        & (rows["made_in"] == "2024/25")
        & (rows["years_ahead"] == 1)
        & ~rows["la_code"].isin(list(TOO_FEW_SCHOOLS))
    ]
    assert len(kept) == 151
    assert round(100 * kept["error_ratio"].abs().mean(), 2) == mean


def test_hertfordshire_expected_96340_where_95761_came(rows):
    (row,) = rows[
        (rows["name"] == "Hertfordshire")
        & (rows["phase"] == "primary")
        & (rows["made_by"] == "authority")
        & (rows["made_in"] == "2024/25")
        & (rows["years_ahead"] == 1)
    ].itertuples()
    assert (row.pupils_expected, row.pupils_came) == (96_340, 95_761)
    assert row.error_ratio == pytest.approx(0.006046303, abs=5e-10)


def test_pupils_worked_out_for_2022_23_make_the_forecasts_of_then_whole_numbers(rows, publishers):
    """The edition of 2022 prints errors to six digits: a forecast is whole within half of one."""
    compared = 0
    path = publishers / "scorecards" / "scorecards_data_2022.csv"
    own = rows[(rows["made_by"] == "authority") & (rows["academic_year"] == "2022/23")]
    came = {(row.name, row.phase): row.pupils_came for row in own.itertuples()}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for phase, (_, short) in PHASES.items():
                pupils, error = came.get((row["LA_name"], phase)), row[f"For_1_{short}"]
                if pupils is None or isnan(pupils) or not error[-1:].isdigit():
                    continue
                forecast = pupils * (1 + float(error))
                assert forecast == pytest.approx(round(forecast), abs=0.1)
                compared += 1
    assert compared > 250


def test_the_page_says_what_the_files_say(rows):
    assert PAGE.read_text(encoding="utf-8") == page(rows)
