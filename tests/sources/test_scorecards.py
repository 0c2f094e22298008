"""The real scorecards of school places, in their four layouts."""

import csv
from decimal import Decimal

import pytest

from ingest.sources import scorecards
from tests.support.authority_reading import reading_of, rows_of

FILES = {
    2022: "scorecards_data_2022.csv",
    2023: "scorecards_data_2023.csv",
    2024: "scorecards_data_2024.csv",
    2025: "scorecard_data_2025_2023.csv",
}


@pytest.fixture(scope="module")
def scorecard(publishers):
    def read(edition, *la_codes_dfe):
        reading = reading_of(*la_codes_dfe, release=str(edition))
        tables = rows_of(scorecards.SOURCE, publishers / "scorecards" / FILES[edition], reading)
        assert reading.issues.issues == []
        return tables

    return read


def values(tables):
    rows = tables["authority_value"]
    return rows.set_index(["measure", "area_code", "period"])["value"]


def test_published_accuracy_is_forecast_less_actual_over_actual_for_every_authority(publishers):
    """To 1e-8, or to half of the last digit where fewer are printed (Kingston's 9.98E-05)."""
    compared = 0
    path = publishers / "scorecards" / FILES[2024]
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for long, short in (("Pri", "P"), ("Sec", "S")):
                for ahead in (1, 3):
                    told = row[f"For_{ahead}_{short}"]
                    cells = (row[f"{long}Forecast{ahead}"], row[f"{long}NOR"])
                    if told.casefold() in ("z", "low") or "z" in cells:
                        continue
                    forecast, actual = map(int, cells)
                    printed = Decimal(told).as_tuple().exponent
                    allowed = max(1e-8, 10.0 ** int(printed) / 2)
                    assert (forecast - actual) / actual == pytest.approx(float(told), abs=allowed)
                    compared += 1
    assert compared == 604


def test_the_forecasts_worked_out_from_errors_are_the_ones_that_were_printed(scorecard, publishers):
    forecasts = scorecard(2025)["roll_forecast"]
    told = forecasts.set_index(["la_code_dfe", "made_in", "academic_year", "year_group"])["pupils"]
    compared = 0
    with (publishers / "scorecards" / FILES[2024]).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for long, phase in (("Pri", "primary"), ("Sec", "secondary")):
                for ahead, made_in in ((1, "2023/24"), (3, "2021/22")):
                    printed = row[f"{long}Forecast{ahead}"]
                    key = (row["LANumber"], made_in, "2024/25", phase)
                    if not printed.isdigit() or key not in told or told[key] is None:
                        continue
                    if row[f"For_{ahead}_{long[0]}"].casefold() == "low":
                        continue
                    assert told[key] == int(printed)
                    compared += 1
    assert compared > 590


def test_rutlands_scorecard_says_what_its_file_says(scorecard):
    tables = scorecard(2025, "857")
    told = values(tables)
    rutland = told.xs("E06000017", level="area_code")
    assert rutland["scorecard_pupils_primary", "2025/26"] == 2_460
    assert rutland["scorecard_capacity_primary", "2024/25"] == 3_355
    assert rutland["scorecard_unfilled_pct_primary", "2024/25"] == pytest.approx(23.60655738)
    assert rutland["scorecard_error_3_pct_primary", "2025/26"] == pytest.approx(8.7804878)
    assert set(told.index.get_level_values("area_code")) == {"E06000017", "E92000001"}
    forecast = tables["roll_forecast"].set_index(["made_in", "academic_year", "year_group"])
    assert forecast["pupils"]["2022/23", "2025/26", "primary"] == round(2_460 * 1.087804878)
    assert set(forecast["status"]) == {"forecast"}


@pytest.mark.parametrize(("edition", "own"), [(2022, 5), (2023, 5), (2024, 5), (2025, 5)])
def test_all_four_layouts_are_read(scorecard, edition, own):
    tables = scorecard(edition, "383", "857", "931", "210", "886")
    rows = tables["authority_value"]
    assert rows["area_code"].nunique() == own + 1
    assert "scorecard_unfilled_pct_primary" in set(rows["measure"])
    assert ("scorecard_error_2_pct_primary" in set(rows["measure"])) == (edition == 2022)
    assert ("scorecard_pupils_primary" in set(rows["measure"])) == (edition >= 2024)


def test_marks_say_why_a_figure_is_missing(scorecard):
    rows = scorecard(2022, "201")["authority_value"]
    city = rows[rows["area_code"] == "E09000001"].set_index("measure")
    assert city["status"]["scorecard_unfilled_pct_secondary"] == "not_applicable"
    assert city["status"]["scorecard_error_1_pct_primary"] == "estimated"
    assert city["value"]["scorecard_error_1_pct_primary"] == 0
    later = scorecard(2025, "201")["roll_forecast"]
    vague = later[(later["year_group"] == "primary") & later["pupils"].isna()]
    assert set(vague["status"]) == {"unavailable"}
