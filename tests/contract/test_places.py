"""What may be relied on: postcodes, places, areas and search."""

from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.build import open_database
from tests.contract.conftest import Reader
from tests.support.tiny_build import BUILD_ID, REGION, at

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("typed", ["LE15 6HP", "le156hp", "LE156HP", " le15  6hp"])
async def test_a_postcode_is_found_however_it_is_spaced(read: Reader, typed: str) -> None:
    found = await read(f"/postcodes/{typed}")
    assert found["postcode"] == "LE15 6HP"
    assert (found["la_name"], found["ward_name"]) == ("Rutland", "Oakham South")
    assert found["quality_words"].startswith("Position: inside the building")


async def test_an_unknown_postcode_suggests_the_nearest_spelling(read: Reader) -> None:
    problem = await read("/postcodes/LE15 6HR", answers=404)
    assert problem["suggestions"][:2] == ["LE15 6HP", "LE15 6HQ"]
    assert "did you mean LE15 6HP?" in problem["hint"]


async def test_the_district_is_searched_where_the_sector_is_unknown(read: Reader) -> None:
    problem = await read("/postcodes/LE15 8ZZ", answers=404)
    assert all(suggestion.startswith("LE15 ") for suggestion in problem["suggestions"])


async def test_a_postcode_of_elsewhere_has_no_suggestions(read: Reader) -> None:
    problem = await read("/postcodes/SW1A 1AA", answers=404)
    assert problem["suggestions"] == []


async def test_half_a_postcode_is_refused_and_completed(read: Reader) -> None:
    problem = await read("/postcodes/LE15", answers=422)
    assert "LE15 6AA" in problem["suggestions"]


async def _labels(read: Reader, typed: str, **more: object) -> list[str]:
    return [item["label"] for item in (await read("/search", q=typed, **more))["items"]]


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("LE15 ", ["LE15 6AA", "LE15 6HP", "LE15 6HQ", "LE15 6RA", "LE15 7AB", "LE15 9XY"]),
        ("le15 6", ["LE15 6AA", "LE15 6HP", "LE15 6HQ", "LE15 6RA"]),
        ("LE156H", ["LE15 6HP", "LE15 6HQ"]),
        ("le1 ", ["LE1 5AA", "LE1 5AB"]),
        ("LE1 5", ["LE1 5AA", "LE1 5AB"]),
        ("le15 6hp", ["LE15 6HP"]),
        ("12 High Street, Oakham, LE15 6HP", ["LE15 6HP"]),
    ],
)
async def test_a_postcode_begun_gives_those_that_go_on_so(
    read: Reader, typed: str, labels: list[str]
) -> None:
    assert await _labels(read, typed) == labels


async def test_a_mistyped_postcode_gives_the_nearest(read: Reader) -> None:
    assert (await _labels(read, "LE15 6HX"))[:2] == ["LE15 6HP", "LE15 6HQ"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("oakham", "Oakham"),
        ("OAKHAM sch", "Oakham School"),
        ("120004", "Valley College"),
        ("mary john", "St Mary & St John's CofE Primary School"),
        ("saint marys and st johns", "St Mary & St John's CofE Primary School"),
        ("st johns", "St Mary & St John's CofE Primary School"),
        ("church of england primary", "St Mary & St John's CofE Primary School"),
        ("ecole saint andre", "École Saint-André"),
        ("école st", "École Saint-André"),
        ("saint marys r", "Saint Mary's Road"),
        ("st mary's rd", "Saint Mary's Road"),
        ("high st upping", "High Street"),
        ("3 high street", "High Street"),
        ("vally colege", "Valley College"),
        ("rutland", "Rutland"),
        ("E01000002", "Rutland 001B"),
        ("hill", "Hill Primary School"),
    ],
)
async def test_words_find_names_as_people_type_them(read: Reader, typed: str, first: str) -> None:
    assert (await _labels(read, typed))[0] == first


async def test_an_open_school_comes_before_a_closed_one(read: Reader) -> None:
    found = (await read("/search", q="hill"))["items"]
    assert [item["status"] for item in found if item["kind"] == "school"] == ["open", "closed"]


async def test_answers_tell_namesakes_apart(read: Reader) -> None:
    found = (await read("/search", q="high street"))["items"]
    assert [item["detail"] for item in found] == ["Street in Oakham", "Street in Uppingham"]


@pytest.mark.parametrize("typed", ["", " ", "zzzzzz", "%%%", "'", "🏫", "a" * 100, "1", "\x00"])
async def test_anything_may_be_typed(read: Reader, typed: str) -> None:
    assert len((await read("/search", q=typed))["items"]) <= 8


async def test_no_more_answers_are_given_than_asked_for(read: Reader) -> None:
    assert len(await _labels(read, "school", limit=2)) == 2


async def test_what_search_names_is_served_under_its_id(read: Reader) -> None:
    paths = {"postcode": "postcodes", "school": "schools", "place": "places", "area": "areas"}
    for typed in ("LE15 6HP", "hill primary", "stoke dry", "oakham south"):
        item = (await read("/search", q=typed))["items"][0]
        served = await read(f"/{paths[item['kind']]}/{item['id']}")
        assert (served["lon"], served["lat"]) == (item["lon"], item["lat"])


async def test_a_place_of_another_build_is_not_found(read: Reader) -> None:
    problem = await read("/places/999", answers=404)
    assert "search" in problem["hint"]


async def test_areas_are_listed_by_kind(read: Reader) -> None:
    page = await read("/areas", kind="lsoa21")
    assert [item["name"] for item in page["items"]] == ["Rutland 001A", "Rutland 001B"]
    assert all(item["geometry"] is None for item in page["items"])
    assert [item["name"] for item in (await read("/areas", q="oakh"))["items"]] == ["Oakham South"]
    assert [item["area_code"] for item in (await read("/areas", outside="true"))["items"]] == [
        "E10000018"
    ]


async def test_an_outline_is_sent_when_asked_for(read: Reader) -> None:
    area = await read("/areas/E01000001", geometry="true")
    ring = area["geometry"]["coordinates"][0]
    assert area["geometry"]["type"] == "Polygon"
    assert ring[0] == ring[-1]
    assert _is_anticlockwise(ring)
    assert area["bbox"][:2] == [at(0, 0)["lon"], at(0, 0)["lat"]]


def test_the_values_of_an_area_are_found_by_its_code(tiny_home: Path, database_url: str) -> None:
    engine = open_database(tiny_home / "builds" / REGION / BUILD_ID, database_url)
    indexes = sa.inspect(engine).get_indexes("area_value")
    engine.dispose()
    assert ["area_code"] in [index["column_names"] for index in indexes]


async def test_an_area_has_values_with_rank_and_reason(read: Reader) -> None:
    values = {value["measure"]: value for value in (await read("/areas/E01000002"))["values"]}
    assert (values["children_0_15"]["rank"], values["children_0_15"]["ranked"]) == (2, 2)
    assert values["walk_to_primary"]["value"] is None
    assert values["walk_to_primary"]["status"] == "unavailable"
    assert values["walk_to_primary"]["rank"] is None


async def test_an_unknown_area_suggests_codes_that_begin_alike(read: Reader) -> None:
    problem = await read("/areas/E01000009", answers=404)
    assert problem["suggestions"] == ["E01000001", "E01000002"]


async def test_measures_are_listed_in_reading_order(read: Reader) -> None:
    items = (await read("/measures"))["items"]
    assert [item["measure"] for item in items] == ["children_0_15", "walk_to_primary", "imd_decile"]
    assert items[0]["kinds"] == ["lsoa21"]


async def test_values_come_as_columns_with_their_classes(read: Reader) -> None:
    columns = await read("/measures/children_0_15/values")
    assert columns["codes"] == ["E01000001", "E01000002"]
    assert columns["values"] == [142.0, 80.0]
    breaks = columns["classes"]["breaks"]
    assert breaks[0] <= 80
    assert breaks[-1] >= 142
    assert breaks == sorted(set(breaks))


async def test_tenths_of_england_are_not_ranked_again_and_classed_alike_everywhere(
    read: Reader,
) -> None:
    columns = await read("/measures/imd_decile/values")
    assert columns["classes"]["breaks"] == [1, 3, 5, 7, 9, 10]
    values = {value["measure"]: value for value in (await read("/areas/E01000002"))["values"]}
    assert (values["imd_decile"]["value"], values["imd_decile"]["rank"]) == (10, None)


async def test_a_kind_without_values_has_no_classes(read: Reader) -> None:
    columns = await read("/measures/children_0_15/values", kind="ward25")
    assert (columns["codes"], columns["classes"]) == ([], None)


async def test_an_unknown_measure_suggests_the_nearest(read: Reader) -> None:
    problem = await read("/measures/children_0_51/values", answers=404)
    assert problem["suggestions"][0] == "children_0_15"


def _is_anticlockwise(ring: list[list[float]]) -> bool:
    return sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(ring)) < 0
