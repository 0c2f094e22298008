"""Figures of schools and authorities: what a client may rely on."""

import csv
import io

import httpx
import pytest

from tests.contract.conftest import Reader
from tests.support.tiny_figures import HILL, OLD_HILL, VALLEY

pytestmark = pytest.mark.anyio


def figure(answer: dict, measure: str) -> dict:
    found = [one for topic in answer["topics"] for one in topic["figures"]]
    return next(one for one in found if one["measure"].startswith(measure))


async def test_topics_come_in_the_order_in_which_a_parent_asks(read: Reader) -> None:
    hill = await read(f"/schools/{HILL}/figures")
    titles = [topic["title"] for topic in hill["topics"]]
    assert titles == [
        "Who goes there",
        "Places",
        "Getting a place",
        "Results at the end of primary school",
        "Attendance",
    ]


async def test_every_value_says_what_it_is_and_which_file_it_came_from(read: Reader) -> None:
    score = figure(await read(f"/schools/{VALLEY}/figures"), "ks4_attainment8")
    latest = score["points"][-1]
    assert (score["title"], score["unit"]) == ("Attainment 8 score", "points")
    assert (latest["value"], latest["low"], latest["high"]) == (46.66, 44.1, 49.2)
    assert (latest["words"], latest["period"], latest["cohort"]) == ("46.7", "2018/19", 181)
    assert (latest["source_id"], latest["release"]) == ("performance", "2018/19")
    assert latest["receipt"] == "0" * 12


async def test_the_latest_three_periods_are_told_and_a_missing_one_says_why(read: Reader) -> None:
    score = figure(await read(f"/schools/{VALLEY}/figures"), "ks4_attainment8")
    assert [point["period"] for point in score["points"]] == ["2016/17", "2017/18", "2018/19"]
    hidden = score["points"][1]
    assert (hidden["value"], hidden["status"]) == (None, "suppressed")
    assert "might be recognised" in hidden["words"]


async def test_the_authority_and_england_stand_beside_a_value_where_they_are_published(
    read: Reader,
) -> None:
    valley = await read(f"/schools/{VALLEY}/figures")
    beside = figure(valley, "ks4_attainment8")["context"]
    assert [(one["kind"], one["name"], one["words"]) for one in beside] == [
        ("authority", "Rutland", "45.1"),
        ("england", "England", "46.5"),
    ]
    said = "Attainment 8 score in 2018/19: about the same as in Rutland and England."
    topic = next(one for one in valley["topics"] if one["topic"] == "ks4")
    assert topic["sentences"] == [said]


async def test_else_the_middle_half_of_the_regions_schools_of_the_phase_does(read: Reader) -> None:
    """Of 4, 5, 6, 8 and the closed school's 9.9 the median is 6, the quartiles 5 and 8."""
    beside = figure(await read(f"/schools/{HILL}/figures"), "absence")["context"]
    assert [one["kind"] for one in beside] == ["region_schools"]
    assert (beside[0]["low"], beside[0]["value"], beside[0]["high"]) == (5.0, 6.0, 8.0)
    assert (beside[0]["schools"], beside[0]["words"]) == (5, "5.0% to 8.0%")


async def test_values_of_a_predecessor_are_told_as_such_and_never_instead_of_own_ones(
    read: Reader,
) -> None:
    hill = await read(f"/schools/{HILL}/figures")
    points = figure(hill, "absence")["points"]
    assert [(one["period"], one["value"], one["published_urn"]) for one in points] == [
        ("2017/18", 3.5, OLD_HILL),
        ("2018/19", 4.0, HILL),
    ]
    assert [one["published_name"] for one in points] == ["Old Hill School", None]
    assert hill["predecessors"] == [
        {"urn": OLD_HILL, "name": "Old Hill School", "is_shared": False}
    ]


async def test_a_last_distance_says_where_everyone_was_offered_a_place(read: Reader) -> None:
    distance = figure(await read(f"/schools/{HILL}/figures"), "offer_distance")
    assert [point["words"] for point in distance["points"]] == [
        "1,234 m",
        "everyone who applied was offered a place",
    ]
    assert distance["method"] == "Measured in a straight line."


async def test_a_heading_that_a_reader_looks_for_says_why_it_has_no_figures(read: Reader) -> None:
    valley = await read(f"/schools/{VALLEY}/figures")
    empty = {one["topic"]: one["sentences"] for one in valley["topics"] if not one["figures"]}
    assert empty == {
        "census": ["The published series that this atlas holds have no figures of this school."],
        "destinations": ["This atlas holds no published series of this kind."],
    }
    independent = await read("/schools/120005/figures")
    said = {one["topic"]: one["sentences"][0] for one in independent["topics"]}
    assert "independent schools need not take part" in said["ks4"]


async def test_inspections_are_words_the_newest_first_and_older_ones_superseded(
    read: Reader,
) -> None:
    hill = await read(f"/schools/{HILL}/figures")
    told = [
        (one["inspected_on"], one["grade"], one["is_superseded"]) for one in hill["inspections"]
    ]
    assert told[-1] == ("2017-05-04", "Good", True)
    assert hill["inspections"][-1]["published_name"] == "Old Hill School"
    assert {one[2] for one in told[:2]} == {False}
    assert hill["inspection_sentences"][0].startswith("Last inspected on 3 December 2025,")


async def test_criteria_come_by_rank_the_newest_year_first_and_trusts_with_their_size(
    read: Reader,
) -> None:
    hill = await read(f"/schools/{HILL}/figures")
    assert [(one["academic_year"], one["rank"]) for one in hill["criteria"]] == [
        ("2021/22", 1),
        ("2021/22", 2),
        ("2020/21", 1),
    ]
    valley = await read(f"/schools/{VALLEY}/figures")
    assert [(one["name"], one["members_here"]) for one in valley["groups"]] == [("Valley Trust", 2)]


async def test_rolls_come_by_year_and_year_group_with_those_of_predecessors(read: Reader) -> None:
    rolls = await read(f"/schools/{HILL}/rolls")
    assert {(one["published_urn"], one["academic_year"]) for one in rolls["items"]} == {
        (HILL, "2024/25"),
        (OLD_HILL, "2017/18"),
    }
    assert rolls["sources"] == ["own"]


async def test_an_authority_has_figures_and_another_names_those_there_are(read: Reader) -> None:
    rutland = await read("/authorities/E06000017/figures")
    assert figure(rutland, "scorecard_places")["points"][0]["words"] == "3,000.0"
    beside = figure(rutland, "ks4_attainment8")["context"]
    assert [one["name"] for one in beside] == ["England"]
    problem = await read("/authorities/E06000001/figures", answers=404)
    assert problem["suggestions"] == ["E06000017"]


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        (f"/schools/{VALLEY}/figures.csv", 4),
        (f"/schools/{HILL}/rolls.csv", 6),
        ("/authorities/E06000017/figures.csv", 2),
    ],
)
async def test_figures_have_csv_twins(client: httpx.AsyncClient, path: str, rows: int) -> None:
    response = await client.get(f"/api/v1{path}")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    found = list(csv.DictReader(io.StringIO(response.text)))
    assert len(found) == rows
    assert {row["receipt"] for row in found} == {"0" * 12}
