"""Forecasts of pupils: what a client may rely on."""

import csv
import io
import zipfile

import httpx
import pytest

from tests.contract.conftest import Reader
from tests.support.tiny_figures import HILL, VALLEY
from tests.support.tiny_forecasts import AREA
from tests.support.tiny_rows import INSIDE

pytestmark = pytest.mark.anyio

UNITS = (f"/planning-areas/{AREA}", f"/schools/{HILL}", f"/authorities/{INSIDE}")


async def test_planning_areas_are_listed_with_their_schools(read: Reader) -> None:
    answer = await read("/planning-areas")
    assert answer["items"] == [
        {
            "planning_area": AREA,
            "phase": "primary",
            "name": "Oakham Primary",
            "la_code": INSIDE,
            "schools": 1,
            "basis": "stated",
            "outline_basis": "published",
            "version": None,
            "geometry": None,
        }
    ]
    assert (answer["total"], answer["next"]) == (1, None)


async def test_planning_areas_are_kept_by_phase_and_authority(read: Reader) -> None:
    assert (await read("/planning-areas", phase="secondary"))["items"] == []
    assert len((await read("/planning-areas", la_code=INSIDE))["items"]) == 1
    assert (await read("/planning-areas", la_code="E06000001"))["items"] == []


@pytest.mark.parametrize("unit", UNITS)
async def test_a_forecast_has_ranges_rolls_methods_errors_and_assumptions(
    read: Reader, unit: str
) -> None:
    answer = await read(f"{unit}/forecast")
    assert answer["made_in"] == "2024/25"
    assert [(row["academic_year"], row["year_group"]) for row in answer["items"]] == [
        ("2025/26", "R"),
        ("2025/26", "primary"),
        ("2026/27", "R"),
        ("2026/27", "primary"),
    ]
    for row in answer["items"]:
        assert row["low_95"] < row["low_80"] < row["pupils_expected"] < row["high_80"]
        assert (row["is_chosen"], row["status"]) == (True, "forecast")
    assert [row["status"] for row in answer["history"]] == ["unavailable", "measured"]
    (phase,) = answer["methods"]
    assert phase["forecast_method"] == "cohort_pooled"
    assert [one["forecast_method"] for one in phase["tried"]] == [
        "cohort_pooled",
        "cohort_321",
        "same",
    ]
    assert phase["tried"][0]["intake_basis"] == "recent"
    assert any(one["assumption"] == "planning.margin_pct" for one in answer["assumptions"])


async def test_sentences_agree_with_the_figures(read: Reader) -> None:
    answer = await read(f"/planning-areas/{AREA}/forecast")
    assert answer["sentences"] == [
        "In 2026/27 about 428 pupils are expected in reception to year 6, between 418 and 438 in "
        "four of five cases; in 2024/25 there were 420.",
        "For reception to year 6 the method is pooled cohort survival: in 21 forecasts of past "
        "years it would have been off by 2.3 % on average, 3:2:1 cohort survival by 3.0 % and the "
        "same as last year by 4.0 %. Intakes are taken to be as in the last three years.",
        "In 2026/27 limits turn about 12 pupils away from reception at full schools; about 8 come "
        "to others here.",
    ]


async def test_the_authoritys_own_forecasts_stand_beside_ours(read: Reader) -> None:
    """2,828 expected where 2,800 came is 1 % too many; the atlas's 2,772 is 1 % too few."""
    answer = await read(f"/authorities/{INSIDE}/forecast")
    found = {one["made_by"]: one for one in answer["record"]}
    assert found["authority"]["signed_pct"] == pytest.approx(1.0)
    assert found["chosen"]["signed_pct"] == pytest.approx(-1.0)
    assert found["same"]["error_pct"] == pytest.approx(5.0)
    assert (found["authority"]["years_ahead"], found["authority"]["tried"]) == (1, 1)
    says = (
        "The authority's own forecast for reception to year 6 was off by 1.0 %; the atlas would "
        "have been off by 1.0 % for the same year."
    )
    assert says in answer["sentences"]


async def test_another_method_a_sex_and_a_year_group_can_be_asked_for(read: Reader) -> None:
    same = (await read(f"/schools/{HILL}/forecast", method="same"))["items"]
    assert [(row["pupils_expected"], row["low_80"], row["is_chosen"]) for row in same] == [
        (209.0, None, False)
    ]
    girls = (await read(f"/schools/{HILL}/forecast", sex="F"))["items"]
    assert [(row["sex"], row["pupils_expected"]) for row in girls] == [("F", 105.0)]
    reception = (await read(f"/schools/{HILL}/forecast", year_group="R"))["items"]
    assert [row["pupils_expected"] for row in reception] == [30.0, 38.0]
    assert (await read(f"/schools/{HILL}/forecast", phase="secondary"))["items"] == []


async def test_a_school_without_a_forecast_says_why(read: Reader) -> None:
    answer = await read(f"/schools/{VALLEY}/forecast")
    assert answer["items"] == answer["methods"] == answer["sources"] == []
    assert answer["made_in"] is None
    (says,) = answer["sentences"]
    assert says.startswith("There is no forecast of ")
    assert "it needs rolls by year group" in says


async def test_an_unknown_planning_area_is_a_problem_with_near_ones(read: Reader) -> None:
    problem = await read("/planning-areas/oakham primry/forecast", answers=404)
    assert problem["type"] == "not-in-atlas"
    assert problem["suggestions"] == [AREA]


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"method": "guess"}, "method=guess is not"),
        ({"sex": "X"}, "sex=X is not"),
        ({"year_group": "15"}, "year_group=15 cannot be used"),
        ({"years": "5"}, "there is no parameter 'years' here"),
    ],
)
async def test_what_cannot_be_asked_is_refused_in_words(
    read: Reader, params: dict[str, str], says: str
) -> None:
    problem = await read(f"/schools/{HILL}/forecast", answers=422, **params)
    assert says in problem["detail"]
    assert problem["hint"]


@pytest.mark.parametrize("unit", UNITS)
async def test_files_hold_the_rows_of_the_answer(read: Reader, unit: str) -> None:
    items = (await read(f"{unit}/forecast"))["items"]
    text = (await read.client.get(f"/api/v1{unit}/forecast.csv")).text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [float(row["pupils_expected"]) for row in rows] == [
        row["pupils_expected"] for row in items
    ]
    assert {row["unit_code"] for row in rows} == {unit.rpartition("/")[2]}
    book = (await read.client.get(f"/api/v1{unit}/forecast.xlsx")).content
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        sheet = opened.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == len(items) + 1


async def test_a_forecast_is_not_sent_again_to_who_has_it(client: httpx.AsyncClient) -> None:
    first = await client.get(f"/api/v1/schools/{HILL}/forecast")
    again = await client.get(
        f"/api/v1/schools/{HILL}/forecast", headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304


async def test_a_forecast_tells_of_cohorts_and_of_who_crosses_the_border(read: Reader) -> None:
    answer = await read(f"/authorities/{INSIDE}/forecast")
    assert answer["cohorts"] == [
        {"academic_year": "2025/26", "children": 420, "basis": "births"},
        {"academic_year": "2026/27", "children": 420, "basis": "projected"},
    ]
    assert answer["borders"] == [
        {
            "phase": "primary",
            "academic_year": "2024/25",
            "pupils_at_home": 2700,
            "pupils_leave": 60,
            "pupils_come_in": 100,
        }
    ]
    assert (await read(f"/authorities/{INSIDE}/forecast", phase="secondary"))["borders"] == []
    school = await read(f"/schools/{HILL}/forecast")
    assert school["borders"] == []
    assert len(school["cohorts"]) == 2


async def test_whom_a_limit_moves_is_told_in_figures_and_words(read: Reader) -> None:
    school = await read(f"/schools/{HILL}/forecast")
    assert school["displaced"] == [
        {
            "academic_year": "2026/27",
            "year_group": "R",
            "pupils_turned_away": 12.3,
            "pupils_taken_in": 0.0,
            "pupils_unplaced": None,
        }
    ]
    assert "In 2026/27 its limit turns about 12 pupils away from reception." in school["sentences"]
    whole = await read(f"/authorities/{INSIDE}/forecast")
    assert [one["pupils_unplaced"] for one in whole["displaced"]] == [4.3]
    assert (
        "In 2026/27 no school of the authority has room for about 4 pupils of reception to year 6, "
        "as intakes are limited: they are in its forecast, but in the need of no planning area."
    ) in whole["sentences"]
    assert (await read(f"/schools/{HILL}/forecast", phase="secondary"))["displaced"] == []


async def test_why_a_forecast_differs_from_the_last_is_among_its_sentences(read: Reader) -> None:
    """43 fewer: the parts that are printed add up to it."""
    says = (
        "For 2025/26 this forecast says 257 pupils in reception to year 6, 43 fewer than the one "
        "of 1 May 2024: 40 fewer from pupils moving in or away, 13 fewer from births and 10 more "
        "from planned homes."
    )
    assert says in (await read(f"/authorities/{INSIDE}/forecast"))["sentences"]
    assert says in (await read(f"/schools/{HILL}/forecast", phase="primary"))["sentences"]
    changes = await read("/forecast-changes", unit_code=INSIDE)
    assert changes["sentences"] == [says]
    assert (await read("/forecast-changes"))["sentences"] == []


async def test_a_phase_that_cannot_be_is_answered_with_those_of_forecasts(read: Reader) -> None:
    problem = await read(f"/planning-areas/{AREA}/forecast", phase="infant", answers=422)
    assert problem["hint"].startswith("phase: of forecasts and places primary, secondary or")
