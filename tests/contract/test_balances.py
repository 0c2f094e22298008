"""Need and spare places: what a client may rely on."""

import csv
import io

import httpx
import pytest

from tests.contract.conftest import Reader
from tests.support.tiny_forecasts import AREA
from tests.support.tiny_rows import INSIDE

pytestmark = pytest.mark.anyio


async def test_need_and_spare_stand_side_by_side_the_exact_need_beside_the_rounded(
    read: Reader,
) -> None:
    answer = await read("/places", academic_year="2026/27")
    told = [
        (row["year_group"], row["need"], row["need_rounded"], row["spare"])
        for row in answer["items"]
    ]
    assert told == [("R", 24.9, 20, 0.0), ("1", 10.1, 10, 0.0), ("2", 0.0, 0, 5.0)]
    assert answer["items"][0]["name"] == "Oakham Primary"
    assert answer["items"][0]["la_code"] == INSIDE


async def test_sums_are_rounded_after_adding_up_and_never_netted(read: Reader) -> None:
    """24.9 and 10.1 places are short, 35.0: shown as 40, though each is shown as 20 and 10."""
    answer = await read("/places")
    (one,) = [each for each in answer["summary"] if each["academic_year"] == "2026/27"]
    assert one["need"] == pytest.approx(35.0)
    assert (one["need_rounded"], one["spare"]) == (40, 5.0)
    assert (one["planning_areas"], one["planning_areas_short"]) == (1, 1)


async def test_what_is_not_known_is_no_zero(read: Reader) -> None:
    answer = await read("/places", academic_year="2027/28")
    (row,) = answer["items"]
    assert (row["need"], row["need_rounded"], row["status"]) == (None, None, "unavailable")
    assert answer["summary"] == []


async def test_sentences_agree_with_the_sums(read: Reader) -> None:
    answer = await read("/places")
    assert answer["sentences"] == [
        "In 2026/27 about 40 primary places are short, in the one planning area, and about 5 are "
        "over in other areas or year groups; the one is no help to the other.",
        "School by school, about 10 of 210 primary places are expected to be without a pupil in "
        "2025/26.",
        "Made by expanding schools, the primary places short at the worst would cost about £0.8 "
        "million: £20,000 a place, as the scorecards of 2024/25 have it.",
        "In 2026/27 no school of the authority has room for about 4 pupils of reception to year 6, "
        "as intakes are limited: they are in its forecast, but in the need of no planning area.",
    ]


async def test_pupils_whom_no_school_has_room_for_are_told_beside_the_need(read: Reader) -> None:
    """Limits on intakes leave them in the authority's forecast and in no area's need."""
    says = "In 2026/27 no school of the authority has room for about 4 pupils of reception"
    for asked, is_told in (
        ({}, True),
        ({"la_code": INSIDE, "academic_year": "2026/27"}, True),
        ({"academic_year": "2025/26"}, False),
        ({"phase": "secondary"}, False),
        ({"planning_area": AREA}, False),
    ):
        answer = await read("/places", **asked)
        assert any(one.startswith(says) for one in answer["sentences"]) is is_told


async def test_need_has_the_range_of_the_pupils_it_follows_from(read: Reader) -> None:
    """Reception of 2026/27: 68 pupils, from 58 to 78 in four of five cases, and 30 places."""
    answer = await read("/places", academic_year="2026/27")
    ranges = {
        row["year_group"]: (row["need_low_80"], row["need_high_80"]) for row in answer["items"]
    }
    assert ranges["R"] == pytest.approx((28.0, 48.0))
    assert ranges["1"] == (None, None)
    (one,) = answer["summary"]
    assert one["planning_areas_short_low"] is None


async def test_places_are_paged(read: Reader) -> None:
    page = await read("/places", limit=4)
    rest = await read("/places", limit=4, cursor=page["next"])
    assert page["total"] == 7
    groups = [row["year_group"] for row in page["items"] + rest["items"]]
    assert groups == ["R", "1", "2", "R", "1", "2", "R"]


async def test_filters_keep_what_is_asked_for(read: Reader) -> None:
    assert (await read("/places", phase="secondary"))["items"] == []
    assert (await read("/places", planning_area=AREA))["total"] == 7
    assert (await read("/places", la_code=INSIDE))["total"] == 7


async def test_where_a_filter_keeps_nothing_the_years_that_are_told_are_named(
    read: Reader,
) -> None:
    answer = await read("/places", academic_year="2050/51")
    assert answer["items"] == []
    (says,) = answer["sentences"]
    assert "to 2027/28" in says
    assert "rolls" not in says


@pytest.mark.parametrize("suffix", ["", ".csv", ".xlsx", ".geojson"])
async def test_an_unknown_area_or_authority_is_a_problem(read: Reader, suffix: str) -> None:
    problem = await read(f"/places{suffix}", planning_area="857000", answers=404)
    assert problem["suggestions"] == [AREA]
    await read(f"/places{suffix}", la_code="E06000001", answers=404)


async def test_files_hold_the_same_rows(client: httpx.AsyncClient, read: Reader) -> None:
    answer = await client.get("/api/v1/places.csv", params={"academic_year": "2026/27"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    items = (await read("/places", academic_year="2026/27"))["items"]
    assert [float(row["need"]) for row in rows] == [item["need"] for item in items]
    assert (await client.get("/api/v1/places.xlsx")).status_code == 200


async def test_the_map_has_outlines_and_the_last_year(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/places.geojson", params={"academic_year": "2026/27"})
    assert answer.headers["content-type"] == "application/geo+json"
    (feature,) = answer.json()["features"]
    assert feature["geometry"]["type"] == "Polygon"
    assert feature["properties"]["need"] == pytest.approx(35.0)
    assert feature["properties"]["need_rounded"] == 40


async def test_the_map_shows_the_last_year_told_of_each_phase(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/places.geojson")
    years = {
        feature["properties"]["phase"]: feature["properties"]["academic_year"]
        for feature in answer.json()["features"]
    }
    assert years == {"primary": "2027/28"}


async def test_outlines_of_planning_areas_come_only_when_asked_for(read: Reader) -> None:
    (area,) = (await read("/planning-areas", geometry="true"))["items"]
    assert area["geometry"]["type"] == "Polygon"
    assert (area["basis"], area["outline_basis"]) == ("stated", "published")
    assert (await read("/planning-areas"))["items"][0]["geometry"] is None


async def test_planning_areas_across_the_border_are_not_listed(read: Reader) -> None:
    """The tiny build has one of Leicestershire, which it is not about."""
    assert [area["la_code"] for area in (await read("/planning-areas"))["items"]] == [INSIDE]
